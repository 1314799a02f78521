"""Local agendas of a store that is only memory; what is written shows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import cast

from osnp_console.app.local_agenda.records import SeatTaken
from osnp_console.app.people.session import UNNAMED
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Closure, Plan, SingleOpening, WeeklyOpening
from tests.unit.slot_records import MemoryAppointments

NO_AGENDA = "Ce carnet n’est pas dans la base."


class MemoryAgendas:
    """Agendas with their openings, closures and bookings, in dictionaries."""

    def __init__(self, plans: Sequence[Plan] = ()) -> None:
        self.plans = {plan.agenda.id: plan for plan in plans}
        self.booked: dict[str, Booking] = {}

    def all(self) -> Sequence[Agenda]:
        return sorted((plan.agenda for plan in self.plans.values()), key=lambda one: (one.name, one.id))

    def put(self, agenda: Agenda) -> None:
        known = self.plans.get(agenda.id)
        self.plans[agenda.id] = replace(known, agenda=agenda) if known is not None else Plan(agenda)

    def remove(self, agenda: str) -> bool:
        self.booked = {key: one for key, one in self.booked.items() if one.agenda != agenda}
        return self.plans.pop(agenda, None) is not None

    def plan(self, agenda: str, start: datetime, end: datetime) -> Plan:
        plan = self._plan(agenda)
        return replace(
            plan,
            singles=tuple(one for one in plan.singles if one.start <= end and one.end >= start),
            closures=tuple(one for one in plan.closures if one.start <= end and one.end >= start),
        )

    def put_weekly(self, agenda: str, opening: WeeklyOpening) -> None:
        plan = self._plan(agenda)
        rest = tuple(one for one in plan.weekly if one.id != opening.id)
        self.plans[agenda] = replace(plan, weekly=(*rest, opening))

    def put_single(self, agenda: str, opening: SingleOpening) -> None:
        plan = self._plan(agenda)
        rest = tuple(one for one in plan.singles if one.id != opening.id)
        self.plans[agenda] = replace(plan, singles=(*rest, opening))

    def put_closure(self, agenda: str, closure: Closure) -> None:
        plan = self._plan(agenda)
        rest = tuple(one for one in plan.closures if one.id != closure.id)
        self.plans[agenda] = replace(plan, closures=(*rest, closure))

    def drop(self, agenda: str, entry: str) -> bool:
        plan = self._plan(agenda)
        self.plans[agenda] = replace(
            plan,
            weekly=tuple(one for one in plan.weekly if one.id != entry),
            singles=tuple(one for one in plan.singles if one.id != entry),
            closures=tuple(one for one in plan.closures if one.id != entry),
        )
        return self.plans[agenda] != plan

    def hold(self, agenda: str) -> None:
        self._plan(agenda)

    def bookings(self, agenda: str, start: datetime, end: datetime) -> Sequence[Booking]:
        found = (one for one in self.booked.values() if one.agenda == agenda)
        touching = (one for one in found if one.start <= end and one.end >= start)
        return sorted(touching, key=lambda one: (one.start, one.who, one.booked_at, one.key))

    def booking(self, key: str) -> Booking | None:
        return self.booked.get(key)

    def save_booking(self, booking: Booking) -> None:
        seat = (booking.agenda, booking.who, booking.start, booking.seat)
        others = (one for one in self.booked.values() if one.is_held and one.key != booking.key)
        if booking.is_held and seat in {(one.agenda, one.who, one.start, one.seat) for one in others}:
            raise SeatTaken
        self.booked[booking.key] = booking

    def _plan(self, agenda: str) -> Plan:
        try:
            return self.plans[agenda]
        except KeyError:
            raise StoreFailure("introuvable", NO_AGENDA) from None


class AgendaUnit:
    """One transaction over local agendas and appointments; what it writes shows once it is committed."""

    session = UNNAMED

    def __init__(self, store: AgendaStore) -> None:
        self._store = store
        self.agendas = MemoryAgendas(list(store.agendas.plans.values()))
        self.agendas.booked = dict(store.agendas.booked)
        self.appointments = MemoryAppointments()
        self.appointments.saved = dict(store.appointments.saved)

    def commit(self) -> None:
        """Keep what this transaction changed."""
        self._store.agendas = self.agendas
        self._store.appointments = self.appointments
        self._store.commits += 1


class AgendaStore:
    """A store that holds local agendas and appointments only."""

    def __init__(self, *plans: Plan) -> None:
        self.agendas = MemoryAgendas(plans)
        self.appointments = MemoryAppointments()
        self.commits = 0

    @property
    def units(self) -> OpenUnit:
        """Opens transactions."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[AgendaUnit]:
        yield AgendaUnit(self)
