"""The list under a field that completes what is typed; it never takes the focus away from the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import RADIUS, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.suggestion_rows import Row, paint_row, row_width

__all__ = ["MOST_ROWS", "Row", "Suggestions"]

MOST_ROWS = 8
ROW_HEIGHT = 28
_SECTION_HEIGHT = 22
_PADDING = 4


class Suggestions(QWidget):
    """At most eight rows under a field: a child of the window, not a window, so that the focus never moves.

    Signals:
        picked(int): a row was clicked.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, field: QWidget) -> None:
        """The list of a field, hidden."""
        super().__init__(field)
        self.theme = theme
        self._field = field
        self._rows: tuple[Row, ...] = ()
        self._sentence = ""
        self._index = -1
        self._pressed = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setMouseTracking(True)
        self.hide()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    @property
    def index(self) -> int:
        """The row that Entrée would choose, -1 for none."""
        return self._index

    def show_rows(self, rows: Sequence[Row], index: int) -> None:
        """Shows the first eight rows under the field, one of them lit."""
        self._rows = tuple(rows[:MOST_ROWS])
        self._sentence = ""
        self._index = index
        self._open()

    def show_sentence(self, sentence: str) -> None:
        """Shows that there is nothing to choose."""
        self._rows, self._sentence, self._index = (), sentence, -1
        self._open()

    def light(self, index: int) -> None:
        """Lights another row."""
        self._index = index
        self.update()

    def close_list(self) -> None:
        """Hides the list and gives it back to its field."""
        self._index = -1
        if not self.isHidden():
            self._watch(False)
            self.hide()
            self.setParent(self._field)

    def _open(self) -> None:
        if self.isHidden():
            self.setParent(self._field.window())
            self._watch(True)
        self.place()
        self.show()
        self.raise_()
        self.update()

    def _watch(self, watching: bool) -> None:
        """Follows what holds the field: a form that scrolls takes the list with it."""
        holder: QWidget | None = self._field
        while holder is not None:
            if watching:
                holder.installEventFilter(self)
            else:
                holder.removeEventFilter(self)
            holder = None if holder.isWindow() else holder.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Puts the list under its field, or over it when the window ends first."""
        window = self._field.window()
        corner = self._field.mapTo(window, QPoint(0, self._field.height()))
        size = self._wanted_size()
        width = min(max(self._field.width(), size.width()), window.width() - corner.x() - self.theme.px(4))
        gap = self.theme.px(2)
        top = corner.y() + gap
        above = corner.y() - self._field.height() - gap - size.height()
        if top + size.height() > window.height() and above >= 0:
            top = above
        self.setGeometry(corner.x(), top, max(width, self._field.width()), size.height())

    def _wanted_size(self) -> QSize:
        theme = self.theme
        widths = [row_width(theme, row) for row in self._rows]
        widths.append(QFontMetrics(theme.font(9.5)).horizontalAdvance(self._sentence))
        bottom = self._areas()[-1][1].bottom() + 1 if self._areas() else theme.px(ROW_HEIGHT + _PADDING)
        return QSize(max(widths) + theme.px(32), bottom + theme.px(_PADDING))

    def _areas(self) -> list[tuple[int, QRect]]:
        """The rectangles from top to bottom: a row's index, or -1 for the name of the next row's section."""
        theme, areas, top = self.theme, [], self.theme.px(_PADDING)
        section = ""
        for index, row in enumerate(self._rows):
            if row.section and row.section != section:
                areas.append((-1, QRect(0, top, self.width(), theme.px(_SECTION_HEIGHT))))
                top += theme.px(_SECTION_HEIGHT)
            section = row.section
            areas.append((index, QRect(0, top, self.width(), theme.px(ROW_HEIGHT))))
            top += theme.px(ROW_HEIGHT)
        return areas

    def _row_at(self, point: QPoint) -> int:
        return next((index for index, area in self._areas() if area.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0 and row != self._index and event.buttons() != Qt.MouseButton.NoButton:
            self.light(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._row_at(event.position().toPoint())
        if self._pressed >= 0:
            self.light(self._pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, pressed = self._row_at(event.position().toPoint()), self._pressed
        self._pressed = -1
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and row == pressed:
            self.picked.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.fillRect(self.rect(), theme.color("panel"))
        fill_rounded(painter, rect, theme.color("panel"), theme.px(RADIUS))
        stroke_inside(painter, rect, edge_pen(theme, "border", 1), theme.px(RADIUS))
        areas = self._areas()
        for position, (index, area) in enumerate(areas):
            if index < 0:
                self._paint_section(painter, self._rows[areas[position + 1][0]].section, area)
            else:
                paint_row(painter, theme, self._rows[index], area, lit=index == self._index)
        if self._sentence:
            painter.setFont(theme.font(9.5))
            painter.setPen(theme.color("muted"))
            room = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
            shown = painter.fontMetrics().elidedText(
                self._sentence, Qt.TextElideMode.ElideMiddle, room.width()
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def _paint_section(self, painter: QPainter, name: str, area: QRect) -> None:
        theme = self.theme
        painter.setFont(theme.font(8.5, bold=True))
        painter.setPen(theme.color("muted"))
        words = area.adjusted(theme.px(12), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), name)
        left = words.left() + painter.fontMetrics().horizontalAdvance(name) + theme.px(8)
        line = QRect(left, area.center().y(), self.width() - left - theme.px(12), theme.px(1))
        painter.fillRect(line, theme.color("line"))
