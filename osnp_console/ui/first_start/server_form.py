"""The form of a shared base: its address, how this desk is let in, the site's key; and a trial of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from osnp_console.app.base import choice
from osnp_console.app.base.choice import FoundBase, TypedServer, found_words
from osnp_console.app.errors import Refusal
from osnp_console.app.sources.words import Standing
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.preferences.agendas.state_line import StateLine
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

BY_PASSWORD, BY_CERTIFICATE = "mot_de_passe", "certificat"
TRYING = "essai en cours"
STOPPED = "Essai arrêté\u202f: rien n’a été changé."
CHANGED = "Changé depuis l’essai\u202f: essayer encore."
NOT_TRIED = "pas encore essayée"
KEPT = "gardé dans le trousseau\u202f; taper pour remplacer"
ASKED_AGAIN = (
    "Cette session n’a pas de trousseau de clés\u202f: le mot de passe et la clé seront demandés à chaque "
    "démarrage."
)
Answer = Callable[[FoundBase | Refusal], None]
Attempt = Callable[[TypedServer, Answer], None]
"""Tries what is typed beside the window, then answers in it."""


class ServerForm(QWidget):
    """A shared base as it is typed.

    Signals:
        edited(): something is typed; what was found holds no longer.
        tried(): a trial has begun, ended or was given up.
        next_wanted(): Entrée, once what is typed was tried and found.
    """

    edited = Signal()
    tried = Signal()
    next_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        attempt: Attempt,
        browse: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """An empty form; `browse` asks for a file, a title given, and answers an empty path for none."""
        super().__init__(parent)
        self.theme = theme
        self._attempt = attempt
        self._browse_for = browse
        self._ticket = 0
        self._is_trying = False
        self._found: tuple[TypedServer, FoundBase] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._make_fields()
        self._lay_out()
        self._connect()
        self._show_access(self.access.answer)
        self._say_state()

    # --- making -----------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        theme = self.theme
        self.address = LineField(theme, "Adresse de la base partagée", optional=True, parent=self)
        self.address.set_placeholder("postgresql://serveur:5432/appels")
        self.user = LineField(theme, "Utilisateur du serveur", optional=True, parent=self)
        kinds = (Choice(BY_PASSWORD, "Mot de passe", "M"), Choice(BY_CERTIFICATE, "Certificat", "C"))
        self.access = Segments(theme, "Accès au serveur", kinds, self)
        self.access.set_answer(BY_PASSWORD)
        self.password = PassphraseField(theme, "Mot de passe du serveur", self)
        self.certificate = LineField(theme, "Certificat de ce poste", optional=True, parent=self)
        self.certificate_key = LineField(theme, "Clé du certificat", optional=True, parent=self)
        self.authority = LineField(theme, "Certificat qui signe le serveur", optional=True, parent=self)
        self.authority.set_placeholder("fichier\u202f; rien sur cet ordinateur même")
        self.site_key = PassphraseField(theme, "Clé du site", self)
        self.state = StateLine(theme, self)
        self.attempt = ActionButton(theme, "Essayer", height=28, parent=self)
        self.stop = ActionButton(theme, "Arrêter", height=28, parent=self)
        self.note = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.note.hide()
        self.fields: dict[str, LineField] = {
            choice.ADDRESS: self.address,
            choice.USER: self.user,
            choice.PASSWORD: self.password,
            choice.CERTIFICATE: self.certificate,
            choice.CERTIFICATE_KEY: self.certificate_key,
            choice.AUTHORITY: self.authority,
            choice.SITE_KEY: self.site_key,
        }

    def _lay_out(self) -> None:
        theme = self.theme
        self._password_row = FormRow(theme, "Mot de passe", self.password, parent=self)
        self._browse: dict[LineField, ActionButton] = {}
        self._certificate_rows = (
            self._file_row("Certificat", self.certificate),
            self._file_row("Sa clé", self.certificate_key),
        )
        rows: tuple[QWidget, ...] = (
            FormRow(theme, "Adresse", self.address, parent=self),
            FormRow(theme, "Utilisateur", self.user, parent=self),
            FormRow(theme, "Accès", self.access, parent=self),
            self._password_row,
            *self._certificate_rows,
            self._file_row("Signé par", self.authority),
            FormRow(theme, "Clé du site", self.site_key, parent=self),
            FormRow(theme, "", self._buttons(), parent=self),
            FormRow(theme, "État", self.state, parent=self),
            self.note,
        )
        for row in rows:
            self._column.addWidget(row)
        self._order_tab()

    def _order_tab(self) -> None:
        """As the rows stand, each button after its field."""
        stops: list[QWidget] = []
        for field in self.fields.values():
            stops.append(field.line_edit)
            if field is self.user:
                stops.append(self.access)
            if field in self._browse:
                stops.append(self._browse[field])
        stops += [self.attempt, self.stop]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _file_row(self, label: str, field: LineField) -> FormRow:
        theme = self.theme
        button = ActionButton(theme, "Choisir…", height=28, parent=self)
        button.setAccessibleName(f"Choisir\u202f: {field.label}")

        def choose() -> None:
            path = self._browse_for(field.label)
            if path:
                field.set_text(path)
                self._edited("")

        button.clicked.connect(choose)
        self._browse[field] = button
        return FormRow(theme, label, field, button, stretches=(1, 0), parent=self)

    def _buttons(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(8))
        row.addWidget(self.attempt)
        row.addWidget(self.stop)
        row.addStretch(1)
        return holder

    def _connect(self) -> None:
        for field in self.fields.values():
            field.typed.connect(self._edited)
            field.next_wanted.connect(self._go_on)
        self.access.answered.connect(self._access_chosen)
        self.access.next_wanted.connect(self._go_on)
        self.attempt.clicked.connect(self.try_it)
        self.stop.clicked.connect(self.stop_trying)

    # --- what is typed ----------------------------------------------------------------------------------

    @property
    def typed(self) -> TypedServer:
        """What is typed now."""
        return TypedServer(
            self.address.text(),
            self.user.text(),
            self.access.answer == BY_CERTIFICATE,
            self.password.phrase,
            self.certificate.text(),
            self.certificate_key.text(),
            self.authority.text(),
            self.site_key.phrase,
        )

    def show_typed(self, typed: TypedServer, *, kept: bool = False) -> None:
        """Fill in; `kept` says that the keyring has the secrets of this base."""
        self.access.set_answer(BY_CERTIFICATE if typed.by_certificate else BY_PASSWORD)
        values = (
            typed.address,
            typed.user,
            typed.password,
            typed.certificate,
            typed.certificate_key,
            typed.authority,
            typed.site_key,
        )
        for field, value in zip(self.fields.values(), values, strict=True):
            field.set_text(value)
        for field in (self.password, self.site_key):
            field.set_placeholder(KEPT if kept else "")
        self._show_access(self.access.answer)
        self._say_state()

    def say_secrets_asked_again(self) -> None:
        """Say that the session keeps no secret."""
        self.note.setText(ASKED_AGAIN)
        self.note.show()

    def _access_chosen(self, answer: object) -> None:
        if answer is None:
            self.access.set_answer(BY_PASSWORD)
        self._show_access(self.access.answer)
        self._edited("")

    def _show_access(self, answer: object) -> None:
        by_certificate = answer == BY_CERTIFICATE
        self._password_row.setVisible(not by_certificate)
        for row in self._certificate_rows:
            row.setVisible(by_certificate)

    def _edited(self, text: str) -> None:
        for field in self.fields.values():
            field.set_error(None)
        if self._is_trying:
            self._give_up(CHANGED)
        else:
            self._say_state()
        self.edited.emit()

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
        for field in self.fields.values():
            field.set_error(None)
        self._ticket += 1
        ticket = self._ticket
        self._is_trying, self._found = True, None
        self._say_state()
        self.tried.emit()

        def answered(answer: FoundBase | Refusal) -> None:
            if isValid(self) and ticket == self._ticket:
                self._answered(typed, answer)

        self._attempt(typed, answered)

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
        standing, word = _refused(refusal.code)
        self.state.say(standing, word, details="" if field is not None else refusal.message)
        if field is not None:
            field.set_error(refusal.message)
            field.setFocus()

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


def _refused(code: str) -> tuple[Standing, str]:
    """The state word of a refusal (interface, §5)."""
    if code == "reseau":
        return Standing.LATE, "muet"
    if code in {"champ_manquant", "valeur_invalide", "introuvable"}:
        return Standing.FAILED, "erreur"
    return Standing.REFUSED, "accès refusé"
