"""Effecteurs: a search line, the directory at the left, one entry's form at the right; tables in and out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from osnp_console.app.effecteurs.directory import search_effecteurs
from osnp_console.app.effecteurs.import_csv import EffecteurImport
from osnp_console.domain.effecteur import Effecteur
from osnp_console.ui.preferences.directory_page import (
    MOST_ROWS,
    NOT_KEPT_YET,
    READING,
    TABLES,
    DirectoryPage,
)
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs, DirectoryList
from osnp_console.ui.preferences.effecteurs.book import DirectoryBook
from osnp_console.ui.preferences.effecteurs.form import EffecteurForm
from osnp_console.ui.preferences.effecteurs.look_up import LookUpPanel
from osnp_console.ui.preferences.effecteurs.report import ImportReport
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.reading.two_lines import TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import Message

EMPTY = "L’annuaire du site est vide\u202f: ajouter un effecteur, ou importer un tableau."


class EffecteursPage(DirectoryPage):
    """The heading Effecteurs of Réglages."""

    def __init__(
        self,
        theme: Theme,
        acts: DirectoryActs,
        names: Mapping[str, str],
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The directory is read when the page is shown; `names` are the dispositifs' by id."""
        search = ("Chercher un effecteur", "nom, commune, numéro, téléphone, CPTS")
        super().__init__(theme, "Effecteurs", files, search, parent)
        self._acts = acts
        self.look_up = ActionButton(theme, "Annuaire Santé…", height=28, parent=self)
        self.form: EffecteurForm = EffecteurForm(theme, names, self)
        self.report = ImportReport(theme, self)
        self.national = LookUpPanel(theme, acts, self)
        self.book: DirectoryBook = DirectoryBook(acts, self.form, unfinished, self)
        self.lay_out((self.national,), (self.look_up,))
        self.look_up.clicked.connect(self._open_look_up)
        self.national.chosen.connect(self._add_found)
        self.national.given_up.connect(self.leave_report)
        self.book.changed.connect(self.say_rows)
        self.book.gone.connect(self._is_gone)
        self.book.renamed.connect(self._is_renamed)

    def load(self) -> None:
        """Read the directory."""
        self._acts.load(self._loaded, partial(self.say, Message.ERROR, action="Réessayer"))

    def _loaded(self, found: DirectoryList) -> None:
        self.message.set_message(None)
        self.book.take(found)

    # --- the list ---------------------------------------------------------------------------------------

    def say_rows(self) -> None:
        """Say the rows anew: the drafts, and what the search line finds."""
        found = search_effecteurs(self.book.entries.values(), self.search.text())
        drafts = [TwoLines(key, name, second=NOT_KEPT_YET) for key, name in self.book.drafts.items()]
        self.list.set_rows([*drafts, *(_row(one) for one in found[:MOST_ROWS])])
        count = len(self.book.entries)
        self.say_count(len(found), count)
        if not count and not drafts:
            self.say(Message.NOTE, EMPTY)
        elif self.message.kind is Message.NOTE and self.message.words == EMPTY:
            self.message.set_message(None)

    def _is_gone(self, key: str) -> None:
        self.show_nothing()
        self.back_to_list()

    def _is_renamed(self, before: str, now: str) -> None:
        self.say_rows()
        if self.list.current_key is None and self.book.key == now:
            self.list.choose(now)

    # --- the Annuaire Santé -----------------------------------------------------------------------------

    def _open_look_up(self) -> None:
        self.show_page(self.national)
        self.national.open(tuple(self.book.entries))

    def _add_found(self, found: object) -> None:
        """Somebody found: shown where the directory has them, else added and their form opened."""
        assert isinstance(found, Effecteur)
        if found.id not in self.book.entries:
            self._acts.keep(found, None, partial(self._found_kept, found))
        else:
            self._show_found(found.id)

    def _found_kept(self, found: Effecteur, trouble: str | None) -> None:
        if trouble is not None:
            self.national.outcome.set_message(trouble, Message.ERROR)
            return
        self.book.entries[found.id] = found
        self.search.set_text("")
        self._show_found(found.id)

    def _show_found(self, number: str) -> None:
        self.say_rows()
        self.list.choose(number)
        self.open_entry(number)

    # --- tables -----------------------------------------------------------------------------------------

    def choose_table(self) -> None:
        """Have a table chosen and read."""
        path = self._files.to_read("Tableau d’effecteurs", TABLES)
        if path:
            self.say(Message.NOTE, READING)
            self._acts.read_table(path, partial(self._show_table, path), partial(self.say, Message.ERROR))

    def _show_table(self, path: str, found: EffecteurImport) -> None:
        self.show_report(path, found, "effecteur")

    def take(self) -> None:
        """Keep what the report says can be taken."""
        if self._import is not None:
            self._acts.take(self._import.entries, self._taken)

    def _taken(self, trouble: str | None) -> None:
        if trouble is not None:
            self.report.say_trouble(trouble)
            return
        count = len(self._import.entries) if self._import is not None else 0
        self.leave_report()
        self.load()
        self.say(Message.NOTE, f"{count} effecteurs enregistrés." if count > 1 else "1 effecteur enregistré.")

    def choose_target(self) -> None:
        """Have a file chosen, and write the directory to it."""
        path = self._files.to_write("Exporter l’annuaire", "effecteurs.csv", TABLES)
        if path:
            self._acts.write_table(path, self._written)

    def _written(self, trouble: str | None) -> None:
        if trouble is not None:
            self.say(Message.ERROR, trouble)
        else:
            self.say(Message.NOTE, f"{len(self.book.entries)} effecteurs écrits dans le tableau.")


def _row(one: Effecteur) -> TwoLines:
    said = [one.place.city or one.place.name or "", *_counts(one)]
    return TwoLines(
        one.id,
        one.name,
        kind=one.profession or "",
        second=" · ".join(part for part in said if part),
        aside=one.id,
    )


def _counts(one: Effecteur) -> list[str]:
    dispositifs, sources = len(one.dispositifs), len(one.sources)
    return [
        f"{dispositifs} dispositif{'s' if dispositifs > 1 else ''}" if dispositifs else "aucun dispositif",
        f"{sources} agenda{'s' if sources > 1 else ''}" if sources else "aucun agenda",
    ]
