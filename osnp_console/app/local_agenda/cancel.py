"""Giving a place of a local agenda back: the place, its appointment and the journal, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from osnp_console.app.booking.appointments import follow
from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import move_booking, note_place
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.appointment import AppointmentState, IllegalAppointmentMove

NO_REASON = "Dire pourquoi\u202f: le motif est gardé dans le journal de l’appel."
OVER = "Ce rendez-vous est déjà terminé ou annulé."


def cancel_place(key: str, reason: str, now: datetime) -> Callable[[OpenUnit], Booking]:
    """Work for the store: cancel the booking of that key, for good when it returns.

    Its appointment is cancelled with it and the call's journal says why. The work raises Refusal (no
    reason, a booking that is over), StoreFailure (`introuvable`).
    """

    def work(open_unit: OpenUnit) -> Booking:
        if not reason.strip():
            raise Refusal("champ_manquant", NO_REASON, "raison")
        with open_unit() as unit:
            try:
                booking = move_booking(unit, key, AppointmentState.CANCELLED, now)
                try:
                    appointment = unit.appointments.get(key)
                except StoreFailure:
                    appointment = None  # booked by hand, or by another console's call
                if appointment is None:
                    note_place(unit, booking)
                else:
                    moved, entry = follow(appointment, AppointmentState.CANCELLED, now, reason)
                    unit.appointments.save(moved)
                    unit.journal.append(entry)
            except IllegalAppointmentMove as error:
                raise Refusal("interdit", OVER) from error
            unit.commit()
        return booking

    return work
