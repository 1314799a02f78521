"""The table of calls: seven columns, rows of 28 px, one focus stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from osnp_console.app.calls.follow_up import CallRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen

COLUMNS = ("Heure", "Patient", "Commune", "Motif", "Issue", "Poste", "À faire")
ROW_HEIGHT = 28
_HOUR, _PERSON, _DESK, _TO_DO = 0, 1, 5, 6
# Never elided (interface, §11): as wide as their widest text. The others share what is left.
_WHOLE = (_HOUR, _DESK, _TO_DO)
_SHARES = {1: 5, 2: 3, 3: 4, 4: 4}
_LEAST_SHARED = 88
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class _Calls(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[CallRow, ...] = ()

    def replace(self, rows: Sequence[CallRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None


class _Header(QHeaderView):
    """Titles in muted text over a hairline."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setFixedHeight(theme.px(24))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.px(24))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self.theme
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        font = theme.font(9)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        room = rect.adjusted(theme.px(8), 0, -theme.px(4), 0)
        text = QFontMetrics(font).elidedText(COLUMNS[section], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _FLAGS, text)
        line = QRect(rect.left(), rect.bottom() - theme.px(1) + 1, rect.width(), theme.px(1))
        painter.fillRect(line, theme.color("line"))
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, calls: _Calls, view: QTableView) -> None:
        super().__init__(view)
        self.theme = theme
        self._calls = calls
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self.theme, QRect(option.rect)
        column, row = index.column(), self._calls.rows[index.row()]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, theme.color("selection"))
        if selected and column == 0:
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        late = column == _TO_DO and row.is_late
        named = column == _PERSON and row.has_person
        font = theme.font(bold=named or late)
        painter.setFont(font)
        painter.setPen(theme.color("verify" if late else "text" if named or column == _HOUR else "muted"))
        room = rect.adjusted(theme.px(8), 0, -theme.px(4), 0)
        text = row.cells[column]
        painter.drawText(
            room, _FLAGS, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        )
        if selected and self._view.hasFocus():
            self._ring(painter, QRectF(rect), column)
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRectF, column: int) -> None:
        """One ring around the row, drawn a cell at a time."""
        half = self.theme.px(FOCUS_WIDTH) / 2
        painter.setPen(edge_pen(self.theme, "focus", FOCUS_WIDTH))
        inner = rect.adjusted(0, half, 0, -half)
        painter.drawLine(inner.topLeft(), inner.topRight())
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        if column == 0:
            painter.drawLine(inner.topLeft() + _across(half), inner.bottomLeft() + _across(half))
        if column == _TO_DO:
            painter.drawLine(inner.topRight() - _across(half), inner.bottomRight() - _across(half))


class CallTable(QTableView):
    """The calls found.

    Signals:
        chosen(str): another call is the current one; its id.
        opened(str): Entrée or a double click on a call; its id.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        self.theme = theme
        self._calls = _Calls(self)
        self.setModel(self._calls)
        self._cells = _Cells(theme, self._calls, self)
        self.setItemDelegate(self._cells)
        self._header = _Header(theme, self)
        self.setHorizontalHeader(self._header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Appels")
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)

    @property
    def rows(self) -> tuple[CallRow, ...]:
        """The calls shown."""
        return self._calls.rows

    @property
    def current(self) -> CallRow | None:
        """The current call."""
        row = self.currentIndex().row()
        return self._calls.rows[row] if 0 <= row < len(self._calls.rows) else None

    def set_rows(self, rows: Sequence[CallRow]) -> None:
        """Shows other calls; the current one stays current where it is still found. Emits nothing then."""
        before = self.current
        self._calls.replace(rows)
        self._share_width()
        if before is not None:
            self.choose(before.id)

    def choose(self, call: str) -> None:
        """Make the call of that id the current one; nothing when it is not shown."""
        for number, row in enumerate(self._calls.rows):
            if row.id == call:
                self.setCurrentIndex(self._calls.index(number, 0))
                return

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self._calls.rows[current.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
        elif key == Qt.Key.Key_Home and self._calls.rows:
            self.setCurrentIndex(self._calls.index(0, 0))
        elif key == Qt.Key.Key_End and self._calls.rows:
            self.setCurrentIndex(self._calls.index(len(self._calls.rows) - 1, 0))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _open(self, index: _Index) -> None:
        if index.isValid():
            self.opened.emit(self._calls.rows[index.row()].id)

    def _share_width(self) -> None:
        theme, around = self.theme, self.theme.px(14)
        regular, bold = QFontMetrics(theme.font()), QFontMetrics(theme.font(bold=True))
        left = self.viewport().width()
        for column in _WHOLE:
            texts = [COLUMNS[column], *(row.cells[column] for row in self._calls.rows)]
            metrics = bold if column == _TO_DO else regular
            width = max(metrics.horizontalAdvance(text) for text in texts) + around
            self.setColumnWidth(column, width)
            left -= width
        shares = dict(_SHARES)
        # Where width lacks, the desk gives way first, then the reason.
        for column in (_DESK, 3):
            hidden = left < theme.px(_LEAST_SHARED) * len(shares)
            self.setColumnHidden(column, hidden)
            if hidden:
                left += self.columnWidth(column) if column == _DESK else 0
                shares.pop(column, None)
        total = sum(shares.values())
        for column, share in shares.items():
            self.setColumnWidth(column, max(theme.px(24), left * share // total))
        used = sum(self.columnWidth(column) for column in shares)
        self.setColumnWidth(_PERSON, max(theme.px(24), self.columnWidth(_PERSON) + left - used))


def _across(width: float) -> QPointF:
    return QPointF(width, 0)
