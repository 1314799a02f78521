"""A row of buttons that goes on to the next line where it lacks room (large text, narrow column)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme


class WrappingRow(QWidget):
    """Places its widgets from left to right, line after line, at their own size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets, made with this row as their parent."""
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.minimumHeight())

    def _place(self) -> None:
        """Line after line; in a line, what is lower than the others stands in the middle."""
        gap, top = self.theme.px(8), 0
        for line in self._lines(gap):
            left, height = 0, max(size.height() for _widget, size in line)
            for widget, size in line:
                widget.resize(size)
                widget.move(QPoint(left, top + (height - size.height()) // 2))
                left += size.width() + gap
            top += height + gap
        self.setFixedHeight(max(0, top - gap))

    def _lines(self, gap: int) -> list[list[tuple[QWidget, QSize]]]:
        """The widgets with their sizes, as many a line as fit; a text too wide for a line is wrapped."""
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if size.width() > self.width() > 0 and widget.hasHeightForWidth():
                size = QSize(self.width(), widget.heightForWidth(self.width()))
            if not lines or left + size.width() > self.width():
                lines.append([])
                left = 0
            lines[-1].append((widget, size))
            left += size.width() + gap
        return lines
