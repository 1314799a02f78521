"""A question asked over the bottom right of the workspace; no dialog: what is under it stays seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

WIDTH = 400


class InPlace(Card):
    """Entrée answers, Échap gives up and gives the keyboard back to where it was.

    Signals:
        cancelled(): nothing was answered.
        about_to_open(): it is asked now; its fields take what was typed in them before.
    """

    cancelled = Signal()
    about_to_open = Signal()

    def __init__(self, theme: Theme, title: str, confirm: str, parent: QWidget) -> None:
        """A hidden card; what is asked is put into `inside` by the cards made of it."""
        super().__init__(theme, edge="border", parent=parent)
        self._before: QWidget | None = None
        self.title = PaneTitle(theme, title, self)
        self.confirm = ActionButton(theme, confirm, "Entrée", "primary", height=28, parent=self)
        self.back = ActionButton(theme, "Retour", "Échap", height=28, parent=self)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(theme.px(4))
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        column.addWidget(self.title)
        column.addLayout(self.inside)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.confirm)
        column.addLayout(foot)
        self.confirm.clicked.connect(self.finish)
        self.back.clicked.connect(self.cancel)
        self.hide()

    def open(self, first: QWidget) -> None:
        """Show it, the keyboard in `first`."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.about_to_open.emit()
        self.show()
        self.place()
        self.raise_()
        first.setFocus()

    def place(self) -> None:
        """Stand at the bottom right of the workspace."""
        body = self.parentWidget()
        if body is None:
            return
        margin = self.theme.px(8)
        self.setFixedWidth(min(self.theme.px(WIDTH), body.width() - 2 * margin))
        self.adjustSize()
        self.move(
            max(0, body.width() - self.width() - margin), max(0, body.height() - self.height() - margin)
        )

    def finish(self) -> None:
        """Answer, if nothing is missing; the cards made of it do."""

    def close_it(self) -> None:
        """Go away; the keyboard goes back where it was."""
        self.hide()
        before, self._before = self._before, None
        # What had the keyboard may be gone by now.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Nothing was answered."""
        self.close_it()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap gives up, Entrée answers."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)


def keep_typed(
    question: InPlace, field: LineField, unfinished: Unfinished, form: str, key: Callable[[], str]
) -> None:
    """Let what is typed in a question's field outlive the panels and the program, until it is said.

    `key` gives whom the question is asked about: what was typed about another one is not shown.
    """

    def fill() -> None:
        held = unfinished.held(form).get(key())
        field.set_text(held if isinstance(held, str) else "")

    def typed(text: str) -> None:
        if text:
            unfinished.hold(form, key(), text)
        else:
            unfinished.drop(form, key())

    question.about_to_open.connect(fill)
    field.typed.connect(typed)
