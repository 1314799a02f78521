"""By which of its origins a slot is booked: an agenda that books by itself, a portal, the phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.app.sources.agendas import Connectors
from osnp_console.domain.slots.slot import BookingMode, Origin, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind


@dataclass(frozen=True, slots=True)
class BookingWay:
    """One origin, its source, and how it is booked there."""

    origin: Origin
    source: AgendaSource
    mode: BookingMode

    @property
    def is_automatic(self) -> bool:
        """True when the program books, False when a person does."""
        return self.mode in (BookingMode.DIRECT, BookingMode.LOCAL)


_ORDER = (BookingMode.LOCAL, BookingMode.DIRECT, BookingMode.PORTAL, BookingMode.PHONE)


def ways_of(slot: Slot, sources: Mapping[str, AgendaSource], connectors: Connectors) -> list[BookingWay]:
    """The ways to book a slot, those that the program does by itself first."""
    found = [
        BookingWay(origin, sources[origin.source], _mode(slot, origin, sources[origin.source], connectors))
        for origin in slot.origins
        if origin.source in sources
    ]
    return sorted(found, key=lambda way: _ORDER.index(way.mode))


def _mode(slot: Slot, origin: Origin, source: AgendaSource, connectors: Connectors) -> BookingMode:
    """What the origin says, as far as it can be done; without a page to open there is the phone."""
    connector = connectors.get(source.kind)
    if connector is not None and connector.book is not None:
        return BookingMode.LOCAL if source.kind is SourceKind.LOCAL_AGENDA else BookingMode.DIRECT
    if source.kind is SourceKind.PHONE or origin.mode is BookingMode.PHONE:
        return BookingMode.PHONE
    if origin.url is not None or source.kind is SourceKind.PORTAL or not slot.place.phone:
        return BookingMode.PORTAL
    return BookingMode.PHONE
