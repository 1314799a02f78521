"""The queue as Qt's model: titles, rows, and what is over folded in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from osnp_console.app.transfer.queue_groups import Group, QueuePart, done_words
from osnp_console.app.transfer.queue_rows import Patient, QueueRow, queue_row
from osnp_console.ui.checklist.row_style import plain_tip
from osnp_console.ui.widgets.held_list import KeyedListModel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FOLD = "f:"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group; no row to stop at."""

    group: Group
    count: int

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return f"g:{self.group.name}"


@dataclass(frozen=True, slots=True)
class Fold:
    """What became of those that are over; Entrée shows their rows, or hides them."""

    words: str
    is_open: bool

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return FOLD


Line = Heading | Fold | QueueRow


def lines_of(
    parts: Sequence[QueuePart],
    patients: Mapping[str, Patient],
    desk: str,
    *,
    unfolded: bool,
    answers: bool,
) -> Iterator[Line]:
    """Each title, then its rows; `patients` are by the id of their transfer, `answers` is `queue_row`'s."""
    for part in parts:
        yield Heading(part.group, len(part.transfers))
        if part.group is Group.DONE:
            yield Fold(done_words(part.transfers), unfolded)
            if not unfolded:
                continue
        for one in part.transfers:
            yield queue_row(one, part.group, desk, patients.get(one.id), answers=answers)


def key_of(line: Line) -> str:
    """What tells a line from the others, whatever it says."""
    return line.id if isinstance(line, QueueRow) else line.key


class QueueModel(KeyedListModel):
    """Lines in the order given; `now` is what their clocks say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self.now: datetime | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, from the top."""
        return self._lines

    def line(self, row: int) -> Line | None:
        """The line at a row; None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def has_same_places(self, lines: tuple[Line, ...]) -> bool:
        """Whether these lines stand where those shown do, as high as they are."""
        return [(key_of(one), _is_high(one)) for one in lines] == [
            (key_of(one), _is_high(one)) for one in self._lines
        ]

    def show(self, lines: tuple[Line, ...]) -> None:
        """Put other lines in; the view forgets where it was."""
        self.beginResetModel()
        self._lines = lines
        self.take_keys(map(key_of, lines))
        self.endResetModel()

    def repaint(self, lines: tuple[Line, ...]) -> None:
        """The same lines say something else."""
        changed = [row for row, (old, new) in enumerate(zip(self._lines, lines, strict=True)) if old != new]
        self._lines = lines
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    # --- Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row())
        if isinstance(line, Heading) or line is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.heard(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, QueueRow):
            third = line.third_words(self.now) if self.now is not None else line.third
            return plain_tip("\n".join(part for part in (line.title, line.second, third) if part))
        return None

    def heard(self, line: Line) -> str:
        """What a screen reader gets for a line."""
        if isinstance(line, Heading):
            return f"{line.group.value}, {line.count}"
        if isinstance(line, Fold):
            return f"{line.words}, {'déplié' if line.is_open else 'replié'}"
        return line.sentence(self.now) if self.now is not None else line.title


def _is_high(line: Line) -> bool:
    return isinstance(line, QueueRow) and bool(line.third)
