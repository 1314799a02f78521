"""The card of a slot under reserve: the question whose answer is missing, before anything is booked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.calls.question_answers import Offered
from osnp_console.app.slots.cards import ReserveShown
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import BookingCard, Tone, set_words
from osnp_console.ui.slots.cards.parts import Answer, AnswerButtons
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton


class ReserveCard(BookingCard):
    """`Avant de réserver 11:15, il manque une réponse`.

    Signals:
        answered(str, object): the fact, and the Offered that was chosen.
        question_wanted(str): the answer is typed: the field of this fact is wanted.
    """

    answered = Signal(str, object)
    question_wanted = Signal(str)

    def __init__(self, theme: Theme, shown: ReserveShown, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.TO_CHECK, parent)
        self._shown = shown
        self.body = self.words()
        self.question = self.words(points=11.5, bold=True)
        self.answers = AnswerButtons(theme, self)
        self.left = self.words(role="muted", points=9)
        self._buttons = WrappingRow(theme, self)
        self.go = ActionButton(theme, "Répondre", "Entrée", "primary", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        for widget in (self.body, self.question, self.answers, self.left, self._buttons):
            self.column.addWidget(widget)
        self.answers.chosen.connect(self._answered)
        self.go.clicked.connect(self._go)
        self.back.clicked.connect(self.dismissed)
        self.show_reserve(shown)

    def show_reserve(self, shown: ReserveShown) -> None:
        """Show the slot and the question that stands before it."""
        self._shown = shown
        self.say_head(Tone.TO_CHECK, shown.title, shown.aside, f"{shown.question} {shown.body}")
        self.body.setText(shown.body)
        self.question.setText(shown.question)
        typed = not shown.answers
        self.hold_focus(self.go, self.answers)
        offered = [Answer(one, one.words, one.letter) for one in shown.answers]
        self.answers.offer(offered, shown.question)
        self.answers.setVisible(not typed)
        set_words(self.left, shown.left)
        self.go.setVisible(typed)
        self._buttons.set_widgets([self.go, self.back] if typed else [self.back])

    @property
    def solid(self) -> ActionButton | None:
        """The way to the field, for an answer that is typed; buttons answer for themselves."""
        return self.go if not self._shown.answers else None

    def take_focus(self) -> None:
        """Give the keyboard to the first answer, else as any card."""
        if self._shown.answers:
            self.answers.take_focus()
        else:
            super().take_focus()

    def _answered(self, offered: object) -> None:
        if isinstance(offered, Offered):
            self.answered.emit(self._shown.fact, offered)

    def _go(self) -> None:
        self.question_wanted.emit(self._shown.fact)
