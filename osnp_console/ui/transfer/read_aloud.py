"""What is read aloud to the line, one fact a line, and what it is reminded of with where that is read."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.spoken import Reminder, Spoken, SpokenLine, spoken_text
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Hairline
from osnp_console.ui.widgets.titles import SectionTitle

LABEL_WIDTH = 112
ASK_KEY = "Ctrl+Espace"


class ReadAloud(QWidget):
    """The reading; made anew only when it says something else.

    Signals:
        copied(str): the text is on the clipboard: words for the journal strip.
        source_wanted(int): the source of the reminder of that number.
        ask_wanted(str): the field that answers is wanted.
        sheet_wanted(): the one-page sheet of the transfer is wanted.
    """

    copied = Signal(str)
    source_wanted = Signal(int)
    ask_wanted = Signal(str)
    sheet_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Spoken | None = None
        self._inside: QWidget | None = None
        self.title = SectionTitle(theme, "À lire à voix haute", parent=self)
        self.copy = ActionButton(theme, "Copier", "Ctrl+Maj+C", "link", mark="copy", height=26, parent=self)
        self.copy.clicked.connect(self.copy_text)
        self.sheet = ActionButton(theme, "Fiche", "Ctrl+P", "link", mark="document", height=26, parent=self)
        self.sheet.setAccessibleName("Fiche de transfert, PDF")
        self.sheet.clicked.connect(self.sheet_wanted)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.sheet)
        head.addWidget(self.copy)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._column.addLayout(head)

    @property
    def reading(self) -> Spoken | None:
        """What is shown."""
        return self._shown

    def show_reading(self, reading: Spoken) -> None:
        """Show a reading."""
        if reading == self._shown:
            return
        self._shown = reading
        old, self._inside = self._inside, QWidget(self)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._fill(QVBoxLayout(self._inside), reading)
        self._column.addWidget(self._inside)
        for before, after in pairwise((self.copy, *self._inside.findChildren(ActionButton))):
            QWidget.setTabOrder(before, after)
        self._inside.show()
        self.setAccessibleName(spoken_text(reading))

    def copy_text(self) -> None:
        """Ctrl+Maj+C: the whole reading as plain text."""
        if self._shown is not None:
            QGuiApplication.clipboard().setText(spoken_text(self._shown))
            self.copied.emit("texte à lire copié")

    # --- inside -----------------------------------------------------------------------------------------

    def _fill(self, column: QVBoxLayout, reading: Spoken) -> None:
        theme, inside = self._theme, self._inside
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel(theme, reading.opening, points=12, wrap=True, parent=inside))
        column.addWidget(Hairline(theme, parent=inside))
        facts = QGridLayout()
        facts.setHorizontalSpacing(theme.px(8))
        facts.setVerticalSpacing(theme.px(7))
        facts.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))
        facts.setColumnStretch(1, 1)
        first = next((line for line in reading.lines if line.ask), None)
        for row, line in enumerate(reading.lines):
            label = f"{line.label}, {line.precision}" if line.precision else line.label
            words = PlainLabel(theme, label, role="muted", points=9.5, wrap=True, parent=inside)
            words.setMaximumWidth(theme.px(LABEL_WIDTH + 30))
            facts.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addLayout(self._said(line, leads=line is first), row, 1)
        column.addLayout(facts)
        if reading.reminders:
            column.addWidget(Hairline(theme, parent=inside))
            column.addWidget(SectionTitle(theme, "Ce qu’il faut lui rappeler", parent=inside))
        for number, reminder in enumerate(reading.reminders):
            column.addLayout(self._reminder(number, reminder))

    def _said(self, line: SpokenLine, *, leads: bool) -> QHBoxLayout:
        theme, inside = self._theme, self._inside
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        role = "text" if line.is_known else "verify" if line.ask else "muted"
        words = PlainLabel(theme, line.text, role=role, points=12, wrap=True, parent=inside)
        words.setAccessibleName(f"{line.label}\u202f: {line.text}")
        row.addWidget(words, 1)
        if line.ask:
            ask = ActionButton(theme, "Demander", ASK_KEY if leads else "", "link", height=26, parent=inside)
            ask.setAccessibleName(f"Demander\u202f: {line.label}")
            ask.setProperty("fact", line.ask)
            ask.clicked.connect(self._ask)
            row.addWidget(ask, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _reminder(self, number: int, reminder: Reminder) -> QHBoxLayout:
        theme, inside = self._theme, self._inside
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        dot = MarkLabel(theme, "disc", "muted", 9, inside)
        dot.setFixedHeight(theme.px(20))
        row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(theme, reminder.text, wrap=True, parent=inside), 1)
        source = ActionButton(theme, reminder.source, kind="link", height=24, parent=inside)
        source.setAccessibleName(f"Source\u202f: {reminder.source}, {reminder.text}")
        source.setProperty("number", number)
        source.clicked.connect(self._show_source)
        row.addWidget(source, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _ask(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.ask_wanted.emit(str(button.property("fact")))

    def _show_source(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.source_wanted.emit(int(button.property("number")))
