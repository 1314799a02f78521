"""The sending side of a transfer on screen, beside the real checklist and slots, in an active window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.search_events import Asking
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.slots.ruling import admissions_of
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.searches import AgendaSearches, CallSlots
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.frame.call_place import CallPlace
from osnp_console.ui.frame.call_transfer import CallTransfer
from osnp_console.ui.frame.reflow import Arrangement
from osnp_console.ui.live import Live
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.panel import TransferPanel
from osnp_console.ui.transfer.sending import SendingDesk
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.labels import PlainLabel
from tests.ui.checklist_desk import REDON_CALL, real_catalogue, real_gazetteer
from tests.ui.doubles import InventedDesk, invented_desk
from tests.ui.slots_desk import AGENDAS, AT_1120, AT_1400, LATE, SAS, settled
from tests.unit.slot_world import NOW


class Searches(QObject):
    """What was found for each call: a slot at Plessé and a later one, if the test says so."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.finds_plesse = False
        self._of: dict[str, CallSlots] = {}

    def slots_of(self, call: OpenCall) -> CallSlots:
        """The slots of a call."""
        found = self._of.get(call.record.id)
        if found is None:
            found = self._of[call.record.id] = CallSlots(call, SlotBoard(NOW))
            found.board.link(AGENDAS, NOW)
            found.board.judge(admissions_of(call.checklist), NOW)
            slots = (AT_1120, AT_1400) if self.finds_plesse else ()
            found.board.take([Asking((SAS, LATE)), settled(SAS, *slots)], NOW)
        return found


class Phone(QObject):
    """A telephone that only says which numbers it was given."""

    ended = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []

    def dial(self, number: str) -> None:
        """Dial it."""
        self.dialled.append(number)


class SendingOnScreen:
    """A call of the Pays de Redon, and everything around its transfer; an operator with a keyboard."""

    def __init__(
        self,
        qtbot: QtBot,
        theme: Theme,
        changed: Mapping[str, Answer] | None = None,
        *,
        finds_plesse: bool = False,
        arrangement: Arrangement = Arrangement.THREE_COLUMNS,
    ) -> None:
        self.qtbot = qtbot
        self.desk: InventedDesk = invented_desk(real_catalogue(), real_gazetteer())
        self.calls, self.phone, self.searches = self.desk.calls, Phone(), Searches()
        self.searches.finds_plesse = finds_plesse
        self.lines: list[str] = []
        self.unfinished = Unfinished()
        self.ids = iter(f"t-{number}" for number in range(1, 99))
        self.live = Live()
        self.transfers, self.sending = self._start()
        self.take(changed)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self._lay_out(theme, arrangement)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.intake.setFocus()

    def _start(self) -> tuple[DeskTransfers, SendingDesk]:
        door = StoreDoor(self.desk.memory)
        transfers = DeskTransfers(door, self.live, lambda: "44-3", self.desk.clock)
        sending = SendingDesk(
            self.calls, transfers, self._say, self.phone.dial, self.unfinished, lambda: next(self.ids)
        )
        sending.guard.setInterval(0)
        return transfers, sending

    def _lay_out(self, theme: Theme, arrangement: Arrangement) -> None:
        self.intake = QPlainTextEdit(self.window)
        self.checklist = ChecklistPanel(theme, self.calls, real_catalogue())
        self.slots = SlotsPanel(theme, self.calls)
        side = QStackedWidget()
        side.addWidget(self.slots)
        self.transfer = CallTransfer(
            theme,
            self.calls,
            self.sending,
            cast(AgendaSearches, self.searches),
            cast(PhoneDesk, self.phone),
            real_catalogue(),
            self.window,
        )
        self.place = CallPlace(theme, (self.intake, self.checklist, side, self.transfer.panel), self.window)
        self.place.set_focus_targets(
            self.intake.setFocus, self.checklist.focus_list, self.slots.take_focus, self.transfer.take_focus
        )
        column = QVBoxLayout(self.window)
        column.addWidget(self.place)
        self.window.resize(1278, 680)
        call = self.calls.current
        if call is not None:
            self.slots.show_board(self.searches.slots_of(call).board)
        self.transfer.live_in(self.place, self.checklist, self.slots)
        self.place.arrange(arrangement, 1270)

    def _say(self, call: str, hour: str, words: str) -> None:
        self.lines.append(words)

    # --- the operator -----------------------------------------------------------------------------------

    def take(self, changed: Mapping[str, Answer] | None = None) -> OpenCall:
        """Take a call that the Pays de Redon takes, but for what is changed."""
        call = self.calls.take()
        for code, answer in {**REDON_CALL, **(changed or {})}.items():
            self.calls.answer(code, answer)
        self.calls.settle()
        return call

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is; those of the window's shortcuts do what they do."""
        for key in keys:
            match key:
                case "F8":
                    self.transfer.go_on()
                case "Maj+F8":
                    self.transfer.open_others()
                case "Ctrl+T":
                    self.transfer.acts.dial()
                case "Maj+F4":
                    self.transfer.acts.toggle_patient()
                case _:
                    combination = QKeySequence(key)[0]  # type: ignore[index]  # PySide forgets the operator
                    QTest.keyClick(self.focused, combination.key(), combination.keyboardModifiers())
            QTest.qWait(1)  # the guard has no length here, but it is over at the next turn

    def type(self, text: str) -> None:
        """Type letters where the keyboard is."""
        QTest.keyClicks(self.focused, text)

    def go(self, **length: float) -> None:
        """Let time pass, and tell it."""
        self.desk.clock.go(**length)
        self.calls.ticked.emit(self.desk.clock.now)

    # --- what is seen -----------------------------------------------------------------------------------

    @property
    def focused(self) -> QWidget:
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None, "the focus fell to the window"
        return widget

    @property
    def panel(self) -> TransferPanel:
        """The panel."""
        return self.transfer.panel

    @property
    def call(self) -> OpenCall:
        """The call on screen."""
        call = self.calls.current
        assert call is not None
        return call

    @property
    def sent(self) -> Transfer:
        """The transfer as the window has it."""
        transfer = self.sending.transfer(self.call)
        assert transfer is not None, "no transfer"
        return transfer

    def state(self) -> TransferState:
        """Where it stands in the window."""
        return self.sent.state

    @property
    def kept(self) -> TransferState:
        """The state that the store has."""
        return self.desk.memory.transfers.kept[self.sent.id].state

    @property
    def question(self) -> str:
        """The question of the moment."""
        return self.panel.footer.question.text()

    @property
    def buttons(self) -> list[str]:
        """What the foot offers, from left to right."""
        foot = self.panel.footer
        shown = (foot.cancel, foot.other, foot.sure, foot.go_on, foot.usual)
        return [one.accessibleName() for one in shown if one.isVisible()]

    def words(self) -> list[str]:
        """The texts that are seen on the panel."""
        labels = self.panel.findChildren(PlainLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]
