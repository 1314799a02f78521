"""The list of slots: one tab stop, arrows inside, nothing that moves by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from osnp_console.app.slots.rows import SlotRow
from osnp_console.ui.slots.list_model import Line, SlotListModel
from osnp_console.ui.slots.row_painting import SlotRowPainting
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.held_list import HeldList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SlotList(HeldList):
    """The rows of a SlotListModel.

    Signals:
        reached(str): the operator went to that slot's row, by an arrow or a click.
        opened(str): Entrée or a double click on it: the detail is wanted.
    """

    reached = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, model: SlotListModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, 26, parent)
        self._lines = model
        self.painting = SlotRowPainting(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self.painting)
        self.setAccessibleName("Créneaux")
        self.setAccessibleDescription("Flèches pour choisir, Entrée pour le détail")

    # --- what the panel asks ----------------------------------------------------------------------------

    def repaint_clocks(self, changed: Callable[[SlotRow], bool]) -> None:
        """Paint again, of the rows on screen that say something else, the part where clocks stand."""
        viewport = self.viewport()
        shown = viewport.rect()
        first = self.indexAt(shown.topLeft()).row()
        for row in range(max(first, 0), len(self._lines.lines)):
            rect = self.visualRect(self._lines.index(row))
            if rect.top() > shown.bottom():
                break
            line = self._lines.line(row)
            if isinstance(line, SlotRow) and changed(line):
                viewport.update(self.painting.clocks_rect(rect))

    # --- Qt ---------------------------------------------------------------------------------------------

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        line = self._lines.line(current.row())
        if not self.is_quiet and isinstance(line, SlotRow):
            self.reached.emit(line.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.go_to(self._lines.selected)
        if not self.currentIndex().isValid():
            first = next((line for line in self._lines.lines if isinstance(line, SlotRow)), None)
            self.go_to(first.id if first is not None else None)
        super().focusInEvent(event)
        key = self.current_key
        if self._lines.selected is None and key and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.reached.emit(key)  # to come here by key is to go to that row

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._at(event)
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        # A click on the row where one already is chooses it as well.
        if is_left and isinstance(line, SlotRow) and self._lines.row_of(line.id) == before:
            self.reached.emit(line.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        line = self._at(event)
        if isinstance(line, SlotRow):
            self.opened.emit(line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        if event.key() in _ENTER and isinstance(line, SlotRow):
            self.opened.emit(line.id)
        elif event.key() == Qt.Key.Key_Space and isinstance(line, SlotRow):
            self.reached.emit(line.id)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_end(last=event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters search nothing here: rows begin with their hour."""

    # --- inside -----------------------------------------------------------------------------------------

    def _to_end(self, *, last: bool) -> None:
        lines = self._lines.lines
        rows = reversed(lines) if last else iter(lines)
        line = next((one for one in rows if isinstance(one, SlotRow)), None)
        if line is not None:
            self.make_current(line.id)
        if not last:
            self.scrollToTop()  # the first section's title stands above its first row

    def _at(self, event: QMouseEvent) -> Line | None:
        index = self.indexAt(event.position().toPoint())
        return self._lines.line(index.row()) if index.isValid() else None
