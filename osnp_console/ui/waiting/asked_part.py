"""What the list’s tool asks, one fact a line, ready to copy; what lacks can be asked from its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.spoken_topics import SpokenLine
from osnp_console.app.waiting.asked import AskedByTool
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle

LABEL_WIDTH = 112
COPY_KEY = "Ctrl+Maj+C"


class AskedPart(QWidget):
    """The lines; made anew only when they say something else.

    Signals:
        copy_wanted(): the text is wanted on the clipboard.
        ask_wanted(str): the field that answers a line is wanted.
    """

    copy_wanted = Signal()
    ask_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: AskedByTool | None = None
        self._inside: QWidget | None = None
        self.title = SectionTitle(theme, "Ce qui est demandé", parent=self)
        self.copy = ActionButton(theme, "Copier", COPY_KEY, "link", mark="copy", height=26, parent=self)
        self.copy.clicked.connect(self.copy_wanted)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.copy)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.note = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self._column.addLayout(head)
        self._column.addWidget(self.note)

    def show_asked(self, asked: AskedByTool, title: str, note: str = "") -> None:
        """Show what is asked; `note` says where that comes from when no source gives it."""
        self.title.set_title(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if asked == self._shown:
            return
        self._shown = asked
        old, self._inside = self._inside, QWidget(self)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(8))
        grid.setVerticalSpacing(self.theme.px(4))
        grid.setColumnMinimumWidth(0, self.theme.px(LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(asked.lines):
            self._line(grid, row, line)
        self._column.addWidget(self._inside)

    def _line(self, grid: QGridLayout, row: int, line: SpokenLine) -> None:
        theme, inside = self.theme, self._inside
        label = f"{line.label}, {line.precision}" if line.precision else line.label
        name = PlainLabel(theme, label, role="muted", points=9.5, wrap=True, parent=inside)
        name.setMaximumWidth(theme.px(LABEL_WIDTH + 30))
        name.setContentsMargins(0, theme.px(2), 0, 0)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        said = QHBoxLayout()
        said.setSpacing(theme.px(6))
        if not line.is_known:
            mark = MarkLabel(theme, "dashed-ring", "muted", 14, inside)
            mark.setFixedHeight(theme.px(22))
            said.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        role = "text" if line.is_known else "verify" if line.ask else "muted"
        words = PlainLabel(theme, line.text, role=role, points=11, wrap=True, parent=inside)
        words.setMinimumHeight(theme.px(24))
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        words.setAccessibleName(f"{line.label}\u202f: {line.text}")
        said.addWidget(words, 1)
        if line.ask:
            ask = ActionButton(theme, "Demander", "", "link", height=24, parent=inside)
            ask.setAccessibleName(f"Demander\u202f: {line.label}")
            ask.setProperty("fact", line.ask)
            ask.clicked.connect(self._ask)
            said.addWidget(ask, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(said, row, 1)

    def _ask(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.ask_wanted.emit(str(button.property("fact")))
