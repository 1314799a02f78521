"""The middle of the workspace: which agenda, which week, and the week itself."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.local_agenda.week import Week, monday_of, week_name
from osnp_console.ui.local_agenda.week_list import WeekList
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

ADD = "Ajouter un carnet"


class WeekPane(Card):
    """A week of one agenda.

    Signals:
        week_wanted(object): another week is to be shown; its Monday.
    """

    week_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No week yet."""
        super().__init__(theme, parent=parent)
        self.monday = date.min
        self._today = date.min
        self.title = PaneTitle(theme, "Carnet", self)
        self.choice = Combo(theme, "Carnet", (), clearable=False, parent=self)
        self.choice.set_placeholder("choisir un carnet")
        self.week = PaneTitle(theme, "", self)
        self.before = ActionButton(theme, "Avant", "←", "link", height=28, parent=self)
        self.before.setAccessibleName("Semaine précédente")
        self.now = ActionButton(theme, "Aujourd’hui", "A", "link", height=28, parent=self)
        self.after = ActionButton(theme, "Après", "→", "link", height=28, parent=self)
        self.after.setAccessibleName("Semaine suivante")
        self.plan = ActionButton(theme, "Ouvertures…", height=28, parent=self)
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, ADD, mark="plus", height=28, parent=self)
        self.add.hide()
        self.list = WeekList(theme, self)
        self._lay_out()
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self.now.clicked.connect(self.go_today)
        self.list.turned.connect(self.turn)

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(4))
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        head.setSpacing(theme.px(4))
        first = QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.choice, 1)
        head.addLayout(first)
        self._bar = QWidget(self)
        self._flow = Flow(self._bar, theme.px(4), (self.before, self.now, self.after, self.plan))
        self.week.setWordWrap(True)
        head.addWidget(self.week)
        head.addWidget(self._bar)
        head.addWidget(self.message)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_week(self, week: Week, today: date) -> None:
        """Show a week; the slot that was current stays so where it is in it."""
        is_other = week.monday != self.monday
        self.monday, self._today = week.monday, today
        self.week.setText(week_name(week.monday))
        self.list.set_rows(week.rows)
        if is_other or self.list.current is None:
            begins = today if monday_of(today) == week.monday else week.monday
            self.list.choose_from(f"jour/{begins.isoformat()}")

    def clear(self) -> None:
        """There is no agenda to show."""
        self.week.setText("")
        self.list.set_rows(())

    def say(self, sentence: str, kind: Message = Message.NOTE, action: str = "") -> None:
        """Say why there is no week, or nothing."""
        self.message.set_message(sentence, kind, action)

    def turn(self, step: int) -> None:
        """Ask for the week before (-1) or after (1)."""
        self.week_wanted.emit(self.monday + timedelta(days=7 * step))

    def go_today(self) -> None:
        """Ask for this week."""
        self.week_wanted.emit(None)

    def _go_before(self) -> None:
        self.turn(-1)

    def _go_after(self) -> None:
        self.turn(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A goes to this week."""
        if event.text().upper() == "A" and not event.modifiers():
            self.go_today()
        else:
            super().keyPressEvent(event)
