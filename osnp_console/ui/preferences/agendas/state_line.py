"""How a source stands: mark, state word, time, and what else there is to say."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.ports import SourceMemory
from osnp_console.app.sources.words import Standing, day_and_time, source_line
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import BY_HAND, AgendaSource
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel

READ_BY_HAND = "consulté à la main"


def stands(
    source: AgendaSource,
    answer: SourceAnswer | None,
    memory: SourceMemory | None,
    now: datetime,
    *,
    asking: bool = False,
) -> tuple[Standing, str, str]:
    """Mark, words and time of a source in the settings.

    Without an answer in this window, what the base remembers is said with its day.
    """
    if source.kind in BY_HAND:
        return Standing.BY_HAND, READ_BY_HAND, ""
    if answer is None and memory is not None and not asking:
        return Standing.NOT_ASKED, f"a répondu {day_and_time(memory.answered_at, now)}", ""
    line = source_line(source, answer, now, asking=asking)
    return line.standing, line.words, line.time


def had_slots(answer: SourceAnswer | None, memory: SourceMemory | None, now: datetime) -> str:
    """`avait des créneaux hier à 18:40`: the last time a source had any; empty where it has some now.

    Empty too where that is not known.
    """
    if answer is not None and answer.read:
        return ""
    known = [
        at
        for at in (answer.had_slots_at if answer else None, memory.had_slots_at if memory else None)
        if at is not None
    ]
    return f"avait des créneaux {day_and_time(max(known), now)}" if known else ""


class StateLine(QWidget):
    """Mark, words, time; details under them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A line that says nothing yet."""
        super().__init__(parent)
        self.theme = theme
        self._mark = MarkLabel(theme, "", "", parent=self)
        self._mark.setFixedHeight(theme.px(20))
        self._words = PlainLabel(theme, wrap=True, parent=self)
        self._words.setMinimumHeight(theme.px(20))
        self._details = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @property
    def words(self) -> str:
        """What is said, time included."""
        return self._words.text()

    @property
    def details(self) -> str:
        """What is said under it."""
        return self._details.text()

    def say(self, standing: Standing, words: str, time: str = "", details: str = "") -> None:
        """Show how a source stands."""
        self._mark.set_mark(standing.mark, standing.role)
        self._words.setText(f"{words} · {time}" if time else words)
        self._words.set_role("verify" if standing.limits else "text")
        self._details.setText(details)
        self._details.setVisible(bool(details))
        said = ", ".join(part for part in (self._words.text().replace(" · ", ", "), details) if part)
        self.setAccessibleName(f"État\u202f: {said}")
