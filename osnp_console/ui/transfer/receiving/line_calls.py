"""The calls that the line's desk keeps for the patients of the transfers it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.desk_calls import call_to_take_up
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.app.slots.cards import slot_words
from osnp_console.app.transfer.line_moves import moves_when_closed
from osnp_console.app.transfer.receive import completed, prefilled, read_calls
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.desk import LINE
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.deal import Deal
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.transfer.desk_transfers import DeskTransfers

GONE = "introuvable"
ENDS: Mapping[TransferState, str] = {
    TransferState.REGISTERED: "rendez_vous",
    TransferState.REFUSED: "sans_solution",
    TransferState.NO_SLOT: "sans_solution",
    TransferState.FAILED: "sans_solution",
}
"""How the line's call ends when this desk ends the transfer; the patient goes on with the SAS, but for the
first."""
_TOWARDS_AGREED = (TransferMove.PRESENT, TransferMove.FIND_SLOT, TransferMove.AGREE)


class LineCalls(QObject):
    """Opens a call for each transfer taken here, finds it again, ends it with the transfer.

    A booking made for such a call is the line's agreement: the transfer says so by itself. A call that is
    taken over from another desk of the line brings its transfer along.

    Signals:
        opened(object, object): the Transfer, and its OpenCall, which is the one on screen.
        failed(object): the StoreFailure, or the Refusal, that keeps a call from being opened.
    """

    opened = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        calls: DeskCalls,
        transfers: DeskTransfers,
        deals: Deals,
        door: StoreDoor,
        desk: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`desk` gives the code of this desk."""
        super().__init__(parent)
        self._calls, self._transfers, self._door, self._desk = calls, transfers, door, desk
        self._deals = deals
        self._under_way: set[str] = set()
        # Until the store says so too, which call was begun here for which transfer.
        self._begun: dict[str, str] = {}
        self._to_end: dict[str, int] = {}
        self._came_over: set[str] = set()
        transfers.taken.connect(self.open)
        transfers.changed.connect(self._changed)
        deals.changed.connect(self._deal_changed)
        calls.came_over.connect(self._call_came_over)
        calls.closed.connect(self._call_closed)

    def of(self, transfer: Transfer) -> OpenCall | None:
        """The open call of a transfer, where this desk has it in hand."""
        wanted = self._call_id(transfer)
        return next((one for one in self._calls.calls if wanted and one.record.id == wanted), None)

    def _call_id(self, transfer: Transfer) -> str:
        return transfer.line_call or self._begun.get(transfer.id, "")

    def is_left_open(self, transfer: Transfer) -> bool:
        """Whether a transfer is over, by somebody else's doing, while this desk's call for it goes on."""
        is_over = transfer.is_settled and not transfer.joined_to and transfer.id not in self._to_end
        return is_over and self.is_mine(transfer) and self.of(transfer) is not None

    def booked_in_vain(self, transfer: Transfer) -> str:
        """The slot, in words, that is still booked for a transfer that came to nothing; empty without one."""
        call = self.of(transfer) if self.is_left_open(transfer) else None
        if call is None or transfer.state is TransferState.REGISTERED:
            return ""
        booked = self._booked(call)
        return slot_words(booked.slot, self._calls.clock()) if booked is not None else ""

    def _booked(self, call: OpenCall) -> Appointment | None:
        appointment = self._deals.of(call).appointment
        is_booked = appointment is not None and appointment.state is AppointmentState.BOOKED
        return appointment if is_booked else None

    def is_mine(self, transfer: Transfer) -> bool:
        """Whether this desk has the transfer in hand."""
        return transfer.taken is not None and transfer.taken.by.desk == self._desk()

    # --- opening ----------------------------------------------------------------------------------------

    @Slot(object)
    def open(self, transfer: Transfer) -> None:
        """Put the call of a transfer on screen: the one there is, wherever it was left, else a new one.

        The new one holds all that the sending desk typed.
        """
        here = self.of(transfer)
        if here is not None:
            self._calls.show(here)
            self.opened.emit(transfer, here)
            return
        if transfer.id in self._under_way:
            return
        self._under_way.add(transfer.id)
        kept = self._call_id(transfer)
        if kept:
            found, lost = partial(self._found, transfer), partial(self._lost, transfer)
            self._door.ask(call_to_take_up(kept), found, lost)
        else:
            self._begin(transfer)

    def _begin(self, transfer: Transfer) -> None:
        now: datetime = self._calls.clock()
        # The one who takes a patient reads their record: it is journaled here, whoever looked at it before.
        work = read_calls((transfer.call,), (), self._desk(), now)
        self._door.ask(work, partial(self._were_read, transfer), partial(self._not_opened, transfer))

    def _were_read(self, transfer: Transfer, found: Mapping[str, CallRecord]) -> None:
        sent = found.get(transfer.call)
        sheet = prefilled(sent.sheet) if sent is not None else None
        call = self._now_open(transfer, lambda: self._calls.take(sheet))
        if call is not None:
            self._transfers.keep_line_call(transfer.id, call.record.id)

    def _found(self, transfer: Transfer, record: CallRecord) -> None:
        take = self._calls.take_over if record.is_open else self._calls.reopen
        self._now_open(transfer, lambda: take(record))

    def _lost(self, transfer: Transfer, failure: StoreFailure) -> None:
        """The call that was kept never reached the store, or cannot be read now."""
        if failure.code == GONE:
            self._begin(transfer)
        else:
            self._not_opened(transfer, failure)

    def _now_open(self, transfer: Transfer, take: Callable[[], OpenCall]) -> OpenCall | None:
        self._under_way.discard(transfer.id)
        try:
            call = take()
        except Refusal as refusal:
            self.failed.emit(refusal)
            return None
        self._begun[transfer.id] = call.record.id
        self.opened.emit(transfer, call)
        return call

    def _not_opened(self, transfer: Transfer, failure: StoreFailure) -> None:
        self._under_way.discard(transfer.id)
        self.failed.emit(failure)

    # --- taken over -------------------------------------------------------------------------------------

    @Slot(object)
    def _call_came_over(self, call: OpenCall) -> None:
        """Its transfer may not be known here yet: it is looked up with the call."""
        self._came_over.add(call.record.id)
        transfer = self._transfers.of_call(call.record.id)
        if transfer is not None:
            self._bring_along(transfer)

    def _bring_along(self, transfer: Transfer) -> None:
        """Whoever took the line's call over speaks with the patient: the transfer is in their hands too."""
        if not transfer.line_call or transfer.line_call not in self._came_over:
            return
        self._came_over.discard(transfer.line_call)
        is_of_line = self._desk().rpartition("-")[0] == LINE
        if is_of_line and not self.is_mine(transfer) and not transfer.is_settled:
            self._transfers.take(transfer.id, over=True)

    # --- joining ----------------------------------------------------------------------------------------

    def complete(self, call: OpenCall, sent: CallRecord) -> None:
        """The caller is the patient of an announcement: what this call lacks is what its desk typed."""
        before = call.record.sheet
        whole = completed(before, sent.sheet)
        self._calls.show(call)
        for code in (*whole.values, *sorted(whole.asked)):
            if before.answer(code) != whole.answer(code):
                self._calls.answer(code, whole.answer(code))
        for code, text in whole.pending.items():
            if before.pending.get(code) != text:
                self._calls.type(code, text)
        self._calls.settle()

    # --- agreeing, ending -------------------------------------------------------------------------------

    @Slot(object)
    def _deal_changed(self, deal: Deal) -> None:
        transfer = self._transfers.of_call(deal.call.record.id)
        appointment = deal.appointment
        if transfer is None or appointment is None or transfer.line_call != deal.call.record.id:
            return
        if appointment.state is not AppointmentState.BOOKED or not self.is_mine(transfer):
            return
        if transfer.appointment != appointment.id:
            words = slot_words(appointment.slot, self._calls.clock())
            self.agree(transfer.id, words, appointment.id)

    def agree(self, key: str, words: str, appointment: str = "") -> None:
        """The line has a slot, in words, and agrees to it; the booking that gives it, where there is one.

        That the situation was presented is part of it.
        """
        for move in _TOWARDS_AGREED:
            transfer = self._transfers.get(key)
            if transfer is None or not transfer.may(move):
                continue
            text, booked = ("", "") if move is TransferMove.PRESENT else (words, appointment)
            self._transfers.move(key, move, text=text, appointment=booked)

    def end(self, key: str, move: TransferMove, reason: str = "", text: str = "") -> bool:
        """Mark the move that ends a transfer; its call ends once the store has it. False when not allowed."""
        transfer = self._transfers.get(key)
        if transfer is None or not transfer.may(move):
            return False
        self._to_end[key] = transfer.version
        if not self._transfers.move(key, move, reason=reason, text=text):
            del self._to_end[key]
            return False
        return True

    @Slot(object)
    def _call_closed(self, call: OpenCall) -> None:
        """The operator ended the line's call: the transfer ends with it, and the SAS is told how."""
        self._came_over.discard(call.record.id)
        transfer = self._transfers.of_call(call.record.id)
        ended = call.record.outcome is not None and not call.record.is_open
        if transfer is None or self._call_id(transfer) != call.record.id or not ended:
            return
        if transfer.id in self._to_end or not self.is_mine(transfer):
            return
        for move, reason, text in moves_when_closed(transfer, call.record.outcome or ""):
            now = self._transfers.get(transfer.id)
            if now is not None and now.may(move):
                self._transfers.move(transfer.id, move, reason=reason, text=text)

    @Slot(str)
    def _changed(self, key: str) -> None:
        transfer, version = self._transfers.get(key), self._to_end.get(key)
        if transfer is not None:
            self._bring_along(transfer)
        if transfer is None or version is None or transfer.version <= version:
            return
        del self._to_end[key]
        call, outcome = self.of(transfer), ENDS.get(transfer.state)
        if (
            call is not None
            and self._booked(call) is not None
            and transfer.state is not TransferState.REGISTERED
        ):
            return  # what is booked is given back, or kept, before the call ends
        if call is not None and outcome is not None and self.is_mine(transfer):
            shown = self._calls.current
            self._calls.show(call)
            self._calls.close(outcome)
            if shown is not None and shown is not call:
                self._calls.show(shown)
