"""What becomes of searchsets: read as a source's answer is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from osnp_console.app.sources.agendas import Deadline, Reading, SlotQuery
from osnp_console.connectors.fhir.reading import SlotReading
from osnp_console.connectors.fhir.translation import SlotSource
from osnp_console.domain.slots.slot import BookingMode, Slot
from tests.connectors.searchsets import Json, bundle, written

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=72))


def read_pages(*pages: bytes, mode: BookingMode = BookingMode.PORTAL) -> tuple[Reading, list[Slot]]:
    slots: list[Slot] = []
    source = SlotSource("sas", frozenset({"35-redon-mg"}), NOW, mode)
    reading = SlotReading(source, QUERY, Deadline(60), slots.extend)
    for page in pages:
        reading.page(page)
    return reading.end(), slots


def read(resources: Sequence[Any], **changed: Any) -> tuple[Reading, list[Slot]]:
    return read_pages(written(bundle(resources, **changed)))


def only(*resources: Json) -> Slot:
    """The one slot of a searchset with nothing wrong in it."""
    reading, slots = read(resources)
    assert (reading, len(slots)) == (Reading(1), 1)
    return slots[0]
