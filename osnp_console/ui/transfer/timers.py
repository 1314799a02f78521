"""The clocks of a transfer, never scrolled away: with the line, the patient, and the tries."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.panel_clocks import ClockShown
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card

USUAL_WIDTH, WIDEST = "00:00", "0:00:00"


class TimerLine(QWidget):
    """One clock: mark, words, and how long."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ClockShown | None = None
        self._mark = MarkLabel(theme, "", "muted", parent=self)
        self.words = ElidedLabel(theme, "", points=9.5, parent=self)
        self.counted = PlainLabel(theme, "", points=13, bold=True, parent=self)
        self._give_room(USUAL_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.counted)
        self.counted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_tight(self, *, tight: bool) -> None:
        """Without its mark."""
        self._mark.setVisible(not tight)

    def _give_room(self, widest: str) -> None:
        """Keep the room of so many figures, that none shifts when another passes."""
        width = self.counted.fontMetrics().horizontalAdvance(widest) + self.counted.theme.px(2)
        if width != self.counted.width():
            self.counted.setFixedWidth(width)

    def show_clock(self, shown: ClockShown | None, now: datetime) -> None:
        """Show a clock at an instant; None hides the line."""
        self._shown = shown
        self.setVisible(shown is not None)
        if shown is not None:
            self.words.setText(shown.words)
            self.tick(now)

    def tick(self, now: datetime) -> None:
        """Take the time."""
        shown = self._shown
        if shown is None:
            return
        counted, amber = shown.counted(now), shown.is_amber(now)
        self._mark.set_mark(shown.mark, "verify" if amber else "muted")
        self._give_room(WIDEST if len(counted) > len(USUAL_WIDTH) else USUAL_WIDTH)
        self.counted.setText(counted)
        self.counted.set_role("verify" if amber else "text")
        self.setAccessibleName(f"{shown.words}\u202f: {counted}" if counted else shown.words)


class Timers(Card):
    """Two clocks, the tries, and the button that says where the patient is.

    Signals:
        patient_wanted(): the patient hung up, or is on the phone again.
    """

    patient_wanted = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        """`key` is the key of the button."""
        super().__init__(theme, surface="panel", parent=parent)
        self.setAccessibleName("Minuteurs du transfert")
        self.lines = (TimerLine(theme, self), TimerLine(theme, self))
        self.tries = ElidedLabel(theme, "", role="muted", points=9, parent=self)
        self.patient = ActionButton(theme, "", key, "link", height=24, parent=self)
        self.patient.clicked.connect(self.patient_wanted)
        self._clocks = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._clocks.setSpacing(theme.px(4))
        for line in self.lines:
            self._clocks.addWidget(line, 1)
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._foot.setSpacing(theme.px(4))
        self._foot.addWidget(self.tries, 1)
        self._foot.addWidget(self.patient)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(self._clocks)
        self._column.addLayout(self._foot)
        self._is_low = self._has_button = False
        self.set_flat(flat=False)

    def set_flat(self, *, flat: bool, low: bool = False, tight: bool = False) -> None:
        """Both clocks beside one another, without a card around them, where width lacks.

        Where height lacks too the tries are left to the steps, and the button to its key; where width lacks
        even so, the marks go.
        """
        for line in self.lines:
            line.set_tight(tight=tight)
        self._is_low = low
        self.tries.setVisible(not low and bool(self.tries.text()))
        self.patient.setVisible(not low and self._has_button)
        px, directions = self.theme.px, QBoxLayout.Direction
        self._clocks.setDirection(directions.LeftToRight if flat else directions.TopToBottom)
        self._clocks.setSpacing(px(16 if flat else 4))
        self._foot.setDirection(directions.LeftToRight if flat else directions.TopToBottom)
        side, around = (px(8 if tight else 14), px(3)) if flat else (px(14), px(10))
        self._column.setContentsMargins(side, around, side, around)
        self.set_surface("raised" if flat else "panel", "" if flat else "line")

    def show_clocks(self, clocks: tuple[ClockShown, ...], tries: str, patient: str, now: datetime) -> None:
        """Show clocks, tries, and the words of the button; empty words hide it."""
        for place, line in enumerate(self.lines):
            line.show_clock(clocks[place] if place < len(clocks) else None, now)
        self.tries.setText(tries)
        self._has_button = bool(patient)
        self.tries.setVisible(not self._is_low and bool(tries))
        self.patient.setVisible(not self._is_low and bool(patient))
        if patient:
            self.patient.set_text(patient)

    def tick(self, now: datetime) -> None:
        """Take the time."""
        for line in self.lines:
            line.tick(now)
