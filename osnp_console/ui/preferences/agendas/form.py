"""The form of one agenda, made of what its connector asks for; applied field by field, on leaving each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.sources.agendas import Connector, FieldKind, SourceField
from osnp_console.app.sources.declare import value_at
from osnp_console.app.sources.words import Standing
from osnp_console.ui.preferences.agendas.state_line import StateLine
from osnp_console.ui.preferences.dispositif_choices import DISPOSITIFS, DispositifsRow
from osnp_console.ui.preferences.draft import Declaration, with_value
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, SecretRow, SourceRow, TextRow, make_row
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel

FOR_ALL = "pour tous les postes"
NAME = SourceField("nom", "Nom", required=True)
PRACTITIONERS = SourceField("effecteurs", "Praticiens", FieldKind.LIST, hint="RPPS, un par ligne")
STRUCTURES = SourceField("structures", "Structures", FieldKind.LIST, hint="SIRET ou FINESS, un par ligne")


class SourceForm(Page):
    """Fields of one declaration.

    Signals:
        edited(): the person settled a field.
        typing(): what is typed has changed and is not settled.
        try_wanted(), remove_wanted(): the buttons of those names; removing was asked for twice.
        secret_typed(str, str), secret_dropped(str): see SecretRow.
    """

    edited = Signal()
    typing = Signal()
    try_wanted = Signal()
    remove_wanted = Signal()
    secret_typed = Signal(str, str)
    secret_dropped = Signal(str)

    def __init__(
        self,
        theme: Theme,
        connector: Connector,
        declaration: Declaration,
        names: Mapping[str, str],
        choose: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """The form of a declaration; `names` are the dispositifs', `choose` asks for a file."""
        super().__init__(theme, connector.title, parent)
        self._base = declaration
        self.section.set_note(FOR_ALL)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self.rows: dict[str, SourceRow] = {}
        self.state = StateLine(theme, self.sheet)
        self._state_row = FormRow(theme, "État", self.state, label_width=LABEL_WIDTH, parent=self.sheet)
        self.attempt = ActionButton(theme, "Essayer", height=28, parent=self.sheet)
        self.attempt.setVisible(connector.looks_itself)
        self._put(TextRow(theme, NAME, parent=self.sheet))
        self._put_fields(connector, choose)
        self._put_common(names)
        self.remove = AskedInPlace(theme, "Retirer cet agenda…", "Retirer", "Garder", self.sheet)
        self.add(FormRow(theme, "", self.remove, label_width=LABEL_WIDTH, parent=self.sheet))
        self.note = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self.sheet)
        self.add(self.note)
        self.end()
        self.show_declaration(declaration)
        self.attempt.clicked.connect(self.try_wanted)
        self.remove.confirmed.connect(self.remove_wanted)

    def _put(self, row: SourceRow) -> None:
        self.rows[row.field.name] = row
        self.add(row)
        row.changed.connect(self._row_changed)
        row.typing.connect(self.typing)
        if isinstance(row, SecretRow):
            row.typed.connect(self.secret_typed)
            row.dropped.connect(self.secret_dropped)

    def _put_fields(self, connector: Connector, choose: Callable[[str], str]) -> None:
        """The connector's own fields; the state and its button stand by the address."""
        has_address = any(one.name == "url" for one in connector.fields)
        if not has_address:
            self._put_state(alone=True)
        for field in connector.fields:
            if field.name in (NAME.name, DISPOSITIFS):
                continue
            if field.name == "url" and field.kind is FieldKind.URL:
                self._put(TextRow(self.theme, field, self.attempt, parent=self.sheet))
                self._put_state(alone=False)
            else:
                self._put(make_row(self.theme, field, choose, self.sheet))
                if field.name == "url":
                    self._put_state(alone=True)

    def _put_state(self, *, alone: bool) -> None:
        self.add(self._state_row)
        if alone:
            holder = QWidget(self.sheet)
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(self.attempt)
            row.addStretch(1)
            self.add(FormRow(self.theme, "", holder, label_width=LABEL_WIDTH, parent=self.sheet))
            # A widget moved to another parent is hidden until it is told again.
            holder.setVisible(not self.attempt.isHidden())

    def _put_common(self, names: Mapping[str, str]) -> None:
        for field in (PRACTITIONERS, STRUCTURES):
            # A connector that asks by number has its own field; numbers it does not use show all the same.
            if value_at(self._base, field.name) and field.name not in self.rows:
                self._put(make_row(self.theme, field, lambda _title: "", self.sheet))
        self._put(DispositifsRow(self.theme, names, "Dispositifs de cet agenda", self.sheet))

    # --- the declaration --------------------------------------------------------------------------------

    @property
    def declaration(self) -> Declaration:
        """What the form says now; fields that it does not show stay as they were."""
        typed = self._base
        for path, row in self.rows.items():
            if not isinstance(row, SecretRow):
                typed = with_value(typed, path, row.value)
        return typed

    @property
    def secrets(self) -> dict[str, SecretRow]:
        """The rows of secrets by name."""
        return {name: row for name, row in self.rows.items() if isinstance(row, SecretRow)}

    def show_declaration(self, declaration: Declaration, keep: Collection[str] = ()) -> None:
        """Show a declaration; the fields of the paths in `keep` keep what was typed."""
        self._base = declaration
        for path, row in self.rows.items():
            if path not in keep:
                row.show_value(value_at(declaration, path))

    def show_typed(self, declaration: Declaration) -> None:
        """Show what was typed before and could not be kept."""
        for path, row in self.rows.items():
            row.show_value(value_at(declaration, path))

    def say_faults(self, faults: Mapping[str, str], remarks: Mapping[str, str]) -> None:
        """Each sentence under its field; a field that the form does not show has its own at the end."""
        for path, row in self.rows.items():
            if not isinstance(row, SecretRow):
                row.say(faults.get(path), remarks.get(path))
        elsewhere = [sentence for path, sentence in faults.items() if path not in self.rows]
        self.note.setText(" ".join(elsewhere))
        self.note.setVisible(bool(elsewhere))

    # --- what stands around the fields ------------------------------------------------------------------

    def say_state(self, standing: Standing, words: str, time: str, details: str) -> None:
        """How the source stands."""
        self.state.say(standing, words, time, details)

    def set_subject(self, name: str, *, is_draft: bool) -> None:
        """Whose form it is; a draft is given up, a declared agenda taken away."""
        self.setAccessibleName(name)
        if is_draft:
            self.remove.set_words("Abandonner cet agenda…", "Abandonner", "Continuer")
            self.remove.set_question("Rien n’est enregistré. Abandonner ce qui est tapé\u202f?")
        else:
            self.remove.set_words("Retirer cet agenda…", "Retirer", "Garder")
            self.remove.set_question(
                f"Retirer «\u202f{name}\u202f» de tous les postes\u202f? "
                "Ses secrets sont effacés de ce poste\u202f; "
                "les rendez-vous déjà pris restent dans les appels."
            )

    def show_secrets(self, kept: frozenset[str]) -> None:
        """Which secrets the keyring has."""
        for name, row in self.secrets.items():
            row.show_kept(name in kept)

    def _row_changed(self, path: str) -> None:
        self.edited.emit()
