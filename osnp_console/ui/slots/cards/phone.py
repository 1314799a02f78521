"""The card of agendas asked by phone: a large number, what each call gave, the next number one key away."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.booking.by_hand_cards import PhoneLine, PhoneShown, ReadTaken, TryAnswer
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import (
    CALL,
    CALL_KEY,
    COPY,
    COPY_KEY,
    NARROW,
    BookingCard,
    Tone,
    set_words,
)
from osnp_console.ui.slots.cards.parts import (
    Answer,
    AnswerButtons,
    MarkedLine,
    NumberLabel,
    Steps,
    TakenField,
    to_dial,
)
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.surfaces import Hairline

NEXT_KEY = "Page suiv."
LAST_ONE = "C’est le dernier numéro."
GAVE = f"Appel{NARROW}:"
_NEXT = QKeyCombination(Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageDown)
_BEFORE = QKeyCombination(Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageUp)
_ANSWERS = tuple(Answer(one, one.label, one.letter) for one in TryAnswer)


class PhoneCard(BookingCard):
    """Numbers to call in their order, and what was taken.

    Signals:
        call_wanted(str): phone the number shown; it is on the clipboard.
        tried(str, object): the number as typed by the site, and the TryAnswer that the call gave.
        saved(str, str): the number through which it was taken, and the line, read in full.
        draft_changed(str): the line as it is typed.
        line_changed(int): another number is shown, by its index.
    """

    call_wanted = Signal(str)
    tried = Signal(str, object)
    saved = Signal(str, str)
    draft_changed = Signal(str)
    line_changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        shown: PhoneShown,
        read: ReadTaken,
        draft: str = "",
        at: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """The card of these numbers, at least one; `at` is the one shown, `draft` a line begun before.

        Raises:
            ValueError: no number to call.
        """
        super().__init__(theme, Tone.TO_CALL, parent)
        if not shown.lines:
            raise ValueError("aucun numéro à appeler")
        self._shown = shown
        self._at = min(max(at, 0), len(shown.lines) - 1)
        self.name = self.words(points=10.5, bold=True)
        self.note = self.words(role="muted", points=9)
        self.number = NumberLabel(theme, 19, self)
        self._calls = WrappingRow(theme, self)
        self.call = ActionButton(theme, "Appeler", CALL_KEY, mark="phone", parent=self._calls)
        self.copy = ActionButton(theme, "Copier", COPY_KEY, mark="copy", parent=self._calls)
        self.next_one = ActionButton(theme, "Suivant", NEXT_KEY, parent=self._calls)
        self.log = self.words(role="muted", points=9)
        self.answers = AnswerButtons(theme, self)
        self.steps = Steps(theme, shown.steps, self)
        self.warned = MarkedLine(theme, parent=self)
        self.taken = TakenField(theme, read, draft, self)
        self._buttons = WrappingRow(theme, self)
        self.save = ActionButton(theme, "Enregistrer", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        self._lay_out()
        self._connect()
        self.show_phone(shown)

    def _lay_out(self) -> None:
        self.next_one.set_tip("Numéro suivant")
        self.answers.offer(_ANSWERS, GAVE, GAVE)
        for widget in (
            self.steps,
            self.name,
            self.note,
            self.number,
            self._calls,
            self.answers,
            self.log,
            Hairline(self.theme, parent=self),
            self.taken,
            self._buttons,
            self.warned,
        ):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.call.clicked.connect(self.call_number)
        self.copy.clicked.connect(self.copy_number)
        self.next_one.clicked.connect(self.go_on)
        self.answers.chosen.connect(self._answered)
        self.taken.saved.connect(self._saved)
        self.taken.draft_changed.connect(self._draft)
        self.save.clicked.connect(self.taken.save)
        self.back.clicked.connect(self.dismissed)
        self.on_key(CALL, self.call_number)
        self.on_key(COPY, self.copy_number)
        self.on_key(_NEXT, self.go_on)
        self.on_key(_BEFORE, self.go_back)

    def show_phone(self, shown: PhoneShown) -> None:
        """Show the numbers, and what was tried, as they now are; the number shown stays the same."""
        self._shown = shown
        self._at = min(self._at, len(shown.lines) - 1)
        line, count = self.line, len(shown.lines)
        aside = f"{self._at + 1} sur {count}" if count > 1 else ""
        self.say_head(Tone.TO_CALL, shown.title, aside, f"{line.name}, {line.shown}")
        self.name.setText(line.name)
        set_words(self.note, line.note)
        self.number.setText(line.shown)
        self.number.setAccessibleName(f"{line.name}{NARROW}: {line.shown}")
        set_words(self.log, "\n".join(one.words for one in line.tries))
        self.warned.say(shown.warned or "", "info", "muted")
        last = self._at + 1 == count
        if last:
            self.hold_focus(self.next_one)
        self.next_one.set_reason(LAST_ONE if last else None)
        self.next_one.setVisible(count > 1)
        self._choose_solid()

    @property
    def line(self) -> PhoneLine:
        """The number shown, and whose it is."""
        return self._shown.lines[self._at]

    @property
    def solid(self) -> ActionButton | None:
        """`Appeler` until somebody accepted or something is typed, then `Enregistrer`."""
        accepted = any(one.answer is TryAnswer.ACCEPTED for one in self.line.tries)
        return self.save if accepted or self.taken.draft.strip() else self.call

    def _choose_solid(self) -> None:
        solid = self.solid
        self.call.set_kind("primary" if solid is self.call else "secondary")
        self.save.set_kind("primary" if solid is self.save else "secondary")
        self.save.set_key("Entrée" if solid is self.save else "")
        self._calls.set_widgets(
            [self.call, self.copy, self.next_one] if len(self._shown.lines) > 1 else [self.call, self.copy]
        )
        self._buttons.set_widgets([self.save, self.back])

    def call_number(self) -> None:
        """Copy the number, ask to dial it, and wait for what the call gives."""
        self.answers.take_focus()
        self.copy_number()
        self.call_wanted.emit(self.line.shown)

    def copy_number(self) -> None:
        """Put the number on the clipboard."""
        self.copy_text(to_dial(self.line.shown), f"numéro copié{NARROW}: {self.line.shown}")

    def go_on(self) -> None:
        """Show the next number."""
        self._go_to(self._at + 1)

    def go_back(self) -> None:
        """Show the number before."""
        self._go_to(self._at - 1)

    def _go_to(self, at: int) -> None:
        if 0 <= at < len(self._shown.lines):
            self._at = at
            self.show_phone(self._shown)
            self.line_changed.emit(at)

    def _answered(self, answer: object) -> None:
        self.tried.emit(self.line.number, answer)
        if answer is TryAnswer.ACCEPTED:
            self.taken.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, text: str) -> None:
        self.saved.emit(self.line.number, text)

    def _draft(self, text: str) -> None:
        self._choose_solid()
        self.draft_changed.emit(text)
