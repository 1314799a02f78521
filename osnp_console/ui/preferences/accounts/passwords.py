"""A new password typed twice, asked for in place, and one's own changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.lock.new_password_page import TWICE, PasswordPair
from osnp_console.ui.preferences.accounts.acts import AccountActs, NotDone
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.message_line import Message, MessageLine

MINE = "Changer mon mot de passe"
CHECKING = "Vérification…"
CHANGED = "Mot de passe changé."
OLD_MISSING = "Écrire le mot de passe actuel."
UNSAID = "Personne n’est connecté à ce poste\u202f: il n’y a pas de mot de passe à changer."
OLD, NEW = "ancien", "mot_de_passe"


def in_a_row(theme: Theme, parent: QWidget, *buttons: QWidget) -> FormRow:
    """Buttons under the fields, from the left."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return FormRow(theme, "", holder, parent=parent)


class GivenPassword(QWidget):
    """A button; pressed, a password is typed twice under it and given. Échap gives up.

    Signals:
        given(str): a password to give.
    """

    given = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """The button alone."""
        super().__init__(parent)
        self._identifier, self._name = "", ""
        self.ask = ActionButton(theme, "Donner un autre mot de passe…", height=28, parent=self)
        self._ask_row = in_a_row(theme, self, self.ask)
        self.pair = PasswordPair(theme, self)
        self.give = ActionButton(theme, "Donner ce mot de passe", height=28, parent=self)
        self.leave = ActionButton(theme, "Garder l’ancien", height=28, parent=self)
        self._buttons = in_a_row(theme, self, self.give, self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for widget in (self._ask_row, *self.pair.rows, self._buttons):
            column.addWidget(widget)
        self.ask.clicked.connect(self._open)
        self.leave.clicked.connect(self.close_again)
        self.give.clicked.connect(self._give)
        for field in (self.pair.word, self.pair.again):
            field.typed.connect(self._tell)
            field.committed.connect(self._check)
        self.pair.word.next_wanted.connect(self.pair.again.setFocus)
        self.pair.again.next_wanted.connect(self._give)
        self._show(asking=False)

    def set_subject(self, identifier: str, name: str) -> None:
        """Whose password it is: it may hold neither."""
        if identifier != self._identifier:
            self._show(asking=False)
        self._identifier, self._name = identifier, name

    @property
    def is_asking(self) -> bool:
        """Whether the fields stand."""
        return not self._buttons.isHidden()

    def close_again(self) -> None:
        """Back to the button; what was typed goes."""
        had = self.is_asking
        self._show(asking=False)
        if had:
            self.ask.setFocus()

    def say(self, sentence: str) -> None:
        """Why it was not taken; what was typed stays."""
        self.pair.word.set_error(sentence)
        self.pair.word.setFocus()

    def _open(self) -> None:
        self._show(asking=True)
        self.pair.word.setFocus()

    def _show(self, *, asking: bool) -> None:
        for field in (self.pair.word, self.pair.again):
            field.set_text("")
            field.set_error(None)
        self.pair.visible.setChecked(False)
        self._ask_row.setVisible(not asking)
        for row in (*self.pair.rows, self._buttons):
            row.setVisible(asking)
        self._tell()

    def _check(self) -> None:
        self.pair.check(self._identifier, self._name)

    def _tell(self, *_: object) -> None:
        self.give.set_reason(self.pair.missing(self._identifier, self._name))

    def _give(self) -> None:
        if self.pair.missing(self._identifier, self._name) is None:
            self.given.emit(self.pair.word.phrase)
        else:
            self._check()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap gives up."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking:
            self.close_again()
        else:
            super().keyPressEvent(event)


class OwnPasswordForm(Page):
    """Everybody's own password: the one at hand, then the new one twice."""

    def __init__(self, theme: Theme, acts: AccountActs, parent: QWidget | None = None) -> None:
        """Empty fields for whoever sits at this desk."""
        super().__init__(theme, MINE, parent)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self._acts = acts
        self.state = MessageLine(theme, self.sheet)
        self.old = PassphraseField(theme, "Mot de passe actuel", self.sheet)
        # Before the others: Tab goes as the rows are made.
        self._old_row = FormRow(theme, "Actuel", self.old, parent=self.sheet)
        self.pair = PasswordPair(theme, self.sheet)
        self.pair.rows[0].set_label("Nouveau")
        self.go = ActionButton(theme, "Garder ce mot de passe", height=28, parent=self.sheet)
        self._buttons = in_a_row(theme, self.sheet, self.go)
        self.add(self.state, self._old_row, *self.pair.rows, self._buttons)
        self.end()
        self.old.next_wanted.connect(self.pair.word.setFocus)
        self.pair.word.next_wanted.connect(self.pair.again.setFocus)
        self.pair.again.next_wanted.connect(self._change)
        self.go.clicked.connect(self._change)
        for field in (self.old, self.pair.word, self.pair.again):
            field.typed.connect(self._tell)
        for field in (self.pair.word, self.pair.again):
            field.committed.connect(self._check)
        self.pair.visible.toggled.connect(self.old.set_visible_text)
        self.open()

    def open(self) -> None:
        """As whoever sits here finds it."""
        there = self._acts.session.person is not None
        for row in (self._old_row, *self.pair.rows, self._buttons):
            row.setVisible(there)
        self.state.set_message(None if there else UNSAID, Message.NOTE)
        self._tell()

    def _check(self) -> None:
        self.pair.check(name=self._acts.session.name)

    def _missing(self) -> str | None:
        if not self.old.phrase:
            return OLD_MISSING
        return self.pair.missing(name=self._acts.session.name)

    def _tell(self, text: str = "") -> None:
        if text:
            self.old.set_error(None)
            self.state.set_message(None)
        self.go.set_reason(self._missing())

    def _change(self) -> None:
        missing = self._missing()
        if missing is not None:
            if missing == TWICE or self.old.phrase:
                self._check()
            else:
                self.old.set_error(missing)
            return
        if self.old.isEnabled():
            self._hold(busy=True)
            self.go.set_reason(CHECKING)
            self._acts.choose_password(self.old.phrase, self.pair.word.phrase, self._changed)

    def _hold(self, *, busy: bool) -> None:
        for field in (self.old, self.pair.word, self.pair.again):
            field.setEnabled(not busy)

    def _changed(self, trouble: NotDone | None) -> None:
        self._hold(busy=False)
        if trouble is None:
            for field in (self.old, self.pair.word, self.pair.again):
                field.set_text("")
                field.set_error(None)
            self.pair.visible.setChecked(False)
            self.state.set_message(CHANGED, Message.NOTE)
            self._tell()
            self.old.setFocus()
            return
        wrong = {OLD: self.old, NEW: self.pair.word}.get(trouble.field)
        if wrong is None:
            self.state.set_message(trouble.sentence, Message.ERROR)
            wrong = self.old
        else:
            wrong.set_error(trouble.sentence)
        self._tell()
        wrong.setFocus()
