"""The picture of a key, beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import edge_pen, stroke_inside

_POINTS = 8.5
_HEIGHT = 18


def key_cap_size(theme: Theme, key: str) -> QSize:
    """The room a key cap takes."""
    height = theme.px(_HEIGHT)
    text = QFontMetrics(theme.font(_POINTS)).horizontalAdvance(key)
    return QSize(max(height, text + 2 * theme.px(5)), height)


def paint_key_cap(painter: QPainter, theme: Theme, rect: QRectF, key: str, role: str) -> None:
    """Draws a key cap, outline and text in one colour."""
    stroke_inside(painter, rect, edge_pen(theme, role, 1), theme.px(3))
    painter.setFont(theme.font(_POINTS))
    painter.setPen(theme.color(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class KeyCap(QWidget):
    """A key cap alone. It is not read aloud: what it triggers says its key in its description."""

    def __init__(self, theme: Theme, key: str, role: str = "muted", parent: QWidget | None = None) -> None:
        """The key as it is written on screen (`F9`, `Ctrl+Espace`), in the colour of a role."""
        super().__init__(parent)
        self.theme = theme
        self.key = key
        self._role = role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return key_cap_size(self.theme, self.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_key_cap(painter, self.theme, QRectF(self.rect()), self.key, self._role)
        painter.end()
