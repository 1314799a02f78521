"""The form of one nurse, applied field by field on leaving each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.sources.agendas import SourceField
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, TextRow
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.message_line import Message, MessageLine

FIELDS = (
    SourceField("nom", "Nom", required=True, hint="Odile HUBERT"),
    SourceField("numero", "RPPS ou ADELI", hint="onze chiffres, ou neuf caractères"),
    SourceField("cabinet", "Cabinet", hint="Cabinet des Lilas"),
    SourceField("telephone", "Téléphone"),
    SourceField("courriel", "Adresse MSSanté", hint="prenom.nom@cabinet.mssante.fr"),
    SourceField("commune", "Commune", hint="Le Mans (72), ou son code"),
    SourceField("communes", "Se déplace à", hint="Le Mans (72), Allonnes (72)"),
    SourceField("horaires", "Répond", hint="Mo-Fr 08:00-19:00"),
)


class NurseForm(Page):
    """Fields of one entry; the same form shows one entry after the other.

    Signals:
        edited(): the person settled a field.
        typing(): what is typed has changed and is not settled.
        remove_wanted(): the entry is to be removed; asked for twice.
    """

    edited = Signal()
    typing = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Infirmier", parent)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self.section.set_note(FOR_ALL)
        self.state = MessageLine(theme, self.sheet)
        self.add(self.state)
        self.rows = {field.name: TextRow(theme, field, parent=self.sheet) for field in FIELDS}
        self.add(*self.rows.values())
        self.remove = AskedInPlace(theme, "Retirer cet infirmier…", "Retirer", "Garder", self.sheet)
        self._remove_row = FormRow(theme, "", self.remove, label_width=LABEL_WIDTH, parent=self.sheet)
        self.add(self._remove_row)
        self.explain("Heures au format OpenStreetMap\u202f: Mo-Fr 08:00-19:00; Sa 08:00-12:00.")
        self.end()
        for row in self.rows.values():
            row.changed.connect(self._row_changed)
            row.typing.connect(self.typing)
        self.remove.confirmed.connect(self.remove_wanted)

    @property
    def fields(self) -> dict[str, str]:
        """What is typed, by field; nothing where nothing is typed."""
        return {name: str(row.value) for name, row in self.rows.items() if row.value is not None}

    def show_fields(self, fields: Mapping[str, str]) -> None:
        """Show an entry."""
        for name, row in self.rows.items():
            row.show_value(fields.get(name, ""))

    def set_subject(self, name: str, *, is_draft: bool, may: bool) -> None:
        """Whose form it is; only whoever may changes it."""
        self.section.set_title(name)
        for row in self.rows.values():
            row.line.setEnabled(may)
        self._remove_row.setVisible(may)
        if is_draft:
            self.remove.set_words("Abandonner…", "Abandonner", "Continuer")
            self.remove.set_question("Rien n’est enregistré. Abandonner ce qui est tapé\u202f?")
        else:
            self.remove.set_words("Retirer cet infirmier…", "Retirer", "Garder")
            self.remove.set_question(f"Retirer «\u202f{name}\u202f» de l’annuaire des infirmiers\u202f?")

    def say(
        self,
        faults: Mapping[str, str],
        remarks: Mapping[str, str],
        state: str = "",
        kind: Message = Message.NOTE,
    ) -> None:
        """Each sentence under its field, and one on the whole at the head; empty: none."""
        for name, row in self.rows.items():
            row.say(faults.get(name), remarks.get(name))
        self.state.set_message(state or None, kind)

    def _row_changed(self, name: str) -> None:
        self.edited.emit()
