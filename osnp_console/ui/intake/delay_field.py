"""Within how long the patient must be seen, counted from now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from PySide6.QtCore import Slot

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import WEEKDAYS
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import Part, show_choice
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

NOT_DAYS = "Un nombre de jours est attendu, de 1 à 366."
_FEWEST, _MOST = 1, 366


class DelayPart(Part):
    """24, 48 or 72 hours; beyond, a number of days. The end is said by the tool tip, at the minute."""

    def __init__(self, answers: Answers, delay: Segments, days: LineField) -> None:
        super().__init__(answers, {facts.DELAY: delay, fields.DELAY_DAYS: days})
        self._delay = delay
        self._days = days
        self._minute: datetime | None = None
        delay.answered.connect(self._is_answered)
        days.typed.connect(self._is_typed)
        days.committed.connect(self._is_committed)
        answers.calls.ticked.connect(self._is_ticked)

    def load(self, sheet: CallSheet, day: date) -> None:
        show_choice(self._delay, sheet.answer(facts.DELAY))
        self._days.set_answer(sheet.answer(fields.DELAY_DAYS))
        self._say(complete=True)

    def opens(self) -> dict[str, bool]:
        return {fields.DELAY_DAYS: self._delay.answer == fields.LATER}

    @Slot(object)
    def _is_answered(self, answer: object) -> None:
        self.answers.put_and_settle(facts.DELAY, cast("Answer", answer))
        self._say(complete=True)
        self.layout_wanted.emit()

    @Slot(str)
    def _is_typed(self, text: str) -> None:
        self.answers.put(fields.DELAY_DAYS, cast("Answer", self._days.answer))
        self._say(complete=False)

    @Slot()
    def _is_committed(self) -> None:
        answer = self._days.answer
        if isinstance(answer, str) and answer != answer.strip():
            self._days.set_text(answer.strip())
            self.answers.put(fields.DELAY_DAYS, answer.strip())
        self.answers.settle()
        self._say(complete=True)

    @Slot(object)
    def _is_ticked(self, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._tell_end()

    def _say(self, *, complete: bool) -> None:
        answer = self._days.answer
        wrong = isinstance(answer, str) and self._count() is None
        self._days.set_error(NOT_DAYS if wrong and complete else None)
        self._days.set_annotation("jours" if self._count() is not None else "")
        self._tell_end()

    def _tell_end(self) -> None:
        hours, count = self._delay.answer, self._count()
        if hours == fields.LATER:
            hours = count * 24 if count is not None else None
        known = isinstance(hours, int) and not isinstance(hours, bool)
        text = end_said(self.answers.calls.clock(), hours) if known and isinstance(hours, int) else ""
        self._delay.set_tip(text)
        self._days.set_tip(text)

    def _count(self) -> int | None:
        text = self._days.text().strip()
        count = int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else 0
        return count if _FEWEST <= count <= _MOST else None


def end_said(now: datetime, hours: int) -> str:
    """`Jusqu’au jeudi 26/11 à 10:02`."""
    end = in_paris(now + timedelta(hours=hours))
    return f"Jusqu’au {WEEKDAYS[end.weekday()]} {end:%d/%m} à {end:%H:%M}"
