"""The one gesture on a CPTS whose territory nobody lists: it belongs, it does not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter

from osnp_console.ui.checklist.row_style import MARGIN, Ink
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import RADIUS, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.key_cap import key_cap_size, paint_key_cap

BELONGS, DOES_NOT = "appartient", "n’appartient pas"
_KEYS = {True: "O", False: "N"}
_WORDS = {True: BELONGS, False: DOES_NOT}


class TerritoryButtons:
    """Two buttons painted at the right of the row that is current or pointed at, with their letters."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._ink = Ink(theme.font(9))
        self._bold = Ink(theme.font(9, bold=True))
        cap = key_cap_size(theme, "O").width()
        self._widths = {
            answer: self._bold.width(words) + cap + theme.px(20) for answer, words in _WORDS.items()
        }

    def left_edge(self, row: QRect) -> int:
        """Where the words of the row must end."""
        return self._rect(row, True).left()

    def at(self, row: QRect, point: QPoint) -> bool | None:
        """The answer whose button lies under a point, None beside both."""
        return next((answer for answer in (True, False) if self._rect(row, answer).contains(point)), None)

    def paint(self, painter: QPainter, row: QRect, chosen: bool | None) -> None:
        """Draw both with their letters; the chosen one tinted and bold, with a thicker edge."""
        theme = self.theme
        for answer in (True, False):
            rect = self._rect(row, answer)
            is_chosen = chosen is answer
            fill = theme.color("accent_tint" if is_chosen else "panel")
            fill_rounded(painter, QRectF(rect), fill, theme.px(RADIUS))
            pen = edge_pen(theme, "accent" if is_chosen else "border", 2 if is_chosen else 1)
            stroke_inside(painter, QRectF(rect), pen, theme.px(RADIUS))
            role = "accent" if is_chosen else "text"
            cap = key_cap_size(theme, _KEYS[answer])
            ink = self._bold if is_chosen else self._ink
            words = _WORDS[answer]
            content = ink.width(words) + theme.px(6) + cap.width()
            left = rect.left() + (rect.width() - content) // 2
            ink.draw(painter, left, rect.center().y(), words, theme.color(role), rect.width())
            top = rect.center().y() - cap.height() // 2 + 1
            key = QRectF(left + content - cap.width(), top, cap.width(), cap.height())
            paint_key_cap(painter, theme, key, _KEYS[answer], "muted")

    def _rect(self, row: QRect, answer: bool) -> QRect:
        theme = self.theme
        height = theme.px(28)
        right = row.right() - theme.px(MARGIN)
        if answer:
            right -= self._widths[False] + theme.px(4)
        width = self._widths[answer]
        return QRect(right - width, row.top() + (row.height() - height) // 2, width, height)
