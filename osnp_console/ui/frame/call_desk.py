"""The workspace Appel: the form, the checklist, the slots or a source over them, and how a call ends."""

from __future__ import annotations

from collections.abc import Callable
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
from osnp_console.ui.checklist.source_panel import SourcePanel
from osnp_console.ui.closing.outcomes import OutcomePanel
from osnp_console.ui.differences import Differences
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.call_place import CHECKLIST, INTAKE, SLOTS, CallPlace
from osnp_console.ui.frame.call_transfer import CallTransfer
from osnp_console.ui.frame.journal_list import JournalList
from osnp_console.ui.frame.no_call import NoCall
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.reflow import TALL_BODY_FROM, Arrangement
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.intake.panel import IntakePanel
from osnp_console.ui.intake.sources import IntakeSources, LookUp
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.shown_number import dial_shown_in
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.borrowed import Room
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
        self.source = SourcePanel(theme)
        self._side = QStackedWidget()
        self.slots_room = Room(self.slots)
        self._side.addWidget(self.slots_room)
        self._side.addWidget(self.source)
        self.waiting = CallWaiting(theme, calls, registering, self)
        self._side.addWidget(self.waiting.panel)
        self.transfer = CallTransfer(theme, calls, sending, agendas.searches, outside.phone, catalogue, self)
        self.place = CallPlace(theme, (self.intake, self.checklist, self._side, self.transfer.panel))
        self.place.set_focus_targets(
            self.intake.focus_first, self.checklist.focus_list, self._focus_side, self.transfer.take_focus
        )
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
        self.intake.next_wanted.connect(self.go_to_question)
        self.intake.open_wanted.connect(self.open_wanted)
        self.intake.said.connect(self._say)
        self.intake.asked.connect(self.checklist.view.live.announce)
        self._differences.told.connect(self._say_of)
        self.checklist.question_focus_wanted.connect(self.go_to_question)
        self.checklist.source_wanted.connect(self._show_source)
        self.source.closed.connect(self._hide_source)
        outside = self._agendas.outside
        self.slots.copied.connect(self._say)
        self.slots.settings_wanted.connect(self.settings_wanted)
        self.slots.call_wanted.connect(outside.dial)
        self.column.offered.connect(self._tell_tabs)
        self.cards.said.connect(self._say)
        self.cards.close_wanted.connect(self.ask_outcome)
        self.cards.question_wanted.connect(self._to_field)
        self.cards.page_wanted.connect(outside.open_page)
        self.cards.call_wanted.connect(outside.dial)
        self.cards.print_wanted.connect(outside.make_patient_sheet)
        self.cards.sheet_wanted.connect(outside.make_proof)
        self.cards.export_wanted.connect(outside.make_message)
        outside.said.connect(self._say)
        self.transfer.panel.copied.connect(self._say)
        self.transfer.panel.reading.sheet_wanted.connect(self._make_transfer_sheet)
        self.transfer.offered.connect(self._stand_behind)
        self.transfer.field_wanted.connect(self._to_field)
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
        self.waiting.field_wanted.connect(self._to_field)
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

    def go_to_question(self) -> None:
        """Put the keyboard where the next question is answered."""
        call = self._calls.current
        asked = self.transfer.panel.to_ask() if self.transfer.is_seen else self.waiting.to_ask()
        if asked:
            self._to_field(asked)
            return
        if call is None or call.question is None:
            return
        if self.checklist.take_question():
            self.place.show_pane(CHECKLIST)
        else:
            self.place.show_pane(INTAKE)
            self.intake.focus_question()

    def do(self, act: Act) -> bool:
        """Do what a shortcut of this workspace says; False when it is none of its own."""
        own: dict[Act, Callable[[], None]] = {
            Act.NEXT_QUESTION: self.go_to_question,
            Act.NEXT_PANE: lambda: self.place.go_round(1),
            Act.PREVIOUS_PANE: lambda: self.place.go_round(-1),
            Act.CLOSE_CALL: self.ask_outcome,
            Act.SOURCE: self._source,
            Act.TRANSFER: self.transfer_or_register,
            Act.TRANSFER_OTHER: self.transfer.open_others,
            Act.PATIENT: self.transfer.acts.toggle_patient,
            Act.NOTE: self._to_note,
            Act.COPY: self._copy,
            Act.REFRESH: self.slots.refresh_search,
            Act.FILTERS: self._to_filters,
            Act.BOOK: self._book,
            Act.DIAL: self._dial,
            Act.PRINT: self._print,
            Act.KEEP_MINE: lambda: self._choose(self.intake.keep_mine),
            Act.TAKE_THEIRS: lambda: self._choose(self.intake.take_theirs),
        }
        doing = own.get(act)
        if doing is None:
            return False
        if self._calls.current is not None:
            doing()
        return True

    def transfer_or_register(self) -> None:
        """F8: transfer, or register on the list of a row that is reached by registering."""
        answer = self.checklist.current_answer()
        if registers(answer) and not self.transfer.goes_on:
            self.finish_typing()
            self.waiting.open(answer)
        else:
            self.transfer.go_on()

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

    def _source(self) -> None:
        (self.transfer.show_source if self.transfer.is_seen else self.checklist.show_source)()

    def _book(self) -> None:
        """Not what lies unseen under a transfer or a registration, which has this key itself."""
        if self.waiting.is_seen and not self.transfer.is_seen:
            self.waiting.panel.do_act()
        elif not self.transfer.is_seen:
            self.slots.book()

    def _copy(self) -> None:
        """The text to read aloud, what the card shows to be copied, else the slot's number or the line's."""
        if self.transfer.is_seen:
            self.transfer.panel.copy_text()
            return
        if self.waiting.is_seen:
            self.waiting.panel.copy_text()
            return
        card = self.slots.view.card
        for name in ("copy_read_out", "copy_search_words", "copy_number"):
            copy = getattr(card, name, None)
            if copy is not None:
                copy()
                return
        self.slots.copy_number()

    def _dial(self) -> None:
        if self.transfer.is_seen:
            self.transfer.acts.dial()
        else:
            dial_shown_in(self)

    def _print(self) -> None:
        if self.transfer.is_seen:
            self._make_transfer_sheet()
            return
        print_out = getattr(self.slots.view.card, "print_read_out", None)
        if print_out is not None:
            print_out()

    def _make_transfer_sheet(self) -> None:
        """What is known of the transfer on screen, on one page for the line."""
        call = self._calls.current
        transfer = self._transfers.of_call(call.record.id) if call is not None else None
        if call is not None and transfer is not None:
            found = TransferredCall(transfer, call.record)
            sheet = sheet_of_call(found, self._catalogue, self._gazetteer)
            self._agendas.outside.make_transfer_sheet(call, sheet)

    def _to_filters(self) -> None:
        self.place.show_pane(SLOTS)
        self.slots.toggle_filters()

    def _to_field(self, fact: str) -> None:
        self.place.show_pane(INTAKE)
        self.intake.focus_field(fact)

    def _say_of(self, call: OpenCall, words: str) -> None:
        self._journal.say(call.record.id, f"{in_paris(self._calls.clock()):%H:%M:%S}", words)

    def _choose(self, choose: Callable[[], bool]) -> None:
        """Of what both desks changed; behind a tab it is shown first."""
        if not choose():
            self.place.show_pane(INTAKE)

    def _to_note(self) -> None:
        self.place.show_pane(INTAKE)
        self.intake.focus_note()

    def _stand_behind(self, reason: str | None, seen: bool) -> None:
        self.column.stand_behind(seen)

    def _focus_side(self) -> None:
        if self._side.currentWidget() is self.source:
            self.source.take_focus()
        elif self._side.currentWidget() is self.waiting.panel:
            self.waiting.panel.take_focus()
        else:
            self.slots.take_focus()

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
        self.source.fill(sheet)  # type: ignore[arg-type]  # the signal carries a SourceSheet
        self._side.setCurrentWidget(self.source)
        self.place.show_pane(SLOTS)
        self.source.take_focus()

    def _hide_source(self, *, back: bool = True) -> None:
        if self._side.currentWidget() is not self.source:
            return
        self._side.setCurrentWidget(self.waiting.panel if self.waiting.is_seen else self.slots_room)
        if back:
            self.place.show_pane(CHECKLIST)
            self.checklist.return_from_source()

    def _show_waiting(self, seen: bool) -> None:
        """The registration stands over the slots, as a source does: its checklist stays in view."""
        self._side.setCurrentWidget(self.waiting.panel if seen else self.slots_room)
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
