"""Sees to it that a search of persons is journaled once it rests, is used or is left."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from osnp_console.app.calls.person_search import PersonSearch, SearchesTold

SETTLED_MS = 2_000
"""How long a search stays on screen before it counts as one; walking through letters is none."""


class Told(Protocol):
    """Who puts it into the journal (`DeskCalls`)."""

    def searched(self, search: PersonSearch) -> None:
        """Persons were shown at this desk."""


class SettledSearches(QObject):
    """The searches of one place of the window."""

    def __init__(self, told: Told, parent: QObject | None = None, *, rest_ms: int = SETTLED_MS) -> None:
        super().__init__(parent)
        self._told = SearchesTold(told.searched)
        self._rest = QTimer(self, singleShot=True, interval=rest_ms)
        self._rest.timeout.connect(self.use)

    def show(self, search: PersonSearch) -> None:
        """A search has its answer on screen."""
        if self._told.show(search):
            self._rest.start()
        elif not self._told.is_waiting:
            self._rest.stop()

    @Slot()
    def use(self) -> None:
        """Something is done with what was found, or it rested."""
        self._rest.stop()
        self._told.settle()

    def leave(self) -> None:
        """What was found goes from the screen."""
        self._rest.stop()
        self._told.leave()
