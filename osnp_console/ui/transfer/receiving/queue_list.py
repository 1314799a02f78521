"""The list of the queue: one tab stop, arrows inside, nothing that moves under the eye."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from osnp_console.app.transfer.queue_rows import QueueRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.queue_model import FOLD, Fold, Line, QueueModel, key_of
from osnp_console.ui.transfer.receiving.queue_painting import QueuePainting, ticks
from osnp_console.ui.widgets.held_list import HeldList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueList(HeldList):
    """The lines of a QueueModel.

    Signals:
        reached(str): the operator went to that transfer's row, by an arrow or a click.
        opened(str): Entrée or a double click on it.
        fold_wanted(bool): the rows of what is over are to be shown, or hidden.
    """

    reached = Signal(str)
    opened = Signal(str)
    fold_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._lines = QueueModel()
        super().__init__(theme, self._lines, 26, parent)
        self._lines.setParent(self)
        self.painting = QueuePainting(theme, self._lines, self)
        self.setModel(self._lines)
        self.setItemDelegate(self.painting)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Transferts")

    @property
    def lines(self) -> QueueModel:
        """What is shown."""
        return self._lines

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """The rows shown, from the top."""
        return tuple(one for one in self._lines.lines if isinstance(one, QueueRow))

    def show_lines(self, lines: tuple[Line, ...], now: datetime, keep: str | None) -> None:
        """Show the queue as it is now; the line `keep` stays at its height on screen."""
        self._lines.now = now
        if self._lines.has_same_places(lines):
            self._lines.repaint(lines)
        else:
            self.rearrange(lambda: self._lines.show(lines), keep)

    def tick(self, now: datetime) -> None:
        """A second has passed: only clocks are painted again."""
        self._lines.now = now
        if not self.isVisible():
            return
        viewport = self.viewport()
        for row, line in enumerate(self._lines.lines):
            if ticks(line):
                rect = self.visualRect(self._lines.index(row))
                counts = isinstance(line, QueueRow) and line.third_since is not None
                viewport.update(rect if counts else self.painting.clock_rect(rect))

    # --- Qt ---------------------------------------------------------------------------------------------

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        line = self._lines.line(current.row())
        if not self.is_quiet and isinstance(line, QueueRow):
            self.reached.emit(line.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self._lines.line(self.indexAt(event.position().toPoint()).row()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        if isinstance(line, Fold):
            self._open(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        key = event.key()
        if key in _ENTER:
            self._open(line)
        elif isinstance(line, Fold) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_wanted.emit(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_end(last=key == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters search nothing here: rows begin with their clock."""

    def _open(self, line: Line | None) -> None:
        if isinstance(line, QueueRow):
            self.opened.emit(line.id)
        elif isinstance(line, Fold):
            self.fold_wanted.emit(not line.is_open)

    def _to_end(self, *, last: bool) -> None:
        stops = [key_of(one) for one in self._lines.lines if isinstance(one, QueueRow | Fold)]
        if stops:
            self.make_current(stops[-1] if last else stops[0])
        if not last:
            self.scrollToTop()

    @property
    def is_on_fold(self) -> bool:
        """Whether the operator is on the line of what is over."""
        return self.current_key == FOLD
