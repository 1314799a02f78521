"""The deals of the calls in hand: kept, written down, told; taken up again with their call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.booking.after_booking import warned_entry
from osnp_console.app.booking.appointments import follow, recover
from osnp_console.app.booking.order import Agendas
from osnp_console.app.booking.records import of_call, saving
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.ruling import SlotRuling, admissions_of
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.searches import AgendaSearches
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls

WRITING = "Écriture en cours…"
_TAKEN_UP = {
    AppointmentState.ASKED: Stage.UNKNOWN,
    AppointmentState.UNKNOWN: Stage.UNKNOWN,
    AppointmentState.PENDING: Stage.WAITING,
    AppointmentState.BOOKED: Stage.BOOKED,
}
"""What a call shows first when it is taken up again: the most pressing, in this order."""


class Deals(QObject):
    """One deal a call.

    Signals:
        changed(object): a Deal whose card is another one, or says something else.
        said(object, str): a call, and words for its journal strip.
        failed(object): a StoreFailure.
    """

    changed = Signal(object)
    said = Signal(object, str)
    failed = Signal(object)

    def __init__(
        self, calls: DeskCalls, searches: AgendaSearches, door: StoreDoor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._searches = searches
        self._door = door
        self._deals: dict[str, Deal] = {}
        calls.opened.connect(self._opened)
        calls.booked_elsewhere.connect(self._look_again)
        calls.closed.connect(self._closed)

    def of(self, call: OpenCall) -> Deal:
        """What is under way for a call."""
        found = self._deals.get(call.record.id)
        if found is None or found.call is not call:
            found = self._deals[call.record.id] = Deal(call)
        return found

    def find(self, call_id: str) -> Deal | None:
        """What is under way for the open call of that id."""
        return self._deals.get(call_id)

    @property
    def current(self) -> Deal | None:
        """What is under way for the call on screen."""
        call = self._calls.current
        return self.of(call) if call is not None else None

    @property
    def agendas(self) -> Agendas:
        """The sources and the directory as they are declared now."""
        declared = self._searches.declared
        return Agendas({one.id: one for one in declared.sources}, declared.directory)

    def ruling(self, call: OpenCall) -> SlotRuling:
        """What decides slots for a call as it stands."""
        return SlotRuling(admissions_of(call.checklist), self._searches.rights())

    # --- acts -------------------------------------------------------------------------------------------

    def dismiss(self) -> None:
        """Back to the list; what is unknown or to be confirmed comes back with the next booking."""
        deal = self.current
        if deal is not None and not deal.busy:
            deal.close()
            self.changed.emit(deal)

    def move(self, state: AppointmentState, reason: str = "") -> None:
        """The operator says what became of the appointment on screen."""
        deal = self.current
        appointment = deal.appointment if deal is not None else None
        if deal is not None and appointment is not None and appointment.may(state):
            self.keep(deal, *follow(appointment, state, self._calls.clock(), reason))

    def warned(self, is_warned: bool) -> None:
        """The practice was told of the booking; a tick that is taken away was a slip."""
        deal = self.current
        if deal is None or deal.appointment is None:
            return
        now = self._calls.clock()
        deal.warned_at = now if is_warned else None
        if is_warned:
            self.write(warned_entry(deal.appointment, now))
        else:
            self.said.emit(deal.call, "cabinet non prévenu")
        self.changed.emit(deal)

    def keep(self, deal: Deal, appointment: Appointment, entry: JournalEntry) -> None:
        """Keep an appointment; the card follows once it is kept, and stays when it is not."""
        deal.busy = WRITING

        def kept(saved: Appointment) -> None:
            deal.busy = ""
            self.log((entry,))
            if saved.state in (AppointmentState.LOST, AppointmentState.CANCELLED):
                deal.close()
                deal.appointment = None
            else:
                deal.settle_on(Stage.BOOKED, saved)
            self.changed.emit(deal)

        def not_kept(failure: StoreFailure) -> None:
            deal.busy = ""
            self.failed.emit(failure)
            self.changed.emit(deal)

        self._door.ask(saving(appointment, entry), kept, not_kept)

    def write(self, *entries: JournalEntry) -> None:
        """Write journal entries, and say them on screen; a base that is away gets them once it is back."""
        for entry in entries:
            self._calls.note(entry)

    def log(self, entries: Iterable[JournalEntry]) -> None:
        """Say on screen entries that are written."""
        for entry in entries:
            self._calls.log(entry)

    # --- the calls --------------------------------------------------------------------------------------

    def recover(self, desk: str) -> None:
        """At the start: attempts that a stop cut short are of unknown outcome."""
        self._door.ask(recover(desk, self._calls.clock()), lambda found: None, self.failed.emit)

    @Slot(object)
    def _opened(self, call: OpenCall) -> None:
        self._door.ask(of_call(call.record.id), lambda found: self._take_up(call, found), self.failed.emit)

    @Slot(str)
    def _look_again(self, call_id: str) -> None:
        """Another desk wrote of the booking: the card shows how it stands, unless this desk is at it."""
        for call in self._calls.calls:
            if call.record.id == call_id and not self.of(call).busy:
                seen = partial(self._seen, self.of(call))
                self._door.ask(of_call(call_id), seen, self.failed.emit)

    def _seen(self, deal: Deal, found: Sequence[Appointment]) -> None:
        shown = deal.appointment
        if deal.busy or self._deals.get(deal.call.record.id) is not deal:
            return
        now = next((one for one in found if shown is not None and one.id == shown.id), None)
        if shown is not None and now is not None and now.version > shown.version:
            is_over = now.state not in _TAKEN_UP
            deal.appointment = None if is_over else now
            if deal.stage in _TAKEN_UP.values():
                deal.close()
            self.changed.emit(deal)
        self._take_up(deal.call, found)

    def _take_up(self, call: OpenCall, found: Iterable[Appointment]) -> None:
        """A call taken up again shows what it left unsettled, else its booking."""
        deal = self.of(call)
        holding = [one for one in found if one.state in _TAKEN_UP]
        if deal.stage is not Stage.NONE or deal.busy or not holding:
            return
        order = list(_TAKEN_UP)
        first = min(holding, key=lambda one: (order.index(one.state), -one.asked_at.timestamp()))
        deal.settle_on(_TAKEN_UP[first.state], first)
        deal.source = self._searches.declared.source(first.source)
        self.changed.emit(deal)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        self._deals.pop(call.record.id, None)
