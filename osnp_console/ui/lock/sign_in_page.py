"""Signing in: an identifier and a password; at a shift's end, with the open calls that are handed over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.lock.cover import CoverPage
from osnp_console.ui.lock.lock_page import CHECKING
from osnp_console.ui.lock.waiting import Patience
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField

LEAD = "Chaque personne a son compte."
NO_CALLS = "Aucun appel n’est ouvert."
MISSING = "Écrire l’identifiant et le mot de passe."


class SignInPage(CoverPage):
    """Asks who is here.

    Signals:
        given(str, str): identifier and password, to be tried.
        back_wanted(): back to the locked screen (only when somebody else is to sign in).
        quit_wanted(): leave the program (only when nobody is signed in).
    """

    given = Signal(str, str)
    back_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        handed_over: Sequence[str] | None = None,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`handed_over` are the open calls, when somebody else takes the desk; None at the start.

        `note` is said over the fields.
        """
        changing = handed_over is not None
        title = "Changer de personne" if changing else "Se connecter"
        super().__init__(theme, title, note or LEAD, parent)
        if handed_over is not None:
            self._list_calls(handed_over)
        self.identifier = LineField(theme, "Identifiant", optional=True, parent=self.card)
        self.word = PassphraseField(theme, "Mot de passe", self.card)
        self.add(
            FormRow(theme, "Identifiant", self.identifier, parent=self.card),
            FormRow(theme, "Mot de passe", self.word, parent=self.card),
        )
        self.patience = Patience(self.word, self)
        self.patience.again.connect(self._give)
        self.leave = ActionButton(theme, "Revenir" if changing else "Quitter", parent=self.card)
        self.enter = ActionButton(theme, "Se connecter", "Entrée", "primary", parent=self.card)
        self.end(self.leave, self.enter)
        self.identifier.next_wanted.connect(self._to_word)
        self.word.next_wanted.connect(self._give)
        for field in (self.identifier, self.word):
            field.typed.connect(self._typed)
        self.enter.clicked.connect(self._give)
        self.leave.clicked.connect(self.back_wanted if changing else self.quit_wanted)
        self._typed("")

    def _list_calls(self, handed_over: Sequence[str]) -> None:
        said = "Remis à la personne qui se connecte\u202f:" if handed_over else NO_CALLS
        self.calls = PlainLabel(
            self.theme, "\n".join((said, *(f"· {one}" for one in handed_over))), wrap=True, parent=self.card
        )
        self.add(self.calls)

    def fill(self, identifier: str) -> None:
        """Write an identifier that is known already."""
        self.identifier.set_text(identifier)

    def focus_first(self) -> None:
        """Put the keyboard where something is still to be typed."""
        (self.word if self.identifier.text() else self.identifier).setFocus()

    def show_no_answer(self, sentence: str) -> None:
        """The base did not say: what is typed stays, and is tried again by itself until it is changed."""
        self._free()
        self.patience.no_answer(sentence)

    def show_wrong(self, sentence: str) -> None:
        """Say why nobody was let in; the identifier stays, the password goes."""
        self._free()
        self.patience.end()
        self.word.set_text("")
        self.word.set_error(sentence)
        self._typed("")

    def _free(self) -> None:
        for field in (self.identifier, self.word):
            field.setEnabled(True)
        self._tell()
        self.word.setFocus()

    def _typed(self, text: str) -> None:
        if text:
            self.word.set_error(None)
            self.patience.end()
        self._tell()

    def _tell(self) -> None:
        self.enter.set_reason(None if self.identifier.text().strip() and self.word.phrase else MISSING)

    def _to_word(self) -> None:
        if self.word.phrase:
            self._give()
        else:
            self.word.setFocus()

    def _give(self) -> None:
        identifier = self.identifier.text().strip()
        if identifier and self.word.phrase and self.word.isEnabled():
            self.word.set_error(None)
            for field in (self.identifier, self.word):
                field.setEnabled(False)
            self.enter.set_reason(CHECKING)
            self.patience.begin()
            self.given.emit(identifier, self.word.phrase)
