"""What an agenda offers between two instants: every slot with its places, or the free ones to propose."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from osnp_console.domain.agenda.booking import Booking, Room, room_of
from osnp_console.domain.agenda.laying import Span, closures_of, is_closed, single_spans, weekly_spans
from osnp_console.domain.agenda.plan import Agenda, Offer, Plan, who_of
from osnp_console.domain.slots.slot import BookingMode, Capacity, Origin, Slot, slot_id


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """One slot or range of an agenda, free or not. Instants are in UTC. `opening` is the id it comes from."""

    start: datetime
    end: datetime
    offer: Offer
    opening: str
    room: Room

    @property
    def who(self) -> str:
        """Whose it is (`plan.who_of`)."""
        return who_of(self.offer.practitioner)

    @property
    def reference(self) -> str:
        """What it is booked by: start and practitioner, the same after the openings were laid out anew."""
        return f"{self.start:%Y%m%dT%H%M%SZ}/{self.who}"

    @property
    def is_full(self) -> bool:
        """Whether nobody more can be booked, over-booking included."""
        return not self.room.left and not self.room.over_left


def planned_between(
    plan: Plan, bookings: Iterable[Booking], start: datetime, end: datetime
) -> list[PlannedSlot]:
    """Every slot that begins from `start` (included) to `end` (included), by time then practitioner.

    `bookings` are those that touch the window, in any state. Of two slots of a practitioner at the same
    start, one opened for that date goes before a weekly one.
    """
    by_who: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.is_held:
            by_who[booking.who].append(booking)
    found: dict[tuple[datetime, str], PlannedSlot] = {}
    for opening, offer, spans in _laid(plan, start, end):
        who = who_of(offer.practitioner)
        closures = closures_of(who, plan.closures)
        for span in spans:
            if (span[0], who) not in found and not is_closed(span, closures):
                room = room_of(*span, offer.places, offer.over_booking, by_who[who])
                found[span[0], who] = PlannedSlot(*span, offer, opening, room)
    return [found[key] for key in sorted(found)]


def _laid(plan: Plan, start: datetime, end: datetime) -> Iterator[tuple[str, Offer, Iterator[Span]]]:
    for single in sorted(plan.singles, key=lambda one: one.id):
        yield single.id, single.offer, single_spans(single, start, end)
    for weekly in sorted(plan.weekly, key=lambda one: one.id):
        yield weekly.id, weekly.offer, weekly_spans(weekly, start, end)


def slots_between(
    plan: Plan, bookings: Iterable[Booking], start: datetime, end: datetime, source: str, seen_at: datetime
) -> list[Slot]:
    """The free slots of `planned_between`, as the source of that id announces them.

    Over-booking places show once the regular ones are gone. What has begun at `seen_at` is not announced.
    """
    return [
        slot_of(plan.agenda, planned, source, seen_at)
        for planned in planned_between(plan, bookings, start, end)
        if not planned.is_full and planned.start > seen_at
    ]


def slot_of(agenda: Agenda, planned: PlannedSlot, source: str, seen_at: datetime) -> Slot:
    """A planned slot as any source announces one."""
    room, offer = planned.room, planned.offer
    over = room.left == 0
    places, left = (offer.over_booking, room.over_left) if over else (offer.places, room.left)
    return Slot(
        id=_id(agenda, planned),
        start=planned.start,
        end=planned.end,
        practitioner=offer.practitioner,
        place=agenda.place,
        origins=(Origin(source, planned.reference, seen_at, BookingMode.LOCAL),),
        types=agenda.types,
        modalities=agenda.modalities,
        walk_in=offer.walk_in,
        dispositifs=frozenset(agenda.dispositifs),
        capacity=Capacity(places, places - left) if places > 1 else None,
        over_booking=over,
    )


def _id(agenda: Agenda, planned: PlannedSlot) -> str:
    """The id every source gives to that practitioner's slot, or one of this agenda's own.

    Without an RPPS nothing says that another source means the same person: two lines of a place stay two.
    """
    if planned.offer.practitioner.rpps:
        return slot_id(planned.offer.practitioner, agenda.place, planned.start)
    text = f"{agenda.id}|{planned.who}|{planned.start.astimezone(UTC):%Y%m%d%H%M%S}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
