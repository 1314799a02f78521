"""The list of the checklist: one tab stop, arrows inside, nothing that moves by itself."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.app.checklist.arrangement import DispositifEntry, Group, TerritoryEntry
from osnp_console.app.checklist.fold import Fold, Heading, Line
from osnp_console.domain.call_sheet import Answer
from osnp_console.ui.checklist.list_model import ChecklistModel
from osnp_console.ui.checklist.row_painting import RowPainting
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.held_list import HeldList

_ANSWERS: dict[int, Answer] = {Qt.Key.Key_O: True, Qt.Key.Key_N: False, Qt.Key.Key_Backspace: None}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChecklistList(HeldList):
    """The rows of a ChecklistModel.

    Signals:
        chosen(str): the operator went to that dispositif's or CPTS's row.
        opened(str): Entrée or a double click on it: the detail is wanted.
        fold_wanted(object, bool): a Heading or Fold, and whether to fold it.
        territory_answered(str, object): a CPTS's fact, and True, False or None (back to not known).
        refresh_wanted(): the operator wants the order that waits now.
    """

    chosen = Signal(str)
    opened = Signal(str)
    fold_wanted = Signal(object, bool)
    territory_answered = Signal(str, object)
    refresh_wanted = Signal()

    def __init__(self, theme: Theme, model: ChecklistModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, 22, parent)
        self._lines = model
        self._typed = ""
        self._since_typed = QElapsedTimer()
        self.painting = RowPainting(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self.painting)
        self.setAccessibleName("Dispositifs")
        self.setAccessibleDescription("Flèches gauche et droite pour replier et déplier un groupe")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    # --- Qt ---------------------------------------------------------------------------------------------

    def dataChanged(
        self,
        top_left: QModelIndex | QPersistentModelIndex,
        bottom_right: QModelIndex | QPersistentModelIndex,
        roles: object = (),
    ) -> None:
        # QListView would lay all rows out again, yet their heights never change here: only repaint.
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        line = self._lines.line(current.row())
        if not self.is_quiet and isinstance(line, DispositifEntry | TerritoryEntry):
            self.chosen.emit(line.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.go_to(self._lines.selected)
        if not self.currentIndex().isValid() and self._lines.lines:
            self.go_to(self._lines.lines[0].key)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        line = self._lines.line(index.row()) if index.isValid() else None
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or line is None:
            return
        match line:
            case Heading():
                stale = line.group in self._lines.stale
                if stale and point.x() > self.viewport().width() // 2:
                    self.refresh_wanted.emit()
                else:
                    self.fold_wanted.emit(line, not line.folded)
            case Fold():
                self.fold_wanted.emit(line, line.opened)
            case DispositifEntry():
                self.chosen.emit(line.key)  # also the row that the program had selected
            case TerritoryEntry():
                self.chosen.emit(line.key)
                answer = self.painting.buttons.at(self.visualRect(index), point)
                if answer is not None:
                    self.territory_answered.emit(line.fact, answer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        if isinstance(line, DispositifEntry):
            self.opened.emit(line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        if line is None or not self._key(event.key(), line):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """First letters of a CPTS, without regard to accents; the search goes on from the current row."""
        slow = (
            self._since_typed.isValid() and self._since_typed.elapsed() > QApplication.keyboardInputInterval()
        )
        self._typed = _plain(search) if slow or not self._typed else self._typed + _plain(search)
        self._since_typed.restart()
        count = len(self._lines.lines)
        start = max(0, self.currentIndex().row()) + (1 if len(self._typed) == 1 else 0)
        for step in range(count):
            line = self._lines.lines[(start + step) % count]
            if _plain(self._lines.name(line)).startswith(self._typed):
                self.setCurrentIndex(self._lines.index((start + step) % count))
                return

    # --- inside -----------------------------------------------------------------------------------------

    def _key(self, key: int, line: Line) -> bool:
        if isinstance(line, Heading | Fold):
            folded = line.folded if isinstance(line, Heading) else not line.opened
            if key in (*_ENTER, Qt.Key.Key_Space):
                self.fold_wanted.emit(line, not folded)
                return True
            if key == Qt.Key.Key_Right and folded:
                self.fold_wanted.emit(line, False)
                return True
            if key == Qt.Key.Key_Left and not folded:
                self.fold_wanted.emit(line, True)
                return True
            return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in _ENTER:
            self.opened.emit(line.key)
            return True
        if key == Qt.Key.Key_Left:
            self._fold_around()
            return True
        if isinstance(line, TerritoryEntry) and key in _ANSWERS:
            self.territory_answered.emit(line.fact, _ANSWERS[key])
            return True
        return key == Qt.Key.Key_Right

    def _fold_around(self) -> None:
        """Fold what the current row stands in: the rest of its run, else its group."""
        row = self.currentIndex().row()
        for before in range(row - 1, -1, -1):
            line = self._lines.lines[before]
            if isinstance(line, Fold) and not line.opened:
                continue
            if isinstance(line, Heading | Fold):
                self.fold_wanted.emit(line, True)
                self.go_to(line.key)
                return


def heading_key(group: Group) -> str:
    """The key of a group's title."""
    return Heading(group, 0, folded=False).key


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
