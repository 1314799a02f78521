"""Books in a local agenda, and cancels there."""

from __future__ import annotations

from osnp_console.app.local_agenda.agenda import (
    PlaceAsked,
    Unconfirmed,
    book_place,
    move_booking,
    what_became_of,
)
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import (
    BookingRequest,
    BookingResult,
    Cancelling,
    Deadline,
    Outcome,
    SourceTools,
)
from osnp_console.connectors.local_agenda.waiting import AgendaBase, Overdue
from osnp_console.domain.appointment import AppointmentState, IllegalAppointmentMove
from osnp_console.domain.slots.source import AgendaSource

NOT_KNOWN = "La base du poste n’a pas répondu à temps\u202f: la réservation est peut-être faite."
NOT_BEGUN = "La base du poste n’a pas répondu à temps. Rien n’a été réservé."
NOT_CANCELLED = "La base du poste n’a pas répondu à temps. Rien n’a été annulé."
OTHER_STATE = "Cette réservation ne peut plus être annulée."


class LocalBooker:
    """One local agenda (`app.agendas.Booker`, and `Canceller`)."""

    def __init__(self, source: AgendaSource, tools: SourceTools) -> None:
        """Raises SourceFailure."""
        self._clock = tools.clock
        self._base = AgendaBase(source, tools)

    def book(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """Book once.

        UNKNOWN only where the base had begun when the deadline fell, or went away as it committed; what it
        had not begun it never will, and any other failure leaves nothing booked: both are REFUSED, and say
        so.
        """
        asked = PlaceAsked(
            request.key,
            self._base.agenda,
            request.reference,
            request.by,
            over_booking=request.slot.over_booking,
        )
        now = self._clock()
        try:
            return self._base.ask(lambda units: book_place(units, asked, now), deadline)
        except Overdue as overdue:
            if overdue.withdrawn:
                return BookingResult(Outcome.REFUSED, message=NOT_BEGUN)
            return BookingResult(Outcome.UNKNOWN, message=NOT_KNOWN)
        except Unconfirmed:
            return BookingResult(Outcome.UNKNOWN, message=NOT_KNOWN)
        except StoreFailure as failure:
            return BookingResult(Outcome.REFUSED, message=failure.message)

    def verify(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """What became of an attempt; whatever was begun before is finished when the base answers this."""

        def look(units: OpenUnit) -> BookingResult:
            with units() as unit:
                return what_became_of(unit, self._base.agenda, request.key)

        try:
            return self._base.ask(look, deadline)
        except (Overdue, StoreFailure):
            return BookingResult(Outcome.UNKNOWN, message=NOT_KNOWN)

    def cancel(self, request: BookingRequest, reference: str, deadline: Deadline) -> Cancelling:
        """Give the place of an attempt back; one that was given back before is cancelled too."""
        now = self._clock()

        def give_back(units: OpenUnit) -> Cancelling:
            with units() as unit:
                booking = unit.agendas.booking(reference)
                if booking is not None and not booking.is_held:
                    return Cancelling(True)
                move_booking(unit, reference, AppointmentState.CANCELLED, now)
                unit.commit()
            return Cancelling(True)

        try:
            return self._base.ask(give_back, deadline)
        except Overdue as overdue:
            return Cancelling(False, NOT_CANCELLED) if overdue.withdrawn else Cancelling(None)
        except IllegalAppointmentMove:
            return Cancelling(False, OTHER_STATE)
        except StoreFailure as failure:
            return Cancelling(False, failure.message)
