"""The further questions of the dispositifs in play: at most three, each with its whole question as label."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Slot

from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.facts import Fact
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import Part, show_choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.segments import Segments


class _Place:
    """One of the places for a question."""

    def __init__(self, control: Segments, row: FormRow) -> None:
        self.control = control
        self.row = row
        self.fact: Fact | None = None


class QuestionsPart(Part):
    """The places of the questions, filled as the fields of the call say."""

    def __init__(self, answers: Answers, controls: Sequence[Segments], rows: Sequence[FormRow]) -> None:
        super().__init__(answers, {})
        self._places = [_Place(control, row) for control, row in zip(controls, rows, strict=True)]
        for control in controls:
            control.answered.connect(self._is_answered)

    def show_questions(self, questions: Sequence[Fact], sheet: CallSheet) -> None:
        """Put each question in its place; a place keeps its widget, so that the focus stays."""
        self.controls.clear()
        for number, place in enumerate(self._places):
            place.fact = questions[number] if number < len(questions) else None
            if place.fact is not None:
                self.controls[place.fact.code] = place.control
                place.control.label = place.fact.question
                place.row.set_label(place.fact.question)
                show_choice(place.control, sheet.answer(place.fact.code))

    def load(self, sheet: CallSheet, day: date) -> None:
        for place in self._places:
            if place.fact is not None:
                show_choice(place.control, sheet.answer(place.fact.code))

    @Slot(object)
    def _is_answered(self, answer: object) -> None:
        place = next(place for place in self._places if place.control is self.sender())
        if place.fact is not None:
            self.answers.put_and_settle(place.fact.code, cast("Answer", answer))
