"""The lines of the checklist as Qt's model: what is shown, what is heard, what stays in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from osnp_console.app.checklist.arrangement import DispositifEntry, Group, TerritoryEntry
from osnp_console.app.checklist.fold import Fold, Heading, Line
from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.app.checklist.row_words import RowWords, TerritoryWords
from osnp_console.domain.dispositif import Dispositif
from osnp_console.ui.checklist.row_style import plain_tip
from osnp_console.ui.widgets.held_list import KeyedListModel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
STALE = "ordre à rafraîchir"


class Shape(Enum):
    """The kinds of lines by height; the value is the height at 100 % text."""

    HEADING = 24
    FOLD = 25
    LOW = 26
    HIGH = 44


_LOW_GROUPS = (Group.REFUSED, Group.OUT_OF_SERVICE)


class ChecklistModel(KeyedListModel):
    """Lines in the order given; their words are read from the call each time they are wanted."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._lines: tuple[Line, ...] = ()
        self._shapes: list[Shape] = []
        self._checklist: ChecklistInHand | None = None
        self.stale: frozenset[Group] = frozenset()
        self.selected: str | None = None

    # --- what is in it ----------------------------------------------------------------------------------

    def show(self, checklist: ChecklistInHand | None, lines: tuple[Line, ...]) -> None:
        """Put other lines in; the view forgets where it was."""
        self.beginResetModel()
        self._checklist = checklist
        self._lines = lines
        self._shapes = list(_shapes(lines))
        self.take_keys(line.key for line in lines)
        self.endResetModel()

    def refresh(self) -> None:
        """The same lines say something else: repaint, move nothing."""
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def line(self, row: int) -> Line | None:
        """The line at a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def shape(self, row: int) -> Shape:
        """Its height."""
        return self._shapes[row]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return self._lines

    def words(self, dispositif: Dispositif) -> RowWords:
        """The words of a dispositif's row."""
        assert self._checklist is not None
        return self._checklist.words(dispositif, self._clock())

    def territory(self, entry: TerritoryEntry) -> TerritoryWords:
        """The words of a CPTS to place."""
        assert self._checklist is not None
        return self._checklist.territory(entry)

    def heard(self, line: Line) -> str:
        """The sentence of a line for a screen reader."""
        match line:
            case Heading():
                entries = f"{line.title}, {line.count}"
                state = "replié" if line.folded else "déplié"
                return f"{entries}, {state}" + (f", {STALE}" if line.group in self.stale else "")
            case Fold():
                return f"{line.words}, {'déplié' if line.opened else 'replié'}"
            case TerritoryEntry():
                return self.territory(line).sentence
            case DispositifEntry():
                return self.words(line.dispositif).sentence

    def name(self, line: Line) -> str:
        """What first letters look for; empty for what is no CPTS."""
        match line:
            case DispositifEntry():
                return self.words(line.dispositif).name
            case TerritoryEntry():
                return self.territory(line).name
        return ""

    # --- Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        chosen = isinstance(self._lines[index.row()], DispositifEntry | TerritoryEntry)
        return flags | Qt.ItemFlag.ItemIsSelectable if chosen else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(line) or self.heard(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.heard(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(line)) or None
        return None

    def _tip(self, line: Line) -> str:
        match line:
            case DispositifEntry():
                words = self.words(line.dispositif)
                second = words.reason or f"{words.way} · {words.opening}"
                return f"{words.name} · {words.nature}\n{second}"
            case TerritoryEntry():
                territory = self.territory(line)
                return f"{territory.name} · {territory.natures}\n{territory.second}"
        return ""


def _shapes(lines: tuple[Line, ...]) -> list[Shape]:
    shapes, low = [], False
    for line in lines:
        match line:
            case Heading():
                low = line.group in _LOW_GROUPS
                shapes.append(Shape.HEADING)
            case Fold():
                shapes.append(Shape.FOLD)
            case _:
                shapes.append(Shape.LOW if low else Shape.HIGH)
    return shapes
