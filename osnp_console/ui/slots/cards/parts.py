"""What several cards hold: answers by letter, a number to call, numbered steps, what was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.booking.by_hand_cards import (
    TAKEN_EXAMPLE,
    TAKEN_LABEL,
    TAKEN_MISSING,
    ReadTaken,
)
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import NARROW
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.line_field import LineField

NOT_READ_YET = "Pas encore lu en entier."
EXAMPLE = f"Exemple{NARROW}: {TAKEN_EXAMPLE}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: what it is worth, its words, its letter (empty when it has none)."""

    value: object
    words: str
    letter: str = ""


def wrapping_field(theme: Theme, label: str, parent: QWidget) -> LineField:
    """A field whose error may take several lines where the column is narrow or the text large."""
    field = LineField(theme, label, parent=parent)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return field


class LeadLabel(PlainLabel):
    """Words at the head of a wrapping row: on one line where they fit, else wrapped on lines of their own."""

    def __init__(
        self,
        theme: Theme,
        *,
        role: str = "text",
        points: float = 10.0,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, role=role, points=points, bold=bold, wrap=True, parent=parent)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + self.theme.px(2)
        return QSize(width, self.heightForWidth(width))


class AnswerButtons(WrappingRow):
    """Answers as buttons; a letter gives its answer while one of them has the keyboard, arrows move.

    The words before them, if there are any, are `lead`.

    Signals:
        chosen(object): the value of the answer given.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._answers: tuple[Answer, ...] = ()
        self.buttons: list[ActionButton] = []
        self.lead = LeadLabel(theme, parent=self)
        self.lead.hide()

    def offer(self, answers: Sequence[Answer], question: str, lead: str = "") -> None:
        """Show these answers to a question; the same ones leave the keyboard where it is."""
        if tuple(answers) == self._answers and lead == self.lead.text():
            return
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        held = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.removeEventFilter(self)
            button.hide()
            button.deleteLater()
        self._answers = tuple(answers)
        self.buttons = [
            ActionButton(self.theme, one.words, one.letter, height=28, parent=self) for one in answers
        ]
        for button in self.buttons:
            button.set_tip(question)
            button.installEventFilter(self)
            button.clicked.connect(self._clicked)
        self.set_widgets([self.lead, *self.buttons] if lead else self.buttons)
        for before, after in pairwise(self.buttons):
            QWidget.setTabOrder(before, after)
        self.setVisible(bool(answers or lead))
        if held:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the first answer, if there is one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        button = self.sender()
        for answer, one in zip(self._answers, self.buttons, strict=True):
            if one is button:
                self.chosen.emit(answer.value)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter gives its answer; arrows go from one to the next."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text().upper()
            answer = next((one for one in self._answers if letter and one.letter == letter), None)
            if answer is not None and not event.isAutoRepeat():
                self.chosen.emit(answer.value)
                return True
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                at = next((n for n, one in enumerate(self.buttons) if one is watched), 0) + step
                self.buttons[min(len(self.buttons) - 1, max(0, at))].setFocus()
                return True
        return super().eventFilter(watched, event)


class NumberLabel(PlainLabel):
    """A phone number in large figures; it can be selected with the mouse."""

    def __init__(self, theme: Theme, points: float, parent: QWidget | None = None) -> None:
        super().__init__(theme, points=points, bold=True, parent=parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def to_dial(number: str) -> str:
    """The number as a telephone takes it from the clipboard: plain spaces."""
    return number.replace(NARROW, " ")


class Steps(QWidget):
    """What to do, one step a line, numbered."""

    def __init__(self, theme: Theme, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        for number, step in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setSpacing(theme.px(6))
            figure = PlainLabel(theme, str(number), role="accent", bold=True, parent=self)
            figure.setFixedWidth(theme.px(16))
            words = PlainLabel(theme, step, wrap=True, parent=self)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            words.setAccessibleName(f"{number}. {step}")
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            column.addLayout(row)
        self.setVisible(bool(steps))


class MarkedLine(QWidget):
    """A mark and a sentence, nothing at all when the sentence is empty."""

    def __init__(self, theme: Theme, *, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = MarkLabel(theme, "", "", 16, self)
        self._words = PlainLabel(theme, bold=bold, wrap=True, parent=self)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._mark.setFixedHeight(theme.px(19))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def say(self, text: str, mark: str = "", role: str = "text", words_role: str = "text") -> None:
        """Show a sentence after a mark."""
        self._mark.set_mark(mark, role)
        self._mark.setVisible(bool(mark))
        self._words.set_role(words_role)
        self._words.setText(text)
        self.setVisible(bool(text))


class TakenField(QWidget):
    """The line `Ce qui a été pris`, and under it how it was read, in full.

    The reading keeps its line whatever is typed: nothing moves under the eye. What is typed is told at each
    letter, for whoever keeps the draft.

    Signals:
        draft_changed(str): the text after each edit.
        saved(str): the line is read in full, and wanted kept.
    """

    draft_changed = Signal(str)
    saved = Signal(str)

    def __init__(self, theme: Theme, read: ReadTaken, draft: str = "", parent: QWidget | None = None) -> None:
        """A field that holds `draft`; `read` says how a line is understood."""
        super().__init__(parent)
        self._read = read
        self._label = PlainLabel(theme, TAKEN_LABEL, role="muted", points=9.5, parent=self)
        self.field = wrapping_field(theme, TAKEN_LABEL, self)
        self._label.setBuddy(self.field.line_edit)
        self._reading = MarkedLine(theme, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        for widget in (self._label, self.field, self._reading):
            column.addWidget(widget)
        self.field.typed.connect(self._typed)
        self.field.next_wanted.connect(self.save)
        self.set_draft(draft)

    @property
    def draft(self) -> str:
        """What the field holds."""
        return self.field.text()

    @property
    def reading(self) -> str:
        """What stands under the field."""
        return self._reading.text

    def set_draft(self, draft: str) -> None:
        """Show a draft kept elsewhere; emits nothing."""
        self.field.set_text(draft)
        self._show_reading(draft)

    def save(self) -> None:
        """Keep the line if it is read in full; else say what is wrong under it, the keyboard in the field."""
        text = self.field.text().strip()
        error = self._read(text).error if text else TAKEN_MISSING
        if error is None:
            self.saved.emit(text)
            return
        self._reading.say(EXAMPLE, words_role="muted")
        self.field.set_error(error)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self.field.set_error(None)
        self._show_reading(text)
        self.draft_changed.emit(text)

    def _show_reading(self, text: str) -> None:
        if not text.strip():
            self._reading.say(EXAMPLE, words_role="muted")
            return
        read = self._read(text.strip())
        if read.error is None:
            self._reading.say(read.said, "tick", "accent")
        else:
            self._reading.say(read.said or NOT_READ_YET, words_role="muted")
