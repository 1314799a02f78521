"""The line under the bands: how far the search is, and what landed while the list was in use."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel

HEIGHT = 26


class NewsLine(QWidget):
    """Always as high, so that the rows under it never move when there is news.

    Signals:
        wanted(): what waits is to be shown.
    """

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._mark = MarkLabel(theme, "", "", 14, self)
        self._words = ElidedLabel(theme, role="muted", points=9, parent=self)
        self.show_news = ActionButton(theme, "Afficher", "F5", "link", height=24, parent=self)
        self.show_news.clicked.connect(self.wanted)
        self.show_news.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self.show_news)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._said = ("", "")

    @property
    def words(self) -> str:
        """What the line says."""
        return self._words.text()

    def say(self, notice: str, state: str, *, asking: bool) -> None:
        """Show what waits, else how the search stands; three dots while agendas are at work."""
        if (notice, state) != self._said:
            self._said = (notice, state)
            self._words.setFont(self.theme.font(9, bold=bool(notice)))
            self._words.set_role("accent" if notice else "muted")
            self._words.setText(notice or state)
            self.setAccessibleName(notice or state)
        self._mark.set_mark(
            "arrow-right" if notice else "dots" if asking else "", "accent" if notice else "muted"
        )
        self._mark.setVisible(bool(notice) or asking)
        if bool(notice) != self.show_news.isVisibleTo(self):
            if not notice and self.show_news.hasFocus():
                self.focusNextChild()
            self.show_news.setVisible(bool(notice))
