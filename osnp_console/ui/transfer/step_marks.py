"""The steps of a transfer: a row of marks with their names and hours, or one line where room lacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.app.clock_words import clock_words
from osnp_console.app.transfer.stepper import StepShown, StepState
from osnp_console.ui.theme.theme import Theme

HEIGHT, BRIEF_HEIGHT, LOW_HEIGHT = 70, 46, 26
LEAST_STEP = 92
_MARKS: Mapping[StepState, tuple[str, str]] = {
    StepState.DONE: ("eligible", "eligible"),
    StepState.NOW: ("target", "accent"),
    StepState.STOPPED: ("refused", "muted"),
    StepState.TO_COME: ("ring", "muted"),
}


class StepMarks(QWidget):
    """Paints itself; its accessible name says every step, its description the one being gone through."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[StepShown, ...] = ()
        self._now: datetime | None = None
        self._is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def steps(self) -> tuple[StepShown, ...]:
        """What is shown."""
        return self._steps

    def set_low(self, *, low: bool) -> None:
        """One line only, where height lacks."""
        self._is_low = low
        self.updateGeometry()
        self.update()

    @property
    def is_brief(self) -> bool:
        """Whether there is no room for the names of all steps."""
        return self._is_low or self.width() < self._theme.px(LEAST_STEP) * max(1, len(self._steps))

    def show_steps(self, steps: tuple[StepShown, ...], now: datetime) -> None:
        """Show steps at an instant."""
        if steps != self._steps:
            self._steps = steps
            said = (f"{one.name} {self._heard(one)}".strip() for one in steps)
            self.setAccessibleName(f"Étapes\u202f: {', '.join(said)}")
            self.updateGeometry()
        self._now = now
        self.update()

    def tick(self, now: datetime) -> None:
        """Take the time; only the step being gone through is painted again."""
        self._now = now
        for place, one in enumerate(self._steps):
            if one.since is not None:
                self.update(self.rect() if self.is_brief else self._words_place(place))

    def words_of(self, place: int) -> str:
        """What stands under a step's name: `10:03:10 · 2e essai`, `en cours · 01:09`."""
        one = self._steps[place]
        if one.since is None or self._now is None:
            return one.words
        return f"{one.words} · {clock_words(self._now - one.since)}"

    def _heard(self, one: StepShown) -> str:
        return (
            f"{one.state.value} {one.words}" if one.state is StepState.DONE else one.words or one.state.value
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its lines of words."""
        height = LOW_HEIGHT if self._is_low else BRIEF_HEIGHT if self.is_brief else HEIGHT
        return QSize(self._theme.px(300), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_brief:
            self._paint_brief(painter)
        else:
            for place in range(len(self._steps)):
                self._paint_step(painter, place)
        painter.end()

    def _place(self, place: int) -> QRect:
        margin, count = self._theme.px(14), max(1, len(self._steps))
        room = self.width() - 2 * margin
        left = margin + room * place // count
        return QRect(left, 0, margin + room * (place + 1) // count - left, self.height())

    def _words_place(self, place: int) -> QRect:
        """Under the name; a clock is never cut, and what is to come leaves its room to it."""
        px, rect = self._theme.px, self._place(place)
        following = self._steps[place + 1 : place + 2]
        room = rect.width() * (2 if following and not following[0].words else 1)
        return QRect(rect.x(), px(8 + 16 + 3 + 18), room - px(4), px(17))

    def _paint_step(self, painter: QPainter, place: int) -> None:
        theme, one, rect = self._theme, self._steps[place], self._place(place)
        px, side = theme.px, theme.px(16)
        top = px(8)
        self._paint_mark(painter, one.state, rect.x(), top)
        if place + 1 < len(self._steps):
            done = one.state is StepState.DONE
            line = QRect(rect.x() + side + px(6), top + side // 2, rect.width() - side - px(12), px(1.5))
            painter.fillRect(line, theme.color("eligible" if done else "line"))
        strong = one.state in (StepState.NOW, StepState.STOPPED)
        role = "muted" if one.state is StepState.TO_COME else "text"
        name = QRect(rect.x(), top + side + px(3), rect.width() - px(4), px(18))
        self._write(painter, name, one.name, 9.5, role, bold=strong)
        words = self._words_place(place)
        role = "accent" if one.state is StepState.NOW else "muted"
        self._write(painter, words, self.words_of(place), 8.5, role, bold=strong)

    def _paint_brief(self, painter: QPainter) -> None:
        px = self._theme.px
        side, gap = px(16), px(10)
        x, top = px(14), px(5)
        for one in self._steps:
            self._paint_mark(painter, one.state, x, top)
            x += side + gap
        at = self._at()
        if at is not None:
            words = f"{self._steps[at].name} · {self.words_of(at)}".rstrip(" ·")
            left, under = (x + px(4), px(3)) if self._is_low else (px(14), top + side + px(2))
            rect = QRect(left, under, self.width() - left - px(14), px(19))
            self._write(painter, rect, words, 9.5, "accent", bold=True)

    def _at(self) -> int | None:
        """The step that is told alone: the one being gone through, else the last that is done."""
        told = [n for n, one in enumerate(self._steps) if one.state in (StepState.NOW, StepState.STOPPED)]
        done = [n for n, one in enumerate(self._steps) if one.state is StepState.DONE]
        return told[0] if told else done[-1] if done else None

    def _paint_mark(self, painter: QPainter, state: StepState, x: int, y: int) -> None:
        mark, role = _MARKS[state]
        small = state is StepState.TO_COME
        side = self._theme.px(12 if small else 16)
        inset = (self._theme.px(16) - side) // 2
        painter.drawPixmap(x + inset, y + inset, self._theme.mark(mark, role, 12 if small else 16))

    def _write(
        self, painter: QPainter, rect: QRect, text: str, points: float, role: str, *, bold: bool
    ) -> None:
        font = self._theme.font(points, bold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, int(flags), said)
