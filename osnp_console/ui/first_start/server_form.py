"""The form of a shared base: its fields, and a trial of what is typed in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from osnp_console.app.base import choice
from osnp_console.app.base.choice import FoundBase, TypedServer, found_words
from osnp_console.app.errors import Refusal
from osnp_console.app.sources.words import Standing
from osnp_console.ui.first_start.server_fields import Browse, ServerFields
from osnp_console.ui.preferences.agendas.state_line import StateLine
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel

TRYING = "essai en cours"
STOPPED = "Essai arrêté\u202f: rien n’a été changé."
CHANGED = "Changé depuis l’essai\u202f: essayer encore."
WAITING = "en attente"
NOT_TRIED = "pas encore essayée"
ASKED_AGAIN = (
    "Cette session n’a pas de trousseau de clés\u202f: le mot de passe et la clé seront demandés à chaque "
    "démarrage."
)
Answer = Callable[[FoundBase | Refusal], None]
Attempt = Callable[[TypedServer, Answer], None]
"""Tries what is typed beside the window, then answers in it."""


class ServerForm(ServerFields):
    """A shared base as it is typed and tried.

    Signals:
        tried(): a trial has begun, ended or was given up.
        next_wanted(): Entrée, once what is typed was tried and found.
    """

    tried = Signal()
    next_wanted = Signal()

    def __init__(self, theme: Theme, attempt: Attempt, browse: Browse, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(theme, browse, parent)
        self._attempt = attempt
        self._ticket = 0
        self._is_trying = False
        self._found: tuple[TypedServer, FoundBase] | None = None
        self.state = StateLine(theme, self)
        self.attempt = ActionButton(theme, "Essayer", height=28, parent=self)
        self.stop = ActionButton(theme, "Arrêter", height=28, parent=self)
        self.note = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.note.hide()
        self.column.addWidget(FormRow(theme, "", self._buttons(), parent=self))
        self.column.addWidget(FormRow(theme, "État", self.state, parent=self))
        self.column.addWidget(self.note)
        QWidget.setTabOrder(self.stops[-1], self.attempt)
        QWidget.setTabOrder(self.attempt, self.stop)
        self.edited.connect(self._give_up_edited)
        self.entered.connect(self._go_on)
        self.attempt.clicked.connect(self.try_it)
        self.stop.clicked.connect(self.stop_trying)
        self._say_state()

    def _buttons(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(8))
        row.addWidget(self.attempt)
        row.addWidget(self.stop)
        row.addStretch(1)
        return holder

    def show_typed(self, typed: TypedServer, *, kept: bool = False) -> None:
        """Fill in; `kept` says that the keyring has the secrets of this base."""
        super().show_typed(typed, kept=kept)
        self._say_state()

    def say_secrets_asked_again(self) -> None:
        """Say that the session keeps no secret."""
        self.note.setText(ASKED_AGAIN)
        self.note.show()

    # --- trying -----------------------------------------------------------------------------------------

    @property
    def found(self) -> FoundBase | None:
        """What the trial of exactly what is typed found; None while there is none."""
        if self._found is None or self._found[0] != self.typed:
            return None
        return self._found[1]

    @property
    def is_trying(self) -> bool:
        """Whether a trial is under way."""
        return self._is_trying

    def try_it(self) -> None:
        """Try what is typed."""
        if self._is_trying:
            return
        typed = self.typed
        self.clear_errors()
        self._ticket += 1
        ticket = self._ticket
        self._is_trying, self._found = True, None
        self._say_state()
        self.tried.emit()

        def answered(answer: FoundBase | Refusal) -> None:
            if isValid(self) and ticket == self._ticket:
                self._answered(typed, answer)

        self._attempt(typed, answered)

    def _give_up_edited(self) -> None:
        if self._is_trying:
            self._give_up(CHANGED)
        else:
            self._say_state()

    def stop_trying(self) -> None:
        """Wait for no answer any more: the keyboard goes back to the address."""
        if self._is_trying:
            self._give_up(STOPPED)
            self.address.setFocus()

    def _give_up(self, details: str) -> None:
        self._ticket += 1
        self._is_trying = False
        self._say_state()
        self.state.say(Standing.NOT_ASKED, NOT_TRIED, details=details)
        self.tried.emit()

    def _answered(self, typed: TypedServer, answer: FoundBase | Refusal) -> None:
        self._is_trying = False
        if isinstance(answer, Refusal):
            self._say_state()
            self.refuse(answer)
        else:
            self._found = typed, answer
            self._say_state()
        self.tried.emit()

    def refuse(self, refusal: Refusal) -> None:
        """Say what is refused at its field, and in the state what kind of refusal it is."""
        field = self.fields.get(refusal.field or "")
        standing, word = _refused(refusal)
        self.state.say(standing, word, details="" if field is not None else refusal.message)
        if field is not None:
            field.set_error(refusal.message)
            field.setFocus()

    def say_waiting(self, sentence: str) -> None:
        """Say what opening the base waits for at another desk."""
        self.state.say(Standing.ASKING, WAITING, details=sentence)

    def say_failure(self, sentence: str) -> None:
        """Say why the base did not open after all."""
        self._found = None
        self._say_state()
        self.state.say(Standing.FAILED, "erreur", details=sentence)

    def _say_state(self) -> None:
        self.attempt.set_reason(TRYING if self._is_trying else None)
        self.stop.setVisible(self._is_trying)
        found = self.found
        if self._is_trying:
            self.state.say(Standing.ASKING, TRYING)
        elif found is not None:
            word, details = found_words(found)
            self.state.say(Standing.ANSWERED, word, details=details)
        else:
            self.state.say(Standing.NOT_ASKED, NOT_TRIED)

    def _go_on(self) -> None:
        """Entrée: the trial first, then what comes after it."""
        if self.found is None:
            self.try_it()
        else:
            self.next_wanted.emit()


def _refused(refusal: Refusal) -> tuple[Standing, str]:
    """The state word of a refusal (interface, §5)."""
    if refusal.code == "reseau" and refusal.field != choice.AUTHORITY:
        return Standing.LATE, "muet"
    if refusal.code in {"cle", "interdit"}:
        return Standing.REFUSED, "accès refusé"
    return Standing.FAILED, "erreur"
