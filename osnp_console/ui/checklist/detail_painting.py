"""How a line of the detail looks: mark, label, finding under it, doubt and source at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from osnp_console.app.checklist.criterion_words import DetailLine, MetFold, Part
from osnp_console.domain.states import State
from osnp_console.ui.checklist.detail_model import DetailModel
from osnp_console.ui.checklist.row_style import MARGIN, TEXT_LEFT, Ink, RowStyle
from osnp_console.ui.theme.theme import Theme

_MARKS = {
    State.MET: ("tick", "eligible"),
    State.UNMET: ("refused", "text"),
    State.UNKNOWN: ("verify", "verify"),
    State.NOT_APPLICABLE: ("off", "muted"),
}
_PARTS = {
    Part.DOUBT: ("doubt", "verify"),
    Part.ADVICE: ("info", "muted"),
    Part.WAY: ("phone", "muted"),
    Part.HOURS: ("clock", "muted"),
    Part.WHY_CLOSED: ("off", "muted"),
    Part.WAITING: ("list", "muted"),
}
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_TALL = 1 << 14
LOW, HIGH = 26, 38


class DetailPainting(QStyledItemDelegate):
    """Paints a DetailModel; a long text goes on to the next line instead of being cut."""

    def __init__(self, theme: Theme, model: DetailModel, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._row = RowStyle(theme)
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = self._model.line(index.row())
        width = self._view.viewport().width()
        return QSize(self.theme.px(120), self.height(line, width) if line is not None else 0)

    def height(self, line: DetailLine | MetFold, width: int) -> int:
        """The height a line needs at a width."""
        px = self.theme.px
        if isinstance(line, MetFold):
            return px(LOW)
        room = self._room(line, width)
        label = _wrapped(self._label_ink(line), line.label, room)
        second = _wrapped(self._row.second, line.second, room)
        return max(px(HIGH if second else LOW), label + second + px(6))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = self._model.line(index.row())
        if line is None:
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        self._row.ground(painter, rect, selected=focused, focused=focused)
        if isinstance(line, MetFold):
            self._fold(painter, rect, line)
        else:
            self._line(painter, rect, line)
        painter.restore()

    def _fold(self, painter: QPainter, rect: QRect, line: MetFold) -> None:
        style, px = self._row, self.theme.px
        style.mark(painter, rect, "chevron-down" if line.opened else "chevron-right", "muted", 12, px(14))
        left = rect.left() + px(TEXT_LEFT)
        colour = style.colour("text")
        style.label.draw(painter, left, rect.center().y(), line.words, colour, rect.right() - left)

    def _line(self, painter: QPainter, rect: QRect, line: DetailLine) -> None:
        style, px = self._row, self.theme.px
        name, role = _MARKS[line.state] if line.state is not None else _PARTS[line.part]
        ink = self._label_ink(line)
        room = self._room(line, rect.width())
        label, second = _wrapped(ink, line.label, room), _wrapped(style.second, line.second, room)
        top = rect.top() + max(px(3), (rect.height() - label - second) // 2)
        left = rect.left() + px(TEXT_LEFT)
        side = px(16)
        middle = top + ink.height // 2
        painter.drawPixmap(rect.left() + px(MARGIN), middle - side // 2, self.theme.mark(name, role))
        painter.setFont(ink.font)
        painter.setPen(style.colour("text"))
        painter.drawText(QRect(left, top, room, label), _WRAP, line.label)
        painter.setFont(style.second.font)
        painter.setPen(style.colour("muted"))
        painter.drawText(QRect(left, top + label, room, second), _WRAP, line.second)
        self._right(painter, rect, middle, line)

    def _right(self, painter: QPainter, rect: QRect, middle: int, line: DetailLine) -> None:
        style, px = self._row, self.theme.px
        left = rect.right() - px(MARGIN) - style.second.width(line.refers)
        colour = style.colour("accent")
        style.second.draw(painter, left, middle, line.refers, colour, rect.right() - left)
        if line.doubts and line.part is Part.CRITERION:
            left -= px(10) + style.doubt.width("doute")
            style.doubt.draw(painter, left, middle, "doute", style.colour("verify"), rect.right() - left)
            mark = self.theme.mark("doubt", "verify", 12)
            painter.drawPixmap(left - px(14), middle - px(6), mark)

    def _label_ink(self, line: DetailLine) -> Ink:
        return self._row.label if line.part is Part.CRITERION else self._row.second

    def _room(self, line: DetailLine, width: int) -> int:
        """The width for the words of a line."""
        px, style = self.theme.px, self._row
        taken = px(TEXT_LEFT) + px(MARGIN) + style.second.width(line.refers) + px(10)
        if line.doubts and line.part is Part.CRITERION:
            taken += px(24) + style.doubt.width("doute")
        return max(px(80), width - taken)


def _wrapped(ink: Ink, text: str, room: int) -> int:
    """The height of a text that may go on to other lines."""
    if not text:
        return 0
    return ink.metrics.boundingRect(QRect(0, 0, room, _TALL), _WRAP, text).height()
