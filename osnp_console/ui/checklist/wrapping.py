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
        gap, left, top, line = self.theme.px(8), 0, 0, 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + line + gap
            widget.resize(size)
            widget.move(QPoint(left, top))
            left += size.width() + gap
            line = size.height()
        self.setFixedHeight(top + line)
