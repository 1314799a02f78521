"""Pages that read the base when they are shown, and again when another desk changed what they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from osnp_console.app.base.live import Change, Subject
from osnp_console.ui.burst import Burst
from osnp_console.ui.live import Live

REST_MS = 200
"""They are read again at the first change, then not more often than that (ours, as for the calls)."""


@dataclass(frozen=True, slots=True)
class _Page:
    widget: QWidget
    read: Callable[[], None]
    subjects: frozenset[Subject]


class ShownPages(QObject):
    """Tells each page on screen to read again; one that is not on screen reads when it is shown."""

    def __init__(self, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: list[_Page] = []
        self._told: set[Subject] = set()
        self._burst = Burst(REST_MS, self)
        self._burst.due.connect(self._read)
        live.changed.connect(self._changed)
        live.linked.connect(self._linked)

    def add(self, widget: QWidget, read: Callable[[], None], *subjects: Subject) -> None:
        """Let `read` be called when one of these changed elsewhere while `widget` is on screen.

        It must leave what is being typed in the page where it is.
        """
        self._pages.append(_Page(widget, read, frozenset(subjects)))

    @Slot(object)
    def _changed(self, change: Change) -> None:
        self._told.add(change.subject)
        self._burst.tell()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        """Nobody told what happened meanwhile."""
        if was_alone:
            self._told.update(Subject)
            self._burst.tell()

    @Slot()
    def _read(self) -> None:
        told, self._told = self._told, set()
        self._pages = [page for page in self._pages if isValid(page.widget)]
        for page in self._pages:
            if page.subjects & told and page.widget.isVisible():
                page.read()
