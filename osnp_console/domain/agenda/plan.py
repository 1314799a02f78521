"""What an agenda is made of: who sees patients when, and when nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from osnp_console.domain.commune import fold
from osnp_console.domain.dates import ALWAYS, Validity
from osnp_console.domain.slots.slot import NO_PLACE, Place, Practitioner

NOBODY = Practitioner()
"""No practitioner in particular: whoever of the place is on duty."""


class Parity(Enum):
    """Which ISO weeks an opening is for. Weeks 53 and 1, which follow each other, are both odd (contract)."""

    EVERY = "toutes"
    ODD = "impaires"
    EVEN = "paires"

    def holds(self, day: date) -> bool:
        """Whether the week of that day is one of them."""
        if self is Parity.EVERY:
            return True
        return (day.isocalendar().week % 2 == 1) is (self is Parity.ODD)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered while it is open.

    Slots of `minutes` one after the other or, with None, one range from the opening's start to its end.
    Each takes `places` patients, then `over_booking` more for whom the doctor's agreement is to be had.
    """

    minutes: int | None = 20
    places: int = 1
    over_booking: int = 0
    practitioner: Practitioner = NOBODY
    walk_in: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyOpening:
    """An opening that comes back each week, on the clock of Paris.

    `weekdays` count from 0, Monday. An `end` that is not after `start` is on the next day; such a night
    belongs to the day it begins on, for parity, validity and holidays too. Closed on public holidays unless
    `on_holidays` (contract: a convention of ours).
    """

    id: str
    weekdays: frozenset[int]
    start: time
    end: time
    offer: Offer = Offer()
    parity: Parity = Parity.EVERY
    validity: Validity = ALWAYS
    on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class SingleOpening:
    """An opening on one date; holidays do not close it, since somebody chose the date. Instants are aware."""

    id: str
    start: datetime
    end: datetime
    offer: Offer = Offer(minutes=None)


@dataclass(frozen=True, slots=True)
class Closure:
    """Nothing is offered from `start` to `end` (aware): by nobody, or by one practitioner; `why` says why."""

    id: str
    start: datetime
    end: datetime
    why: str = ""
    practitioner: Practitioner | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A shared agenda. `dispositifs` are ids of the catalogue; `types` and `modalities` codes of a slot."""

    id: str
    name: str
    place: Place = NO_PLACE
    dispositifs: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An agenda with all that says when it is open."""

    agenda: Agenda
    weekly: tuple[WeeklyOpening, ...] = ()
    singles: tuple[SingleOpening, ...] = ()
    closures: tuple[Closure, ...] = ()


def who_of(practitioner: Practitioner) -> str:
    """What tells two practitioners of an agenda apart: the RPPS, else the name however it is written.

    Empty for nobody in particular. One practitioner is never offered, or booked, twice at once.
    """
    return practitioner.rpps or fold(practitioner.name or "")
