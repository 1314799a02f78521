"""The transfers that this desk sends: what outlives a change of theme, and every act of the panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.access_words import shown_phone
from osnp_console.app.transfer.acts import Late
from osnp_console.app.transfer.line_choice import LineChoice
from osnp_console.app.transfer.panel_words import UsualAct, usual_act
from osnp_console.app.transfer.prepare import begin
from osnp_console.app.transfer.spoken import patient_noun
from osnp_console.app.transfer.step_lines import lines_since, patient_line, prepared_line
from osnp_console.domain.call_record import Move
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.forms_kept import OTHER_FORM, SLOT_FORM, WHY_FORM
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.unfinished import Unfinished

GUARD_MS = 400
"""After a step changed F8 does nothing for so long: what was pressed meant the one before (interface, §6)."""
TRANSFERRED, HUNG_UP = "transfere", "raccroche"
Say = Callable[[str, str, str], None]


@dataclass(slots=True, eq=False)
class SentCall:
    """The sending side of one open call.

    `is_open` while its panel is looked at, `asked` the line whose conditions ask why before anything is
    prepared. `seen` is how many moves of the transfer were told, -1 before any; `late` what became of an act
    that was not done; `dismissed` the settled transfer whose panel was closed.
    """

    call: OpenCall
    is_open: bool = False
    asked: LineChoice | None = None
    key: str = ""
    seen: int = -1
    patient_gone: bool = False
    late: str = ""
    is_resumed: bool = False
    dismissed: str = ""


class SendingDesk(QObject):
    """One for the window, over its transfers.

    Signals:
        changed(object): the panel of that OpenCall says something else.
        came(object): the panel of that OpenCall is to be seen: a transfer began, or was found again.
    """

    changed = Signal(object)
    came = Signal(object)

    def __init__(
        self,
        calls: DeskCalls,
        transfers: DeskTransfers,
        say: Say,
        dial: Callable[[str], None],
        unfinished: Unfinished,
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`say` adds a line to a call's journal on screen (its id, hour, words); `dial` dials a number."""
        super().__init__(parent)
        self._calls, self.transfers = calls, transfers
        self._say, self._dial, self.unfinished, self._new_id = say, dial, unfinished, new_id
        self._of: dict[str, SentCall] = {}
        self.guard = QTimer(self, singleShot=True, interval=GUARD_MS)
        transfers.changed.connect(self._transfer_changed)
        transfers.late.connect(self._was_late)
        calls.opened.connect(self._opened)
        calls.closed.connect(self._closed)

    # --- what is there ----------------------------------------------------------------------------------

    def of(self, call: OpenCall) -> SentCall:
        """The sending side of a call."""
        found = self._of.get(call.record.id)
        if found is None or found.call is not call:
            found = self._of[call.record.id] = SentCall(call)
        return found

    def transfer(self, call: OpenCall) -> Transfer | None:
        """The transfer that this side sends: the one going on, else the last one unless it was put away."""
        found = self.transfers.of_call(call.record.id)
        if found is None or found.call != call.record.id or found.id == self.of(call).dismissed:
            return None
        return found

    def is_received(self, call: OpenCall) -> bool:
        """Whether the call is itself of a patient that another desk hands over, and is not done with."""
        found = self.transfers.of_call(call.record.id)
        return found is not None and found.call != call.record.id and not found.is_settled

    def exists(self, call: OpenCall) -> bool:
        """Whether the call has a panel, looked at or not."""
        return self.of(call).asked is not None or self.transfer(call) is not None

    def typed(self, form: str, key: str) -> str:
        """What stands in a one-line field of the panel."""
        held = self.unfinished.held(form).get(key)
        return held if isinstance(held, str) else ""

    # --- acts -------------------------------------------------------------------------------------------

    def begin(self, call: OpenCall, choice: LineChoice) -> None:
        """Transfer a call to a line: prepared at once, unless something has to be said before."""
        sent, before = self.of(call), self.transfer(call)
        if before is not None and not before.is_settled:
            return
        if before is not None:
            sent.dismissed = before.id
        sent.is_open, sent.late, sent.is_resumed = True, "", False
        if choice.conditions(self._calls.clock()).asks_why:
            sent.asked = choice
            self.guard.start()
        else:
            self._prepare(sent, choice, "")
        self.came.emit(call)
        self.changed.emit(call)

    def go_on_anyway(self, call: OpenCall) -> bool:
        """Prepare a transfer whose conditions are not met; False when the reason is not typed yet.

        What was answered meanwhile may have met them: nothing is asked then.
        """
        sent = self.of(call)
        why = self.typed(WHY_FORM, call.record.id).strip()
        asks = sent.asked is not None and sent.asked.conditions(self._calls.clock()).asks_why
        if sent.asked is None or (asks and not why):
            return False
        choice, sent.asked = sent.asked, None
        self._prepare(sent, choice, why)
        self.unfinished.drop(WHY_FORM, call.record.id)
        self.changed.emit(call)
        return True

    def _prepare(self, sent: SentCall, choice: LineChoice, why: str) -> None:
        call, now = sent.call, self._calls.clock()
        # What is told to the line is what was answered: the last field counts too.
        self._calls.settle()
        conditions = choice.conditions(now, why)
        key = sent.key = self._new_id()
        sent.seen, sent.patient_gone = -1, False
        desk = call.desk
        self.transfers.prepare(begin(key, call.record.id, desk.code, desk.sas, choice.line, conditions, now))

    def dial(self, call: OpenCall) -> bool:
        """Call the line, or call it again; the patient waits on hold. False when nobody is called now.

        Whatever becomes of the telephone, the try counts: somebody may dial by hand.
        """
        transfer = self.transfer(call)
        if transfer is None or transfer.is_settled:
            return False
        if transfer.line.number:
            self._dial(shown_phone(transfer.line.number))
        if call.record.may(Move.HOLD) and call is self._calls.current:
            self._calls.hold_or_resume()
        if transfer.may(TransferMove.DIAL):
            self._act(call, transfer, TransferMove.DIAL)
        return True

    def move(self, call: OpenCall, move: TransferMove, reason: str = "", text: str = "") -> bool:
        """Mark what happened; False when it is not possible (any more)."""
        transfer = self.transfer(call)
        if transfer is None:
            return False
        if move is TransferMove.DIAL:
            return self.dial(call)
        if move in (TransferMove.FIND_SLOT, TransferMove.AGREE) and not text:
            text = self.typed(SLOT_FORM, transfer.id).strip()
        return self._act(call, transfer, move, reason, text)

    def _act(
        self, call: OpenCall, transfer: Transfer, move: TransferMove, reason: str = "", text: str = ""
    ) -> bool:
        sent = self.of(call)
        sent.late, sent.is_resumed = "", False
        if not self.transfers.move(transfer.id, move, reason=reason, text=text):
            return False
        for form in (SLOT_FORM, OTHER_FORM):
            if text and self.typed(form, transfer.id).strip() == text:
                self.unfinished.drop(form, transfer.id)
        return True

    def toggle_patient(self, call: OpenCall) -> None:
        """The patient hung up, or is on the phone again."""
        transfer = self.transfer(call)
        if transfer is None or transfer.is_settled:
            return
        if transfer.patient_left_at is None:
            self.transfers.patient_left(transfer.id)
        else:
            self.transfers.patient_back(transfer.id)

    def leave(self, call: OpenCall) -> None:
        """Échap: the checklist again. A transfer that goes on goes on; one that is over is put away."""
        sent, transfer = self.of(call), self.transfer(call)
        sent.is_open = False
        sent.asked = None
        sent.late, sent.is_resumed = "", False
        if transfer is not None and usual_act(transfer) is UsualAct.ANEW:
            sent.dismissed = transfer.id
        self.changed.emit(call)

    # --- what happens -----------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, call: OpenCall) -> None:
        self._found_again(call)
        if call.record.version:  # not a new one: it may have a transfer from before
            self.transfers.look_up(call.record.id)

    @Slot(str)
    def _transfer_changed(self, key: str) -> None:
        transfer = self.transfers.get(key)
        if transfer is None:
            self._forget_gone()
            return
        call = next((one for one in self._calls.calls if one.record.id == transfer.call), None)
        if call is None or self.transfer(call) is not transfer:
            return
        sent = self.of(call)
        if sent.key != key or sent.seen < 0:
            self._met(sent, transfer)
        else:
            self._tell(sent, transfer)
        self.changed.emit(call)

    def _forget_gone(self) -> None:
        """What was begun here and is not kept after all: its panel goes with it."""
        for sent in self._of.values():
            if sent.key and self.transfers.get(sent.key) is None:
                sent.key, sent.seen, sent.is_open = "", -1, False
                self.changed.emit(sent.call)

    def _met(self, sent: SentCall, transfer: Transfer) -> None:
        """A transfer seen for the first time: begun here just now, or found as it stood."""
        is_own = sent.key == transfer.id
        sent.key, sent.seen = transfer.id, len(transfer.history)
        sent.patient_gone = transfer.patient_left_at is not None
        self._keep_from_f8(sent)
        if is_own:
            self._say(transfer.call, *prepared_line(transfer))
        else:
            self._found_again(sent.call)

    def _found_again(self, call: OpenCall) -> None:
        transfer = self.transfer(call)
        if transfer is None or transfer.is_settled:
            return
        sent = self.of(call)
        sent.key, sent.seen = transfer.id, len(transfer.history)
        sent.is_open = sent.is_resumed = True
        self.came.emit(call)
        self.changed.emit(call)

    def _tell(self, sent: SentCall, transfer: Transfer) -> None:
        """Say in the call's journal on screen what was marked since, here or at the line's desk."""
        for line in lines_since(transfer, sent.seen):
            self._say(transfer.call, *line)
        if sent.seen != len(transfer.history):
            self._keep_from_f8(sent)
        sent.seen = len(transfer.history)
        gone = transfer.patient_left_at is not None
        if gone != sent.patient_gone:
            sent.patient_gone = gone
            patient = patient_noun(sent.call.call)
            self._say(transfer.call, *patient_line(transfer, patient, self._calls.clock()))

    def _keep_from_f8(self, sent: SentCall) -> None:
        """A step changed under the eye: what is pressed now was meant for the one before."""
        if sent.call is self._calls.current:
            self.guard.start()

    @Slot(object)
    def _was_late(self, late: Late) -> None:
        self._forget_gone()
        call = next((one for one in self._calls.calls if one.record.id == late.transfer.call), None)
        if call is not None:
            sent = self.of(call)
            sent.late, sent.key, sent.seen = late.sentence, late.transfer.id, len(late.transfer.history)
            self.changed.emit(call)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        """A call that ends otherwise than transferred takes with it a transfer that can still be stopped."""
        transfer = self.transfer(call)
        self._of.pop(call.record.id, None)
        self.unfinished.drop(WHY_FORM, call.record.id)
        if transfer is None:
            return
        for form in (SLOT_FORM, OTHER_FORM):
            self.unfinished.drop(form, transfer.id)
        if call.record.is_open or call.record.outcome == TRANSFERRED:
            return
        if call.record.outcome == HUNG_UP and transfer.may(TransferMove.FAIL):
            self.transfers.move(transfer.id, TransferMove.FAIL, reason="patient_parti")
        elif transfer.may(TransferMove.CANCEL):
            self.transfers.move(transfer.id, TransferMove.CANCEL)
