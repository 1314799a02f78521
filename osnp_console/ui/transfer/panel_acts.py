"""What the buttons and the keys of the panel do to the transfer of the call on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.transfer.panel_words import OtherMove, UsualAct, usual_act
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.forms_kept import OTHER_FORM, SLOT_FORM, WHY_FORM
from osnp_console.ui.transfer.panel import OTHER, SLOT, WHY, TransferPanel
from osnp_console.ui.transfer.reading import TransferReading
from osnp_console.ui.transfer.sending import TRANSFERRED, SendingDesk

FORMS: Mapping[str, str] = {WHY: WHY_FORM, SLOT: SLOT_FORM, OTHER: OTHER_FORM}


class PanelActs(QObject):
    """Does what the panel asks.

    Signals:
        ended(): the call was closed, transferred.
    """

    ended = Signal()

    def __init__(
        self,
        panel: TransferPanel,
        calls: DeskCalls,
        sending: SendingDesk,
        reading: TransferReading,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel, self._calls, self._sending, self._reading = panel, calls, sending, reading
        self.finish_typing: Callable[[], None] = lambda: None
        """Takes what stands in the focused field of the form as typed to its end; the workspace sets it."""
        panel.usual_wanted.connect(self.do_usual)
        panel.dial_wanted.connect(self.dial)
        panel.other_chosen.connect(self._do_other)
        panel.cancelled.connect(self._cancel)
        panel.patient_wanted.connect(self.toggle_patient)
        panel.typed.connect(self._typed)

    @Slot()
    def do_usual(self) -> None:
        """F8: the next step; nothing right after a step has changed."""
        call, sending = self._calls.current, self._sending
        if call is None or sending.guard.isActive():
            return
        self.finish_typing()
        if sending.of(call).asked is not None:
            (self._panel.take_focus if sending.go_on_anyway(call) else self._panel.ask_why)()
            return
        transfer = sending.transfer(call)
        if transfer is None:
            return
        match usual_act(transfer):
            case UsualAct.MOVE if transfer.usual is not None:
                sending.move(call, transfer.usual)
            case UsualAct.CLOSE_CALL:
                self._calls.settle()
                self._calls.close(TRANSFERRED)
                self.ended.emit()
            case UsualAct.ANEW:
                choice = self._reading.choice(call)
                if choice is not None:
                    sending.begin(call, choice)

    @Slot()
    def dial(self) -> None:
        """Ctrl+T: call the line."""
        call = self._calls.current
        if call is not None:
            self.finish_typing()
            self._sending.dial(call)

    @Slot()
    def toggle_patient(self) -> None:
        """Maj+F4: the patient hung up, or is on the phone again."""
        call = self._calls.current
        if call is not None:
            self._sending.toggle_patient(call)

    @Slot(object, str)
    def _do_other(self, one: OtherMove, text: str) -> None:
        call = self._calls.current
        if call is not None:
            self._sending.move(call, one.move, one.reason, text)

    @Slot()
    def _cancel(self) -> None:
        call = self._calls.current
        if call is not None:
            self._sending.move(call, TransferMove.CANCEL)

    def typed(self) -> dict[str, str]:
        """What stands in the one-line fields of the call on screen, by their names."""
        return {name: self._sending.typed(form, self._key(name)) for name, form in FORMS.items()}

    def _key(self, field: str) -> str:
        """The reason to go on is the call's: there is no transfer yet. The others are the transfer's."""
        call = self._calls.current
        if call is None:
            return ""
        transfer = self._sending.transfer(call)
        return call.record.id if field == WHY else transfer.id if transfer is not None else ""

    @Slot(str, str)
    def _typed(self, field: str, text: str) -> None:
        key, unfinished = self._key(field), self._sending.unfinished
        if key and text:
            unfinished.hold(FORMS[field], key, text)
        elif key:
            unfinished.drop(FORMS[field], key)
