"""Invented calls, and bases opened behind the store's back as somebody with the key would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET
from osnp_console.domain.journal import ANSWERED, JournalEntry
from osnp_console.storage.engine import connect
from osnp_console.storage.store import Store

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DESK = "44-3"
NAME = "QUATREMERE"


def full_call(call: str = "appel-1", number: int = 1, at: datetime = NOW) -> CallRecord:
    """A call of an invented person with every kind of answer in its sheet."""
    sheet = (
        EMPTY_SHEET.put(fields.BIRTH_NAME, NAME)
        .put(fields.FIRST_NAMES, "Zoé-Anaïs")
        .put(fields.CALLER_PHONE, "+33261911234")
        .put(fields.PATIENT_PHONE, "06 39 98 00 01")
        .put(facts.BIRTH, "2/5/94")
        .put(facts.RESIDENCE, "35219")
        .put(facts.DELAY, 48)
        .put(facts.CAN_TRAVEL, True)
        .put(facts.TECHNICAL_PLATFORM, False)
        .put(facts.REGULAR_DOCTOR, ASKED)
        .put(fields.NOTE, "« 3e étage, sonner deux fois ; œil rouge »\nrappeler après 14 h")
        .type(facts.REASON, "cysti")
    )
    return CallRecord(
        call,
        number,
        DESK,
        at,
        state=CallState.HELD,
        state_since=at + timedelta(minutes=2, microseconds=7),
        sheet=sheet,
        alarm_at=at + timedelta(minutes=1),
        alarm_seen=True,
    )


def save(store: Store, record: CallRecord) -> CallRecord:
    """Save one call in a transaction of its own."""
    with store.unit() as unit:
        saved = unit.calls.save(record)
        unit.commit()
    return saved


def write_lines(store: Store, count: int, desk: str = DESK, call: str | None = "appel-1") -> None:
    """Write journal lines, each in a transaction of its own."""
    for number in range(count):
        with store.unit() as unit:
            entry = JournalEntry(
                desk,
                NOW + timedelta(seconds=number),
                ANSWERED,
                call,
                {"champ": "patient.sexe", "vaut": number},
            )
            unit.journal.append(entry)
            unit.commit()


@contextmanager
def behind(file: Path, key: bytes = KEY) -> Iterator[Any]:
    """The driver's own connection: what somebody with the key could do to the base."""
    connection = connect(file, key)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection
    finally:
        connection.close()


def rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds in an open base."""
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]
