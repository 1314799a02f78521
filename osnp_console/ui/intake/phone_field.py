"""The number to call back: any shape pasted, shown in pairs; a wrong one warns and is kept."""

from __future__ import annotations

from osnp_console.domain.call_sheet import ASKED
from osnp_console.domain.phone import read_phone
from osnp_console.ui.intake.part import ReadPart


class PhonePart(ReadPart):
    """The caller's phone."""

    def finished(self, text: str) -> str:
        read = read_phone(text)
        return read.shown if read.e164 is not None else text

    def say_reading(self, *, complete: bool) -> None:
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
