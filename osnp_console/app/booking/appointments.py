"""What becomes of appointments: attempts that a stop cut short, follow-up, cancelling at the agenda."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.booking.decision import clock
from osnp_console.app.booking.journal import state_entry
from osnp_console.app.booking.records import request_for
from osnp_console.app.people.permissions import requiring
from osnp_console.app.ports import OpenUnit
from osnp_console.app.sources.agendas import (
    SECONDS,
    Canceller,
    Cancelling,
    Connectors,
    Deadline,
    SourceFailure,
    SourceTools,
)
from osnp_console.app.sources.secrets import tools_of
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.source import AgendaSource

LOG = logging.getLogger(__name__)


def recover(desk: str, now: datetime) -> Callable[[OpenUnit], tuple[Appointment, ...]]:
    """Work for the store, at the start: what this desk had sent and got no answer to is of unknown outcome.

    Nothing is sent again by itself. Returns the attempts to verify, oldest first; those that another desk is
    sending are left to it.
    """

    def work(open_unit: OpenUnit) -> tuple[Appointment, ...]:
        with open_unit() as unit:
            found = [one for one in unit.appointments.unsettled() if one.desk == desk]
            kept, moved = [], False
            for one in found:
                if one.state is AppointmentState.ASKED:
                    unknown = one.moved(AppointmentState.UNKNOWN, now)
                    kept.append(unit.appointments.save(unknown))
                    unit.journal.append(state_entry(unknown, now))
                    moved = True
                elif one.state is AppointmentState.UNKNOWN:
                    kept.append(one)
            if moved:
                unit.commit()
        return tuple(kept)

    return work


def unsettled(open_unit: OpenUnit) -> tuple[Appointment, ...]:
    """Work for the store: those asked, to be confirmed or of unknown outcome, of every desk, oldest first."""
    with open_unit() as unit:
        unit.session.require(Act.READ_CALLS)
        return tuple(unit.appointments.unsettled())


def follow(
    appointment: Appointment, state: AppointmentState, now: datetime, reason: str = ""
) -> tuple[Appointment, JournalEntry]:
    """The appointment as the operator says it went (honoured, absent, cancelled, not obtained, booked).

    Both are kept by `booking_records.saving`. Raises IllegalAppointmentMove.
    """
    moved = appointment.moved(state, now)
    kind = journal.FOLLOWED if state is AppointmentState.LOST else None
    return moved, state_entry(moved, now, kind=kind, reason=reason)


def lift(appointment: Appointment, reason: str, now: datetime) -> JournalEntry:
    """The entry of an operator who goes past an attempt of unknown outcome, with the reason typed.

    The attempt stays as unknown as it was. Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("sans motif")
    return state_entry(appointment, now, kind=journal.FOLLOWED, reason=reason)


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """What cancelling came to: `is_cancelled` None when it is not known, or has to be done by phone.

    `kept` is the appointment to keep with `entry`, None when nothing changed. `by_hand` is True when the
    agenda can only be told by a person; `was_asked` False when it cannot be asked at all.
    """

    is_cancelled: bool | None
    sentence: str
    kept: Appointment | None = None
    entry: JournalEntry | None = None
    by_hand: bool = False
    was_asked: bool = True


def cancel_at_agenda(
    appointment: Appointment,
    source: AgendaSource | None,
    connectors: Connectors,
    tools: SourceTools,
    reason: str = "",
    seconds: float = SECONDS,
) -> BookingCancelled:
    """Cancel a booked appointment where its agenda can be asked to; for a thread that may wait.

    Where it cannot, or does not answer, the place is to be phoned: nothing is said to be cancelled that the
    agenda may still hold. Raises IllegalAppointmentMove for an appointment that is over, Forbidden.
    """
    if tools.background is not None:
        # Before anything is sent: an agenda asks nobody whether they may.
        tools.background.submit(requiring(Act.CANCEL)).result()
    now = tools.clock()
    cancelled = appointment.moved(AppointmentState.CANCELLED, now)
    hour = clock(appointment.slot.start)
    connector = connectors.get(source.kind) if source is not None else None
    if source is None or connector is None or connector.book is None:
        return _not_from_here(appointment)
    try:
        booker = connector.book(source, tools_of(tools, source))
        if not isinstance(booker, Canceller):
            return _not_from_here(appointment)
        request = request_for(appointment, None, None)
        answer = booker.cancel(request, appointment.reference or appointment.id, Deadline(seconds))
    except SourceFailure as failure:
        answer = Cancelling(None, failure.message)
    except Exception as error:  # whatever broke, the agenda may have cancelled
        LOG.error("annulation, agenda %s : %s", source.id, type(error).__name__)
        answer = Cancelling(None)
    if answer.is_cancelled:
        cancelled = replace(cancelled, message=answer.message or cancelled.message)
        entry = state_entry(cancelled, tools.clock(), reason=reason)
        return BookingCancelled(True, f"Annulé\u202f: {hour}, {source.name} l’a confirmé.", cancelled, entry)
    said = f" ({answer.message.rstrip('.')})" if answer.message else ""
    if answer.is_cancelled is False:
        sentence = f"{source.name} refuse d’annuler {hour}{said}\u202f: {_whom(appointment)}."
        return BookingCancelled(False, sentence, by_hand=True)
    sentence = f"On ne sait pas si {hour} est annulé{said}\u202f: {_whom(appointment)}."
    return BookingCancelled(None, sentence, by_hand=True)


def _not_from_here(appointment: Appointment) -> BookingCancelled:
    sentence = f"Cet agenda ne s’annule pas d’ici\u202f: {_whom(appointment)}."
    return BookingCancelled(None, sentence, by_hand=True, was_asked=False)


def _whom(appointment: Appointment) -> str:
    phone = appointment.slot.place.phone
    return f"appeler le {phone}" if phone else "appeler le cabinet"
