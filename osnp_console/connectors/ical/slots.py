"""From the events of a calendar of free slots to slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from osnp_console.app.local_agenda.calendar_events import CalendarEvent
from osnp_console.app.sources.agendas import Reading, SlotQuery
from osnp_console.connectors.ical.declared import DeclaredSlots
from osnp_console.connectors.ical.events import CalendarRead
from osnp_console.domain.slots.slot import Origin, Slot, slot_id

MOST_PIECES = 200
"""Pieces of one event: a range of a day, five minutes each, has more only by mistake."""


@dataclass(frozen=True, slots=True)
class CalendarSlots:
    """The slots to hand over, and how the reading went."""

    slots: tuple[Slot, ...]
    reading: Reading


def calendar_slots(
    read: CalendarRead, declared: DeclaredSlots, query: SlotQuery, seen_at: datetime
) -> CalendarSlots:
    """The free slots of a calendar that start within the query's window.

    Every event is a free slot, but where the calendar tells free time from taken time (some event is
    transparent, or the declaration says so): then the transparent ones are free, and what the others overlap
    is taken. A tentative event and a day without hours are no slot; they count as read.
    """
    free, taken = _sorted_out(read, declared.marks_free)
    slots, count, days = [], 0, 0
    for event in free:
        if event.all_day:
            days += 1
            continue
        for start, end in _pieces(event, declared.length):
            count += 1
            is_wanted = query.start <= start <= query.end and end > start and not event.tentative
            if is_wanted and not any(one.start < end and start < one.end for one in taken):
                slots.append(_slot(event, start, end, declared, seen_at))
    several = "s" if days > 1 else ""
    said = f"{days} journée{several} sans heures, non proposée{several}" if days else None
    return CalendarSlots(tuple(slots), Reading(count + days, read.rejected, said))


def _sorted_out(
    read: CalendarRead, declared: bool | None
) -> tuple[Sequence[CalendarEvent], Sequence[CalendarEvent]]:
    """The events that are free, and those that take their time."""
    if not (read.marks_free if declared is None else declared):
        return read.events, ()
    return (
        [event for event in read.events if event.free],
        [event for event in read.events if not event.free],
    )


def _pieces(event: CalendarEvent, length: timedelta | None) -> Iterator[tuple[datetime, datetime]]:
    """The event itself, or as many slots of that length as it holds; one at least for an event at once."""
    if length is None:
        yield event.start, event.end
        return
    if event.start == event.end:
        yield event.start, event.start + length
        return
    start = event.start
    for _ in range(MOST_PIECES):
        if start + length > event.end:
            return
        yield start, start + length
        start += length


def _slot(
    event: CalendarEvent, start: datetime, end: datetime, declared: DeclaredSlots, seen_at: datetime
) -> Slot:
    place = declared.place_of(event.place)
    reference = f"{event.uid}#{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return Slot(
        id=slot_id(declared.practitioner, place, start),
        start=start,
        end=end,
        practitioner=declared.practitioner,
        place=place,
        origins=(Origin(declared.source, reference, seen_at, declared.mode, declared.url),),
        types=declared.types,
        dispositifs=declared.dispositifs,
    )
