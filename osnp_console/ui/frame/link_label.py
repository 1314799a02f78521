"""Whether what is on screen is up to date with the other desks: `à jour à 10:02:05`."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel

_WIDEST = ("à jour à 00:00:00", "seul depuis 00:00")


class LinkLabel(QWidget):
    """Shown only on a base that other desks share."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = MarkLabel(theme, "", "muted", 12, self)
        self._words = PlainLabel(theme, role="muted", points=9.5, parent=self)
        # No figure shifts another when a second passes.
        metrics = self._words.fontMetrics()
        widest = max(metrics.horizontalAdvance(words) for words in _WIDEST)
        self._words.setFixedWidth(widest + theme.px(4))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self._mark)
        row.addWidget(self._words)
        self.hide()

    def show_state(self, words: str, *, alone: bool) -> None:
        """Take the words of the link; empty hides it. Alone, a warning's mark and colour go with them."""
        self._mark.setVisible(alone)
        self._mark.set_mark("warning" if alone else "", "verify")
        self._words.set_role("verify" if alone else "muted")
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setToolTip("La base que les postes se partagent" if words else "")
        self.setVisible(bool(words))
