"""Chips: a verdict in one word, and a removable filter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, fill_rounded, stroke_inside

# kind: ground, edge, ink
_KINDS = {
    "eligible": ("eligible", "", "on_eligible"),
    "verify": ("verify_tint", "", "verify"),
    "accent": ("accent", "", "on_accent"),
    "tint": ("accent_tint", "", "accent"),
    "outline": ("", "border", "muted"),
}
_POINTS = 9.5
_HEIGHT = 20


def chip_width(theme: Theme, text: str) -> int:
    """The width a chip with this text takes."""
    return QFontMetrics(theme.font(_POINTS, bold=True)).horizontalAdvance(text) + 2 * theme.px(8)


def paint_chip(painter: QPainter, theme: Theme, rect: QRectF, text: str, kind: str) -> None:
    """Draws a chip; for rows that paint themselves. `KeyError` if there is no such kind."""
    ground, edge, ink = _KINDS[kind]
    radius = rect.height() / 2
    if ground:
        fill_rounded(painter, rect, theme.color(ground), radius)
    if edge:
        stroke_inside(painter, rect, edge_pen(theme, edge, 1), radius)
    painter.setFont(theme.font(_POINTS, bold=True))
    painter.setPen(theme.color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Chip(QWidget):
    """A word on a coloured ground: `eligible` solid, `verify` tinted, `accent` solid, `tint`, `outline`."""

    def __init__(self, theme: Theme, text: str, kind: str, parent: QWidget | None = None) -> None:
        """A chip that says `text`; `KeyError` if there is no such kind."""
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(text, kind)

    def set_chip(self, text: str, kind: str) -> None:
        """Changes the word and the kind; `KeyError` if there is no such kind."""
        _KINDS[kind]
        self._words, self._kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.theme, self._words), self.theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, self.theme, QRectF(self.rect()), self._words, self._kind)
        painter.end()


class RemovableChip(QWidget):
    """A chip that a click, Suppr, Retour arrière, Espace or Entrée takes away.

    Signals:
        removed(): the person took it away; the owner removes the widget.
    """

    removed = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        """A chip that says `text`, with a cross after it."""
        super().__init__(parent)
        self.theme = theme
        self._words = text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAccessibleDescription("Suppr pour enlever")
        self.setToolTip("Enlever")

    def sizeHint(self) -> QSize:
        theme = self.theme
        words = QFontMetrics(theme.font(9.5)).horizontalAdvance(self._words)
        return QSize(theme.px(10) + words + theme.px(6) + theme.px(12) + theme.px(8), theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (
            Qt.Key.Key_Delete,
            Qt.Key.Key_Backspace,
            Qt.Key.Key_Space,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.removed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        fill_rounded(painter, rect, theme.color("accent_tint"), radius)
        role, width = ("focus", FOCUS_WIDTH) if self.hasFocus() else ("border", 1)
        stroke_inside(painter, rect, edge_pen(theme, role, width), radius)
        painter.setFont(theme.font(9.5))
        painter.setPen(theme.color("text"))
        words = rect.adjusted(theme.px(10), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self._words)
        side = theme.px(12)
        cross = theme.mark("close", "muted", 12)
        painter.drawPixmap(self.width() - theme.px(8) - side, (self.height() - side) // 2, cross)
        painter.end()
