"""Who books at this desk: four fields of the page Ce poste."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.domain.regulator import email_fault, identifier_fault, read_identifier
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.titles import SectionTitle


class RegulatorFields(QWidget):
    """The person whom the export of an appointment and the proof of regulation name."""

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget) -> None:
        """The regulator as kept."""
        super().__init__(parent)
        self.theme = theme
        self._kept = kept
        regulator = kept.now.regulator
        self.title = SectionTitle(theme, "Qui réserve", parent=self)
        self.name = self._field("Nom de qui réserve", regulator.name)
        self.first_name = self._field("Prénom de qui réserve", regulator.first_name)
        self.email = self._field("Courriel de qui réserve", regulator.email)
        self.email.set_placeholder("prenom.nom@sas44.fr")
        self.identifier = self._field("Identifiant national de qui réserve", regulator.identifier)
        self.identifier.set_placeholder("facultatif\u202f: RPPS ou IDNPS")
        self._rows = {
            "name": FormRow(theme, "Nom", self.name, parent=self),
            "first_name": FormRow(theme, "Prénom", self.first_name, parent=self),
            "email": FormRow(theme, "Courriel", self.email, parent=self),
            "identifier": FormRow(theme, "Identifiant", self.identifier, parent=self),
        }
        self.why = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.why.setText(
            "Écrits sur la preuve de régulation et dans l’export RS-SAS-RDV, "
            "qui demande nom, prénom et courriel."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, 0)
        column.setSpacing(theme.px(6))
        for widget in (self.title, *self._rows.values(), self.why):
            column.addWidget(widget)
        self.name.committed.connect(self._name_typed)
        self.first_name.committed.connect(self._first_name_typed)
        self.email.committed.connect(self._email_typed)
        self.identifier.committed.connect(self._identifier_typed)

    def _field(self, label: str, text: str) -> LineField:
        field = LineField(self.theme, label, optional=True, parent=self)
        field.set_text(text)
        return field

    def _name_typed(self) -> None:
        self._keep("name", name=self.name.text().strip())

    def _first_name_typed(self) -> None:
        self._keep("first_name", first_name=self.first_name.text().strip())

    def _email_typed(self) -> None:
        fault = email_fault(self.email.text())
        self.email.set_error(fault)
        if fault is None:
            self._keep("email", email=self.email.text().strip())

    def _identifier_typed(self) -> None:
        fault = identifier_fault(self.identifier.text())
        self.identifier.set_error(fault)
        if fault is None:
            self.identifier.set_text(read_identifier(self.identifier.text()))
            self._keep("identifier", identifier=self.identifier.text())

    def _keep(self, row: str, **changes: str) -> None:
        preferences = replace(self._kept.now, regulator=replace(self._kept.now.regulator, **changes))
        self._rows[row].set_message(self._kept.keep(preferences))
