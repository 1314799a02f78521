"""A field whose answer is chosen from a list while a text that was not chosen is kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot

from osnp_console.domain.call_sheet import ASKED, Answer, CallSheet
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.choice_field import ChoiceField
from osnp_console.ui.intake.part import Part

TO_CHOOSE = "à choisir"
Words = Callable[[str], tuple[str, str]]
"""The name of a key, and what stands at its right."""
Doubt = Callable[[str], tuple[str, str]]
"""For a text that was left and not chosen: what stands at its right, and the sentence under it."""


class ListedPart(Part):
    """A type-ahead: the typed text goes to the sheet as pending, the chosen row as the answer."""

    def __init__(
        self, answers: Answers, code: str, field: ChoiceField, words_of: Words, doubt: Doubt
    ) -> None:
        super().__init__(answers, {code: field})
        self.code = code
        self.field = field
        self._words_of = words_of
        self._doubt = doubt
        field.typed.connect(self._is_typed)
        field.chosen.connect(self._is_chosen)
        field.cleared.connect(self._is_cleared)
        field.restored.connect(self._is_restored)
        field.committed.connect(self._is_committed)

    def write(self, answer: Answer) -> None:
        """Write a chosen answer, or None."""
        self.answers.put(self.code, answer)

    def answer_in(self, sheet: CallSheet) -> Answer:
        """The answer this field shows."""
        return sheet.answer(self.code)

    def load(self, sheet: CallSheet, day: date) -> None:
        pending = sheet.pending.get(self.code, "")
        answer = self.answer_in(sheet)
        value, annotation = "", ""
        if answer is ASKED:
            value = "?"
        elif isinstance(answer, str):
            value, annotation = self._words_of(answer)
        if pending:
            self.field.set_pending_over(pending, value, annotation)
        else:
            self.field.set_value(value, annotation)
        self._say(left=True)

    @Slot(str)
    def _is_typed(self, text: str) -> None:
        self.answers.type(self.code, text if self.field.pending else "")
        self._say(left=False)

    @Slot(object)
    def _is_chosen(self, key: object) -> None:
        if key is ASKED:
            self.write(ASKED)
        elif isinstance(key, str):
            self.field.set_value(*self._words_of(key))
            self.write(key)
        self._say(left=True)

    @Slot()
    def _is_cleared(self) -> None:
        self.write(None)
        if self.field.text().strip():
            self.answers.type(self.code, self.field.text())

    @Slot()
    def _is_restored(self) -> None:
        self.answers.type(self.code, "")
        self._say(left=True)

    @Slot()
    def _is_committed(self) -> None:
        if not self.field.text().strip():
            self.write(None)
        self._say(left=True)
        self.answers.settle()

    def _say(self, *, left: bool) -> None:
        text = self.field.text().strip()
        self.field.set_tip("" if self.field.pending or not text else _whole(text, self.field.annotation))
        if left and self.field.pending and text and text != "?":
            annotation, sentence = self._doubt(text)
            self.field.set_annotation(annotation)
            self.field.set_warning(sentence)
        else:
            self.field.set_warning(None)


def _whole(text: str, annotation: str) -> str:
    return f"{text} · {annotation}" if annotation else text
