"""Whether what is on screen is up to date with other desks: `à jour à 10:02:05`, in little room `à jour`."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel

_WIDEST, _WIDEST_BRIEF = ("à jour à 00:00:00", "seul depuis 00:00"), ("à jour", "seul")
_SINCE = re.compile(r" (?:à|depuis) [\d:]+$")


class LinkLabel(QWidget):
    """Shown only on a base that other desks share."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = MarkLabel(theme, "", "muted", 12, self)
        self._words = PlainLabel(theme, role="muted", points=9.5, parent=self)
        metrics, margin = self._words.fontMetrics(), theme.px(4)
        self._whole, self._brief = (
            max(metrics.horizontalAdvance(words) for words in widest) + margin
            for widest in (_WIDEST, _WIDEST_BRIEF)
        )
        # No figure shifts another when a second passes.
        self._words.setFixedWidth(self._whole)
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
        self.setAccessibleName(words)
        self.setToolTip(f"La base que les postes se partagent\u202f: {words}" if words else "")
        self.setVisible(bool(words))
        self._show_words()

    @property
    def spared(self) -> int:
        """How much narrower it is in few words."""
        return self._whole - self._brief

    def set_brief(self, brief: bool) -> None:
        """Leave the time to the tooltip and to who reads aloud, or say it again."""
        self._words.setFixedWidth(self._brief if brief else self._whole)
        self._show_words()

    def _show_words(self) -> None:
        words = self.accessibleName()
        is_brief = self._words.maximumWidth() == self._brief
        self._words.setText(_SINCE.sub("", words) if is_brief else words)
