"""The rows of the patient: the identity in one line, which opens; address, commune, phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.prescription.shown import born_words, commune_words, identity_words, name_words
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.content import Content, PatientIdentity
from osnp_console.domain.typed_dates import DateRefused, age_said, read_birth
from osnp_console.ui.forms_kept import BIRTH_FORM, COMMUNE_FORM
from osnp_console.ui.prescriptions.identity_line import IdentityLine
from osnp_console.ui.prescriptions.said import ERROR, Said
from osnp_console.ui.prescriptions.shown_text import show_text
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.segments import Segments
from osnp_console.ui.widgets.suggestion_rows import Row
from osnp_console.ui.widgets.titles import SectionTitle
from osnp_console.ui.widgets.type_ahead import TypeAhead

SEXES = (Choice("F", "F", "F"), Choice("M", "M", "M"), Choice("I", "I", "I"))
"""What is typed there and is no date, no commune yet, by prescription."""
NO_DATE = "Il faut une date de naissance, pas un âge\u202f: 02/05/1950, 05/1950 ou 1950."
_IN_IDENTITY = (
    "patient.nom_naissance", "patient.nom_utilise", "patient.prenoms", "patient.date_naissance",
    "patient.sexe", "patient.telephone",
)  # fmt: skip


class PatientPart(QWidget):
    """Whom the prescription is for.

    Signals:
        typed(): the person changed something (`applied`).
    """

    typed = Signal()

    def __init__(
        self,
        theme: Theme,
        communes: Callable[[str], Sequence[Row]],
        resolve: Callable[[str], object | None],
        living: Callable[[str], Commune | None],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """`communes` proposes rows for a text, `resolve` the code of the one it can mean."""
        super().__init__(parent)
        self._living, self._unfinished = living, unfinished
        self._key, self._day = "", date.min
        self._birth: PartialDate | None = None
        self._commune = ""
        self._is_open = False
        self.title = SectionTitle(theme, "Patient", parent=self)
        # Without a parent until they stand in their row: Tab goes in the order of the rows.
        self.identity = IdentityLine(theme)
        self.name = LineField(theme, "Nom de naissance")
        self.used_name = LineField(theme, "Nom utilisé", optional=True)
        self.first_names = LineField(theme, "Prénoms")
        self.birth = LineField(theme, "Né(e) le")
        self.sex = Segments(theme, "Sexe", SEXES)
        self.sex.setFixedWidth(theme.px(96))
        self.address = LineField(theme, "Adresse")
        self.commune = TypeAhead(theme, "Commune", communes, resolve=resolve)
        self.phone = LineField(theme, "Téléphone")
        self.used_name.set_placeholder("s’il est autre")
        self.birth.set_placeholder("02/05/1950, 05/1950, 1950")
        self.address.set_placeholder("numéro et voie, étage, code")
        self.identity_row = self._row(theme, "Identité", self.identity)
        self.names_row = self._row(theme, "Nom, utilisé", self.name, self.used_name)
        self.first_row = self._row(theme, "Prénoms", self.first_names)
        self.birth_row = self._row(theme, "Né(e) le", self.birth, self.sex, stretches=(1, 0))
        self.phone_row = self._row(theme, "Téléphone", self.phone)
        self.address_row = self._row(theme, "Adresse", self.address, self.commune, stretches=(3, 2))
        self._lay_out(theme)
        self._connect()
        self._open(opened=False)

    def _row(self, theme: Theme, label: str, *controls: QWidget, stretches: tuple[int, ...] = ()) -> FormRow:
        return FormRow(theme, label, *controls, stretches=stretches, label_width=100, parent=self)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(ROW_GAP))
        column.addWidget(self.title)
        for row in (
            self.identity_row, self.names_row, self.first_row, self.birth_row, self.phone_row,
            self.address_row,
        ):  # fmt: skip
            column.addWidget(row)

    def _connect(self) -> None:
        self.identity.toggled.connect(self._toggle)
        for field in (self.name, self.used_name, self.first_names, self.address, self.phone):
            field.typed.connect(self._typed)
        self.name.committed.connect(self._name_left)
        self.used_name.committed.connect(self._name_left)
        self.phone.committed.connect(self._phone_left)
        self.sex.answered.connect(self._typed)
        self.birth.typed.connect(self._birth_typed)
        self.birth.committed.connect(self._birth_left)
        self.commune.typed.connect(self._commune_typed)
        self.commune.chosen.connect(self._commune_chosen)
        self.commune.cleared.connect(self._commune_cleared)
        self.commune.restored.connect(self._commune_restored)

    # --- showing ----------------------------------------------------------------------------------------

    def show_content(self, key: str, content: Content, note: str, now: datetime) -> None:
        """Show whom it is for; `note` says where the identity comes from."""
        patient = content.patient
        is_other = key != self._key
        self._key, self._day = key, in_paris(now).date()
        self.title.set_title({"F": "Patiente", "M": "Patient"}.get(patient.sex, "Patient"))
        self.title.set_note(note)
        show_text(self.name, patient.birth_name)
        show_text(self.used_name, patient.used_name)
        show_text(self.first_names, patient.first_names)
        self.sex.set_answer(patient.sex or None)
        show_text(self.address, patient.address)
        if is_other or not self.phone.line_edit.hasFocus():
            self.phone.set_text(read_phone(patient.phone).shown if patient.phone else "")
        self._show_birth(patient, is_other=is_other)
        self._show_commune(patient, is_other=is_other)
        if is_other:
            self._open(opened=not (patient.birth_name and patient.first_names and patient.birth))
        self._say_identity(patient, now)

    def _show_birth(self, patient: PatientIdentity, *, is_other: bool) -> None:
        held = self._unfinished.held(BIRTH_FORM).get(self._key)
        if is_other and isinstance(held, str):
            self.birth.set_text(held)
            self._birth_left()
        elif is_other or patient.birth != self._birth:
            self.birth.set_text(born_words(patient))
        self._birth = patient.birth
        said = age_said(patient.birth, None, self._day) if patient.birth is not None else ""
        self.birth.set_annotation(said)

    def _show_commune(self, patient: PatientIdentity, *, is_other: bool) -> None:
        held = self._unfinished.held(COMMUNE_FORM).get(self._key)
        if is_other and isinstance(held, str):
            self.commune.set_pending(held)
        elif is_other or patient.commune != self._commune:
            self.commune.set_value(commune_words(patient.commune, self._living))
        self._commune = patient.commune

    def _say_identity(self, patient: PatientIdentity, now: datetime) -> None:
        wrong = not self._is_open and self.identity_row.message.kind is not None
        phone = read_phone(patient.phone).shown if patient.phone else ""
        about = " · ".join(part for part in (identity_words(patient, now), phone) if part)
        self.identity.show_identity(name_words(patient), about, is_open=self._is_open, is_wrong=wrong)

    def say(self, said: Said) -> None:
        """Say what is wrong under each field; a fault in the folded identity stands under its line."""
        if said.errors.keys() & set(_IN_IDENTITY) and not self._is_open:
            self._open(opened=True)
        said.at(self.name, "patient.nom_naissance")
        said.at(self.used_name, "patient.nom_utilise")
        said.at(self.first_names, "patient.prenoms")
        said.at(self.phone, "patient.telephone")
        said.at(self.address, "patient.adresse")
        if self.birth.message.kind is None:
            path = "patient.sexe" if "patient.sexe" in said.errors else "patient.date_naissance"
            said.under(self.birth_row, path)
        else:
            self.birth_row.set_message(None)

    def _toggle(self) -> None:
        self._open(opened=not self._is_open)
        self.typed.emit()
        if self._is_open:
            self.name.setFocus()

    def _open(self, *, opened: bool) -> None:
        self._is_open = opened
        for row in (self.names_row, self.first_row, self.birth_row, self.phone_row):
            row.setVisible(opened)

    # --- typed ------------------------------------------------------------------------------------------

    def applied(self, content: Content) -> Content:
        """The content with what stands in these rows."""
        sex = self.sex.answer
        patient = replace(
            content.patient,
            birth_name=self.name.text().strip(),
            used_name=self.used_name.text().strip(),
            first_names=self.first_names.text().strip(),
            birth=self._birth,
            sex=sex if isinstance(sex, str) else "",
            address=self.address.text().strip(),
            commune=self._commune,
            phone=self.phone.text().strip(),
        )
        return replace(content, patient=patient)

    def _typed(self, what: object = None) -> None:
        self.typed.emit()

    def _name_left(self) -> None:
        """Names are in capitals once they are left, as everywhere in the console."""
        for field in (self.name, self.used_name):
            field.set_text(field.text().upper())
        self.typed.emit()

    def _phone_left(self) -> None:
        read = read_phone(self.phone.text())
        self.phone.set_text(read.shown if self.phone.text().strip() else "")
        self.typed.emit()

    def _birth_typed(self, text: str) -> None:
        self._read_birth(text, complete=False)
        self.typed.emit()

    def _birth_left(self) -> None:
        self._read_birth(self.birth.text(), complete=True)

    def _read_birth(self, text: str, *, complete: bool) -> None:
        """An unreadable date keeps its text, and is no birth date: the prescription has none then."""
        error, born = None, None
        if text.strip():
            try:
                read = read_birth(text, self._day)
                born = read.date
                error = NO_DATE if born is None else None
            except DateRefused as refused:
                error = refused.message if complete or not refused.incomplete else None
        self._birth = born
        self.birth.set_error(ERROR + error if error is not None else None)
        self.birth.set_annotation(age_said(born, None, self._day) if born is not None else "")
        if text.strip() and born is None:
            self._unfinished.hold(BIRTH_FORM, self._key, text)
        else:
            self._unfinished.drop(BIRTH_FORM, self._key)

    def _commune_typed(self, text: str) -> None:
        if self.commune.pending:
            self._unfinished.hold(COMMUNE_FORM, self._key, text)

    def _commune_chosen(self, code: object) -> None:
        self._unfinished.drop(COMMUNE_FORM, self._key)
        self._commune = code if isinstance(code, str) else ""
        self.commune.set_value(commune_words(self._commune, self._living))
        self.typed.emit()

    def _commune_cleared(self) -> None:
        self._commune = ""
        text = self.commune.text().strip()
        if text:
            self._unfinished.hold(COMMUNE_FORM, self._key, text)
            self.address_row.set_message("Choisir la commune dans la liste.", Message.WARNING)
        else:
            self._unfinished.drop(COMMUNE_FORM, self._key)
            self.address_row.set_message(None)
        self.typed.emit()

    def _commune_restored(self) -> None:
        self._unfinished.drop(COMMUNE_FORM, self._key)
        self.address_row.set_message(None)
