"""Who holds which place of an agenda: a call, not a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.domain.appointment import MOVES, AppointmentState, IllegalAppointmentMove

GIVEN_BACK = frozenset({AppointmentState.CANCELLED, AppointmentState.LOST})
"""States in which somebody else may have the place."""


@dataclass(frozen=True, slots=True)
class Booking:
    """One place that was booked. Instants are aware.

    `key` is the attempt's own: sent again, it never books twice. `who` is `who_of` the practitioner. `seat`
    counts from 1 among the places of that practitioner at that start, and is None once it was given back.
    `call` is the call for which it was booked, None when there was none.
    """

    key: str
    agenda: str
    who: str
    start: datetime
    end: datetime
    seat: int | None
    over_booking: bool
    state: AppointmentState
    state_since: datetime
    booked_at: datetime
    desk: str = ""
    call: str | None = None

    @property
    def is_held(self) -> bool:
        """Whether it keeps others from the place."""
        return self.seat is not None

    def may(self, state: AppointmentState) -> bool:
        """Whether it may go to that state."""
        return state in MOVES[self.state]

    def moved(self, state: AppointmentState, now: datetime) -> Booking:
        """The booking in its new state; raises IllegalAppointmentMove."""
        if not self.may(state):
            raise IllegalAppointmentMove(f"{self.state.value} → {state.value}")
        seat = None if state in GIVEN_BACK else self.seat
        return replace(self, state=state, state_since=now, seat=seat)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left of a slot: regular places, and over-booking ones; neither is below zero.

    `seat` and `over_seat` are the first free ones of each, None without any.
    """

    taken: int
    left: int
    seat: int | None
    over_left: int
    over_seat: int | None


def room_of(
    start: datetime, end: datetime, places: int, over_booking: int, bookings: Collection[Booking]
) -> Room:
    """What is left from `start` to `end` for one practitioner, of whom all `bookings` are.

    A place booked at another start that overlaps counts too: an agenda that was laid out anew never offers
    a practitioner twice at once.
    """
    touching = [one for one in bookings if one.is_held and one.start < end and one.end > start]
    seats = {one.seat for one in touching if one.start == start and one.seat is not None}
    elsewhere = sum(one.start != start for one in touching)
    taken = elsewhere + sum(seat <= places for seat in seats)
    left = max(places - taken, 0)
    over_left = max(over_booking - sum(seat > places for seat in seats), 0)
    return Room(
        taken,
        left,
        _first_free(1, places, seats) if left else None,
        over_left,
        _first_free(places + 1, places + over_booking, seats) if over_left else None,
    )


def _first_free(first: int, last: int, seats: Collection[int]) -> int | None:
    return next((seat for seat in range(first, last + 1) if seat not in seats), None)
