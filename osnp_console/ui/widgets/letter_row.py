"""A line of a list in place, with the letter that chooses it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.key_cap import key_cap_size, paint_key_cap

HEIGHT = 28


class LetterRow(QAbstractButton):
    """One of several, checked while it is the one chosen; words longer than the row end with an ellipsis."""

    def __init__(self, theme: Theme, words: str, letter: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.letter = theme, letter
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(f"touche {letter}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(rect, theme.color("selection"))
            painter.fillRect(QRectF(0, 0, theme.px(3), self.height()), theme.color("accent"))
        size = key_cap_size(theme, self.letter)
        cap = QRectF(theme.px(12), (self.height() - size.height()) / 2, size.width(), size.height())
        paint_key_cap(painter, theme, cap, self.letter, "muted")
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.setPen(theme.color("text"))
        words = rect.adjusted(theme.px(44), 0, -theme.px(8), 0)
        said = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), said)
        if self.hasFocus():
            stroke_inside(painter, rect, edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(2))
        painter.end()
