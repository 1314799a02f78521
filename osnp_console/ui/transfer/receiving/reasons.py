"""Why the line refuses, or why the transfer fails: a list in place, letters, a text for the rest."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from osnp_console.app.letters import letters_of
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.reasons import OTHER, REASONS
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.in_place import InPlace
from osnp_console.ui.widgets.letter_row import LetterRow
from osnp_console.ui.widgets.line_field import LineField

MISSING = "Écrire la raison\u202f: elle est dite au SAS."
TITLES: Mapping[TransferMove, tuple[str, str]] = {
    TransferMove.REFUSE: ("Pourquoi refuser\u202f?", "Refuser"),
    TransferMove.FAIL: ("Pourquoi le transfert échoue-t-il\u202f?", "Échec"),
}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ReasonRow(LetterRow):
    """One reason with its letter."""

    def __init__(self, theme: Theme, code: str, words: str, letter: str, parent: QWidget) -> None:
        super().__init__(theme, words[:1].upper() + words[1:], letter, parent)
        self.code = code


class ReasonList(InPlace):
    """The reasons of a move that needs one.

    Signals:
        chosen(object, str, str): the TransferMove, the code of its reason, the text typed.
    """

    chosen = Signal(object, str, str)

    def __init__(self, theme: Theme, move: TransferMove, parent: QWidget) -> None:
        """A hidden list; raises KeyError for a move that needs no reason."""
        title, confirm = TITLES[move]
        super().__init__(theme, title, confirm, parent)
        self._move = move
        reasons = REASONS[move]
        letters = letters_of(reasons)
        self.rows = [
            ReasonRow(theme, code, words, letters.get(code, ""), self) for code, words in reasons.items()
        ]
        for row in self.rows:
            self.inside.addWidget(row)
            row.clicked.connect(self._clicked)
        self.text = LineField(theme, "Raison", optional=True, parent=self)
        self.text.set_placeholder("la raison, en quelques mots")
        self.text.next_wanted.connect(self.finish)
        self.inside.addWidget(self.text)
        self._select(self.rows[0])

    def ask(self) -> None:
        """Ask for the reason; what was typed and not sent is still there."""
        self.open(next(row for row in self.rows if row.isChecked()))

    @property
    def code(self) -> str:
        """The reason under the bar."""
        return next(row.code for row in self.rows if row.isChecked())

    def finish(self) -> None:
        """Say the reason under the bar, unless it needs a text that lacks."""
        text = self.text.text().strip() if self.code == OTHER else ""
        if self.code == OTHER and not text:
            self.text.set_error(MISSING)
            self.place()
            self.text.setFocus()
            return
        code = self.code
        self.text.set_text("")
        self.text.typed.emit("")  # said now: nothing of it is left to keep
        self._select(self.rows[0])
        self.close_it()
        self.chosen.emit(self._move, code, text)

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ReasonRow):
            self._go_to(row)

    def _select(self, row: ReasonRow) -> None:
        row.setChecked(True)
        self.text.setVisible(row.code == OTHER)
        self.text.set_error(None)
        if self.isVisible():
            self.place()

    def _go_to(self, row: ReasonRow) -> None:
        self._select(row)
        (self.text if row.code == OTHER else row).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and arrows choose; the rest as everywhere."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        if key in _STEPS:
            place = next(n for n, row in enumerate(self.rows) if row.isChecked()) + _STEPS[key]
            self._go_to(self.rows[min(len(self.rows) - 1, max(0, place))])
            return
        letter = event.text().upper()
        found = next((row for row in self.rows if letter and row.letter == letter), None)
        if found is not None and not held and not self.text.line_edit.hasFocus():
            self._go_to(found)
        else:
            super().keyPressEvent(event)
