"""The fields of a shared base: its address, how this desk is let in, the site's key."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.base import choice
from osnp_console.app.base.choice import TypedServer
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

BY_PASSWORD, BY_CERTIFICATE = "mot_de_passe", "certificat"
KEPT = "gardé dans le trousseau\u202f; taper pour remplacer"
Browse = Callable[[str], str]
"""Asks for a file, a title given; an empty path for none."""


class ServerFields(QWidget):
    """A shared base as it is typed.

    Signals:
        edited(): something is typed.
        entered(): Entrée.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, browse: Browse, parent: QWidget | None = None) -> None:
        """Empty fields."""
        super().__init__(parent)
        self.theme = theme
        self._browse_for = browse
        self._browse: dict[LineField, ActionButton] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(6))
        self._make_fields()
        self._lay_out()
        for field in self.fields.values():
            field.typed.connect(self._is_typed)
            field.next_wanted.connect(self.entered)
        self.access.answered.connect(self._access_chosen)
        self.access.next_wanted.connect(self.entered)
        self._show_access()

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
        )
        for row in rows:
            self.column.addWidget(row)
        for before, after in pairwise(self.stops):
            QWidget.setTabOrder(before, after)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, as the rows stand: each button after its field."""
        stops: list[QWidget] = []
        for field in self.fields.values():
            stops.append(field.line_edit)
            if field is self.user:
                stops.append(self.access)
            if field in self._browse:
                stops.append(self._browse[field])
        return stops

    def _file_row(self, label: str, field: LineField) -> FormRow:
        theme = self.theme
        button = ActionButton(theme, "Choisir…", height=28, parent=self)
        button.setAccessibleName(f"Choisir\u202f: {field.label}")

        def choose() -> None:
            path = self._browse_for(field.label)
            if path:
                field.set_text(path)
                self._is_typed("")

        button.clicked.connect(choose)
        self._browse[field] = button
        return FormRow(theme, label, field, button, stretches=(1, 0), parent=self)

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
        self._show_access()
        self._count_key()

    def clear_errors(self) -> None:
        """Take the sentences under the fields away."""
        for field in self.fields.values():
            field.set_error(None)

    def _access_chosen(self, answer: object) -> None:
        if answer is None:
            self.access.set_answer(BY_PASSWORD)
        self._show_access()
        self._is_typed("")

    def _count_key(self) -> None:
        """The key is hidden: how much of it is there shows that it was pasted whole."""
        count = len("".join(self.site_key.phrase.split()))
        self.site_key.set_annotation(f"{count}/{choice.KEY_DIGITS}" if count else "")

    def _show_access(self) -> None:
        by_certificate = self.access.answer == BY_CERTIFICATE
        self._password_row.setVisible(not by_certificate)
        for row in self._certificate_rows:
            row.setVisible(by_certificate)

    def _is_typed(self, text: str) -> None:
        self._count_key()
        self.clear_errors()
        self.edited.emit()
