"""An import from the choice of its file to its end, on the page that shows it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.import_openings import OpeningsImport
from osnp_console.ui.local_agenda.desk import AgendaDesk
from osnp_console.ui.local_agenda.import_page import ImportPage, import_words
from osnp_console.ui.preferences.files import Files

TABLES = "Tableaux et calendriers (*.csv *.txt *.tsv *.ics)"


class Importing(QObject):
    """Reads the file that is chosen, and adds what it holds once the person has seen it.

    Signals:
        done(str): openings were added; how many, in a sentence.
        given_up(): nothing is added.
    """

    done = Signal(str)
    given_up = Signal()

    def __init__(self, page: ImportPage, desk: AgendaDesk, files: Files, parent: QObject) -> None:
        """`page` shows what a file holds."""
        super().__init__(parent)
        self._page = page
        self._desk = desk
        self._files = files
        self._agenda = ""
        page.file_wanted.connect(self._choose)
        page.save_wanted.connect(self._take)
        page.given_up.connect(self._give_up)

    def begin(self, agenda: str) -> None:
        """What is chosen from now on is for that agenda; a file read before for it stays on screen."""
        if agenda != self._agenda:
            self._agenda = agenda
            self._page.clear()

    def _choose(self) -> None:
        path = self._files.to_read("Ouvertures à importer", TABLES)
        if path:
            self._page.say_reading()
            shown = partial(self._page.show_found, path)
            self._desk.read_file(self._agenda, path, self._page.form, shown, self._not_read)

    def _not_read(self, refusal: Refusal) -> None:
        self._page.clear()
        self._page.say_refusal(refusal, loud=True)

    def _take(self) -> None:
        found = self._page.found
        if found is not None and found.taken:
            refused = partial(self._page.say_refusal, loud=True)
            self._desk.take(self._agenda, found, self._taken, refused)

    def _taken(self, done: OpeningsImport) -> None:
        self._page.clear()
        self.done.emit(import_words(done))

    def _give_up(self) -> None:
        self._page.clear()
        self.given_up.emit()
