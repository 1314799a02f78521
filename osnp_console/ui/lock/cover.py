"""What covers the window: an opaque page, with the time, masked alarms and the clocks of open calls."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.domain.clock import in_paris
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.lock.covered import Covered
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel

ALARM_HEIGHT = 44
_NOTHING = Covered((), "")


class AlarmLine(QWidget):
    """`1 urgence vitale · 03:10`, on the alarm's own ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """A line without alarm, hidden."""
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.px(ALARM_HEIGHT))
        self.words = PlainLabel(theme, role="on_alarm", points=11.5, bold=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(MarkLabel(theme, "alarm", "on_alarm", parent=self))
        row.addWidget(self.words)
        row.addStretch(1)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show the alarms, or nothing."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("alarm_solid"))
        painter.end()


class CoverPage(StartPage):
    """A card on an opaque ground, under what stays visible. Nothing of what is under it shows."""

    def __init__(self, theme: Theme, title: str, lead: str, parent: QWidget | None = None) -> None:
        """A page with its title and a sentence under it."""
        super().__init__(theme, title, lead, parent)
        self.time = PlainLabel(theme, "00:00", points=19, bold=True, parent=self)
        self.time.setAccessibleName("Heure")
        self.alarm = AlarmLine(theme, self)
        self._calls = QGridLayout()
        self._calls.setHorizontalSpacing(theme.px(12))
        self._calls.setVerticalSpacing(theme.px(4))
        # Words and clocks meet in the middle: the clocks stand under one another.
        for column in (0, 1):
            self._calls.setColumnStretch(column, 1)
        self._shown: list[tuple[PlainLabel, PlainLabel]] = []
        top = QWidget(self)
        head = QVBoxLayout(top)
        head.setContentsMargins(0, theme.px(16), 0, theme.px(8))
        head.setSpacing(theme.px(12))
        head.addWidget(self.time, 0, Qt.AlignmentFlag.AlignHCenter)
        head.addWidget(self.alarm)
        head.addLayout(self._calls)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(0, top)

    def tick(self, now: datetime, seen: Covered = _NOTHING) -> None:
        """Take the time, and what stays visible of the calls."""
        self.time.setText(f"{in_paris(now):%H:%M}")
        if self.alarm.words.text() != seen.alarms:
            self.alarm.say(seen.alarms)
        if len(self._shown) != len(seen.calls):
            self._make_lines(len(seen.calls))
        for (words, clock), call in zip(self._shown, seen.calls, strict=True):
            words.setText(call.words)
            words.set_role("text" if call.is_running else "muted")
            clock.setText(call.clock)

    def _make_lines(self, count: int) -> None:
        for labels in self._shown:
            for label in labels:
                self._calls.removeWidget(label)
                label.deleteLater()
        self._shown = []
        for row in range(count):
            words = PlainLabel(self.theme, points=11.5, parent=self)
            clock = PlainLabel(self.theme, points=13, bold=True, parent=self)
            self._calls.addWidget(words, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._calls.addWidget(clock, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            words.show()
            clock.show()
            self._shown.append((words, clock))
