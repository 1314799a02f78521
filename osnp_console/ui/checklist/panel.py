"""The checklist of the call on screen: follows the calls, keeps each one's own view, heeds the operator."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.question_answers import Offered
from osnp_console.app.checklist.arrangement import Group, TerritoryEntry
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.criterion_words import DetailLine, source_sheet, whole
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.app.checklist.fold import Fold, Heading
from osnp_console.app.checklist.in_hand import ChecklistInHand, Counts
from osnp_console.domain.call_sheet import Answer as Given
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.states import Verdict
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.asking import show_question, territory_asked
from osnp_console.ui.checklist.list_view import heading_key
from osnp_console.ui.checklist.seen_call import SeenCall
from osnp_console.ui.checklist.view import ChecklistView
from osnp_console.ui.theme.theme import Theme

_GROUPS = {
    Verdict.ELIGIBLE: (Group.ELIGIBLE,),
    Verdict.TO_CHECK: (
        Group.ONE_QUESTION,
        Group.MORE_QUESTIONS,
        Group.NOTHING_TO_ASK,
        Group.TERRITORY,
    ),
    Verdict.NOT_ELIGIBLE: (Group.REFUSED,),
    Verdict.OUT_OF_SERVICE: (Group.OUT_OF_SERVICE,),
}


class ChecklistPanel(QWidget):
    """The checklist column.

    Signals:
        selection_changed(object): the Answer of the selected dispositif, or None; also when its verdict
            changes.
        source_wanted(object): a SourceSheet to show over the slots column.
        question_focus_wanted(): the field that answers the question is wanted.
        waiting_wanted(object): the waiting list of an Answer is to be looked at.
    """

    selection_changed = Signal(object)
    source_wanted = Signal(object)
    question_focus_wanted = Signal()
    waiting_wanted = Signal(object)

    def __init__(
        self, theme: Theme, calls: DeskCalls, catalogue: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._calls = calls
        self._catalogue = catalogue
        self._seen: dict[str, SeenCall] = {}
        self._now = in_paris(calls.clock())
        self._told: tuple[str, Verdict] | None = None
        self._source_from: QWidget | None = None
        self._on_screen: SeenCall | None = None
        self.view = ChecklistView(theme, catalogue.documents, lambda: self._now, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._follow_calls()
        self._follow_operator()
        self._on_shown(calls.current)

    def _follow_calls(self) -> None:
        self._calls.shown.connect(self._on_shown)
        self._calls.edited.connect(self._on_edited)
        self._calls.settled.connect(self._on_settled)
        self._calls.closed.connect(self._on_closed)
        self._calls.ticked.connect(self._on_ticked)

    def _follow_operator(self) -> None:
        view = self.view
        view.strip.answered.connect(self._on_answered)
        view.strip.question_wanted.connect(self._on_question_wanted)
        view.counts.group_wanted.connect(self.jump_to)
        view.list.chosen.connect(self._on_chosen)
        view.list.opened.connect(self._on_opened)
        view.list.fold_wanted.connect(self._on_fold_wanted)
        view.list.territory_answered.connect(self._on_territory_answered)
        view.list.refresh_wanted.connect(self._on_refresh_wanted)
        view.list.held.connect(self._on_held)
        view.detail.source_wanted.connect(self._on_source_wanted)
        view.detail.waiting_wanted.connect(self._on_waiting_wanted)
        view.detail.list.left.connect(view.close_detail)
        view.detail.list.territory_answered.connect(self._on_territory_answered)

    # --- what the window asks ---------------------------------------------------------------------------

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self.view.close_detail()

    def focus_territory(self, cpts: str) -> None:
        """Give the keyboard to the row of a CPTS to place; to the list when it has none."""
        seen = self._current
        if seen is not None:
            seen.unfold(Group.TERRITORY)
            self._put_lines(seen)
            self.view.list.go_to(TerritoryEntry(cpts, ()).key)
        self.view.close_detail()

    def focus_dispositif(self, name: str) -> None:
        """Choose the row of the dispositif of that id for the operator, who asked for it, and go there."""
        seen = self._current
        key = seen.order.shown.key_of(name) if seen is not None else None
        if seen is not None and key is not None:
            self._on_chosen(key)
            self._put_lines(seen)
            self.view.list.go_to(key)
        self.view.close_detail()

    def take_question(self) -> bool:
        """Lead to the next question when it is answered here; False when its field is in the form."""
        cpts = territory_asked(self._calls.current)
        if cpts is not None:
            self.focus_territory(cpts)
        return cpts is not None

    def current_answer(self) -> Answer | None:
        """The judgement of the selected dispositif, with its ways in and hours now."""
        seen = self._current
        if seen is None or seen.selected is None:
            return None
        return seen.checklist.answer(seen.selected, self._now)

    def selected_dispositif(self) -> Dispositif | None:
        """The dispositif of the selected row, None where no row of one is selected."""
        seen = self._current
        return seen.selected if seen is not None else None

    def show_source(self) -> None:
        """Ask for the source of the criterion the operator is on, else of the dispositif."""
        on_detail = self.view.detail.list.hasFocus()
        self._on_source_wanted(self.view.detail.list.current_line() if on_detail else None)

    def return_from_source(self) -> None:
        """Give the keyboard back to where the source was asked from."""
        back = self._source_from if self._source_from is not None else self.view.list
        self._source_from = None
        back.setFocus()

    def jump_to(self, verdict: Verdict) -> None:
        """Show the first group of a verdict and give the list the keyboard."""
        seen = self._current
        if seen is None:
            return
        there = {section.group for section in seen.order.shown.sections}
        group = next((one for one in _GROUPS[verdict] if one in there), None)
        if group is not None:
            seen.unfold(group)
            self._put_lines(seen)
            self.view.list.go_to(heading_key(group), at_top=True)
            self.view.close_detail()

    # --- what happens to calls --------------------------------------------------------------------------

    @property
    def _current(self) -> SeenCall | None:
        call = self._calls.current
        return self._seen.get(call.record.id) if call is not None else None

    def _on_shown(self, call: OpenCall | None) -> None:
        self._now = in_paris(self._calls.clock())
        scroll = self.view.list.verticalScrollBar()
        if self._on_screen is not None:
            self._on_screen.scroll = scroll.value()
            self._on_screen = None
        if call is None:
            self.view.model.show(None, ())
            self._read(None)
            return
        seen = self._seen.get(call.record.id)
        if seen is None or seen.checklist.call is not call:
            checklist = ChecklistInHand(call, self._catalogue.facts)
            seen = self._seen[call.record.id] = SeenCall(checklist, self._now)
        self._on_screen = seen
        seen.checklist.forget()
        self._hold(seen, self.view.list.is_held)
        self.view.model.stale = seen.order.stale_groups
        self.view.model.selected = seen.selected_key
        self.view.list.rearrange(
            lambda: self.view.model.show(seen.checklist, seen.lines()), seen.selected_key
        )
        scroll.setValue(seen.scroll)
        self.view.live.know(seen.checklist.counts().sentence)
        self._read(seen)

    def _on_edited(self, call: OpenCall, changed: frozenset[str]) -> None:
        seen = self._seen.get(call.record.id)
        # A letter of a name or of the note is no fact: nothing here says anything else for it.
        if seen is None or seen.facts == call.call:
            return
        seen.facts = call.call
        seen.checklist.forget()
        if call is self._calls.current:
            self.view.model.refresh()
            self._count(seen)
            self._detail(seen)

    def _on_settled(self, call: OpenCall) -> None:
        seen = self._seen.get(call.record.id)
        if seen is None:
            return
        self._now = in_paris(self._calls.clock())
        seen.checklist.forget()
        if call is self._calls.current:
            self._hold(seen, self.view.list.is_held)
        seen.commit(self._now)
        if call is self._calls.current:
            self._put_lines(seen)
            self._read(seen)

    def _on_closed(self, call: OpenCall) -> None:
        self._seen.pop(call.record.id, None)

    def _on_ticked(self, now: datetime) -> None:
        local = in_paris(now)
        if local.replace(second=0, microsecond=0) == self._now.replace(second=0, microsecond=0):
            return
        self._now = local
        seen = self._current
        if seen is not None and self.isVisible():
            seen.checklist.forget()
            self.view.model.refresh()
            self._detail(seen)

    # --- what the operator does -------------------------------------------------------------------------

    def _on_answered(self, offered: Offered) -> None:
        call = self._calls.current
        if call is None or call.question is None:
            return
        self._calls.answer(offered.field or call.question.fact, offered.answer)
        self._calls.settle()
        if offered.goes_on:
            self.question_focus_wanted.emit()

    def _on_question_wanted(self) -> None:
        if not self.take_question():
            self.question_focus_wanted.emit()

    def _on_chosen(self, key: str) -> None:
        seen = self._current
        if seen is not None:
            seen.choose(key)
            self.view.model.selected = key
            self.view.model.refresh()
            self._detail(seen)

    def _on_opened(self, key: str) -> None:
        self._on_chosen(key)
        self.view.open_detail()

    def _on_fold_wanted(self, line: Heading | Fold, folded: bool) -> None:
        seen = self._current
        if seen is not None:
            seen.fold(line, folded)
            self._put_lines(seen)

    def _on_territory_answered(self, fact: str, answer: Given) -> None:
        self._calls.answer(fact, answer)
        self._calls.settle()

    def _on_refresh_wanted(self) -> None:
        seen = self._current
        if seen is not None and seen.order.refresh():
            seen.select_by_program()
            self._put_lines(seen)
            self._read(seen)

    def _on_held(self, held: bool) -> None:
        seen = self._current
        if seen is not None and self._hold(seen, held):
            seen.select_by_program()
            self._put_lines(seen)
            self._read(seen)

    def _on_source_wanted(self, line: DetailLine | None) -> None:
        answer = self.current_answer()
        if answer is None:
            return
        self._source_from = self.view.detail.list if self.view.detail.list.hasFocus() else self.view.list
        dispositif = answer.judgement.dispositif
        title = dispositif_title(dispositif.cpts, dispositif.nature)
        shown = line if line is not None else whole(dispositif)
        sheet = source_sheet(title, shown, self._catalogue.documents, self._now.date())
        self.source_wanted.emit(sheet)

    def _on_waiting_wanted(self) -> None:
        self.waiting_wanted.emit(self.current_answer())

    # --- what is shown ----------------------------------------------------------------------------------

    def _hold(self, seen: SeenCall, held: bool) -> bool:
        if held:
            seen.order.hold()
            return False
        return seen.order.let_go()

    def _put_lines(self, seen: SeenCall) -> None:
        """Lines, selection and stale titles; nothing moves when the lines are those already there."""
        lines, model = seen.lines(), self.view.model
        model.stale = seen.order.stale_groups
        model.selected = seen.selected_key
        if lines == model.lines:
            model.refresh()
        else:
            self.view.list.rearrange(lambda: model.show(seen.checklist, lines), seen.selected_key)

    def _read(self, seen: SeenCall | None) -> None:
        """Question, counts, detail."""
        show_question(self.view.strip, self._calls.current, seen.checklist if seen is not None else None)
        self._count(seen)
        self._detail(seen)

    def _count(self, seen: SeenCall | None) -> None:
        counts = seen.checklist.counts() if seen is not None else Counts()
        self.view.counts.set_counts(counts)
        if seen is not None:
            self.view.live.announce(counts.sentence)

    def _detail(self, seen: SeenCall | None) -> None:
        answer = self.current_answer()
        self.view.detail.show_answer(answer, self._now)
        told = (answer.judgement.dispositif.id, answer.judgement.verdict) if answer is not None else None
        if told != self._told:
            self._told = told
            self.selection_changed.emit(answer)
