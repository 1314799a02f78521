"""What is asked in place, over the foot of the form: a password, a reason, to whom it was sent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.in_place import InPlace
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField

PASSWORD_MISSING = "Donner le mot de passe."
CHECKING = "Vérification…"


class TextAsked(InPlace):
    """One line of text, required or not. What is typed stays when it is put away with Échap.

    Signals:
        given(str): the text.
    """

    given = Signal(str)

    def __init__(
        self, theme: Theme, title: str, label: str, confirm: str, parent: QWidget, *, missing: str = "",
        hint: str = "",
    ) -> None:  # fmt: skip
        """A hidden question; without `missing` an empty answer is one."""
        super().__init__(theme, title, confirm, parent)
        self._missing = missing
        self.hint = PlainLabel(theme, hint, role="muted", points=9.5, wrap=True, parent=self)
        self.hint.setVisible(bool(hint))
        self.answer = LineField(theme, label, optional=True, parent=self)
        self.answer.next_wanted.connect(self.finish)
        self.inside.addWidget(self.hint)
        self.inside.addWidget(self.answer)

    def ask(self, text: str = "", *, hint: str | None = None) -> None:
        """Ask; `text` stands in the field unless something was typed there."""
        if hint is not None:
            self.hint.setText(hint)
            self.hint.setVisible(bool(hint))
        self.open(self.answer)
        if text and not self.answer.text():
            self.answer.set_text(text)

    def finish(self) -> None:
        """Give what was typed, unless it is required and missing."""
        text = self.answer.text().strip()
        if not text and self._missing:
            self.answer.set_error(f"Erreur\u202f: {self._missing}")
            self.place()
            return
        self.answer.set_text("")
        self.answer.typed.emit("")  # said now: nothing of it is left to keep
        self.answer.set_error(None)
        self.close_it()
        self.given.emit(text)


class PasswordAsked(InPlace):
    """A secret that is asked for and not kept: the doctor's password, a card's code.

    It stays open until the answer is known.

    Signals:
        given(str): the password; the field is emptied.
    """

    given = Signal(str)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str = "Valider et signer",
        confirm: str = "Valider",
        label: str = "Mot de passe",
        missing: str = PASSWORD_MISSING,
    ) -> None:
        """A hidden question; `missing` is said where nothing was typed."""
        super().__init__(theme, title, confirm, parent)
        self._confirm, self._missing = confirm, missing
        self.hint = PlainLabel(theme, "", points=9.5, wrap=True, parent=self)
        self.password = LineField(theme, label, optional=True, parent=self)
        self.password.line_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.set_placeholder(label.lower())
        self.password.next_wanted.connect(self.finish)
        self.inside.addWidget(self.hint)
        self.inside.addWidget(self.password)

    def ask(self, hint: str) -> None:
        """Ask whoever sits here, with what they should know first."""
        self.hint.setText(hint)
        self.password.set_text("")
        self.password.set_error(None)
        self.wait(waiting=False)
        self.open(self.password)

    def finish(self) -> None:
        """Give the password."""
        typed = self.password.text()
        if not self.confirm.isEnabled():
            return
        if not typed:
            self.say(self._missing)
            return
        self.password.set_text("")
        self.password.set_error(None)
        self.wait(waiting=True)
        self.given.emit(typed)

    def wait(self, *, waiting: bool) -> None:
        """The password is being looked at, or no longer."""
        self.confirm.set_text(CHECKING if waiting else self._confirm)
        self.confirm.setEnabled(not waiting)
        self.place()

    def say(self, sentence: str) -> None:
        """Say why it was refused; the keyboard stays in the field."""
        self.wait(waiting=False)
        self.password.set_error(f"Erreur\u202f: {sentence}")
        self.place()
        self.password.setFocus()

    def cancel(self) -> None:
        """Not while the answer is on its way."""
        if self.confirm.isEnabled():
            super().cancel()
