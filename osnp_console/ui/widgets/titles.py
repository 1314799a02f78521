"""Titles: of a section of a form, of a pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Hairline


class SectionTitle(QWidget):
    """A title in small capitals, a hairline to the right edge, and a note in italics after it."""

    def __init__(self, theme: Theme, text: str, note: str = "", parent: QWidget | None = None) -> None:
        """A title written in capitals whatever the case of `text`."""
        super().__init__(parent)
        self.theme = theme
        self._title = PlainLabel(theme, text.upper(), role="accent", points=8.5, bold=True, parent=self)
        self._title.setAccessibleName(text)
        self._line = Hairline(theme, parent=self)
        self._note = PlainLabel(theme, role="muted", points=8.5, parent=self)
        font = self._note.font()
        font.setItalic(True)
        self._note.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._title)
        row.addWidget(self._line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note)
        self.setFixedHeight(theme.px(20))
        self.set_note(note)

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self._title.setText(text.upper())
        self._title.setAccessibleName(text)

    def set_note(self, note: str) -> None:
        """Changes the note; empty hides it."""
        self._note.setText(note)
        self._note.setVisible(bool(note))


class PaneTitle(PlainLabel):
    """The title of a pane, blue while the pane holds the focus."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        """A title in bold, 10.5 points."""
        super().__init__(theme, text, points=10.5, bold=True, parent=parent)

    def set_active(self, active: bool) -> None:
        """Tells whether the pane holds the focus."""
        self.set_role("accent" if active else "text")
