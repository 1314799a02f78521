"""Infirmiers: a search line, the directory at the left, one entry's form at the right; tables in and out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from osnp_console.app.prescription.import_nurses import NurseImport
from osnp_console.app.prescription.nurse_directory import search_nurses
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.preferences.directory_page import (
    MOST_ROWS,
    NOT_KEPT_YET,
    READING,
    TABLES,
    DirectoryPage,
)
from osnp_console.ui.preferences.effecteurs.report import ImportReport
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.preferences.ordonnances.acts import NotDone, NurseActs
from osnp_console.ui.preferences.ordonnances.nurse_book import DRAFT as DRAFT_KEY
from osnp_console.ui.preferences.ordonnances.nurse_book import NEW_NURSE, NurseBook
from osnp_console.ui.preferences.ordonnances.nurse_form import NurseForm
from osnp_console.ui.reading.two_lines import TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import Message

EMPTY = "L’annuaire des infirmiers est vide\u202f: en ajouter un, ou importer un tableau."


class NursesPage(DirectoryPage):
    """The heading Infirmiers of Réglages."""

    def __init__(
        self,
        theme: Theme,
        acts: NurseActs,
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The directory is read when the page is shown."""
        search = ("Chercher un infirmier", "nom, cabinet, numéro, téléphone")
        super().__init__(theme, "Infirmiers", files, search, parent)
        self._acts = acts
        self.form: NurseForm = NurseForm(theme, self)
        self.report = ImportReport(theme, self)
        self.book: NurseBook = NurseBook(acts, self.form, unfinished, self)
        self.lay_out()
        self.book.changed.connect(self.say_rows)
        self.book.gone.connect(self._is_gone)
        self.book.kept.connect(self._is_kept)

    def load(self) -> None:
        """Read the directory; only whoever may changes it."""
        may = self._acts.session.may(Act.EDIT_NURSES)
        self.add.setVisible(may)
        self.load_table.setVisible(may)
        self.save_table.setVisible(self._acts.session.may(Act.EXPORT))
        self._acts.load(self._loaded, self._not_loaded)

    def _loaded(self, found: Sequence[Nurse]) -> None:
        may = self._acts.session.may(Act.EDIT_NURSES)
        self.message.set_message(None if may else who_may(Act.EDIT_NURSES), Message.NOTE)
        self.book.take(found)

    def _not_loaded(self, trouble: NotDone) -> None:
        self.say(Message.ERROR, trouble.sentence, "Réessayer")

    # --- the list ---------------------------------------------------------------------------------------

    def say_rows(self) -> None:
        """Say the rows anew: the draft, and what the search line finds."""
        entries = self.book.entries
        found = search_nurses(entries.values(), self.search.text())
        rows = [TwoLines(DRAFT_KEY, NEW_NURSE, second=NOT_KEPT_YET)] if self.book.has_draft else []
        rows += [_row(one) for one in found[:MOST_ROWS]]
        if tuple(rows) != tuple(self.list.rows):
            self.list.set_rows(rows)
        self.say_count(len(found), len(entries))
        if not rows and not self.search.text() and self.message.kind is None:
            self.say(Message.NOTE, EMPTY)
        elif self.message.words == EMPTY and rows:
            self.message.set_message(None)

    def _is_gone(self) -> None:
        self.show_nothing()
        if self.isVisible():
            self.back_to_list()

    def _is_kept(self, key: str) -> None:
        self.say_rows()
        self.list.choose(key)

    # --- tables -----------------------------------------------------------------------------------------

    def choose_table(self) -> None:
        """Have a table chosen and read."""
        path = self._files.to_read("Tableau d’infirmiers", TABLES)
        if path:
            self.say(Message.NOTE, READING)
            self._acts.read_table(path, partial(self._show_table, path), self._not_read)

    def _not_read(self, trouble: NotDone) -> None:
        self.say(Message.ERROR, trouble.sentence)

    def _show_table(self, path: str, found: NurseImport) -> None:
        self.show_report(path, found, "infirmier")

    def take(self) -> None:
        """Keep what the report says can be taken."""
        if self._import is not None:
            self._acts.take(self._import.entries, self._taken)

    def _taken(self, trouble: NotDone | None) -> None:
        if trouble is not None:
            self.report.say_trouble(trouble.sentence)
            return
        self.leave_report()
        self.load()

    def choose_target(self) -> None:
        """Have a file chosen, and write the directory to it."""
        path = self._files.to_write("Exporter les infirmiers", "infirmiers.csv", TABLES)
        if path:
            self._acts.write_table(path, self._written)

    def _written(self, trouble: NotDone | None) -> None:
        if trouble is not None:
            self.say(Message.ERROR, trouble.sentence)
        else:
            self.say(Message.NOTE, f"{len(self.book.entries)} infirmiers écrits dans le tableau.")


def _row(one: Nurse) -> TwoLines:
    phone = read_phone(one.phone).shown if one.phone else "sans téléphone"
    mail = "" if one.mail else "sans adresse MSSanté"
    return TwoLines(
        one.id,
        one.name,
        kind=one.practice,
        second=" · ".join(part for part in (phone, mail) if part),
    )
