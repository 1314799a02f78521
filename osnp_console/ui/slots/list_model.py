"""The rows of the slots as Qt's model: what is shown, what is heard, what stays in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from osnp_console.app.slots.detail import Recheck
from osnp_console.app.slots.look import RowLook, row_look
from osnp_console.app.slots.rows import RowGroup, Section, SlotRow
from osnp_console.app.slots.words import Names
from osnp_console.domain.slots.proposal import NOTHING_ELSEWHERE
from osnp_console.ui.checklist.row_style import plain_tip
from osnp_console.ui.widgets.held_list import KeyedListModel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NO_NAMES = Names({}, {})


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section; no row to stop at."""

    section: Section
    count: int
    note: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return f"g:{self.section.name}"

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        return ", ".join(part for part in (self.section.title, str(self.count), self.note) if part)


Line = Heading | SlotRow


def lines_of(groups: tuple[RowGroup, ...]) -> tuple[Line, ...]:
    """Each section's title, then its rows."""
    found: list[Line] = []
    for group in groups:
        found.append(Heading(group.section, max(group.total, len(group.rows)), group.note))
        found += group.rows
    return tuple(found)


def key_of(line: Line) -> str:
    """What tells a line from the others, whatever it says."""
    return line.key if isinstance(line, Heading) else line.id


class SlotListModel(KeyedListModel):
    """Lines in the order given; a row's words are made when it is looked at, and kept until `forget`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._looks: dict[str, RowLook] = {}
        self._now: datetime | None = None
        self.names = NO_NAMES
        self.rechecks: Mapping[str, Recheck] = {}
        self.elsewhere = NOTHING_ELSEWHERE
        self.selected: str | None = None

    # --- what is in it ----------------------------------------------------------------------------------

    def show(self, lines: tuple[Line, ...]) -> None:
        """Put other lines in; the view forgets where it was."""
        self.beginResetModel()
        self._take(lines)
        self.endResetModel()

    def renew(self, lines: tuple[Line, ...]) -> bool:
        """Take the same lines saying something else; False when they are others, and nothing is done."""
        if [key_of(line) for line in lines] != [key_of(line) for line in self._lines]:
            return False
        self._take(lines)
        return True

    def forget(self, now: datetime) -> dict[str, RowLook]:
        """Time has passed, or something is known otherwise: rows are to be worded again.

        Returns the words of the rows that were looked at, by id.
        """
        self._now = now
        before, self._looks = self._looks, {}
        return before

    def look(self, row: SlotRow) -> RowLook:
        """The words of a row, as of the last instant told."""
        found = self._looks.get(row.id)
        if found is None:
            now = self._now if self._now is not None else row.one.slot.seen_at
            found = row_look(row, self.names, now, self.rechecks.get(row.id), self.elsewhere)
            self._looks[row.id] = found
        return found

    def line(self, row: int) -> Line | None:
        """The line at a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return self._lines

    def _take(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self.take_keys(key_of(line) for line in lines)
        self._looks = {}

    # --- Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags  # arrows go over it
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.sentence if isinstance(line, Heading) else self.look(line).sentence
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, SlotRow):
            return plain_tip(self.look(line).tip)
        return None
