"""What the line says to the patient, ready to be read, and what it records."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.panel_words import FEMININE
from osnp_console.app.transfer.spoken import NO_RECORD, Record, Reminder
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.scrolled import Scrolled
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.chips import Chip
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card, Hairline
from osnp_console.ui.widgets.titles import SectionTitle

COPIED = "texte à dire copié"


class ToldCard(Card):
    """The text at 12 points, then the tag and the reason to record.

    Signals:
        copied(str): the text was copied: the words for the journal strip.
    """

    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A card that says nothing yet."""
        super().__init__(theme, parent=parent)
        self._text = ""
        self._record = NO_RECORD
        self.title = SectionTitle(theme, "À dire au patient", parent=self)
        self.copy_button = ActionButton(theme, "Copier", "Ctrl+Maj+C", "link", height=28, parent=self)
        self.copy_button.clicked.connect(self.copy)
        self.text = PlainLabel(theme, "", points=12, wrap=True, parent=self)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._will = PlainLabel(theme, "Sera inscrit\u202f:", role="muted", points=9, parent=self)
        self.tag = Chip(theme, "SAS", "tint", self)
        self.reason = PlainLabel(theme, "", bold=True, wrap=True, parent=self)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(10))
        column.setSpacing(theme.px(6))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.copy_button)
        column.addLayout(head)
        holder = QWidget(self)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.px(6), 0)
        inside.setSpacing(theme.px(8))
        inside.addWidget(self.text)
        inside.addStretch(1)
        self._scroll = Scrolled(theme, "À dire au patient", self)
        self._scroll.hold(holder)
        column.addWidget(self._scroll, 1)
        # Never scrolled away: what is recorded is not read aloud, and easily forgotten.
        self._line = Hairline(theme, parent=self)
        column.addWidget(self._line)
        record = QHBoxLayout()
        record.setSpacing(theme.px(8))
        record.addWidget(self._will, 0, Qt.AlignmentFlag.AlignTop)
        record.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        record.addWidget(self.reason, 1)
        column.addLayout(record)

    def show_told(self, patient: str, said: Sequence[Reminder], record: Record) -> None:
        """Show the text for a patient (`patiente`, `patient`, `personne`) and what to record of them."""
        title = f"À dire {'à la' if patient in FEMININE else 'au'} {patient}"
        self.title.set_title(title)
        self._scroll.setAccessibleName(title)
        self._text = " ".join(one.text for one in said)
        self._record = record
        self.text.setText(f"«\u202f{self._text}\u202f»" if self._text else "")
        self.text.setAccessibleName(self._text)
        self.copy_button.setVisible(bool(self._text))
        is_recorded = bool(record.reason or record.tag)
        for widget in (self._will, self.reason, self._line):
            widget.setVisible(is_recorded)
        self.tag.setVisible(bool(record.tag))
        if record.tag:
            self.tag.set_chip(record.tag, "tint")
        self.reason.setText(f"motif «\u202f{record.reason}\u202f»" if record.reason else "motif à préciser")

    @property
    def words(self) -> str:
        """The text that is read, without its quotation marks."""
        return self._text

    def copy(self) -> None:
        """Put the text on the clipboard."""
        if self._text:
            QGuiApplication.clipboard().setText(self._text)
            self.copied.emit(COPIED)
