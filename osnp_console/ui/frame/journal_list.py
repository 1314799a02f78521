"""The call's journal under its note, where the window is tall enough."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import ElidedLabel, PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle

SHOWN = 8


class JournalList(QWidget):
    """The last lines, newest at the bottom; the room for all of them is kept, so that nothing moves."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Journal de l’appel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(SectionTitle(theme, "Journal de l’appel"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, ElidedLabel]] = []
        for place in range(SHOWN):
            hour = PlainLabel(theme, "", role="muted", points=9)
            words = ElidedLabel(theme, "", points=9)
            words.setMinimumHeight(theme.px(18))
            grid.addWidget(hour, place, 0)
            grid.addWidget(words, place, 1)
            self._rows.append((hour, words))
        column.addLayout(grid)

    def show_lines(self, lines: list[tuple[str, str]]) -> None:
        """Show the last lines of a journal."""
        last = lines[-SHOWN:]
        for place, (hour, words) in enumerate(self._rows):
            at, said = last[place] if place < len(last) else ("", "")
            hour.setText(at)
            words.setText(said)
