"""Fonts, measures and strokes shared by the rows that paint themselves."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside

SELECTION_BAR = 3
MARGIN = 12
TEXT_LEFT = 40


class RowStyle:
    """One font and its metrics for each kind of text of a row, made once for a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.name = Ink(theme.font(10, bold=True))
        self.body = Ink(theme.font(10))
        self.label = Ink(theme.font(9.5))
        self.heading = Ink(theme.font(9.5, bold=True))
        self.second = Ink(theme.font(9))
        self.doubt = Ink(theme.font(8.5, bold=True))

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return self.theme.color(role)

    def ground(self, painter: QPainter, rect: QRect, *, selected: bool, focused: bool) -> None:
        """What lies under a row: the selection and its bar, the focus ring inside."""
        theme = self.theme
        if selected:
            painter.fillRect(rect, theme.color("selection"))
            bar = QRect(rect.left(), rect.top(), theme.px(SELECTION_BAR), rect.height())
            painter.fillRect(bar, theme.color("accent"))
        if focused:
            stroke_inside(painter, QRectF(rect), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(3))

    def mark(self, painter: QPainter, rect: QRect, name: str, role: str, size: float, left: int) -> None:
        """A mark at `left` px from the row's left edge, in the middle of its height."""
        side = self.theme.px(size)
        top = rect.top() + (rect.height() - side) // 2
        painter.drawPixmap(rect.left() + left, top, self.theme.mark(name, role, size))


class Ink:
    """A font with its metrics: draws one line, cut with an ellipsis where it lacks room."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()

    def width(self, text: str) -> int:
        """The width the text takes."""
        return self.metrics.horizontalAdvance(text)

    def draw(self, painter: QPainter, left: int, middle: int, text: str, colour: QColor, room: int) -> int:
        """Draw `text` from `left`, centred on `middle`, within `room`; returns the width it took."""
        if room <= 0 or not text:
            return 0
        width = self.width(text)
        if width > room:
            text = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = self.width(text)
        painter.setFont(self.font)
        painter.setPen(colour)
        painter.drawText(left, middle + (self.metrics.ascent() - self.metrics.descent()) // 2, text)
        return width


def plain_tip(text: str) -> str:
    """A tool tip that is shown letter for letter, whatever was received."""
    return f"<p>{escape(text)}</p>".replace("\n", "<br>") if "<" in text else text
