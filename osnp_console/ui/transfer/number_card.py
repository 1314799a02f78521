"""The line's number, large, and what dials it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.panel import NumberShown
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card

UNBROKEN = "\u00a0"
NO_NUMBER = "Numéro non donné par la source"


class NumberCard(Card):
    """Whose number, the number in 19 points, `Appeler`, `Copier`.

    Signals:
        dial_wanted(): the number is to be dialled, and the try to be marked.
        copied(str): the number was copied: words for the journal strip.
    """

    dial_wanted = Signal()
    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, surface="raised", parent=parent)
        self._number = ""
        self.name = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.number = PlainLabel(theme, "", points=19, bold=True, parent=self)
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = PlainLabel(theme, "", role="muted", points=9, wrap=True, parent=self)
        self.told.hide()
        self.dial = ActionButton(theme, "Appeler", "Ctrl+T", mark="phone", height=28, parent=self)
        self.dial.clicked.connect(self.dial_wanted)
        self.copy = ActionButton(theme, "Copier", kind="link", height=28, parent=self)
        self.copy.setAccessibleName("Copier le numéro")
        self.copy.clicked.connect(self.copy_number)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.number)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.dial)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        words.setContentsMargins(0, 0, 0, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(theme.px(4))
        self._row.addLayout(words, 1)
        self._row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(4))
        column.addLayout(self._row)
        column.addWidget(self.told)

    def set_flat(self, *, flat: bool) -> None:
        """The buttons beside the number, where height lacks."""
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if flat else directions.TopToBottom)
        self._row.setSpacing(self.theme.px(16 if flat else 4))

    def show_number(self, shown: NumberShown) -> None:
        """Show a line's number."""
        if shown.number != self._number:
            self.say("")
        self._number = shown.number
        self.name.setText(shown.name)
        self.number.setText(shown.number.replace(" ", UNBROKEN) or NO_NUMBER)
        self.number.setFont(self.theme.font(19 if shown.number else 10, bold=bool(shown.number)))
        self.setAccessibleName(f"Numéro de {shown.name}\u202f: {shown.number or 'non donné'}")
        self.dial.set_text(shown.dial)
        self.dial.set_reason(shown.reason)
        self.copy.setVisible(bool(shown.number))

    def say(self, words: str) -> None:
        """What became of dialling it."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def copy_number(self) -> None:
        """Put the number on the clipboard."""
        QGuiApplication.clipboard().setText(self._number)
        self.copied.emit(f"numéro copié\u202f: {self._number}")

    def dial_shown(self) -> bool:
        """Ctrl+T: dial it; True where it is the number shown, dialled or not."""
        if self.dial.isEnabled():
            self.dial_wanted.emit()
        return True
