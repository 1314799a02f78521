"""One reading of a source by its connector, out of which only SourceFailure may come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from osnp_console.app.sources.agendas import Deadline, Reading, SlotQuery, SourceTools
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource
from tests.connectors.contract_subjects import Subject

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=48))
SHORT, LONG = 0.3, 60.0
"""Seconds: of a deadline that has to fall, and of one that must not be what ends the reading."""


def tools(now: datetime = NOW) -> SourceTools:
    return SourceTools(clock=lambda: now, secret=lambda name: None)


def read(
    subject: Subject, source: AgendaSource, seconds: float = LONG, now: datetime = NOW
) -> tuple[Reading, list[Slot]]:
    """What the source says; only SourceFailure may come out of it."""
    connector = CONNECTORS[subject.kind]
    assert connector.open is not None
    reader = connector.open(source, tools(now))
    slots: list[Slot] = []
    try:
        return reader.read(QUERY, Deadline(seconds), slots.extend), slots
    finally:
        reader.close()
