"""The lines of a dispositif's detail as Qt's model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from osnp_console.app.checklist.criterion_words import DetailLine, MetFold, Part
from osnp_console.ui.checklist.row_style import plain_tip

Index = QModelIndex | QPersistentModelIndex
Shown = DetailLine | MetFold
NOWHERE = QModelIndex()


class DetailModel(QAbstractListModel):
    """Criteria, other ways in, doubts and advice, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Shown, ...] = ()

    def show(self, lines: tuple[Shown, ...]) -> None:
        """Put other lines in; in place when they are the same ones with other findings."""
        if [key_of(line) for line in lines] == [key_of(line) for line in self._lines]:
            if lines != self._lines:
                self._lines = lines
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Shown | None:
        """The line at a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    @property
    def lines(self) -> tuple[Shown, ...]:
        """All lines, in order."""
        return self._lines

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return able | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words if isinstance(line, MetFold) else line.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _heard(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, DetailLine):
            return plain_tip(f"{line.label}\n{line.second}" if line.second else line.label)
        return None


def key_of(line: Shown) -> str:
    """What tells a line from the others of its dispositif."""
    return f"met:{line.opened}" if isinstance(line, MetFold) else line.key


def _heard(line: Shown) -> str:
    if isinstance(line, MetFold):
        return f"{line.words}, {'dépliées' if line.opened else 'repliées'}"
    return f"conseil, {line.sentence}" if line.part is Part.ADVICE else line.sentence
