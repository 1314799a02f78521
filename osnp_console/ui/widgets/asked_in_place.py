"""A deed that is asked for once more before it is done: in place, never in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import Message, MessageLine


class AskedInPlace(QWidget):
    """A button; pressed, it asks its question under itself, with two answers. Échap is no.

    Signals:
        confirmed(): the person said yes.
    """

    confirmed = Signal()

    def __init__(self, theme: Theme, text: str, yes: str, no: str, parent: QWidget | None = None) -> None:
        """A button that says `text`; the answers say `yes` and `no`."""
        super().__init__(parent)
        self.theme = theme
        self._question = ""
        self.ask = ActionButton(theme, text, height=28, parent=self)
        self.words = MessageLine(theme, self)
        self.yes = ActionButton(theme, yes, height=28, parent=self)
        self.no = ActionButton(theme, no, height=28, parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.ask, self.yes, self.no):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.words)
        column.addLayout(buttons)
        self._show(asking=False)
        self.ask.clicked.connect(self._ask)
        self.yes.clicked.connect(self._say_yes)
        self.no.clicked.connect(self.give_up)

    def set_words(self, text: str, yes: str, no: str) -> None:
        """Change what the button and the answers say."""
        for button, words in ((self.ask, text), (self.yes, yes), (self.no, no)):
            button.set_text(words)

    def set_question(self, question: str) -> None:
        """What is asked before the deed."""
        if question != self._question:
            self._question = question
            self.give_up()

    @property
    def question(self) -> str:
        """What is asked before the deed."""
        return self._question

    def give_up(self) -> None:
        """Back to the button, the deed not done."""
        had = self.yes.hasFocus() or self.no.hasFocus()
        self._show(asking=False)
        if had:
            self.ask.setFocus()

    @property
    def is_asking(self) -> bool:
        """Whether the question stands."""
        return not self.yes.isHidden()

    def _ask(self) -> None:
        self._show(asking=True)
        # On the answer that does nothing: Entrée twice must not do the deed.
        self.no.setFocus()

    def _say_yes(self) -> None:
        self._show(asking=False)
        self.ask.setFocus()
        self.confirmed.emit()

    def _show(self, *, asking: bool) -> None:
        self.words.set_message(self._question if asking else None, Message.WARNING)
        self.yes.setVisible(asking)
        self.no.setVisible(asking)
        self.ask.setVisible(not asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap gives up."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking:
            self.give_up()
        else:
            super().keyPressEvent(event)
