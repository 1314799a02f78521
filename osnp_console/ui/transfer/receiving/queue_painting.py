"""How a row of the queue looks: how long it waits first, from where, who, and who has it at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from osnp_console.app.transfer.queue_groups import Group
from osnp_console.app.transfer.queue_rows import Chip, QueueRow
from osnp_console.ui.checklist.row_style import MARGIN, Ink, RowStyle
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.queue_model import Fold, Heading, QueueModel
from osnp_console.ui.widgets.chips import chip_width, paint_chip

ROW, HIGH_ROW, HEADING, FOLDED = 52, 64, 24, 28
NAMES_LEFT = 74
_CHIP = 20
_MARKS: Mapping[Group, tuple[str, str]] = {
    Group.ON_LINE: ("phone", "accent"),
    Group.ANNOUNCED: ("dots", "muted"),
    Group.ELSEWHERE: ("person", "muted"),
    Group.DONE: ("tick", "muted"),
}


class QueuePainting(QStyledItemDelegate):
    """Paints the lines of a QueueModel; sizes follow the theme's scale."""

    def __init__(self, theme: Theme, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self._style = RowStyle(theme)
        self._clock = Ink(theme.font(13, bold=True))
        self._plain = Ink(theme.font(9, bold=True))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = self._model.line(index.row())
        if isinstance(line, Heading):
            height = HEADING
        elif isinstance(line, Fold):
            height = FOLDED
        else:
            height = HIGH_ROW if line is not None and line.third else ROW
        return QSize(self.theme.px(200), self.theme.px(height))

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
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, rect, line)
        else:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._style.ground(painter, rect, selected=selected, focused=focused)
            if isinstance(line, Fold):
                self._fold(painter, rect, line)
            else:
                self._row(painter, rect, line)
        painter.restore()

    def clock_rect(self, rect: QRect) -> QRect:
        """The part of a row that changes as time passes, but for a third line that counts too."""
        return QRect(rect.left(), rect.top(), self.theme.px(NAMES_LEFT), rect.height())

    # --- lines ------------------------------------------------------------------------------------------

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        style, px = self._style, self.theme.px
        middle = rect.center().y()
        mark, role = _MARKS[line.group]
        style.mark(painter, rect, mark, role, 14, px(MARGIN))
        left, right = rect.left() + px(MARGIN + 20), rect.right() - px(MARGIN)
        colour = style.colour(role)
        left += style.heading.draw(painter, left, middle, line.group.value, colour, right - left) + px(8)
        if right > left:
            painter.fillRect(QRect(left, middle, right - left, px(1)), style.colour("line"))

    def _fold(self, painter: QPainter, rect: QRect, line: Fold) -> None:
        style, px = self._style, self.theme.px
        mark = "chevron-down" if line.is_open else "chevron-right"
        style.mark(painter, rect, mark, "muted", 14, px(MARGIN))
        left = rect.left() + px(MARGIN + 24)
        room = rect.right() - px(MARGIN) - left
        style.second.draw(painter, left, rect.center().y(), line.words, style.colour("muted"), room)

    def _row(self, painter: QPainter, rect: QRect, line: QueueRow) -> None:
        style, px, now = self._style, self.theme.px, self._model.now
        if now is None:
            return
        muted = style.colour("muted")
        middle = rect.center().y()
        amber = line.clock.is_amber(now)
        left = rect.left() + px(MARGIN)
        room = px(NAMES_LEFT - MARGIN - 4)
        clock = style.colour("verify" if amber else "text")
        self._clock.draw(painter, left, middle - px(7), line.clock.words(now), clock, room)
        style.second.draw(painter, left, middle + px(12), line.clock.label, muted, room)
        names = rect.left() + px(NAMES_LEFT)
        right = self._at_right(painter, rect, line.chip) - px(8)
        third = line.third
        step = px(17)
        top = middle - (step if third else step // 2)
        style.name.draw(painter, names, top, line.title, style.colour("text"), right - names)
        style.second.draw(painter, names, top + step, line.second, muted, right - names)
        if third:
            self._third(painter, names, top + 2 * step, right - names, line)

    def _third(self, painter: QPainter, left: int, middle: int, room: int, line: QueueRow) -> None:
        """The third line; its clock is never cut, the words before it are."""
        ink, muted, now = self._style.second, self._style.colour("muted"), self._model.now
        counted = line.third_clock.words(now) if line.third_clock is not None and now is not None else ""
        kept = ink.width(f" {counted}") if counted else 0
        taken = ink.draw(painter, left, middle, line.third, muted, room - kept)
        if counted:
            ink.draw(painter, left + taken + ink.width(" "), middle, counted, muted, kept)

    def _at_right(self, painter: QPainter, rect: QRect, chip: Chip) -> int:
        """The chip, or the words in its place; returns where the lines at its left must end."""
        px, theme = self.theme.px, self.theme
        right, middle = rect.right() - px(MARGIN), rect.center().y()
        if not chip.kind:
            width = min(self._plain.width(chip.words), rect.width() // 3)
            colour = self._style.colour("muted")
            self._plain.draw(painter, right - width, middle, chip.words, colour, width)
            return right - width
        width, height = chip_width(theme, chip.words), px(_CHIP)
        box = QRectF(right - width, middle - height / 2, width, height)
        paint_chip(painter, theme, box, chip.words, chip.kind)
        return right - width


def is_row(line: object) -> bool:
    """Whether a line is one to stop at and act on."""
    return isinstance(line, QueueRow)


def ticks(line: object) -> bool:
    """Whether a line says something else as time passes."""
    return isinstance(line, QueueRow) and (line.clock.since is not None or line.third_since is not None)
