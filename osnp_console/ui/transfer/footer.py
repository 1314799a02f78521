"""The foot of the panel: the question of the moment, the key of the next step, what else may happen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.transfer.panel import Footer
from osnp_console.app.transfer.panel_words import WHY_GO_ON, WHY_MISSING
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Hairline

LEAST_ROW = 424
OTHER_BRIEF = "Autre suite…"
SLOT_LABEL = "Créneau donné"
SLOT_HINT = "comme la ligne le dit, facultatif\u202f: demain 10:45, Dr Bréhault, Redon"


class TransferFooter(QWidget):
    """Shows a Footer; every button is there exactly when its move is legal.

    Signals:
        usual_wanted(): F8's button.
        other_wanted(): Maj+F8's button.
        cancelled(): the transfer is to be cancelled; it was asked twice.
        why_typed(str), slot_typed(str): what stands in the one-line fields.
        why_entered(): Entrée in the reason.
    """

    usual_wanted = Signal()
    other_wanted = Signal()
    cancelled = Signal()
    why_typed = Signal(str)
    slot_typed = Signal(str)
    why_entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = Footer()
        self._line = ""
        self._is_narrow = self._is_low = False
        self.question = PlainLabel(theme, "", bold=True, wrap=True, parent=self)
        self.cancel = ActionButton(theme, "Annuler", kind="link", parent=self)
        self.other = ActionButton(theme, "", "Maj+F8", parent=self)
        self.usual = ActionButton(theme, "", "F8", "primary", parent=self)
        self.sure = ActionButton(theme, "Annuler le transfert", parent=self)
        self.go_on = ActionButton(theme, "Continuer", "Échap", "primary", parent=self)
        self.why = LineField(theme, WHY_GO_ON, optional=True, parent=self)
        self.slot = LineField(theme, SLOT_LABEL, optional=True, parent=self)
        self.slot.set_placeholder(SLOT_HINT)
        self._lay_out()
        self._connect()
        self._ask_cancel(asking=False)

    def _lay_out(self) -> None:
        px = self._theme.px
        self._why_row, self._slot_row = QWidget(self), QWidget(self)
        for holder, label, control in (
            (self._why_row, WHY_GO_ON, self.why),
            (self._slot_row, SLOT_LABEL, self.slot),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(10))
            words = PlainLabel(self._theme, label, role="muted", points=9.5, parent=holder)
            words.setFixedHeight(px(28))
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(control, 1)
        buttons = self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        for button in (self.other, self.sure, self.go_on, self.usual):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        asked = self._asked = QHBoxLayout()
        asked.setSpacing(px(8))
        asked.addWidget(self.question, 1)
        asked.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(8))
        self._row.addLayout(asked, 1)
        self._row.addLayout(buttons)
        inside = self._inside = QVBoxLayout()
        inside.setSpacing(px(6))
        inside.addWidget(self._why_row)
        inside.addWidget(self._slot_row)
        inside.addLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline(self._theme, parent=self))
        column.addLayout(inside)

    def _connect(self) -> None:
        self.usual.clicked.connect(self.usual_wanted)
        self.other.clicked.connect(self.other_wanted)
        self.cancel.clicked.connect(self._cancel_asked)
        self.sure.clicked.connect(self._cancel_sure)
        self.go_on.clicked.connect(self.give_up_cancelling)
        self.why.typed.connect(self._why_changed)
        self.why.next_wanted.connect(self.why_entered)
        self.slot.typed.connect(self.slot_typed)

    # --- what the panel asks ----------------------------------------------------------------------------

    def set_room(self, width: int, *, narrow: bool, low: bool) -> None:
        """The question over the buttons, where width lacks; a field in its place, where height does."""
        px, directions = self._theme.px, QBoxLayout.Direction
        side = px(8 if narrow else 14)
        self._inside.setContentsMargins(side, px(4 if low else 9), side, px(4 if low else 10))
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._row.setSpacing(px(4 if narrow else 8))
        stacked = width < px(LEAST_ROW)
        self._buttons.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        if (narrow, low) != (self._is_narrow, self._is_low):
            self._is_narrow, self._is_low = narrow, low
            # Where a field takes the question's place, what stood beside it goes to the buttons.
            (self._buttons.insertWidget if low else self._asked.insertWidget)(1, self.cancel)
            self._show_question()

    def show_footer(self, shown: Footer, line: str, why: str, slot: str) -> None:
        """Show a moment of a transfer to a line, with what stands in the fields."""
        if shown != self._shown or line != self._line:
            self._shown, self._line = shown, line
            if not shown.may_cancel:
                self._ask_cancel(asking=False)
            else:
                self._show_question()
        self.why.set_text(why)
        self.slot.set_text(slot)

    @property
    def is_asking_to_cancel(self) -> bool:
        """Whether the second question stands."""
        return not self.sure.isHidden()

    def give_up_cancelling(self) -> None:
        """Back to the question of the moment."""
        had = self.sure.hasFocus() or self.go_on.hasFocus()
        self._ask_cancel(asking=False)
        if had:
            self.cancel.setFocus()

    def ask_why(self) -> None:
        """The reason is missing: say so under its field, and go there."""
        self.why.set_error(WHY_MISSING)
        self.why.setFocus()

    def take_focus(self) -> None:
        """Give the keyboard to the reason where it is asked, to the slot, else to the next step."""
        for field, row in ((self.why, self._why_row), (self.slot, self._slot_row)):
            if not row.isHidden():
                field.setFocus()
                return
        for button in (self.usual, self.other, self.go_on):
            if not button.isHidden() and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def yield_next(self, *, other: bool) -> None:
        """Whether another button is the next deliberate act: one is solid on screen."""
        self.usual.set_kind("secondary" if other else "primary")

    # --- inside -----------------------------------------------------------------------------------------

    def _show_question(self) -> None:
        self._ask_cancel(asking=self.is_asking_to_cancel)

    def _ask_cancel(self, *, asking: bool) -> None:
        shown = self._shown
        focused = QApplication.focusWidget()
        self.question.setText(f"Annuler le transfert à {self._line}\u202f?" if asking else shown.question)
        has_field = (shown.asks_why or shown.asks_slot) and not asking
        self.question.setVisible(bool(self.question.text()) and not (self._is_low and has_field))
        self._why_row.setVisible(shown.asks_why and not asking)
        self._slot_row.setVisible(shown.asks_slot and not asking)
        other = OTHER_BRIEF if shown.other and self._is_narrow else shown.other
        for button, words in ((self.usual, shown.usual), (self.other, other)):
            button.setVisible(bool(words) and not asking)
            if words:
                button.set_text(words)
        self.usual.set_reason(shown.usual_reason or None)
        self.cancel.setVisible(shown.may_cancel and not asking)
        self.sure.setVisible(asking)
        self.go_on.setVisible(asking)
        gone = focused is not None and self.isAncestorOf(focused) and not focused.isVisibleTo(self)
        if gone and self.isVisible():
            self.take_focus()

    def _cancel_asked(self) -> None:
        self._ask_cancel(asking=True)
        # On the answer that does nothing: Entrée twice must not do the deed.
        self.go_on.setFocus()

    def _cancel_sure(self) -> None:
        self._ask_cancel(asking=False)
        self.cancelled.emit()

    def _why_changed(self, text: str) -> None:
        self.why.set_error(None)
        self.why_typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap takes the second question back."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking_to_cancel:
            self.give_up_cancelling()
        else:
            super().keyPressEvent(event)
