"""The steps of a prescription on one line: marks and names, the names of the others where room lacks."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.app.prescription.shown import PrescriptionStep, StepLook
from osnp_console.ui.theme.theme import Theme

HEIGHT = 38
_MARKS = {
    StepLook.DONE: ("eligible", "eligible"),
    StepLook.NOW: ("target", "accent"),
    StepLook.SKIPPED: ("off", "muted"),
    StepLook.TO_COME: ("ring", "muted"),
}
_MARK, _AFTER_MARK, _LEAST_LINE = 14, 6, 10


class StepRow(QWidget):
    """Paints itself; its accessible name says every step with its time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[PrescriptionStep, ...] = ()
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[PrescriptionStep, ...]) -> None:
        """Show steps."""
        if steps == self._steps:
            return
        self._steps = steps
        said = (" ".join(part for part in (one.name, one.look.value, one.words) if part) for one in steps)
        self.setAccessibleName(f"Étapes\u202f: {', '.join(said)}")
        told = (f"{one.name} à {one.words}" for one in steps if one.words)
        self.setToolTip(" · ".join(told))
        self.update()

    @property
    def steps(self) -> tuple[PrescriptionStep, ...]:
        """What is shown."""
        return self._steps

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = [self._width(one, named=True) for one in self._steps]
        px = self._theme.px
        room = self.width() - 2 * px(14)
        gaps = max(1, len(self._steps) - 1)
        named = sum(widths) + gaps * px(_LEAST_LINE + 12) <= room
        if not named:
            widths = [self._width(one, named=one.look is StepLook.NOW) for one in self._steps]
        left = px(14)
        line = max(px(6), min(px(60), (room - sum(widths)) // gaps))
        for place, (one, width) in enumerate(zip(self._steps, widths, strict=True)):
            self._paint_step(painter, one, left, named=named or one.look is StepLook.NOW)
            left += width
            if place + 1 < len(self._steps) and line > px(12):
                role = "line" if one.look in (StepLook.NOW, StepLook.TO_COME) else "eligible"
                rect = QRect(left + px(6), self.height() // 2, line - px(12), px(1))
                painter.fillRect(rect, self._theme.color(role))
            left += line
        painter.end()

    def _width(self, one: PrescriptionStep, *, named: bool) -> int:
        px = self._theme.px
        if not named:
            return px(_MARK)
        font = self._theme.font(10, one.look is StepLook.NOW)
        return px(_MARK + _AFTER_MARK) + QFontMetrics(font).horizontalAdvance(one.name)

    def _paint_step(self, painter: QPainter, one: PrescriptionStep, left: int, *, named: bool) -> None:
        theme, px = self._theme, self._theme.px
        mark, role = _MARKS[one.look]
        top = (self.height() - px(_MARK)) // 2
        painter.drawPixmap(left, top, theme.mark(mark, role, _MARK))
        if named:
            painter.setFont(theme.font(10, one.look is StepLook.NOW))
            painter.setPen(theme.color("text" if one.look in (StepLook.DONE, StepLook.NOW) else "muted"))
            words = QRect(left + px(_MARK + _AFTER_MARK), 0, self.width() - left, self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), one.name)
