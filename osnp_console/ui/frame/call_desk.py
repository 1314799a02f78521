"""The workspace Appel: the form, the checklist, the slots or a source over them, and how a call ends."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.transfer.looked_up import TransferredCall
from osnp_console.app.transfer.told_call import sheet_of_call
from osnp_console.domain.clock import in_paris
from osnp_console.ui.agendas.cards import CardMaker
from osnp_console.ui.agendas.column import SlotsColumn
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.closing.outcomes import OutcomePanel
from osnp_console.ui.differences import Differences
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.call_keys import CallKeys, CallPanes
from osnp_console.ui.frame.call_place import CHECKLIST, INTAKE, SLOTS, CallPlace
from osnp_console.ui.frame.call_side import CallSide
from osnp_console.ui.frame.call_transfer import CallTransfer
from osnp_console.ui.frame.journal_list import JournalList
from osnp_console.ui.frame.no_call import NoCall
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.reflow import TALL_BODY_FROM, Arrangement
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.intake.panel import IntakePanel
from osnp_console.ui.intake.sources import IntakeSources, LookUp
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.sending import SendingDesk
from osnp_console.ui.waiting.call_waiting import CallWaiting, registers
from osnp_console.ui.waiting.registering import RegisteringDesk


class CallDesk(QWidget):
    """Where a call is taken.

    Signals:
        new_wanted(): a new call is asked for.
        open_wanted(str): a look-alike's call is to be opened; its id.
        ended(): a call was closed.
        asking(bool): the outcomes are shown, or no longer.
        settings_wanted(): agendas are to be linked.
        registers(bool): F8 registers on the waiting list of the row, rather than transfer.
    """

    new_wanted = Signal()
    open_wanted = Signal(str)
    ended = Signal()
    asking = Signal(bool)
    settings_wanted = Signal()
    registers = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        pieces: Pieces,
        calls: DeskCalls,
        journal: CallJournal,
        look_up: LookUp,
        agendas: AgendaDesk,
        differences: Differences,
        sending: SendingDesk,
        registering: RegisteringDesk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calls = calls
        self._journal = journal
        self._agendas = agendas
        self._differences = differences
        catalogue = pieces.check.catalogue
        self._catalogue, self._gazetteer, self._transfers = catalogue, pieces.gazetteer, sending.transfers
        sources = IntakeSources(pieces.communes, pieces.gazetteer.living, catalogue)
        self.intake = IntakePanel(theme, calls, sources, look_up, differences=differences)
        self.checklist = ChecklistPanel(theme, calls, catalogue)
        self.slots = SlotsPanel(theme, calls)
        outside = agendas.outside
        self.cards = CardMaker(
            theme, calls, agendas.searches, agendas.acts, catalogue, outside.export_missing, self
        )
        self.column = SlotsColumn(calls, agendas, self.slots, self.cards, self)
        self.waiting = CallWaiting(theme, calls, registering, self)
        self._side = CallSide(theme, self.slots, self.waiting)
        self.source, self.slots_room = self._side.source, self._side.slots_room
        self.transfer = CallTransfer(theme, calls, sending, agendas.searches, outside.phone, catalogue, self)
        self.place = CallPlace(theme, (self.intake, self.checklist, self._side, self.transfer.panel))
        self.place.set_focus_targets(
            self.intake.focus_first,
            self.checklist.focus_list,
            self._side.take_focus,
            self.transfer.take_focus,
        )
        panes = CallPanes(self.place, self.intake, self.checklist, self.slots, self.waiting, self.transfer)
        self._keys = CallKeys(calls, panes, self, self.ask_outcome, self._make_transfer_sheet)
        self.lines = JournalList(theme)
        self.intake.footer.addWidget(self.lines)
        self.no_call = NoCall(theme)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.no_call)
        self._stack.addWidget(self.place)
        self.outcomes = OutcomePanel(theme, calls.clock, self)
        self._before_outcomes: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self.transfer.acts.finish_typing = self.finish_typing
        self.transfer.live_in(self.place, self.checklist, self.slots)
        self.waiting.begin()
        self._show(calls.current)
        self.column.show(calls.current)

    def _connect(self) -> None:
        self.no_call.new_wanted.connect(self.new_wanted)
        self.intake.next_wanted.connect(self._keys.go_to_question)
        self.intake.open_wanted.connect(self.open_wanted)
        self.intake.said.connect(self._say)
        self.intake.asked.connect(self.checklist.view.live.announce)
        self._differences.told.connect(self._say_of)
        self.checklist.question_focus_wanted.connect(self._keys.go_to_question)
        self.checklist.source_wanted.connect(self._show_source)
        self.source.closed.connect(self._hide_source)
        outside = self._agendas.outside
        self.slots.copied.connect(self._say)
        self.slots.settings_wanted.connect(self.settings_wanted)
        self.slots.call_wanted.connect(outside.dial)
        self.column.offered.connect(self._tell_tabs)
        self.cards.said.connect(self._say)
        self.cards.close_wanted.connect(self.ask_outcome)
        self.cards.question_wanted.connect(self._keys.to_field)
        self.cards.page_wanted.connect(outside.open_page)
        self.cards.call_wanted.connect(outside.dial)
        self.cards.print_wanted.connect(outside.make_patient_sheet)
        self.cards.sheet_wanted.connect(outside.make_proof)
        self.cards.export_wanted.connect(outside.make_message)
        outside.said.connect(self._say)
        self.transfer.panel.copied.connect(self._say)
        self.transfer.panel.reading.sheet_wanted.connect(self._make_transfer_sheet)
        self.transfer.offered.connect(self._stand_behind)
        self.transfer.field_wanted.connect(self._keys.to_field)
        self.transfer.outcome_wanted.connect(self._ask_outcome_of)
        self.transfer.acts.ended.connect(self.ended)
        self._agendas.deals.said.connect(self._say_of)
        self._connect_waiting()
        self.outcomes.chosen.connect(self._close)
        self.outcomes.cancelled.connect(self._outcomes_left)
        self.place.arranged.connect(self._tell_tabs)
        self._calls.shown.connect(self._show)
        self._calls.settled.connect(self._settled)
        self._calls.edited.connect(self._edited)
        self._journal.changed.connect(self._journal_changed)

    def _connect_waiting(self) -> None:
        self.checklist.waiting_wanted.connect(self.waiting.open)
        self.checklist.selection_changed.connect(self._tell_registers)
        self.waiting.seen.connect(self._show_waiting)
        self.waiting.left.connect(self._waiting_left)
        self.waiting.field_wanted.connect(self._keys.to_field)
        self.waiting.page_wanted.connect(self._agendas.outside.open_page)
        self.waiting.said.connect(self._say)

    # --- what the frame asks ----------------------------------------------------------------------------

    def arrange(self, arrangement: Arrangement, width: int) -> None:
        """Take the arrangement that the window's width allows."""
        self.place.arrange(arrangement, width)

    def begin(self) -> None:
        """A call was just taken: the keyboard where it begins."""
        self.place.show_pane(INTAKE)
        self.intake.focus_first()

    def begin_again(self) -> None:
        """A call is in hand again: the keyboard where its transfer stands, else where a call begins."""
        if self.transfer.is_seen:
            self.transfer.take_focus()
        else:
            self.begin()

    def finish_typing(self) -> None:
        """Take what stands in the focused field as typed to its end, as leaving it would."""
        self.intake.finish_typing()

    def do(self, act: Act) -> bool:
        """Do what a shortcut of this workspace says; False when it is none of its own."""
        return self._keys.do(act)

    def transfer_or_register(self) -> None:
        """F8: transfer, or register on the list of a row that is reached by registering."""
        self._keys.transfer_or_register()

    def ask_outcome(self) -> None:
        """Show the outcomes over the call; its answers are complete from here on."""
        if self._calls.current is None:
            return
        self._before_outcomes = QApplication.focusWidget()
        self.finish_typing()
        self._calls.settle()
        self.outcomes.open_over(self)
        self.asking.emit(True)

    def _ask_outcome_of(self, outcome: str) -> None:
        self.ask_outcome()
        self.outcomes.choose(outcome)

    # --- inside -----------------------------------------------------------------------------------------

    def _make_transfer_sheet(self) -> None:
        """What is known of the transfer on screen, on one page for the line."""
        call = self._calls.current
        transfer = self._transfers.of_call(call.record.id) if call is not None else None
        if call is not None and transfer is not None:
            found = TransferredCall(transfer, call.record)
            sheet = sheet_of_call(found, self._catalogue, self._gazetteer)
            self._agendas.outside.make_transfer_sheet(call, sheet)

    def _say_of(self, call: OpenCall, words: str) -> None:
        self._journal.say(call.record.id, f"{in_paris(self._calls.clock()):%H:%M:%S}", words)

    def _stand_behind(self, reason: str | None, seen: bool) -> None:
        self.column.stand_behind(seen)

    def _show(self, call: OpenCall | None) -> None:
        self._stack.setCurrentWidget(self.no_call if call is None else self.place)
        self._hide_source(back=False)
        self.outcomes.hide()
        self.asking.emit(False)
        self._refresh_lines()
        self._tell_tabs()

    def _settled(self, call: OpenCall) -> None:
        if call is self._calls.current:
            self.intake.show_wanted(call.question.fact if call.question is not None else None)
            self._tell_tabs()

    def _edited(self, call: OpenCall, changed: frozenset[str]) -> None:
        if changed and call is self._calls.current:
            self._tell_tabs()

    def _tell_tabs(self) -> None:
        call = self._calls.current
        if self.place.has_tabs:
            self.place.set_detail(CHECKLIST, _counts(call) if call is not None else "")
            count = self.slots.slot_count
            self.place.set_detail(SLOTS, str(count) if count else "")

    def _show_source(self, sheet: object) -> None:
        self._side.show_source(sheet)  # type: ignore[arg-type]  # the signal carries a SourceSheet
        self.place.show_pane(SLOTS)
        self.source.take_focus()

    def _hide_source(self, *, back: bool = True) -> None:
        if self._side.hide_source() and back:
            self.place.show_pane(CHECKLIST)
            self.checklist.return_from_source()

    def _show_waiting(self, seen: bool) -> None:
        """The registration stands over the slots, as a source does: its checklist stays in view."""
        self._side.show_waiting(seen)
        if seen:
            self.place.show_pane(SLOTS)

    def _waiting_left(self) -> None:
        self.place.go_to(CHECKLIST)

    def _tell_registers(self, answer: object) -> None:
        self.registers.emit(registers(self.checklist.current_answer()))

    def _close(self, outcome: str, back_at: datetime | None) -> None:
        self._calls.close(outcome, back_at)
        self.ended.emit()

    def _outcomes_left(self) -> None:
        self.asking.emit(False)
        before, self._before_outcomes = self._before_outcomes, None
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        call = self._calls.current
        if call is not None:
            self._journal.say(call.record.id, f"{in_paris(self._calls.clock()):%H:%M:%S}", words)

    def _journal_changed(self, call_id: str) -> None:
        call = self._calls.current
        if call is not None and call.record.id == call_id:
            self._refresh_lines()

    def _refresh_lines(self) -> None:
        call = self._calls.current
        self.lines.show_lines(self._journal.lines(call.record.id) if call is not None else [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap shows the checklist again while a transfer or a registration stands in its place."""
        if event.key() != Qt.Key.Key_Escape or not (self.transfer.leave() or self.waiting.leave()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The journal stands under the note where there is room for it."""
        super().resizeEvent(event)
        self.lines.setVisible(event.size().height() >= self._theme.px(TALL_BODY_FROM))


def _counts(call: OpenCall) -> str:
    open_rows = [row for row in call.checklist.rows if not row.unmet]
    to_check = sum(1 for row in open_rows if row.unknown)
    eligible = len(open_rows) - to_check
    return f"{eligible} éligible{'s' if eligible > 1 else ''}, {to_check} à vérifier"
