"""What the local agendas need kept for them (`Unit.agendas`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Closure, Plan, SingleOpening, WeeklyOpening


class SeatTaken(Exception):
    """Another booking has that seat: nothing of the transaction may be committed."""


class LocalAgendaRecords(Protocol):
    """The local agendas of the store."""

    def all(self) -> Sequence[Agenda]:
        """Every agenda, by name."""

    def put(self, agenda: Agenda) -> None:
        """Add it, or replace the one of that id; its openings, closures and bookings stay."""

    def remove(self, agenda: str) -> bool:
        """Remove it with all that is in it; False when there is none of that id."""

    def plan(self, agenda: str, start: datetime, end: datetime) -> Plan:
        """The agenda with its weekly openings and what of the rest touches those instants (included).

        Raises StoreFailure (`introuvable`).
        """

    def put_weekly(self, agenda: str, opening: WeeklyOpening) -> None:
        """Add it, or replace the one of that id."""

    def put_single(self, agenda: str, opening: SingleOpening) -> None:
        """Add it, or replace the one of that id."""

    def put_closure(self, agenda: str, closure: Closure) -> None:
        """Add it, or replace the one of that id."""

    def drop(self, agenda: str, entry: str) -> bool:
        """Remove the opening or closure of that id; False when the agenda has none."""

    def hold(self, agenda: str) -> None:
        """Be the only one to book in it until the transaction ends; raises StoreFailure (`introuvable`)."""

    def bookings(self, agenda: str, start: datetime, end: datetime) -> Sequence[Booking]:
        """Those that touch these instants (included), in any state, by time."""

    def booking(self, key: str) -> Booking | None:
        """The booking of that attempt."""

    def save_booking(self, booking: Booking) -> None:
        """Add it, or replace the one of that key; raises SeatTaken."""
