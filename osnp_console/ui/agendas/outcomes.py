"""Attempts whose outcome is not known: verified, told by phone, gone past; appointments given back."""

from __future__ import annotations

from collections.abc import Callable

from osnp_console.app.booking.appointments import BookingCancelled, follow, lift
from osnp_console.app.booking.book_slot import BookSlot
from osnp_console.app.booking.order import person_of
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.ports import StoreFailure
from osnp_console.app.slots.cards import UnknownState
from osnp_console.app.sources.agendas import Outcome
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.calls import DeskCalls

VERIFYING = "Vérification en cours…"
CANCELLING = "Annulation en cours…"
CancelAtAgenda = Callable[[Appointment, AgendaSource | None], BookingCancelled]


class Outcomes:
    """What the operator does with an attempt that got no answer, and with an appointment to be given back."""

    def __init__(
        self,
        calls: DeskCalls,
        deals: Deals,
        home: AgendaDoor,
        book: BookSlot,
        cancel: CancelAtAgenda,
        see_written: Callable[[BookingDone], None],
    ) -> None:
        """`see_written` is handed each outcome that comes: it may still have to be written."""
        self._calls = calls
        self._cancel = cancel
        self._deals = deals
        self._home = home
        self._book = book
        self._see_written = see_written

    def verify(self) -> None:
        """Ask the agenda what became of the attempt on screen."""
        deal = self._deals.current
        appointment = deal.appointment if deal is not None else None
        if deal is None or appointment is None or deal.busy:
            return
        deal.busy, deal.unknown = VERIFYING, UnknownState.VERIFYING
        self._deals.changed.emit(deal)
        agendas, person = self._deals.agendas, person_of(deal.call.record.sheet, deal.call.call)

        def ask() -> BookingDone | StoreFailure:
            try:
                return self._book.verify(appointment, agendas, person)
            except StoreFailure as failure:
                return failure

        self._home.go_and(ask, lambda done: self._verified(deal, done))

    def _verified(self, deal: Deal, done: BookingDone | StoreFailure) -> None:
        deal.busy, deal.unknown = "", UnknownState.STILL_UNKNOWN
        if isinstance(done, StoreFailure):
            self._deals.failed.emit(done)
        else:
            self._deals.log(done.entries)
            self._settle(deal, done)
            self._see_written(done)
        self._deals.changed.emit(deal)

    @staticmethod
    def _settle(deal: Deal, done: BookingDone) -> None:
        appointment = deal.appointment = done.appointment or deal.appointment
        if appointment is None:
            return
        if done.outcome is Outcome.BOOKED:
            deal.settle_on(Stage.BOOKED, appointment)
        elif done.outcome is Outcome.WAITING:
            deal.settle_on(Stage.WAITING, appointment)
        elif done.outcome in (Outcome.TAKEN, Outcome.REFUSED):
            deal.unknown = UnknownState.NOT_BOOKED

    def cancel(self) -> None:
        """Give the appointment on screen back: at its agenda where that can be, else as the operator says.

        An agenda that refuses, or does not answer, keeps the appointment as it is: somebody has to phone.
        """
        deal = self._deals.current
        appointment = deal.appointment if deal is not None else None
        if (
            deal is None
            or appointment is None
            or deal.busy
            or not appointment.may(AppointmentState.CANCELLED)
        ):
            return
        deal.busy = CANCELLING
        self._deals.changed.emit(deal)
        source = self._deals.agendas.sources.get(appointment.source)
        self._home.go_and(
            lambda: self._cancel(appointment, source), lambda found: self._cancelled(deal, appointment, found)
        )

    def _cancelled(self, deal: Deal, appointment: Appointment, found: BookingCancelled) -> None:
        deal.busy = ""
        self._deals.said.emit(deal.call, found.sentence)
        if found.kept is not None and found.entry is not None:
            self._deals.keep(deal, found.kept, found.entry)
        elif not found.was_asked:
            self._deals.keep(deal, *follow(appointment, AppointmentState.CANCELLED, self._calls.clock()))
        else:
            self._deals.changed.emit(deal)

    def told(self, is_booked: bool) -> None:
        """What the practice said on the phone of the attempt."""
        state = AppointmentState.BOOKED if is_booked else AppointmentState.LOST
        self._deals.move(state, "dit au téléphone")

    def go_past(self, reason: str) -> None:
        """Book another slot all the same; the reason is kept, the attempt stays unknown."""
        deal = self._deals.current
        if deal is not None and deal.appointment is not None and reason.strip():
            self._deals.write(lift(deal.appointment, reason, self._calls.clock()))
            deal.override = reason.strip()
            deal.close()
            self._deals.changed.emit(deal)

    def came_late(self, done: BookingDone) -> None:
        """An agenda answered after its attempt was given up as unknown."""
        self._see_written(done)
        appointment = done.appointment
        deal = self._deals.find(appointment.call) if appointment is not None else None
        if deal is None or appointment is None:
            return
        self._deals.log(done.entries)
        if deal.appointment is not None and deal.appointment.id == appointment.id:
            self._settle(deal, done)
            self._deals.changed.emit(deal)

    def written_down(self, told: BookingDone, kept: BookingDone) -> None:
        """An outcome that could not be written is in the base now, perhaps as another desk settled it."""
        appointment = kept.appointment
        deal = self._deals.find(appointment.call) if appointment is not None else None
        if deal is None or appointment is None or deal.appointment is None:
            return
        if deal.appointment.id != appointment.id or deal.appointment.version >= appointment.version:
            return
        if kept.outcome is told.outcome:
            deal.appointment = appointment
            return
        self._settle(deal, kept)
        self._deals.changed.emit(deal)
