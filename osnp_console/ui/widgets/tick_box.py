"""A box that one ticks, and its words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, fill_rounded, stroke_inside

HEIGHT = 28
_BOX, _GAP, _SIDE = 16, 8, 6


class TickBox(QAbstractButton):
    """A box ticked with Espace, Entrée or a click; `clicked` tells the person's ticks, never set_ticked."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        """An empty box that says `text`."""
        super().__init__(parent)
        self.theme = theme
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HEIGHT))

    def set_ticked(self, ticked: bool) -> None:
        """Tick or clear it; emits no `clicked`."""
        self.setChecked(ticked)

    @property
    def is_ticked(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def sizeHint(self) -> QSize:
        theme = self.theme
        # Room for the bold: ticking moves nothing.
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self._words)
        return QSize(2 * theme.px(_SIDE) + theme.px(_BOX + _GAP) + words, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée ticks, as Espace does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, ticked = self.theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_BOX)
        box = QRectF(theme.px(_SIDE), (self.height() - side) / 2, side, side)
        if self.isEnabled():
            ground, edge = ("accent_tint", "accent") if ticked else ("field", "border")
        else:
            ground, edge = "raised", "line"
        fill_rounded(painter, box, theme.color(ground), theme.px(3))
        stroke_inside(painter, box, edge_pen(theme, edge, 1), theme.px(3))
        if ticked:
            inside = theme.px(1)
            ink = "accent" if self.isEnabled() else "disabled"
            painter.drawPixmap(
                round(box.left()) + inside, round(box.top()) + inside, theme.mark("tick", ink, 14)
            )
        painter.setFont(theme.font(bold=ticked))
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        words = QRectF(box.right() + theme.px(_GAP), 0, self.width(), self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self._words)
        if self.hasFocus():
            ring = edge_pen(theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, QRectF(self.rect()), ring, theme.px(4))
        painter.end()
