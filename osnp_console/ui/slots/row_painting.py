"""How a row of the slots looks: the hour first, who and where, the clocks at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from osnp_console.app.slots.look import RowLook
from osnp_console.app.slots.words import Clock, Part
from osnp_console.ui.checklist.row_style import MARGIN, Ink, RowStyle
from osnp_console.ui.slots.list_model import Heading, SlotListModel
from osnp_console.ui.theme.theme import Theme

ROW, HEADING = 52, 24
NAMES_LEFT = 74
LEAST_NAME = 28
_MARK = 12
BETWEEN = " · "


class SlotRowPainting(QStyledItemDelegate):
    """Paints the lines of a SlotListModel; sizes follow the theme's scale."""

    def __init__(self, theme: Theme, model: SlotListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self._style = RowStyle(theme)
        self._hour = Ink(theme.font(13, bold=True))
        self._clock = Ink(theme.font(9))
        self._loud = Ink(theme.font(9, bold=True))
        self._tag = Ink(theme.font(8.5, bold=True))
        self._struck = _struck(Ink(theme.font(10, bold=True))), _struck(Ink(theme.font(13, bold=True)))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        px, line = self.theme.px, self._model.line(index.row())
        return QSize(px(200), px(HEADING if isinstance(line, Heading) else ROW))

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
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._style.ground(painter, rect, selected=line.id == self._model.selected, focused=focused)
            self._row(painter, rect, self._model.look(line))
        painter.restore()

    def clocks_rect(self, rect: QRect) -> QRect:
        """The part of a row that changes as time passes."""
        left = rect.left() + rect.width() // 3
        return QRect(left, rect.top(), rect.right() - left + 1, rect.height())

    # --- lines ------------------------------------------------------------------------------------------

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        style, px, section = self._style, self.theme.px, line.section
        middle = rect.center().y()
        style.mark(painter, rect, section.mark, section.role, 14, px(MARGIN))
        left, right = rect.left() + px(MARGIN + 20), rect.right() - px(MARGIN)
        colour = style.colour(section.role)
        left += style.heading.draw(painter, left, middle, section.title, colour, right - left) + px(8)
        if line.note:
            muted = style.colour("muted")
            left += style.second.draw(painter, left, middle, line.note, muted, right - left) + px(8)
        if right > left:
            painter.fillRect(QRect(left, middle, right - left, px(1)), style.colour("line"))

    def _row(self, painter: QPainter, rect: QRect, look: RowLook) -> None:
        style, px = self._style, self.theme.px
        above, below = _two_lines(rect, style)
        muted = style.colour("muted")
        # What may still be booked must stay readable, on the selection too.
        ink = style.colour("disabled" if look.is_over else "muted" if look.is_held else "text")
        left = rect.left() + px(MARGIN)
        room = px(NAMES_LEFT - MARGIN - 4)
        hour = self._struck[1] if look.is_struck else self._hour
        hour.draw(painter, left, above, look.hour, ink, room)
        style.second.draw(painter, left, below + px(1), look.day, muted, room)
        left = rect.left() + px(NAMES_LEFT)
        ends = self._right(painter, rect, look.right, (above, below))
        name = self._struck[0] if look.is_struck else style.name
        taken = name.draw(painter, left, above, look.name, ink, self._room(left, ends[0], look))
        if look.tag:
            at = left + taken + px(8)
            self._tag.draw(painter, at, above, look.tag, style.colour("accent"), ends[0] - at)
        self._parts(painter, left, below, ends[1] - left, look.parts)

    def _room(self, left: int, end: int, look: RowLook) -> int:
        tag = self._tag.width(look.tag) + self.theme.px(8) if look.tag else 0
        return max(end - left - tag, self.theme.px(LEAST_NAME))

    def _right(
        self, painter: QPainter, rect: QRect, clocks: Sequence[Clock], middles: tuple[int, int]
    ) -> tuple[int, int]:
        """The clocks; returns where the two lines at their left must end. Clocks are never cut."""
        px = self.theme.px
        right = rect.right() - px(MARGIN)
        if len(clocks) == 1:
            end = self._one_clock(painter, right, rect.center().y(), clocks[0]) - px(8)
            return end, end
        first, second = (
            self._one_clock(painter, right, middle, clock) - px(8)
            for clock, middle in zip(clocks, middles, strict=True)
        )
        return first, second

    def _one_clock(self, painter: QPainter, right: int, middle: int, clock: Clock) -> int:
        px, ink = self.theme.px, self._loud if clock.bold else self._clock
        width = ink.width(clock.words)
        left = right - width
        ink.draw(painter, left, middle, clock.words, self.theme.color(clock.role), width)
        if not clock.mark:
            return left
        left -= px(_MARK + 4)
        mark = self.theme.mark(clock.mark, clock.role, _MARK)
        painter.drawPixmap(left, middle - px(_MARK) // 2, mark)
        return left

    def _parts(self, painter: QPainter, left: int, middle: int, room: int, parts: Sequence[Part]) -> None:
        """The second line: names give way to what is never cut."""
        ink, muted = self._style.second, self._style.colour("muted")
        for number, text in enumerate(fitting(ink, parts, room, self.theme.px(LEAST_NAME))):
            said = (BETWEEN if number else "") + text
            taken = ink.draw(painter, left, middle, said, muted, room)
            left, room = left + taken, room - taken


def fitting(ink: Ink, parts: Sequence[Part], room: int, least: int) -> list[str]:
    """The parts of a line as they fit in `room`: the longest names are cut first, none under `least`."""
    texts = [part.text for part in parts]
    widths = [ink.width(text) for text in texts]
    over = sum(widths) + ink.width(BETWEEN) * max(len(texts) - 1, 0) - room
    names = sorted((n for n, part in enumerate(parts) if not part.firm), key=lambda n: -widths[n])
    for number in names:
        if over <= 0:
            break
        give = min(over, max(widths[number] - least, 0))
        if give:
            elided = _elided(ink, texts[number], widths[number] - give)
            over -= widths[number] - ink.width(elided)
            texts[number] = elided
    return texts


def _elided(ink: Ink, text: str, room: int) -> str:
    return ink.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _struck(ink: Ink) -> Ink:
    font = ink.font
    font.setStrikeOut(True)
    return Ink(font)


def _two_lines(rect: QRect, style: RowStyle) -> tuple[int, int]:
    """The middles of the two lines of a row."""
    height = style.name.height + style.second.height
    top = rect.top() + (rect.height() - height) // 2
    return top + style.name.height // 2, top + style.name.height + style.second.height // 2
