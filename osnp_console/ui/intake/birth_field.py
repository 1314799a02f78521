"""The birth date or the age: read while it is typed, the age at the right."""

from __future__ import annotations

from datetime import date

from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.typed_dates import (
    DateRefused,
    TypedBirth,
    age_said,
    read_birth,
    read_onset,
    shown,
)
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import ReadPart
from osnp_console.ui.widgets.line_field import LineField


class BirthPart(ReadPart):
    """`Né(e) le`: a date, a month, a year or an age.

    A full date typed with its four-digit year is written out once the field is left; anything else stays as
    it was typed, with its reading under it, since a century or an age may have been misheard.
    """

    def __init__(self, answers: Answers, code: str, field: LineField) -> None:
        super().__init__(answers, code, field)
        self._day = date.min

    def load(self, sheet: CallSheet, day: date) -> None:
        self._day = day
        super().load(sheet, day)

    def finished(self, text: str) -> str:
        try:
            born = read_birth(text, self._day).date
        except DateRefused:
            return text
        if born is None or born.first != born.last or str(born.first.year) not in text:
            return text
        return shown(born)

    def say_reading(self, *, complete: bool) -> None:
        field, annotation, note, error = self.field, "", None, None
        answer = field.answer
        if isinstance(answer, str):
            try:
                birth = read_birth(answer, self._day)
            except DateRefused as refused:
                error = refused.message if complete or not refused.incomplete else None
            else:
                annotation = age_said(birth.date, birth.age_years, self._day)
                note = _reading(answer, birth)
        field.set_annotation(annotation)
        field.set_error(error)
        if error is None:
            field.set_note(note)


def _reading(text: str, birth: TypedBirth) -> str | None:
    """How a two-digit year was read; for the other shapes the age at the right says enough."""
    if birth.date is None or birth.date.first != birth.date.last or birth.reading is None:
        return None
    return birth.reading if str(birth.date.first.year) not in text else None


class OnsetPart(ReadPart):
    """`Début`: the day something began, as the caller says it; how it was read stands at the right."""

    def __init__(self, answers: Answers, code: str, field: LineField) -> None:
        super().__init__(answers, code, field)
        self._day = date.min

    def load(self, sheet: CallSheet, day: date) -> None:
        self._day = day
        super().load(sheet, day)

    def say_reading(self, *, complete: bool) -> None:
        reading, error = "", None
        answer = self.field.answer
        if isinstance(answer, str):
            try:
                reading = read_onset(answer, self._day).reading or ""
            except DateRefused as refused:
                error = refused.message if complete or not refused.incomplete else None
        self.field.set_annotation(reading)
        self.field.set_error(error)
