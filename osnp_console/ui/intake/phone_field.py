"""The number to call back: any shape pasted, shown in pairs; a wrong one warns and is kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot

from osnp_console.domain.call_sheet import ASKED, CallSheet
from osnp_console.domain.phone import read_phone
from osnp_console.ui.intake.part import TextPart


class PhonePart(TextPart):
    """The caller's phone."""

    def load(self, sheet: CallSheet, day: date) -> None:
        super().load(sheet, day)
        self._say(complete=True)

    @Slot(str)
    def is_typed(self, text: str) -> None:
        super().is_typed(text)
        self._say(complete=False)

    @Slot()
    def is_committed(self) -> None:
        super().is_committed()
        self._say(complete=True)

    def finished(self, text: str) -> str:
        read = read_phone(text)
        return read.shown if read.e164 is not None else text

    def _say(self, *, complete: bool) -> None:
        """The kind at the right; a number that is none is told only once it is complete."""
        answer = self.field.answer
        if answer is None or answer is ASKED:
            self.field.set_strong(False)
            self.field.set_annotation("")
            self.field.set_warning(None)
            return
        read = read_phone(self.field.text())
        self.field.set_strong(read.e164 is not None)
        self.field.set_annotation(read.kind if complete or read.e164 is not None else "")
        self.field.set_warning(read.warning if complete else None)
