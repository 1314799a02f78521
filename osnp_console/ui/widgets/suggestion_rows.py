"""A row of the list under a field: what it says, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from osnp_console.ui.theme.theme import Theme

# Noto Sans has no arrow: it is read in a name and drawn as a mark.
ARROW = "→"
_ARROW_ROOM = 20
_SEPARATOR = " · "
_SIDE = 12
_BEFORE_NOTE = 16
_SMALL = 9.5
_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal.

    Attributes:
        key: what is chosen.
        name: in bold; `Saint-Just → Commune nouvelle` shows what a former name stands for.
        detail: after it, muted, behind a dot.
        note: at the right, muted.
        section: rows of one section stand under its name; none when empty.
    """

    key: object
    name: str
    detail: str = ""
    note: str = ""
    section: str = ""

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        name = self.name.replace(ARROW, "aujourd’hui")
        return ", ".join(part for part in (name, self.detail, self.note) if part)


def _pieces(theme: Theme, row: Row) -> list[tuple[str, QFont, str]]:
    """What is written from left to right: a text or the arrow, its font, the role of its colour."""
    former, _arrow, today = (part.strip() for part in row.name.partition(ARROW))
    bold, small = theme.font(bold=True), theme.font(_SMALL)
    pieces = [(former, bold, "text")]
    if today:
        pieces += [(ARROW, bold, "muted"), (today, bold, "text")]
    if row.detail:
        pieces.append((f"{_SEPARATOR}{row.detail}", small, "muted"))
    return pieces


def row_width(theme: Theme, row: Row) -> int:
    """The width that shows the whole row, margins left out."""
    width = sum(
        theme.px(_ARROW_ROOM) if text == ARROW else QFontMetrics(font).horizontalAdvance(text)
        for text, font, _role in _pieces(theme, row)
    )
    if row.note:
        width += theme.px(_BEFORE_NOTE) + QFontMetrics(theme.font(_SMALL)).horizontalAdvance(row.note)
    return width


def paint_row(painter: QPainter, theme: Theme, row: Row, area: QRect, *, lit: bool) -> None:
    """Paints a row, with the ground and the bar of a selection when it is lit; a long text is cut."""
    if lit:
        edge = theme.px(1)
        ground = area.adjusted(edge, 0, -edge, 0)
        painter.fillRect(ground, theme.color("selection"))
        bar = QRect(ground.left(), ground.top(), theme.px(3), ground.height())
        painter.fillRect(bar, theme.color("accent"))
    left, right = area.left() + theme.px(_SIDE), area.right() + 1 - theme.px(_SIDE)
    if row.note:
        small = theme.font(_SMALL)
        width = QFontMetrics(small).horizontalAdvance(row.note)
        _write(
            painter,
            theme,
            row.note,
            QRect(right - width, area.top(), width + 1, area.height()),
            small,
            "muted",
        )
        right -= width + theme.px(_BEFORE_NOTE)
    for text, font, role in _pieces(theme, row):
        if text == ARROW:
            side = theme.px(12)
            arrow = theme.mark("arrow-right", role, 12)
            painter.drawPixmap(left + theme.px(4), area.center().y() - side // 2 + 1, arrow)
            left += theme.px(_ARROW_ROOM)
        else:
            room = QRect(left, area.top(), max(0, right - left) + 1, area.height())
            left += _write(painter, theme, text, room, font, role)


def _write(painter: QPainter, theme: Theme, text: str, room: QRect, font: QFont, role: str) -> int:
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(theme.color(role))
    painter.drawText(room, _ONE_LINE, shown)
    return metrics.horizontalAdvance(shown)
