"""Rows that open and close without moving anything above the place where one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget


class Rows(QObject):
    """The rows of the form from top to bottom, each under a name.

    A row opens or closes at once when it stands below the one that has the focus, or when none has; above it,
    it waits until the focus is higher. A sentence (`free`) waits only until the focus moves.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, QWidget]],
        free: frozenset[str] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = list(rows)
        self._place = {name: place for place, (name, _) in enumerate(rows)}
        self._free = free
        self._waiting: dict[str, bool] = {}

    def is_open(self, name: str) -> bool:
        """Whether a row is seen, or would be if the form were."""
        return not self._widget(name).isHidden()

    def wish(self, name: str, opened: bool) -> None:
        """Open or close a row as soon as it disturbs nobody."""
        self._waiting.pop(name, None)
        if opened != self.is_open(name):
            if self._may_move(name, self._focused_place()):
                self._widget(name).setVisible(opened)
            else:
                self._waiting[name] = opened

    def open_now(self, name: str) -> None:
        """Open a row whatever has the focus: the person asked to go there."""
        self._waiting.pop(name, None)
        self._widget(name).show()

    def settle(self) -> None:
        """Open and close all that waits: the form shows something else."""
        waiting, self._waiting = self._waiting, {}
        for name, opened in waiting.items():
            self._widget(name).setVisible(opened)

    def focus_moved(self) -> None:
        """The focus went to another row: what waited for that may move."""
        place = self._focused_place()
        for name, opened in list(self._waiting.items()):
            if name in self._free or self._may_move(name, place):
                del self._waiting[name]
                self._widget(name).setVisible(opened)

    def _widget(self, name: str) -> QWidget:
        return self._rows[self._place[name]][1]

    def _may_move(self, name: str, focused: int | None) -> bool:
        return focused is None or self._place[name] > focused

    def _focused_place(self) -> int | None:
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next(
            (
                place
                for place, (_, row) in enumerate(self._rows)
                if row is focused or row.isAncestorOf(focused)
            ),
            None,
        )
