"""Cards and hairlines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import edge_pen, fill_rounded, stroke_inside

CARD_RADIUS = 6


class Card(QFrame):
    """A rounded surface: a column, a card, a strip. It has no layout and no margin of its own."""

    def __init__(
        self,
        theme: Theme,
        *,
        surface: str = "panel",
        edge: str = "line",
        parent: QWidget | None = None,
    ) -> None:
        """A surface filled with a role and edged with another; no edge when it is empty."""
        super().__init__(parent)
        self.theme = theme
        self._surface = surface
        self._edge = edge

    def set_surface(self, surface: str, edge: str) -> None:
        """Changes the two roles."""
        self._surface, self._edge = surface, edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.theme.px(CARD_RADIUS)
        fill_rounded(painter, QRectF(self.rect()), self.theme.color(self._surface), radius)
        if self._edge:
            stroke_inside(painter, QRectF(self.rect()), edge_pen(self.theme, self._edge, 1), radius)
        painter.end()


class Hairline(QWidget):
    """A thin separator; vertical between words, horizontal between blocks."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, role: str = "line", parent: QWidget | None = None
    ) -> None:
        """A line one pixel thick at 100 % text."""
        super().__init__(parent)
        self.theme = theme
        self._role = role
        thickness = theme.px(1)
        if vertical:
            self.setFixedWidth(thickness)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(thickness)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(self._role))
        painter.end()
