"""The head of the panel: the line, its dispositif, how its conditions stand, its hours."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.panel import Header
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.chips import Chip
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel

HEIGHT, TWO_LINES, LOW_HEIGHT = 44, 56, 34


class TransferHeader(QWidget):
    """One line, or two where width lacks; where height lacks too, the dispositif is left to the reading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = ElidedLabel(theme, "", points=12, bold=True, parent=self)
        self.dispositif = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.conditions = Chip(theme, "", "eligible", self)
        self.hours = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(theme.px(10))
        self._first.addWidget(MarkLabel(theme, "transfer", "accent", 18, self))
        self._first.addWidget(self.title)
        self._first.addWidget(self.dispositif, 1)
        self._first.addWidget(self.conditions)
        self._first.addWidget(self.hours)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        column.setSpacing(0)
        column.addLayout(self._first, 1)
        column.addLayout(self._second)
        self.arrange(narrow=False, low=False)

    def arrange(self, *, narrow: bool, low: bool) -> None:
        """Take the room there is."""
        two = narrow and not low
        self.setFixedHeight(self._theme.px(TWO_LINES if two else LOW_HEIGHT if low else HEIGHT))
        self.dispositif.setVisible(not low)
        self._second.setContentsMargins(0, 0, 0, self._theme.px(6 if two else 0))
        if two:
            self._second.addWidget(self.dispositif, 1)
            self._second.addWidget(self.hours)
        else:
            self._first.insertWidget(2, self.dispositif, 1)
            self._first.addWidget(self.hours)
        self._first.setStretch(1, 1 if narrow else 0)

    def show_header(self, shown: Header) -> None:
        """Show a line."""
        self.title.setText(shown.title)
        self.dispositif.setText(shown.dispositif)
        self.conditions.set_chip(shown.conditions, "eligible" if shown.are_met else "verify")
        self.conditions.setToolTip("\n".join(shown.why))
        self.conditions.setAccessibleDescription(" ".join(shown.why))
        self.hours.setText(shown.hours)
        self.hours.set_role("verify" if shown.hours_matter else "muted")
        # An hour is never cut: the dispositif's name beside it is.
        self.hours.setMinimumWidth(self.hours.fontMetrics().horizontalAdvance(shown.hours) + 2)
