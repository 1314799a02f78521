"""A text or facts that may lack room: scrolled with the arrows, a stop of Tab only while there is more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside


class Scrolled(QScrollArea):
    """Holds one widget on the card's own ground."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """An empty area, read aloud as `name`."""
        super().__init__(parent)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def hold(self, widget: QWidget) -> None:
        """Show a widget, in place of the one before."""
        self.setWidget(widget)
        # A scroll area fills what it holds with the window's colour; here the card shows through.
        widget.setAutoFillBackground(False)

    def _range_changed(self, least: int, most: int) -> None:
        policy = Qt.FocusPolicy.TabFocus if most > least else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            rect = QRectF(self.viewport().rect())
            pen = edge_pen(self._theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, rect, pen, self._theme.px(2))
            painter.end()
