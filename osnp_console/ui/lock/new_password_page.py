"""Choosing a password of one's own, when the one at hand was given by somebody else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from osnp_console.domain.account_password import SHORTEST, password_fault
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.lock.cover import CoverPage
from osnp_console.ui.lock.lock_page import CHECKING
from osnp_console.ui.lock.waiting import Patience
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow

LEAD = "Le mot de passe donné ne sert qu’une fois\u202f: en choisir un que personne d’autre ne connaît."
RULE = f"{SHORTEST} caractères au moins\u202f; plusieurs mots, faciles à retenir."
TWICE = "Écrire deux fois le même mot de passe."
NOT_THE_SAME = "Les deux mots de passe ne sont pas les mêmes."


class PasswordPair:
    """A password typed twice, shown on demand: the rows, and what is wrong with them."""

    def __init__(self, theme: Theme, card: QWidget) -> None:
        """Two empty fields."""
        self.word = PassphraseField(theme, "Mot de passe", card)
        self.again = PassphraseField(theme, "Mot de passe, encore une fois", card)
        self.visible = QCheckBox("Montrer le mot de passe", card)
        self.visible.setFont(theme.font())
        self.word.set_note(RULE)
        self.rows: tuple[FormRow, ...] = (
            FormRow(theme, "Mot de passe", self.word, parent=card),
            FormRow(theme, "Encore", self.again, parent=card),
            FormRow(theme, "", self.visible, parent=card),
        )
        self.visible.toggled.connect(self.word.set_visible_text)
        self.visible.toggled.connect(self.again.set_visible_text)

    def check(self, identifier: str = "", name: str = "") -> None:
        """Say under the fields what is wrong with what was typed so far."""
        first, second = self.word.phrase, self.again.phrase
        self.word.set_error(password_fault(first, identifier, name) if first else None)
        if self.word.message.kind is None:
            self.word.set_note(RULE)
        self.again.set_error(NOT_THE_SAME if second and first != second else None)

    def missing(self, identifier: str = "", name: str = "") -> str | None:
        """What is still missing or wrong; None when the password can be taken."""
        if not self.word.phrase or self.word.phrase != self.again.phrase:
            return TWICE
        return password_fault(self.word.phrase, identifier, name)


class NewPasswordPage(CoverPage):
    """Asks for a new password, twice.

    Signals:
        chosen(str): the new password.
        back_wanted(): sign in as somebody else.
    """

    chosen = Signal(str)
    back_wanted = Signal()

    def __init__(self, theme: Theme, identifier: str, name: str, parent: QWidget | None = None) -> None:
        """The page of the account that bears `name`."""
        super().__init__(theme, f"Bienvenue, {name}", LEAD, parent)
        self._identifier, self._name = identifier, name
        self.pair = PasswordPair(theme, self.card)
        self.add(*self.pair.rows)
        self.patience = Patience(self.pair.word, self)
        self.leave = ActionButton(theme, "Revenir", parent=self.card)
        self.go = ActionButton(theme, "Garder ce mot de passe", "Entrée", "primary", parent=self.card)
        self.end(self.leave, self.go)
        for field in (self.pair.word, self.pair.again):
            field.typed.connect(self._tell)
            field.committed.connect(self._check)
        self.pair.word.next_wanted.connect(self.pair.again.setFocus)
        self.pair.again.next_wanted.connect(self._give)
        self.go.clicked.connect(self._give)
        self.leave.clicked.connect(self.back_wanted)
        self._tell()

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""
        self.pair.word.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say why it was not taken; what was typed stays."""
        for field in (self.pair.word, self.pair.again):
            field.setEnabled(True)
        self.patience.end()
        self.pair.word.set_error(sentence)
        self._tell()
        self.pair.word.setFocus()

    def _check(self) -> None:
        self.pair.check(self._identifier, self._name)

    def _tell(self, *_: object) -> None:
        self.go.set_reason(self.pair.missing(self._identifier, self._name))

    def _give(self) -> None:
        if self.pair.missing(self._identifier, self._name) is not None:
            self._check()
        elif self.pair.word.isEnabled():
            for field in (self.pair.word, self.pair.again):
                field.setEnabled(False)
            self.go.set_reason(CHECKING)
            self.patience.begin()
            self.chosen.emit(self.pair.word.phrase)
