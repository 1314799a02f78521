"""`Agendas` in the top bar: how many sources are in each state, by mark and number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme

_POINTS = 9.5
_MARK = 12
_GAP, _BETWEEN = 4, 10


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many sources are in a state: its mark, the mark's colour role, the number, the state's word."""

    mark: str
    role: str
    count: int
    word: str


class AgendaCounts(QWidget):
    """Shown only while there are sources; says itself whole in its accessible name and tool tip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: tuple[StateCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_counts(self, counts: tuple[StateCount, ...]) -> None:
        """Take the counts of the states that are present."""
        if counts == self._counts:
            return
        self._counts = counts
        words = ", ".join(f"{one.count} {one.word}" for one in counts)
        self.setAccessibleName(f"Agendas\u202f: {words}")
        self.setToolTip(f"Agendas\u202f: {words}")
        self.setVisible(bool(counts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word, marks and numbers."""
        metrics = QFontMetrics(self._theme.font(_POINTS))
        width = metrics.horizontalAdvance("Agendas")
        for one in self._counts:
            width += self._theme.px(_BETWEEN + _MARK + _GAP) + metrics.horizontalAdvance(str(one.count))
        return QSize(width + self._theme.px(2), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word, then each state's mark and number."""
        theme = self._theme
        painter = QPainter(self)
        font = theme.font(_POINTS)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        left, middle = 0, Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, self.width(), self.height()), middle, "Agendas")
        left += metrics.horizontalAdvance("Agendas")
        side = theme.px(_MARK)
        painter.setPen(theme.color("text"))
        for one in self._counts:
            left += theme.px(_BETWEEN)
            painter.drawPixmap(left, (self.height() - side) // 2, theme.mark(one.mark, one.role, _MARK))
            left += side + theme.px(_GAP)
            number = str(one.count)
            painter.drawText(QRectF(left, 0, self.width() - left, self.height()), middle, number)
            left += metrics.horizontalAdvance(number)
        painter.end()
