"""The sentence under a field or at the head of a panel: what is wrong, or what to look at."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.wording import named


class Message(Enum):
    """How serious a sentence is: the mark, the colour, the weight and the word read before it."""

    ERROR = ("warning", "verify", True, "Erreur")
    WARNING = ("verify", "verify", False, "À vérifier")
    NOTE = ("info", "muted", False, "")

    @property
    def mark(self) -> str:
        """The mark before the sentence."""
        return self.value[0]

    @property
    def role(self) -> str:
        """The colour of the mark and the sentence."""
        return self.value[1]

    @property
    def bold(self) -> bool:
        """Whether the sentence is in bold."""
        return self.value[2]

    @property
    def word(self) -> str:
        """What a screen reader says before the sentence."""
        return self.value[3]


class MessageLine(QWidget):
    """A mark and a sentence, hidden when there is nothing to say.

    Amber, never red: red is kept for alarms. An error and a warning differ by their mark and their weight.

    Signals:
        action_wanted(): the person asked for what the link after the sentence offers.
    """

    action_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A line that says nothing yet."""
        super().__init__(parent)
        self.theme = theme
        self._kind: Message | None = None
        self._mark = MarkLabel(theme, "", "", 14, self)
        self._words = PlainLabel(theme, points=9, wrap=True, parent=self)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._link = ActionButton(theme, "", kind="link", height=24, parent=self)
        self._link.clicked.connect(self.action_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(2), 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        self._link.hide()
        self.hide()

    @property
    def words(self) -> str:
        """The sentence shown, empty when the line is hidden."""
        return self._words.text()

    @property
    def kind(self) -> Message | None:
        """How serious the sentence is, None when there is none."""
        return self._kind

    def set_message(self, text: str | None, kind: Message = Message.ERROR, action: str = "") -> None:
        """Shows a sentence and, after it, a link; None or an empty text hides the line."""
        if not text:
            self._kind = None
            self._words.clear()
            self.setAccessibleName("")
            self.hide()
            return
        self._kind = kind
        self._mark.set_mark(kind.mark, kind.role)
        self._words.set_role(kind.role)
        self._words.setFont(self.theme.font(9, kind.bold))
        self._words.setText(text)
        self._words.setAccessibleName(named(kind.word, text) if kind.word else text)
        line_height = self.theme.px(24 if action else 17)
        self._mark.setFixedHeight(line_height)
        self._words.setMinimumHeight(line_height)
        self._link.set_text(action)
        self._link.setVisible(bool(action))
        self.setAccessibleName(self._words.accessibleName())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
