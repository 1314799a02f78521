"""One amber line under the top bar: what is wrong with the whole desk, and what is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel


class NoticeLine(QWidget):
    """Hidden while there is nothing to say."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.color("verify_tint"))
        self.setPalette(palette)
        self._mark = MarkLabel(theme, "warning", "verify", parent=self)
        self.words = PlainLabel(theme, "", role="verify", bold=True, wrap=True)
        self.yes = ActionButton(theme, "Oui", "", height=28)
        self.no = ActionButton(theme, "Non", "", height=28)
        self.yes.clicked.connect(self.accepted)
        self.no.clicked.connect(self.declined)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def say(self, sentence: str | None, yes: str = "", no: str = "") -> None:
        """Show a sentence, with answers when there is something to choose; None hides the line."""
        self.words.setText(sentence or "")
        self.words.setAccessibleName(sentence or "")
        for button, words in ((self.yes, yes), (self.no, no)):
            button.setVisible(bool(words))
            if words:
                button.set_text(words)
        self.setVisible(sentence is not None)
