"""The head of a prescription: what it is, by which dispositif, until when the nurse should have come."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.prescription.shown import asked_words, delay_now, dispositif_words, left_words
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.delay import Nearness
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel

TITLE = "Ordonnance IDE"


class PrescriptionHeader(QWidget):
    """The clock goes on by itself; it is amber near the end of the delay, its words never cut."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: tuple[Prescription, Dispositif | None] | None = None
        self.title = PlainLabel(theme, TITLE, points=12, bold=True, parent=self)
        self.subject = ElidedLabel(theme, "", role="muted", parent=self)
        self._mark = MarkLabel(theme, "clock", "muted", 14, self)
        self.asked = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.left = PlainLabel(theme, "", points=10.5, bold=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.title)
        row.addWidget(self.subject, 1)
        for widget in (self._mark, self.asked, self.left):
            row.addWidget(widget)
        self.setFixedHeight(theme.px(44))

    def show_prescription(
        self, prescription: Prescription, dispositif: Dispositif | None, now: datetime
    ) -> None:
        """Show whose head it is."""
        self._shown = (prescription, dispositif)
        number = prescription.number
        self.title.setText(f"Ordonnance {number.text}" if number is not None else TITLE)
        self.subject.setText(dispositif_words(dispositif) if dispositif is not None else "")
        self.asked.setText(asked_words(prescription, dispositif))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Take the time."""
        if self._shown is None:
            return
        delay = delay_now(*self._shown, now)
        self.left.setVisible(delay is not None)
        if delay is None:
            self._mark.set_mark("clock", "muted")
            return
        amber = delay.nearness is not Nearness.FAR
        words = left_words(delay)
        if words != self.left.text():
            self.left.setText(words)
        self.left.set_role("verify" if amber else "text")
        self._mark.set_mark("clock", "verify" if amber else "muted")
