"""What is read in the workspace Ordonnances, told to the journal: the list, and each that is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from osnp_console.app.calls.person_search import PersonSearch
from osnp_console.app.prescription.journal import listed_entry, read_entry
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.searches_told import SettledSearches

LISTED = "ordonnances"


class ToldReadings(QObject):
    """One for the window. `log` takes a line that is written as soon as the store answers."""

    def __init__(
        self,
        log: Callable[[JournalEntry], None],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        """`desk` gives the code of this desk."""
        super().__init__(parent)
        self._log, self._desk, self._clock = log, desk, clock
        self._open = ""
        self._lists = SettledSearches(self, self)

    def opened(self, prescription: Prescription) -> None:
        """It is on screen; told once, until it is closed. One that was begun just now was not read."""
        if prescription.version and prescription.id != self._open:
            self._log(read_entry(prescription, self._desk(), self._clock()))
        self._open = prescription.id

    def closed(self) -> None:
        """None is on screen any more."""
        self._open = ""

    @Slot(object)
    def somebody_came(self, session: object) -> None:
        """What stays on screen is read by somebody else from now on."""
        self._open = ""

    def list_shown(self, count: int) -> None:
        """The list is on screen, with that many."""
        self._lists.show(PersonSearch(LISTED, (), count, LISTED))

    def list_left(self) -> None:
        """It goes from the screen."""
        self._lists.leave()

    def searched(self, search: PersonSearch) -> None:
        """The list stayed on screen, was used or left (`SettledSearches`)."""
        self._log(listed_entry(search.records, self._desk(), self._clock()))
