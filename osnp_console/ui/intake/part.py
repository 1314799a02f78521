"""What every part of the form is, and the parts that only carry an answer to the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments


class Part(QObject):
    """One subject of the form: the controls of a few codes, and what they do.

    `controls` are by code; `inner` are the parts this one is made of. Signals: `said(str)`, a sentence for
    the journal strip; `layout_wanted()`, rows of this part may have to open or close.
    """

    said = Signal(str)
    layout_wanted = Signal()

    def __init__(self, answers: Answers, controls: dict[str, Control], inner: Sequence[Part] = ()) -> None:
        super().__init__(answers)
        self.answers = answers
        self.controls = controls
        self.inner = inner

    def load(self, sheet: CallSheet, day: date) -> None:
        """Show the sheet of a call taken on that day (in Paris); writes nothing."""
        for part in self.inner:
            part.load(sheet, day)

    def opens(self) -> dict[str, bool]:
        """Which of the rows that hang on this part's answers are open."""
        return {}


def show_choice(control: Segments | Combo, answer: object) -> None:
    """Show an answer; one that the control does not offer leaves it without a choice."""
    try:
        control.set_answer(answer)
    except ValueError:
        control.set_answer(None)


class ChoicePart(Part):
    """Segments or a list whose value is the answer itself."""

    def __init__(self, answers: Answers, code: str, control: Segments | Combo) -> None:
        super().__init__(answers, {code: control})
        self.code = code
        self.control = control
        control.answered.connect(self.is_answered)

    def load(self, sheet: CallSheet, day: date) -> None:
        show_choice(self.control, sheet.answer(self.code))

    @Slot(object)
    def is_answered(self, answer: object) -> None:
        """The person chose."""
        self.answers.put_and_settle(self.code, cast("Answer", answer))


class TextPart(Part):
    """A line of text that is its own answer; `finished` may write it better once it is left."""

    def __init__(self, answers: Answers, code: str, field: LineField) -> None:
        super().__init__(answers, {code: field})
        self.code = code
        self.field = field
        field.typed.connect(self.is_typed)
        field.committed.connect(self.is_committed)

    def load(self, sheet: CallSheet, day: date) -> None:
        self.field.set_answer(sheet.answer(self.code))
        self._say_when_cut()

    @Slot(str)
    def is_typed(self, text: str) -> None:
        """A letter was typed."""
        self.answers.put(self.code, cast("Answer", self.field.answer))

    @Slot()
    def is_committed(self) -> None:
        """The field was left, or Entrée pressed, after a change."""
        answer = self.field.answer
        if isinstance(answer, str):
            better = self.finished(answer)
            if better != answer:
                self.field.set_text(better)
                self.answers.put(self.code, better)
        self._say_when_cut()
        self.answers.settle()

    def finished(self, text: str) -> str:
        """The text as it is shown once it is left."""
        return text

    def _say_when_cut(self) -> None:
        """A text longer than its field is said in full by the tool tip."""
        edit = self.field.line_edit
        cut = edit.fontMetrics().horizontalAdvance(edit.text()) > edit.width()
        self.field.set_tip(edit.text() if cut else "")


class ReadPart(TextPart):
    """A line of text that is read while it is typed; each part says how it was read."""

    def load(self, sheet: CallSheet, day: date) -> None:
        super().load(sheet, day)
        self.say_reading(complete=True)

    @Slot(str)
    def is_typed(self, text: str) -> None:
        super().is_typed(text)
        self.say_reading(complete=False)

    @Slot()
    def is_committed(self) -> None:
        super().is_committed()
        self.say_reading(complete=True)

    def say_reading(self, *, complete: bool) -> None:
        """Say beside the field how it was read; not `complete`, it may still be going on."""
        raise NotImplementedError


class NamePart(TextPart):
    """A name, in bold."""

    def load(self, sheet: CallSheet, day: date) -> None:
        super().load(sheet, day)
        self.field.set_strong(bool(self.field.text()))

    @Slot(str)
    def is_typed(self, text: str) -> None:
        super().is_typed(text)
        self.field.set_strong(bool(text))


class BirthNamePart(NamePart):
    """The birth name, in capitals once it is left."""

    def finished(self, text: str) -> str:
        return text.strip().upper()
