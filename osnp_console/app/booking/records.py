"""Appointments kept, each with what the journal says of it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from osnp_console.app.booking.decision import BookingRefusal, held_by_another
from osnp_console.app.calls.written_once import is_written
from osnp_console.app.local_agenda.agenda import follow_appointment
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.app.sources.agendas import BookingPerson, BookingRequest
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.ruling import Ruling


def saving(appointment: Appointment, *entries: JournalEntry) -> Callable[[OpenUnit], Appointment]:
    """Work for the store: keep an appointment and its journal entries in one transaction.

    A place of a local agenda goes where its appointment stands, in the same one: honoured, absent, given
    back. The work raises StoreFailure, Conflict when the appointment was moved elsewhere meanwhile,
    Forbidden.
    """
    act = Act.CANCEL if appointment.state is AppointmentState.CANCELLED else Act.BOOK

    def work(open_unit: OpenUnit) -> Appointment:
        with open_unit() as unit:
            unit.session.require(act)
            return _save(unit, appointment, entries)

    return work


def settling(appointment: Appointment, *entries: JournalEntry) -> Callable[[OpenUnit], Appointment]:
    """As `saving`, for what an agenda answered to an attempt: whoever is signed in when it comes.

    Whether it might be sent was asked before it was; what came of it is never lost.
    """
    return lambda open_unit: _settle(open_unit, appointment, entries)


def _settle(open_unit: OpenUnit, appointment: Appointment, entries: tuple[JournalEntry, ...]) -> Appointment:
    with open_unit() as unit:
        return _save(unit, appointment, entries)


def _save(unit: Unit, appointment: Appointment, entries: tuple[JournalEntry, ...]) -> Appointment:
    saved = unit.appointments.save(appointment)
    follow_appointment(unit, saved, saved.state_since)
    for entry in entries:
        unit.journal.append(entry)
    unit.commit()
    return saved


def request_for(appointment: Appointment, person: BookingPerson | None, reason: str | None) -> BookingRequest:
    """What the agenda is sent; the appointment's id is the key that keeps it from booking twice."""
    origin = next((one for one in appointment.slot.origins if one.source == appointment.source), None)
    reference = origin.reference if origin is not None else appointment.slot.id
    return BookingRequest(
        appointment.id, appointment.slot, appointment.source, reference, person, reason, by=appointment.desk
    )


def saving_unless_held(
    appointment: Appointment, ruled: Ruling, *entries: JournalEntry
) -> Callable[[OpenUnit], Appointment | BookingRefusal]:
    """As `saving`, unless another attempt of the call holds it back: looked up in the same transaction.

    Two confirmations of one slot, however close together, thus make one attempt.
    """

    def work(open_unit: OpenUnit) -> Appointment | BookingRefusal:
        with open_unit() as unit:
            unit.session.require(Act.BOOK)
            # Before the others are read: two desks would both find none, and both book.
            unit.appointments.hold(appointment.call)
            held = held_by_another(unit.appointments.of_call(appointment.call), ruled)
            if held is not None:
                return held
            saved = unit.appointments.save(appointment)
            for entry in entries:
                unit.journal.append(entry)
            unit.commit()
        return saved

    return work


def of_call(call: str) -> Callable[[OpenUnit], tuple[Appointment, ...]]:
    """Work for the store: the appointments of a call, oldest first."""

    def work(open_unit: OpenUnit) -> tuple[Appointment, ...]:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            return tuple(unit.appointments.of_call(call))

    return work


def by_id(appointment: str) -> Callable[[OpenUnit], Appointment]:
    """Work for the store: one appointment; raises StoreFailure (`introuvable`)."""

    def work(open_unit: OpenUnit) -> Appointment:
        with open_unit() as unit:
            return unit.appointments.get(appointment)

    return work


def writing(*entries: JournalEntry, again: bool = False) -> Callable[[OpenUnit], None]:
    """Work for the store: write journal entries; `again` when an earlier try may have written them all."""

    def work(open_unit: OpenUnit) -> None:
        if again:
            with open_unit() as unit:
                if entries and is_written(unit.journal, entries[0]):
                    return
        with open_unit() as unit:
            for entry in entries:
                unit.journal.append(entry)
            unit.commit()

    return work
