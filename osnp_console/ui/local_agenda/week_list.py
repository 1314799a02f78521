"""The week as a list: a heading a day, then what is laid out in it, closed hours included."""

from __future__ import annotations

from collections.abc import Sequence

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

from osnp_console.app.local_agenda.week import RowState, WeekRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside

ROW_HEIGHT, DAY_HEIGHT = 28, 26
_Index = QModelIndex | QPersistentModelIndex
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[WeekRow, ...] = ()

    def replace(self, rows: Sequence[WeekRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.rows[index.row()].state is RowState.DAY:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return " ".join(part for part in (row.hours, row.who, row.words) if part)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: _Rows, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._rows = rows
        self._view = view
        self._hours = QFontMetrics(theme.font(bold=True)).horizontalAdvance("00:00–00:00") + theme.px(10)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        is_day = self._rows.rows[index.row()].state is RowState.DAY
        return QSize(self.theme.px(120), self.theme.px(DAY_HEIGHT if is_day else ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, rect = self._rows.rows[index.row()], QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.state is RowState.DAY:
            self._paint_day(painter, row, rect)
        else:
            self._paint_row(painter, row, rect, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_day(self, painter: QPainter, row: WeekRow, rect: QRect) -> None:
        theme = self.theme
        room = rect.adjusted(theme.px(10), theme.px(4), -theme.px(8), 0)
        used = self._put(painter, room, row.hours[:1].upper() + row.hours[1:], "accent", 9.5, bold=True)
        room.setLeft(room.left() + used + theme.px(8))
        self._put(painter, room, row.words, "muted", 9)
        painter.fillRect(
            QRect(rect.left() + theme.px(10), rect.bottom(), rect.width() - theme.px(18), theme.px(1)),
            theme.color("line"),
        )

    def _paint_row(self, painter: QPainter, row: WeekRow, rect: QRect, selected: bool) -> None:
        theme = self.theme
        if selected:
            painter.fillRect(rect, theme.color("selection"))
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        faded = row.begun or row.state is RowState.CLOSED
        left = rect.left() + theme.px(12)
        hours = QRect(left, rect.top(), self._hours, rect.height())
        self._put(painter, hours, row.hours, "muted" if faded else "text", 10, bold=not faded)
        left = hours.right()
        top = rect.top() + (rect.height() - theme.px(14)) // 2
        role = "muted" if row.begun and row.state is not RowState.ASTRAY else row.state.role
        painter.drawPixmap(left, top, theme.mark(row.state.mark, role, 14))
        room = QRect(left + theme.px(22), rect.top(), 0, rect.height())
        room.setRight(rect.right() - theme.px(8))
        amber = row.state is RowState.ASTRAY
        used = self._put(
            painter, room, row.words, "verify" if amber else "muted" if faded else "text", 10, bold=amber
        )
        room.setLeft(room.left() + used + theme.px(10))
        if row.who and room.width() > theme.px(30):
            self._put(painter, room, row.who, "muted", 9.5, right=True)
        if selected and self._view.hasFocus():
            stroke_inside(painter, QRectF(rect), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(2))

    def _put(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        role: str,
        points: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> int:
        if rect.width() <= 0 or not text:
            return 0
        font = self.theme.font(points, bold)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(self.theme.color(role))
        flags = _FLAGS | (int(Qt.AlignmentFlag.AlignRight) if right else 0)
        painter.drawText(rect, flags, shown)
        return metrics.horizontalAdvance(shown)


class WeekList(QListView):
    """One focus stop; ↑ ↓ walk through slots and pass the headings, ← → ask for another week.

    Signals:
        chosen(object): another slot is the current one; its WeekRow.
        opened(object): Entrée or a double click on a slot; its WeekRow.
        turned(int): another week is wanted: the one before (-1) or after (1).
    """

    chosen = Signal(object)
    opened = Signal(object)
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty week."""
        super().__init__(parent)
        self.theme = theme
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self._painter = _Painter(theme, self._rows, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Semaine du carnet")
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)

    @property
    def rows(self) -> tuple[WeekRow, ...]:
        """The rows shown, headings included."""
        return self._rows.rows

    @property
    def current(self) -> WeekRow | None:
        """The current slot."""
        index = self.currentIndex()
        row = self.rows[index.row()] if index.isValid() else None
        return row if row is not None and row.state is not RowState.DAY else None

    def set_rows(self, rows: Sequence[WeekRow]) -> None:
        """Show another week; the slot that was current stays so where it is still there, at its height."""
        before, scrolled = self.current, self.verticalScrollBar().value()
        self._rows.replace(rows)
        if before is not None and self.choose(before.key):
            self.verticalScrollBar().setValue(scrolled)

    def choose(self, key: str) -> bool:
        """Make the slot of that key the current one; False when it is not shown."""
        for number, row in enumerate(self.rows):
            if row.key == key and row.state is not RowState.DAY:
                self.setCurrentIndex(self._rows.index(number, 0))
                return True
        return False

    def choose_from(self, key: str) -> None:
        """Make the first slot to come at or after the heading of that key the current one, else the first."""
        numbers = [n for n, row in enumerate(self.rows) if row.state is not RowState.DAY]
        begin = next((n for n, row in enumerate(self.rows) if row.key == key), 0)
        later = [n for n in numbers if n >= begin]
        to_come = next((n for n in later if not self.rows[n].begun), None)
        target = to_come if to_come is not None else next(iter(later or numbers), None)
        if target is not None:
            self.setCurrentIndex(self._rows.index(target, 0))
        heading = self._rows.index(begin, 0)
        if heading.isValid():
            self.scrollTo(heading, QListView.ScrollHint.PositionAtTop)
        if target is not None:
            self.scrollTo(self._rows.index(target, 0))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        row = self.current
        if row is not None:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            self._walk(steps[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Home:
            self._walk_to(range(len(self.rows)))
        elif key == Qt.Key.Key_End:
            self._walk_to(range(len(self.rows) - 1, -1, -1))
        elif event.text().isalpha():
            event.ignore()  # Qt would look for a row that begins so
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        here = self.currentIndex().row()
        begin = here + step if self.currentIndex().isValid() else 0
        self._walk_to(range(begin, len(self.rows) if step > 0 else -1, step))

    def _walk_to(self, candidates: range) -> None:
        for number in candidates:
            if self.rows[number].state is not RowState.DAY:
                index = self._rows.index(number, 0)
                self.setCurrentIndex(index)
                # The day's heading comes along.
                if number and self.rows[number - 1].state is RowState.DAY:
                    self.scrollTo(self._rows.index(number - 1, 0))
                self.scrollTo(index)
                return

    def _open(self, index: _Index) -> None:
        if index.isValid() and self.current is not None:
            self.opened.emit(self.current)
