"""How a line of the checklist looks: mark, words, chip; verdicts by shape, word, then colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from osnp_console.app.checklist.arrangement import DispositifEntry, TerritoryEntry
from osnp_console.app.checklist.fold import Fold, Heading
from osnp_console.app.checklist.opening_words import NOT_GIVEN
from osnp_console.app.checklist.row_words import VERDICT_WORDS, RowWords, TerritoryWords
from osnp_console.domain.states import Verdict
from osnp_console.ui.checklist.list_model import STALE, ChecklistModel, Shape
from osnp_console.ui.checklist.row_style import MARGIN, TEXT_LEFT, Ink, RowStyle
from osnp_console.ui.checklist.territory_buttons import BELONGS, DOES_NOT, TerritoryButtons
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.chips import chip_width, paint_chip

MARKS = {
    Verdict.ELIGIBLE: ("eligible", "eligible"),
    Verdict.TO_CHECK: ("verify", "verify"),
    Verdict.NOT_ELIGIBLE: ("refused", "refused"),
    Verdict.OUT_OF_SERVICE: ("off", "off"),
}
_CHIPS = {Verdict.ELIGIBLE: "eligible", Verdict.TO_CHECK: "verify"}
_LOW_TEXT_SHARE = 0.46


class RowPainting(QStyledItemDelegate):
    """Paints the lines of a ChecklistModel; sizes follow the theme's scale."""

    def __init__(self, theme: Theme, model: ChecklistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.style_ = RowStyle(theme)
        self.buttons = TerritoryButtons(theme)
        self._model = model
        self._sizes = {shape: QSize(theme.px(200), theme.px(shape.value)) for shape in Shape}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._sizes[self._model.shape(index.row())]

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
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = line.key == self._model.selected
        self.style_.ground(painter, rect, selected=selected, focused=focused)
        match line:
            case Heading():
                self._heading(painter, rect, line)
            case Fold():
                self._fold(painter, rect, line)
            case TerritoryEntry():
                pointed = bool(state & QStyle.StateFlag.State_MouseOver)
                open_ = focused or selected or pointed
                self._territory(painter, rect, self._model.territory(line), with_buttons=open_)
            case DispositifEntry():
                words = self._model.words(line.dispositif)
                high = self._model.shape(index.row()) is Shape.HIGH
                (self._high if high else self._low)(painter, rect, words, selected)
        painter.restore()

    # --- lines ------------------------------------------------------------------------------------------

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        style, px = self.style_, self.theme.px
        middle = rect.center().y()
        style.mark(painter, rect, "chevron-right" if line.folded else "chevron-down", "muted", 12, px(MARGIN))
        left = rect.left() + px(32)
        muted = style.colour("muted")
        left += style.heading.draw(painter, left, middle, line.title, muted, rect.right() - left) + px(6)
        left += style.label.draw(painter, left, middle, str(line.count), muted, rect.right() - left) + px(8)
        right = rect.right() - px(MARGIN)
        if line.group in self._model.stale:
            width = style.second.width(STALE) + px(18)
            right -= width
            side = px(12)
            painter.drawPixmap(
                right + px(2), middle - side // 2 + 1, self.theme.mark("refresh", "accent", 12)
            )
            style.second.draw(painter, right + px(18), middle, STALE, style.colour("accent"), width)
            right -= px(8)
        if right > left:
            painter.fillRect(QRect(left, middle, right - left, px(1)), style.colour("line"))

    def _fold(self, painter: QPainter, rect: QRect, line: Fold) -> None:
        style, px = self.style_, self.theme.px
        style.mark(painter, rect, "chevron-down" if line.opened else "chevron-right", "muted", 12, px(20))
        left = rect.left() + px(TEXT_LEFT)
        room = rect.right() - left
        style.second.draw(painter, left, rect.center().y(), line.words, style.colour("muted"), room)

    def _high(self, painter: QPainter, rect: QRect, words: RowWords, selected: bool) -> None:
        style, px = self.style_, self.theme.px
        name, role = MARKS[words.verdict]
        style.mark(painter, rect, name, _readable(role, selected), 18, px(MARGIN))
        left, end = rect.left() + px(TEXT_LEFT), rect.right() - px(MARGIN)
        kind = _CHIPS.get(words.verdict, "")
        room = end - left - (chip_width(self.theme, words.chip) + px(10) if kind else 0)
        # The state of opening is never cut: where it lacks room the chip goes up to the first line.
        long = words.opening != NOT_GIVEN and style.second.width(f" · {words.opening}") + px(48) > room
        above, below = _two_lines(rect, style)
        right = self._chip(painter, rect, words.chip, kind, above if long else rect.center().y())
        until = self._doubt(painter, right, above, words.doubts)
        self._name(painter, left, above, until, words.name, words.nature)
        if words.reason:
            style.second.draw(painter, left, below, words.reason, style.colour("muted"), right - left)
        else:
            self._way(painter, left, below, end if long else right, words)

    def _low(self, painter: QPainter, rect: QRect, words: RowWords, selected: bool) -> None:
        style, px = self.style_, self.theme.px
        name, role = MARKS[words.verdict]
        style.mark(painter, rect, name, _readable(role, selected), 14, px(MARGIN + 2))
        left, right, middle = rect.left() + px(TEXT_LEFT), rect.right() - px(MARGIN), rect.center().y()
        column = left + round((right - left) * _LOW_TEXT_SHARE)
        width = style.label.draw(
            painter, left, middle, words.name, style.colour("text"), column - left - px(8)
        )
        rest = column - left - px(8) - width - px(6)
        if rest > px(24):
            style.second.draw(
                painter, left + width + px(6), middle, words.nature, style.colour("muted"), rest
            )
        said = words.reason or VERDICT_WORDS[words.verdict]
        style.second.draw(painter, column, middle, said, style.colour("muted"), right - column)

    def _territory(
        self, painter: QPainter, rect: QRect, words: TerritoryWords, *, with_buttons: bool
    ) -> None:
        style, px = self.style_, self.theme.px
        name, role = ("verify", "verify") if words.answer is None else ("pin", "accent")
        style.mark(painter, rect, name, role, 18, px(MARGIN))
        if with_buttons:
            self.buttons.paint(painter, rect, words.answer)
            right = self.buttons.left_edge(rect) - px(8)
        else:
            kind = "verify" if words.answer is None else "tint" if words.answer else "outline"
            chip = {None: "À vérifier", True: BELONGS, False: DOES_NOT}[words.answer]
            right = self._chip(painter, rect, chip, kind, rect.center().y())
        left = rect.left() + px(TEXT_LEFT)
        above, below = _two_lines(rect, style)
        # The buttons leave room for the name; what they ask is said by the group's title.
        beside, under = ("", words.natures) if with_buttons else (words.natures, words.second)
        self._name(painter, left, above, right, words.name, beside)
        style.second.draw(painter, left, below, under, style.colour("muted"), right - left)

    # --- parts ------------------------------------------------------------------------------------------

    def _chip(self, painter: QPainter, rect: QRect, words: str, kind: str, middle: int) -> int:
        """The chip at the right, at a height; returns where the words before it must end."""
        theme = self.theme
        right = rect.right() - theme.px(MARGIN)
        if not kind:
            return right
        width, height = chip_width(theme, words), theme.px(22)
        top = middle - height / 2 + 1
        paint_chip(painter, theme, QRectF(right - width, top, width, height), words, kind)
        return right - width - theme.px(10)

    def _doubt(self, painter: QPainter, right: int, middle: int, doubts: int) -> int:
        if not doubts:
            return right
        style, px = self.style_, self.theme.px
        left = right - style.doubt.width("doute") - px(14)
        painter.drawPixmap(left, middle - px(12) // 2, self.theme.mark("doubt", "verify", 12))
        style.doubt.draw(painter, left + px(14), middle, "doute", style.colour("verify"), right - left)
        return left - px(8)

    def _name(self, painter: QPainter, left: int, middle: int, right: int, name: str, nature: str) -> None:
        style, px = self.style_, self.theme.px
        width = style.name.draw(painter, left, middle, name, style.colour("text"), right - left)
        left += width + px(7)
        if right - left > px(28):
            style.second.draw(painter, left, middle, nature, style.colour("muted"), right - left)

    def _way(self, painter: QPainter, left: int, middle: int, right: int, words: RowWords) -> None:
        """The way in gives room to the state of opening."""
        ink, colour = self.style_.second, self.style_.colour("muted")
        whole = f"{words.way} · {words.opening}"
        silent = words.opening == NOT_GIVEN and words.verdict is Verdict.TO_CHECK
        if silent and ink.width(whole) > right - left:
            # What is still to be asked says more than that no source gives hours; the detail says that too.
            ink.draw(painter, left, middle, _fitting(ink, words.way, right - left), colour, right - left)
            return
        opening = f" · {words.opening}"
        way_room = right - left - ink.width(opening)
        if way_room < self.theme.px(24):
            ink.draw(painter, left, middle, words.opening, colour, right - left)
            return
        taken = ink.draw(painter, left, middle, _fitting(ink, words.way, way_room), colour, way_room)
        ink.draw(painter, left + taken, middle, opening, colour, right - left - taken)


def _fitting(ink: Ink, way: str, room: int) -> str:
    """The way in, its last parts left out where it lacks room: whole parts read better than beginnings."""
    parts = way.split(" · ")
    while len(parts) > 1 and ink.width(way) > room:
        parts.pop()
        shorter = " · ".join((*parts, "…"))
        if ink.width(shorter) < room * 0.6:
            break  # too little would be left: the ellipsis cuts a part rather
        way = shorter
    return way


def _two_lines(rect: QRect, style: RowStyle) -> tuple[int, int]:
    """The middles of the two lines of a high row."""
    height = style.name.height + style.second.height
    top = rect.top() + (rect.height() - height) // 2
    return top + style.name.height // 2, top + style.name.height + style.second.height // 2


def _readable(role: str, selected: bool) -> str:
    """Greys of `refused` and `off` are too pale on a selected row (interface, §1.1)."""
    return "muted" if selected and role in ("refused", "off") else role
