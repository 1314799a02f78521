"""The workspace Transferts: the queue at the left, the transfer in hand at the right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from osnp_console.app.transfer.line_moves import LineAct
from osnp_console.app.transfer.queue_groups import Group
from osnp_console.domain.transfer.answering import AnsweredLine
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.forms_kept import CALLER_FORM
from osnp_console.ui.reading.panes import Panes
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.acting import TransferActs
from osnp_console.ui.transfer.receiving.asked import CallerAsked
from osnp_console.ui.transfer.receiving.borrowed import Room
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.in_place import InPlace, keep_typed
from osnp_console.ui.transfer.receiving.pane import SLOTS, TransferPane
from osnp_console.ui.transfer.receiving.queue_pane import QueuePane
from osnp_console.ui.transfer.receiving.showing import PaneShowing, Sources
from osnp_console.ui.unfinished import Unfinished

QUEUE_WIDTH = 424
_UNLIMITED = 16_777_215


class TransfersWorkspace(QWidget):
    """Made for one theme, over the ReceivingDesk of the window.

    Signals:
        call_shown(): the call on screen is to be seen in Appel: the line's own sheet, to be corrected, or a
            caller whom nobody announced.
        call_wanted(str): a call that this desk sent is to be shown; its id.
        said(str): words for the journal strip of the call on screen.
        dial_wanted(str): a number is to be dialled.
        next_told(bool): whether the workspace shows the next deliberate act.
        give_back_offered(bool): whether the transfer shown can go back into the queue.
        source_wanted(str): where the conditions of that dispositif are read, for the call on screen.
        unbook_wanted(): what is booked for the call on screen is to be given back.
        end_wanted(): the call on screen is to be ended, with an outcome.
    """

    call_shown = Signal()
    call_wanted = Signal(str)
    said = Signal(str)
    dial_wanted = Signal(str)
    next_told = Signal(bool)
    give_back_offered = Signal(bool)
    source_wanted = Signal(str)
    unbook_wanted = Signal()
    end_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        receiving: ReceivingDesk,
        calls: DeskCalls,
        deals: Deals,
        slots: SlotsPanel,
        home: Room,
        sources: Sources,
        departements: Mapping[str, str],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """`slots` is the column of the call on screen, which lives in `home`.

        `unfinished` holds what is typed here and was not said yet.
        """
        super().__init__(parent)
        self.theme = theme
        self._receiving, self._calls, self._deals, self._slots = receiving, calls, deals, slots
        self._selected: str | None = None
        self._awaits_rows = False
        self.queue = QueuePane(theme, receiving, sources.words, calls.clock, self)
        self.pane = TransferPane(theme, slots, home, self)
        self._panes = Panes(theme, self.queue, self.pane, stretches=(424, 846, 0), parent=self)
        self.showing = PaneShowing(self.pane, receiving, calls, deals, slots, sources)
        self.acts = TransferActs(theme, receiving, slots, self.showing, calls.clock, unfinished, self)
        self.caller_asked = CallerAsked(theme, departements, self)
        keep_typed(self.caller_asked, self.caller_asked.sas, unfinished, CALLER_FORM, str)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self._connect()
        self._reflowed()

    def _connect(self) -> None:
        receiving, calls = self._receiving, self._calls
        self.queue.reached.connect(self._reached)
        self.queue.opened.connect(self._opened)
        self.queue.unannounced_wanted.connect(self.ask_caller)
        self.pane.foot.wanted.connect(self._act)
        self.pane.foot.left.connect(self._back_to_slots)
        self.acts.unbook_wanted.connect(self._unbook)
        self.acts.end_wanted.connect(self._end)
        self.pane.patient.correct_wanted.connect(self.call_shown)
        self.pane.patient.source_wanted.connect(self.show_source)
        self.pane.patient.call_wanted.connect(self.dial_wanted)
        self.pane.told.copied.connect(self.said)
        self.pane.back_wanted.connect(self._back_to_queue)
        self._panes.reflowed.connect(self._reflowed)
        self.caller_asked.given.connect(self._take_caller)
        receiving.changed.connect(self.refresh)
        receiving.arrived.connect(self._arrived)
        receiving.line_calls.opened.connect(self._call_opened)
        calls.shown.connect(self._call_on_screen)
        calls.edited.connect(self._edited)
        calls.ticked.connect(self._tick)
        self._deals.changed.connect(self._slots_changed)
        self._slots.chosen.connect(self._slots_changed)
        self._slots.view.model.modelReset.connect(self._rows_came)

    # --- what the frame asks ----------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the queue, on the transfer of the call on screen."""
        self._follow_call()
        self._choose_first()
        self._show_selected()
        self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def do_next(self) -> None:
        """F9: the usual next step."""
        foot = self.pane.foot.foot
        if foot.next is not None and not foot.next.reason:
            self._act(foot.next.act)

    def refuse(self) -> None:
        """Maj+F8: the line refuses, the transfer fails, or what is booked in vain is given back."""
        for act in (LineAct.REFUSE, LineAct.FAIL, LineAct.UNBOOK):
            if self.pane.foot.foot.offers(act):
                self._act(act)
                return

    def nothing_free(self) -> None:
        """Maj+F9: there is no slot."""
        if self.pane.foot.foot.offers(LineAct.NOTHING_FREE):
            self._act(LineAct.NOTHING_FREE)

    def give_back(self) -> None:
        """Put the transfer shown back into the queue."""
        transfer = self.selected
        if transfer is not None and self.showing.foot(transfer).offers(LineAct.GIVE_BACK):
            self._act(LineAct.GIVE_BACK)

    def show_source(self) -> None:
        """Ctrl+I: the conditions of the line's dispositif, judged for the patient's call; their source."""
        transfer = self.selected
        if transfer is not None and self.pane.borrowed.is_here:
            self.source_wanted.emit(transfer.line.dispositif)

    def ask_caller(self) -> None:
        """Maj+F2: a caller is on the line whom nobody announced."""
        if self._receiving.answers:
            self._panes.show_detail(False)
            self.caller_asked.ask(self._receiving.lines)

    def go_round(self, step: int) -> None:
        """F6: the queue, the slots, the buttons."""
        stops = [one for one in self._stops() if one.isVisibleTo(self)]
        focused = QApplication.focusWidget()
        here = next((n for n, one in enumerate(stops) if one is focused or _holds(one, focused)), -1)
        if not stops:
            return
        target = stops[(here + step) % len(stops)]
        if target is self._slots:
            self.pane.show_part(SLOTS)
            self._slots.take_focus()
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stops(self) -> list[QWidget]:
        last = list(self.pane.foot.buttons.values())[-1:]
        slots: list[QWidget] = [self._slots] if self.pane.borrowed.is_here else []
        return [self.queue.list, *slots, *last]

    @property
    def selected(self) -> Transfer | None:
        """The transfer that is shown."""
        found = self._receiving.transfers.get(self._selected) if self._selected is not None else None
        return found if found is not None and found in self._receiving.shown else None

    # --- choosing ---------------------------------------------------------------------------------------

    def _reached(self, key: str) -> None:
        self._select(key)
        self._show_selected()

    def _select(self, key: str) -> None:
        """Go to a transfer: the call this desk keeps for it is the one on screen, without being resumed."""
        self._selected = key
        self._receiving.select(key)
        transfer = self.selected
        call = self._receiving.line_calls.of(transfer) if transfer is not None else None
        if call is not None and call is not self._calls.current:
            self._calls.show(call)
        self.queue.list.go_to(key)

    def _follow_call(self) -> None:
        """Go to the transfer of the call on screen, where it has one in this queue."""
        call = self._calls.current
        if call is None:
            return
        transfer = self._receiving.transfers.of_call(call.record.id)
        if transfer is not None and transfer in self._receiving.shown and transfer.id != self._selected:
            self._select(transfer.id)

    def _choose_first(self) -> None:
        """With nothing chosen, what waits longest is."""
        rows = self.queue.list.rows
        if self.selected is None and rows:
            self._select(rows[0].id)

    def _opened(self, key: str) -> None:
        """Entrée on a row: take it, show its call, or go to the button that takes it over."""
        self._select(key)
        transfer = self.selected
        if transfer is None:
            return
        self._panes.show_detail(True)
        if not self._receiving.answers:
            self.call_wanted.emit(transfer.call)
        elif transfer.is_settled:
            return
        elif transfer.taken is None:
            self._act(LineAct.TAKE)
        elif self._receiving.line_calls.is_mine(transfer):
            self._receiving.line_calls.open(transfer)
        else:
            self.refresh()
            button = self.pane.foot.buttons.get(LineAct.TAKE_OVER)
            if button is not None:
                button.setFocus()  # on purpose: with a second Entrée

    # --- acting -----------------------------------------------------------------------------------------

    @Slot(object)
    def _act(self, act: LineAct) -> None:
        transfer = self.selected
        if transfer is not None:
            self.acts.do(act, transfer)

    def _take_caller(self, line: AnsweredLine, sas: str) -> None:
        if self._receiving.take_unannounced(line, sas) is not None:
            self.call_shown.emit()

    @Slot(object)
    def _unbook(self, transfer: Transfer) -> None:
        if self._show_call_of(transfer):
            self.unbook_wanted.emit()

    @Slot(object)
    def _end(self, transfer: Transfer) -> None:
        if self._show_call_of(transfer):
            self.end_wanted.emit()

    def _show_call_of(self, transfer: Transfer) -> bool:
        call = self._receiving.line_calls.of(transfer)
        if call is not None and call is not self._calls.current:
            self._calls.show(call)
        return call is not None

    # --- following --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What is known changed: show it, if anybody sees it."""
        if not self.isVisible():
            return
        receiving = self._receiving
        self.acts.follow()
        wanted = [
            one
            for part in receiving.parts
            if part.group is not Group.DONE or self.queue.shown_people
            for one in part.transfers
        ]
        receiving.people.want(wanted)
        self.queue.show_queue()
        self._choose_first()
        if self._selected is not None and self.queue.list.current_key is None:
            self.queue.list.go_to(self._selected)
        self._show_selected()

    def _show_selected(self) -> None:
        transfer = self.selected
        if transfer is not None and self.isVisible():
            self._receiving.people.want((transfer,))
        focused = QApplication.focusWidget()
        among_slots = focused is not None and self.pane.borrowed.isAncestorOf(focused)
        self.showing.show(transfer)
        if among_slots and not self.pane.borrowed.is_here:
            self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next_told.emit(transfer is not None and self.pane.foot.foot.next is not None)
        offered = transfer is not None and self.showing.foot(transfer).offers(LineAct.GIVE_BACK)
        self.give_back_offered.emit(offered)

    def _call_opened(self, transfer: Transfer, call: object) -> None:
        if not self.isVisible():
            return
        self._select(transfer.id)
        self.refresh()
        self.pane.show_part(SLOTS)
        self._slots.take_focus()
        self._awaits_rows = True

    def _call_on_screen(self, call: object) -> None:
        if self.isVisible():
            self._follow_call()
            self._show_selected()

    def _edited(self, call: object, changed: object) -> None:
        if self.isVisible():
            self._show_selected()

    def _slots_changed(self, what: object) -> None:
        if not self.isVisible():
            return
        self._rows_came()
        self._show_selected()

    def _rows_came(self) -> None:
        """The keyboard goes to the rows once they are there, unless it was taken elsewhere."""
        if not self._awaits_rows or not self._slots.view.list.isVisibleTo(self._slots):
            return
        self._awaits_rows = False
        focused = QApplication.focusWidget()
        if focused is None or focused is self._slots or self._slots.isAncestorOf(focused):
            self._slots.take_focus()

    def _back_to_slots(self) -> None:
        """The button that had the keyboard goes: what comes next is among the slots, else in the queue."""
        if self.pane.borrowed.is_here:
            self._slots.take_focus()
        else:
            self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrived(self, transfer: Transfer) -> None:
        self.queue.live.announce(f"Nouveau transfert, {transfer.line.name}")

    def _tick(self, now: object) -> None:
        if isinstance(now, datetime) and self.isVisible():
            self._rows_came()
            self.queue.tick(now)
            self.pane.steps.tick(now)

    # --- Qt ---------------------------------------------------------------------------------------------

    def _back_to_queue(self) -> None:
        self._panes.show_detail(False)
        self.queue.list.setFocus()

    def _reflowed(self) -> None:
        narrow = self._panes.is_narrow
        self.pane.back.setVisible(narrow)
        self.queue.setMaximumWidth(_UNLIMITED if narrow else self.theme.px(QUEUE_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._receiving.look_at_sent()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """The slots go back to the call's own workspace; a row that was selected here may move again."""
        super().hideEvent(event)
        self.pane.show_slots(here=False)
        self.next_told.emit(False)
        self.give_back_offered.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for asked in self._asked():
            if asked.isVisible():
                asked.place()

    def _asked(self) -> tuple[InPlace, ...]:
        return (*self.acts.questions, self.caller_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: back to the queue."""
        if event.key() == Qt.Key.Key_Escape and not self.queue.list.hasFocus():
            self._back_to_queue()
        else:
            super().keyPressEvent(event)


def _holds(one: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and one.isAncestorOf(focused)
