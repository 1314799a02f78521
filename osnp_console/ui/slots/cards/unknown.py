"""The card of a booking that got no answer: verify, phone the practice, or go on with a typed reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.slots.cards import REASON_MISSING, UnknownShown, UnknownState
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import CALL, CALL_KEY, NARROW, BookingCard, Tone, set_words
from osnp_console.ui.slots.cards.parts import (
    Answer,
    AnswerButtons,
    MarkedLine,
    NumberLabel,
    to_dial,
    wrapping_field,
)
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel

REASON_LABEL = "Motif pour passer outre"
NO_NUMBER = "Aucun numéro connu pour ce cabinet."
VERIFYING = "Vérification en cours."
_TOLD = (Answer(True, "Réservé", "R"), Answer(False, "Pas réservé", "P"))
_TOLD_QUESTION = f"Le cabinet dit{NARROW}:"
_MARKS = {
    UnknownState.VERIFYING: ("dots", "muted"),
    UnknownState.STILL_UNKNOWN: ("warning", "verify"),
    UnknownState.BOOKED: ("tick", "eligible"),
    UnknownState.NOT_BOOKED: ("refused", "muted"),
}


class OverrideForm(QWidget):
    """The reason without which one does not go on.

    Signals:
        overridden(str): the reason, as typed.
        draft_changed(str): the reason after each edit.
    """

    overridden = Signal(str)
    draft_changed = Signal(str)

    def __init__(self, theme: Theme, draft: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = PlainLabel(theme, REASON_LABEL, role="muted", points=9.5, parent=self)
        self.field = wrapping_field(theme, REASON_LABEL, self)
        self.field.set_text(draft)
        label.setBuddy(self.field.line_edit)
        row = WrappingRow(theme, self)
        self.confirm = ActionButton(theme, "Passer outre", "Entrée", "primary", parent=row)
        row.set_widgets([self.confirm])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (label, self.field, row):
            column.addWidget(widget)
        self.field.typed.connect(self._typed)
        self.field.next_wanted.connect(self.finish)
        self.confirm.clicked.connect(self.finish)

    def finish(self) -> None:
        """Go on if a reason is typed; else say so under the field."""
        reason = self.field.text().strip()
        if reason:
            self.overridden.emit(reason)
            return
        self.field.set_error(REASON_MISSING)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self.field.set_error(None)
        self.draft_changed.emit(text)


class UnknownCard(BookingCard):
    """`On ne sait pas si 10:40 est réservé`.

    Signals:
        verify_wanted(): ask the agenda again.
        call_wanted(str): phone the practice; its number is on the clipboard.
        told(bool): what the practice said on the phone: booked, or not.
        overridden(str): go on with another slot all the same, for this reason.
        draft_changed(str): the reason as it is typed.
    """

    verify_wanted = Signal()
    call_wanted = Signal(str)
    told = Signal(bool)
    overridden = Signal(str)
    draft_changed = Signal(str)

    def __init__(
        self, theme: Theme, shown: UnknownShown, draft: str = "", parent: QWidget | None = None
    ) -> None:
        """The card of an attempt; `draft` is a reason that was begun before."""
        super().__init__(theme, Tone.DOUBT, parent)
        self._shown = shown
        self._called = False
        self.body = self.words()
        self.to_verify = self.words(bold=True)
        self.state = MarkedLine(theme, bold=True, parent=self)
        self.number = NumberLabel(theme, 13, self)
        self.no_number = self.words(NO_NUMBER, role="muted")
        self.answers = AnswerButtons(theme, self)
        self._buttons = WrappingRow(theme, self)
        self.verify = ActionButton(theme, "Vérifier", "Entrée", "primary", parent=self._buttons)
        self.call = ActionButton(theme, "Appeler le cabinet", CALL_KEY, parent=self._buttons)
        self.override = ActionButton(theme, "Passer outre…", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        self.form = OverrideForm(theme, draft, self)
        for widget in (
            self.body,
            self.to_verify,
            self.state,
            self.number,
            self.no_number,
            self.answers,
            self.form,
            self._buttons,
        ):
            self.column.addWidget(widget)
        self.answers.offer(_TOLD, _TOLD_QUESTION, _TOLD_QUESTION)
        self.form.setVisible(bool(draft))
        self._connect()
        self.show_unknown(shown)

    def _connect(self) -> None:
        self.verify.clicked.connect(self._verify)
        self.call.clicked.connect(self.call_practice)
        self.override.clicked.connect(self.open_override)
        self.back.clicked.connect(self.dismissed)
        self.answers.chosen.connect(self._answered)
        self.form.overridden.connect(self.overridden)
        self.form.draft_changed.connect(self.draft_changed)
        self.on_key(CALL, self.call_practice)

    def show_unknown(self, shown: UnknownShown) -> None:
        """Show how far one is in finding out."""
        self._shown = shown
        booked = shown.state is UnknownState.BOOKED
        tone = Tone.DONE if booked else Tone.DOUBT
        parts = (shown.body, shown.to_verify, shown.state_words)
        self.say_head(tone, shown.title, shown.aside, " ".join(part for part in parts if part))
        set_words(self.body, shown.body)
        set_words(self.to_verify, shown.to_verify)
        mark, role = _MARKS.get(shown.state, ("", "text"))
        self.state.say(shown.state_words, mark, role)
        if shown.is_settled:
            self.hold_focus(self.verify, self.call, self.override, self.answers, self.form)
            self.form.hide()
        self._spread()

    def _spread(self) -> None:
        """Which buttons there are, and which of them is the solid one."""
        shown, settled = self._shown, self._shown.is_settled
        verifying = shown.state is UnknownState.VERIFYING
        open_form = self.form.isVisibleTo(self)
        if verifying:
            self.hold_focus(self.verify)
        self.verify.set_reason(VERIFYING if verifying else None)
        self.verify.set_kind("secondary" if open_form else "primary")
        self.verify.set_key("" if open_form else "Entrée")
        self.call.set_reason(None if shown.phone else NO_NUMBER)
        set_words(self.number, "" if settled else shown.phone or "")
        self.no_number.setVisible(not settled and not shown.phone)
        self.answers.setVisible(self._called and not settled)
        self.back.set_kind("primary" if settled else "secondary")
        self.back.set_key("Entrée" if settled else "Échap")
        there = [] if settled else [self.verify, self.call] + ([] if open_form else [self.override])
        for button in (self.verify, self.call, self.override):
            button.setVisible(button in there)
        self._buttons.set_widgets([*there, self.back])

    @property
    def solid(self) -> ActionButton | None:
        """Verify, unless a reason is being typed or the outcome is known."""
        if self._shown.is_settled:
            return self.back
        return self.form.confirm if self.form.isVisibleTo(self) else self.verify

    def escape(self) -> None:
        """Close the reason, which is kept; else go back to the list."""
        if self.form.isVisibleTo(self) and not self._shown.is_settled:
            self.hold_focus(self.form)
            self.form.hide()
            self._spread()
        else:
            super().escape()

    def open_override(self) -> None:
        """Ask for the reason to go on."""
        self.form.show()
        self._spread()
        self.form.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def call_practice(self) -> None:
        """Copy the number, ask to dial it, and let the answer be written down."""
        number = self._shown.phone
        if number is None or self._shown.is_settled:
            return
        self._called = True
        self._spread()
        self.answers.take_focus()
        self.copy_text(to_dial(number), f"numéro copié{NARROW}: {number}")
        self.call_wanted.emit(number)

    def _verify(self) -> None:
        self.verify_wanted.emit()

    def _answered(self, booked: object) -> None:
        self.told.emit(booked is True)
