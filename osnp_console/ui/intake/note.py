"""The note of the call."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot

from osnp_console.domain import call_sheet as fields
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import Part
from osnp_console.ui.widgets.note_field import NoteField


class NotePart(Part):
    """Free text, kept at each letter; journaled once it is left."""

    def __init__(self, answers: Answers, note: NoteField) -> None:
        super().__init__(answers, {fields.NOTE: note})
        self._note = note
        note.typed.connect(self._is_typed)

    def load(self, sheet: CallSheet, day: date) -> None:
        self._note.set_text(sheet.text(fields.NOTE))

    @Slot(str)
    def _is_typed(self, text: str) -> None:
        self.answers.put(fields.NOTE, text)
