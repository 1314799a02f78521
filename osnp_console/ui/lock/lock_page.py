"""The locked screen: one password, or another person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.lock.cover import CoverPage
from osnp_console.ui.lock.waiting import Patience
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow

CHECKING = "Vérification…"
EMPTY = "Écrire le mot de passe."


class LockPage(CoverPage):
    """Covers everything until the password is right.

    Signals:
        password_given(str): to be tried.
        other_wanted(): somebody else wants to sign in.
    """

    password_given = Signal(str)
    other_wanted = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """The screen locked by whoever bears `name`."""
        super().__init__(theme, "Écran verrouillé", name, parent)
        self.word = PassphraseField(theme, "Mot de passe", self.card)
        self.add(FormRow(theme, "Mot de passe", self.word, parent=self.card))
        self.patience = Patience(self.word, self)
        self.other = ActionButton(theme, "Changer de personne", kind="link", parent=self.card)
        self.unlock = ActionButton(theme, "Déverrouiller", "Entrée", "primary", parent=self.card)
        self.end(self.other, self.unlock)
        self.word.next_wanted.connect(self._give)
        self.word.typed.connect(self._typed)
        self.unlock.clicked.connect(self._give)
        self.other.clicked.connect(self.other_wanted)
        self._typed("")

    def focus_first(self) -> None:
        """Put the keyboard in the field."""
        self.word.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say why it did not open; what was typed is taken away."""
        self.patience.end()
        self.word.setEnabled(True)
        self.word.set_text("")
        self.word.set_error(sentence)
        self.unlock.set_reason(EMPTY)
        self.word.setFocus()

    def _typed(self, text: str) -> None:
        if text:
            self.word.set_error(None)
            self.patience.end()
        self.unlock.set_reason(None if text else EMPTY)

    def _give(self) -> None:
        if self.word.phrase and self.word.isEnabled():
            self.word.set_error(None)
            self.word.setEnabled(False)
            self.unlock.set_reason(CHECKING)
            self.patience.begin()
            self.password_given.emit(self.word.phrase)
