"""The workspace: the agendas at the left, the week in the middle, what it is made of at the right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.searched import Agendas
from osnp_console.app.local_agenda.week import Week, WeekRow, monday_of
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.domain.clock import in_paris
from osnp_console.ui.local_agenda.desk import AgendaDesk
from osnp_console.ui.local_agenda.drafts import Drafts
from osnp_console.ui.local_agenda.editor import Editor
from osnp_console.ui.local_agenda.week_pane import ADD, WeekPane
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.reading.panes import MEDIUM, WIDE
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

LIST_WIDTH, EDITOR_WIDTH = 212, 420
NO_AGENDA = "Aucun carnet dans la base."
NOT_SEARCHED = "hors recherche"
_NO_LIMIT = 16_777_215


class LocalAgendaWorkspace(QWidget):
    """The local agendas. Wide: three columns; medium: week and form; narrow: one of them at a time."""

    def __init__(
        self,
        theme: Theme,
        desk: AgendaDesk,
        names: Mapping[str, str],
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The base is read when the workspace is shown; `names` are the dispositifs' by id."""
        super().__init__(parent)
        self.theme = theme
        self._desk = desk
        self._agendas = Agendas()
        self._wanted = ""
        self._shown: tuple[Agenda | None, bool] = (None, True)
        self._week: Week | None = None
        self._run = 0
        self._mode = ""
        self.list = TwoLineList(theme, "Carnets", self)
        self.add = ActionButton(theme, ADD, mark="plus", height=28, parent=self)
        self.week = WeekPane(theme, self)
        self.editor = Editor(theme, desk, names, files, Drafts(unfinished), self)
        self._left = self._left_card()
        self._right = self._right_card()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._left)
        row.addWidget(self.week, 1)
        row.addWidget(self._right)
        # Narrow first: made for more room, it would ask the window for it.
        self._arrange("narrow")
        self._connect()

    def _left_card(self) -> Card:
        theme = self.theme
        card = Card(theme, parent=self)
        card.setFixedWidth(theme.px(LIST_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(8))
        column.setSpacing(theme.px(6))
        title = QHBoxLayout()
        title.setContentsMargins(theme.px(8), 0, 0, 0)
        self._title = PaneTitle(theme, "Carnets", card)
        title.addWidget(self._title)
        column.addLayout(title)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(8), 0, 0, 0)
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addLayout(foot)
        return card

    def _right_card(self) -> Card:
        theme = self.theme
        card = Card(theme, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(2), theme.px(10), theme.px(2), theme.px(6))
        self._head = QHBoxLayout()
        self._head.setContentsMargins(theme.px(6), 0, 0, 0)
        self.back = ActionButton(theme, "Semaine", "Échap", "link", height=28, parent=card)
        self.other = ActionButton(theme, ADD, kind="link", mark="plus", height=28, parent=card)
        self._head.addWidget(self.back)
        self._head.addWidget(self.other)
        self._head.addStretch(1)
        column.addLayout(self._head)
        column.addWidget(self.editor, 1)
        return card

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._enter_week)
        self.week.choice.answered.connect(self._choose)
        self.week.week_wanted.connect(self._turn)
        self.week.list.opened.connect(self._open_slot)
        self.week.message.action_wanted.connect(self.refresh)
        for button in (self.add, self.week.add):
            button.clicked.connect(self.editor.begin_agenda)
        self.other.clicked.connect(self.editor.begin_agenda)
        self.week.plan.clicked.connect(self._enter_plan)
        self.back.clicked.connect(self.editor.leave)
        self.editor.changed.connect(self.refresh)
        self.editor.agenda_saved.connect(self._saved)
        self.editor.agenda_removed.connect(self.refresh)
        self.editor.page_opened.connect(self._show_right)
        self.editor.left.connect(self._back_to_week)

    # --- what the frame calls ---------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the week, or the button that adds a first agenda."""
        if self.week.add.isHidden():
            self.week.list.setFocus()
        else:
            self.week.add.setFocus()

    def refresh(self) -> None:
        """Read the agendas, and the one on screen, again."""
        self._desk.agendas(self._take_agendas, self._not_read)

    # --- agendas ----------------------------------------------------------------------------------------

    def _take_agendas(self, found: Agendas) -> None:
        self._agendas = found
        by_id = {one.id: one for one in found.agendas}
        self.list.set_rows([self._row(one) for one in found.agendas])
        self.week.choice.set_choices([Choice(one.id, one.name) for one in found.agendas])
        self.week.say("" if by_id else NO_AGENDA)
        had = self.week.list.hasFocus() or self.week.add.hasFocus()
        self.week.add.setVisible(not by_id)
        if had:
            self.focus_first()
        first = found.agendas[0].id if found.agendas else ""
        self._show(by_id.get(self._wanted, by_id.get(first)))

    def _row(self, agenda: Agenda) -> TwoLines:
        searched = agenda.id in self._agendas.searched
        second = agenda.place.city or agenda.place.name or ""
        said = [second, "" if searched else NOT_SEARCHED]
        return TwoLines(agenda.id, agenda.name, second=" · ".join(part for part in said if part))

    def _choose(self, agenda: object) -> None:
        """The person chose an agenda, in the list or in the combo."""
        if agenda != self._wanted:
            self._wanted = str(agenda)
            self._show(next((one for one in self._agendas.agendas if one.id == agenda), None), chosen=True)

    def _show(self, agenda: Agenda | None, *, chosen: bool = False) -> None:
        """Show an agenda, one that was `chosen` or the one on screen, which is only read again."""
        before = self._shown[0]
        self._wanted = agenda.id if agenda is not None else ""
        searched = agenda is None or agenda.id in self._agendas.searched
        if (agenda, searched) != self._shown or agenda is None:
            self._shown = agenda, searched
            self.week.title.setText(agenda.name if agenda is not None else "Carnet")
            is_same = agenda is not None and before is not None and agenda.id == before.id
            if is_same or (self.editor.is_beginning_agenda and not chosen):
                self.editor.take_agenda(agenda, searched=searched)
            else:
                self.editor.show_agenda(agenda, searched=searched)
        if agenda is None:
            self.week.clear()
            return
        self.list.choose(agenda.id)
        self.week.choice.set_answer(agenda.id)
        self._read(self.week.monday if self.week.monday != date.min else self._this_week)

    def _saved(self, agenda: object) -> None:
        assert isinstance(agenda, Agenda)
        self._wanted = agenda.id
        self.refresh()

    # --- the week ---------------------------------------------------------------------------------------

    @property
    def _this_week(self) -> date:
        return monday_of(in_paris(self._desk.now()).date())

    def _turn(self, monday: object) -> None:
        self._read(monday if isinstance(monday, date) else self._this_week)

    def _read(self, monday: date) -> None:
        if not self._wanted:
            return
        self._run += 1
        run, agenda = self._run, self._wanted
        self._desk.week(agenda, monday, lambda week: self._take_week(run, week), self._not_read)
        self._desk.plan(agenda, lambda plan: self._take_plan(run, plan), self._not_read)

    def _take_week(self, run: int, week: Week) -> None:
        if run == self._run:
            self._week = week
            self.week.show_week(week, in_paris(self._desk.now()).date())
            self.editor.take_week(week)

    def _take_plan(self, run: int, plan: Plan) -> None:
        if run == self._run:
            self.editor.take_plan(plan)

    def _not_read(self, refusal: Refusal) -> None:
        self.week.say(refusal.message, Message.ERROR, "Réessayer")

    def _open_slot(self, row: object) -> None:
        assert isinstance(row, WeekRow)
        numbers = self._week.numbers if self._week is not None else {}
        self.editor.show_slot(row, numbers)

    # --- panes ------------------------------------------------------------------------------------------

    def _show_right(self) -> None:
        if self._mode == "narrow":
            self.week.hide()
            self._right.show()

    def _enter_plan(self) -> None:
        self.editor.show_plan()
        self._show_right()
        self.editor.focus_first()

    def _back_to_week(self) -> None:
        if self._mode == "narrow":
            self._right.hide()
            self.week.show()
        self.focus_first()

    def _enter_week(self, agenda: str) -> None:
        self.week.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        effective = self.width() / self.theme.scale
        mode = "wide" if effective >= WIDE else "medium" if effective >= MEDIUM else "narrow"
        if mode != self._mode:
            self._arrange(mode)

    def _arrange(self, mode: str) -> None:
        self._mode = mode
        wide, narrow = mode == "wide", mode == "narrow"
        self._left.setVisible(wide)
        self.week.title.setVisible(wide)
        self.week.choice.setVisible(not wide)
        self.other.setVisible(not wide)
        self.back.setVisible(narrow)
        self.editor.slot.back.setVisible(not narrow)
        self.week.plan.setVisible(narrow)
        width = self.theme.px(EDITOR_WIDTH)
        self._right.setMinimumWidth(0 if narrow else width)
        self._right.setMaximumWidth(_NO_LIMIT if narrow else width)
        editing = self.editor.is_editing
        self._right.setVisible(not narrow or editing)
        self.week.setVisible(not narrow or not editing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes from the form to the week, what is typed kept, and from the week to the agendas."""
        focused = cast("QWidget | None", self.window().focusWidget())
        if event.key() != Qt.Key.Key_Escape or focused is None:
            super().keyPressEvent(event)
        elif self._right.isAncestorOf(focused):
            self.editor.leave()
        elif self.week.isAncestorOf(focused) and not self._left.isHidden():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)
