"""A list of rows of two lines: a mark, a title with its kind, a second line, a word at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside

ROW_HEIGHT = 44
_Index = QModelIndex | QPersistentModelIndex
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What a row shows; `key` is what the owner wants back when it is chosen.

    `kind` stands muted after the title; `aside` at the right of the first line.
    """

    key: str
    title: str
    kind: str = ""
    second: str = ""
    aside: str = ""
    mark: tuple[str, str] = ("", "")

    @property
    def spoken(self) -> str:
        """The row as one sentence for a screen reader."""
        return ", ".join(part for part in (self.title, self.kind, self.aside, self.second) if part)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[TwoLines, ...] = ()

    def replace(self, rows: Sequence[TwoLines]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (f"{row.title} {row.kind}".strip(), row.second) if part)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: _Rows, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._rows = rows
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self.theme, QRect(option.rect)
        state = option.state
        row = self._rows.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent")
            )
        left = rect.left() + theme.px(10)
        if row.mark[0]:
            name, role = row.mark
            if role in ("refused", "off") and state & QStyle.StateFlag.State_Selected:
                role = "muted"
            painter.drawPixmap(left, rect.top() + (rect.height() - theme.px(16)) // 2, theme.mark(name, role))
            left += theme.px(16) + theme.px(8)
        self._words(painter, row, QRect(left, rect.top(), rect.right() - theme.px(8) - left, rect.height()))
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            stroke_inside(painter, QRectF(rect), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(2))
        painter.restore()

    def _words(self, painter: QPainter, row: TwoLines, room: QRect) -> None:
        theme = self.theme
        half = room.height() // 2 - theme.px(3)
        first = QRect(room.left(), room.top() + theme.px(3), room.width(), half)
        if row.aside:
            width = QFontMetrics(theme.font(9)).horizontalAdvance(row.aside)
            self._put(
                painter, QRect(first.right() - width, first.top(), width + 2, half), row.aside, "muted", 9
            )
            first.setWidth(first.width() - width - theme.px(8))
        used = self._put(painter, first, row.title, "text", 10, bold=True)
        first.setLeft(first.left() + used + theme.px(6))
        if row.kind:
            self._put(painter, first, row.kind, "muted", 9.5)
        second = QRect(room.left(), room.top() + theme.px(3) + half, room.width(), half)
        self._put(painter, second, row.second, "muted", 9)

    def _put(
        self, painter: QPainter, rect: QRect, text: str, role: str, points: float, *, bold: bool = False
    ) -> int:
        if rect.width() <= 0:
            return 0
        font = self.theme.font(points, bold)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(self.theme.color(role))
        painter.drawText(rect, _FLAGS, shown)
        return metrics.horizontalAdvance(shown)


class TwoLineList(QListView):
    """Rows of two lines; one focus stop, arrows and first letters inside.

    Signals:
        chosen(str): another row is the current one; its key.
        opened(str): Entrée or a double click on a row; its key.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """An empty list, read aloud as `name`."""
        super().__init__(parent)
        self.theme = theme
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self._painter = _Painter(theme, self._rows, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)

    def set_rows(self, rows: Sequence[TwoLines]) -> None:
        """Shows other rows; the current one stays current if it is still there. Emits nothing then."""
        before = self.current_key
        self._rows.replace(rows)
        if before is not None:
            self.choose(before)

    @property
    def rows(self) -> tuple[TwoLines, ...]:
        """The rows shown."""
        return self._rows.rows

    @property
    def current_key(self) -> str | None:
        """The key of the current row, None without one."""
        row = self.currentIndex().row()
        return self._rows.rows[row].key if 0 <= row < len(self._rows.rows) else None

    def choose(self, key: str) -> None:
        """Make the row of that key the current one; nothing when there is none."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key:
                self.setCurrentIndex(self._rows.index(number, 0))
                return

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self._rows.rows[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: _Index) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].key)
