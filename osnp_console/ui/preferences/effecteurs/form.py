"""The form of one effecteur, applied field by field on leaving each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.ui.preferences.dispositif_choices import DispositifsRow
from osnp_console.ui.preferences.draft import Declaration
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, SourceRow, TextRow
from osnp_console.ui.preferences.many_choices import ManyChoices
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

FOR_ALL = "pour tous les postes"
WHO = (
    SourceField("identifiant", "RPPS, SIRET ou FINESS", required=True, hint="11, 14 ou 9 caractères"),
    SourceField("nom", "Nom", required=True, hint="Dr Camille Inventé"),
    SourceField("profession", "Profession", hint="médecin généraliste"),
    SourceField("telephone", "Téléphone direct", hint="numéro du poste, pas celui du cabinet"),
)
WHERE = (
    SourceField("lieu", "Nom du lieu"),
    SourceField("adresse", "Adresse"),
    SourceField("code_postal", "Code postal"),
    SourceField("commune", "Commune"),
    SourceField("telephone_lieu", "Téléphone du lieu"),
    SourceField("structure", "Numéro de la structure", hint="FINESS, SIRET ou RPPS rang"),
    SourceField("latitude", "Latitude", hint="47.6512"),
    SourceField("longitude", "Longitude", hint="-2.0847"),
)
NOTE = SourceField("note", "Note")


class SourcesRow(SourceRow):
    """In which declared agendas to look for the effecteur."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.choices = ManyChoices(
            theme, "Agendas où chercher cet effecteur", (), parent, none_chosen="Aucun choisi."
        )
        super().__init__(
            theme, SourceField("sources", "Agendas", FieldKind.LIST), self.choices, parent=parent
        )
        self._names: dict[str, str] = {}
        self.choices.changed.connect(self._changed)

    def set_sources(self, sources: Sequence[AgendaSource]) -> None:
        """The agendas to choose among."""
        self._names = {one.id: f"{one.name} · {one.id}" for one in sources}
        self.choices.set_names(self._names.values())

    @property
    def value(self) -> object:
        ids = {name: key for key, name in self._names.items()}
        return ",".join(ids.get(name, name) for name in self.choices.chosen) or None

    def show_value(self, value: object) -> None:
        chosen = [one for one in str(value or "").split(",") if one]
        self.choices.set_chosen([self._names.get(one, one) for one in chosen])


class DirectoryDispositifsRow(DispositifsRow):
    """The dispositifs an effecteur takes part in, written with commas as the directory's tables do."""

    @property
    def value(self) -> object:
        return ",".join(self.choices.chosen) or None

    def show_value(self, value: object) -> None:
        self.choices.set_chosen([one for one in str(value or "").split(",") if one])


class EffecteurForm(Page):
    """Fields of one entry; the same form shows one entry after the other.

    Signals:
        edited(): the person settled a field.
        typing(): what is typed has changed and is not settled.
        remove_wanted(): the entry is to be removed; asked for twice.
    """

    edited = Signal()
    typing = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        """An empty form; `names` are the dispositifs' by id."""
        super().__init__(theme, "Effecteur", parent)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self.section.set_note(FOR_ALL)
        self.rows: dict[str, SourceRow] = {}
        self.state = MessageLine(theme, self.sheet)
        self.add(self.state)
        for field in WHO:
            self._put(TextRow(theme, field, parent=self.sheet))
        self._put(DirectoryDispositifsRow(theme, names, "Dispositifs auxquels il prend part", self.sheet))
        self.sources = SourcesRow(theme, self.sheet)
        self._put(self.sources)
        self.place = SectionTitle(theme, "Lieu", parent=self.sheet)
        self.add(self.place)
        for field in (*WHERE, NOTE):
            self._put(TextRow(theme, field, parent=self.sheet))
        self.remove = AskedInPlace(theme, "Retirer cet effecteur…", "Retirer", "Garder", self.sheet)
        self.remove.confirmed.connect(self.remove_wanted)
        self.add(FormRow(theme, "", self.remove, label_width=LABEL_WIDTH, parent=self.sheet))
        self.end()

    def _put(self, row: SourceRow) -> None:
        self.rows[row.field.name] = row
        self.add(row)
        row.changed.connect(self._row_changed)
        row.typing.connect(self.typing)

    @property
    def fields(self) -> Declaration:
        """What is typed, by field; nothing where nothing is typed."""
        return {name: row.value for name, row in self.rows.items() if row.value is not None}

    def show_fields(self, fields: Mapping[str, object], keep: Collection[str] = ()) -> None:
        """Show an entry; the fields in `keep` keep what was typed."""
        for name, row in self.rows.items():
            if name not in keep:
                row.show_value(fields.get(name))

    def say(self, faults: Mapping[str, str], state: str, kind: Message = Message.NOTE) -> None:
        """Each sentence under its field, and one on the whole at the head; empty: none."""
        for name, row in self.rows.items():
            row.say(faults.get(name))
        self.state.set_message(state, kind)

    def set_subject(self, name: str, *, is_draft: bool) -> None:
        """Whose form it is; a draft is given up, an entry removed."""
        self.section.set_title(name)
        if is_draft:
            self.remove.set_words("Abandonner…", "Abandonner", "Continuer")
            self.remove.set_question("Rien n’est enregistré. Abandonner ce qui est tapé\u202f?")
        else:
            self.remove.set_words("Retirer cet effecteur…", "Retirer", "Garder")
            self.remove.set_question(f"Retirer «\u202f{name}\u202f» de l’annuaire du site\u202f?")

    def _row_changed(self, path: str) -> None:
        self.edited.emit()
