"""The bottom bar: the last things that happened, and what can be done now, the solid button last."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.transfer.panel_words import the
from osnp_console.app.transfer.spoken import patient_noun
from osnp_console.domain.call_record import Move
from osnp_console.ui.frame.more_actions import MoreActions
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, PlainLabel

HEIGHT, LEAST_JOURNAL = 48, 24
MOST = 4
"""So many buttons at most, beside `Plus…` for the others (interface, §2)."""
TRANSFER, REGISTER, SEE_TRANSFER = "Transférer", "Inscrire", "Voir le transfert"
NO_CALL = "Aucun appel n’est ouvert."


class ActionBar(QWidget):
    """What can be done with the call on screen."""

    hold_wanted = Signal()
    prescription_wanted = Signal()
    transfer_wanted = Signal()
    back_wanted = Signal()
    print_wanted = Signal()
    checklist_wanted = Signal()
    close_wanted = Signal()
    book_wanted = Signal()
    give_back_wanted = Signal()

    def __init__(self, theme: Theme, *, brief: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.color("chrome"))
        self.setPalette(palette)
        self._title = PlainLabel(theme, "Journal", role="muted", points=9, bold=True)
        self.journal = ElidedLabel(theme, "", role="muted", points=9, left=True)
        self.journal.setAccessibleName("Journal de l’appel")
        self.hold = ActionButton(theme, "Attente", "F4")
        self.hold.clicked.connect(self.hold_wanted)
        self.close_call = ActionButton(theme, "Terminer", "Ctrl+G", "primary")
        self.close_call.clicked.connect(self.close_wanted)
        self.prescribe = ActionButton(theme, "Ordonnance", "F7")
        self.prescribe.clicked.connect(self.prescription_wanted)
        self.back = ActionButton(theme, "Retour", "Échap")
        self.back.clicked.connect(self.back_wanted)
        self.print_out = ActionButton(theme, "Imprimer", "Ctrl+P")
        self.print_out.clicked.connect(self.print_wanted)
        for button in (self.back, self.print_out):
            button.hide()
        self._document = ""
        self.transfer = ActionButton(theme, TRANSFER, "F8")
        self.transfer.clicked.connect(self.transfer_wanted)
        self.checklist = ActionButton(theme, "Checklist", "Échap")
        self.checklist.clicked.connect(self.checklist_wanted)
        self.checklist.hide()
        self.book = ActionButton(theme, "Réserver", "F9")
        self.book.clicked.connect(self.book_wanted)
        self.book.hide()
        self.give_back = ActionButton(theme, "Rendre à la file")
        self.give_back.clicked.connect(self.give_back_wanted)
        self.give_back.hide()
        self._can_give_back = False
        self._other_is_next = self._can_book = self._has_agenda = self._on_transfer = self._is_aside = False
        self._call: OpenCall | None = None
        self._no_transfer = self._may_not_transfer = ""
        self._goes_on = self._registers = self._on_list = self._list_is_next = False
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        row.setSpacing(theme.px(12))
        # Whatever the buttons want: what lacks room goes behind `Plus…`.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        if not brief:
            row.addWidget(self._title)
        row.addWidget(self.journal, 1)
        self.more = MoreActions(theme, self)
        self._there: tuple[ActionButton, ...] = (self.hold, self.prescribe, self.transfer, self.close_call)
        for button in self.stops:
            row.addWidget(button)
        self._spacing, self._beside = row.spacing(), theme.px(12 + 8 + LEAST_JOURNAL)

    @property
    def stops(self) -> tuple[ActionButton, ...]:
        """What Tab goes through, from left to right."""
        here = (self.more, self.hold, self.prescribe, self.transfer, self.book)
        return *here, self.checklist, self.give_back, self.back, self.print_out, self.close_call

    def show_call(self, call: OpenCall | None) -> None:
        """The buttons for the call on screen."""
        self._call = call
        self._name_hold()
        for button in (self.hold, self.close_call):
            button.set_reason(None if call is not None else NO_CALL)
        self._say_why_no_transfer()

    def offer_prescription(self, reason: str | None) -> None:
        """Why F7 cannot begin a prescription now, None when it can."""
        self.prescribe.set_reason(reason)

    def offer_document(self, back: str, no_print: str | None) -> None:
        """Where Échap leads from the prescription on screen, empty without one; why it cannot be printed."""
        self._document = back
        if back:
            self.back.set_text(back)
            self.print_out.set_reason(no_print)
        self._show_those_there()

    def allow_transfer(self, reason: str | None) -> None:
        """Why whoever is here may not transfer a call, None when they may."""
        self._may_not_transfer = reason or ""
        self._say_why_no_transfer()

    def offer_registration(self, registers: bool) -> None:
        """Whether F8 registers on the waiting list of the row that is chosen, rather than transfer."""
        self._registers = registers
        self._name_transfer()

    def show_going_on(self, going_on: bool) -> None:
        """Whether the call has a transfer: F8 brings it back."""
        self._goes_on = going_on
        self._name_transfer()

    def _name_transfer(self) -> None:
        words = SEE_TRANSFER if self._goes_on else REGISTER if self._registers else TRANSFER
        self.transfer.set_text(words)
        self._say_why_no_transfer()
        self._fit()

    def show_registration(self, seen: bool) -> None:
        """Whether a registration is what is looked at: it has the key that books."""
        self._on_list = seen
        self._show_those_there()

    def give_way_to_registration(self, is_next: bool) -> None:
        """Whether registering is the next deliberate act."""
        self._list_is_next = is_next
        self._choose_next()

    def _say_why_no_transfer(self) -> None:
        reason = "" if self._registers and not self._goes_on else self._may_not_transfer or self._no_transfer
        self.transfer.set_reason(reason if self._call is not None else NO_CALL)

    def _name_hold(self) -> None:
        """During a transfer it is said who is taken back: the line is on the phone too."""
        call = self._call
        held = call is not None and call.record.may(Move.RESUME)
        whom = f" {the(patient_noun(call.call))}" if call is not None and self._on_transfer else ""
        self.hold.set_text(f"Reprendre{whom}" if held else "Attente")
        self._fit()

    def offer_transfer(self, reason: str | None, seen: bool) -> None:
        """Why no transfer can begin (None: one can), and whether its panel is what is looked at.

        The panel has the buttons of a transfer; here stand the patient and the way back.
        """
        self._on_transfer = seen
        self._no_transfer = reason or ""
        self._say_why_no_transfer()
        self._name_hold()
        self._show_those_there()
        self._choose_next()

    def stand_aside(self, aside: bool) -> None:
        """Whether the workspace on screen has the buttons of what comes next: only the hold stays here."""
        self._is_aside = aside
        self._show_those_there()

    def offer_give_back(self, offered: bool) -> None:
        """Whether the received transfer on screen can go back into the queue."""
        self._can_give_back = offered
        self._show_those_there()

    def _show_those_there(self) -> None:
        seen, here = self._on_transfer, not self._is_aside
        takes = here and not seen and not self._on_list
        wanted = {
            self.hold: True,
            self.prescribe: takes,
            self.transfer: takes,
            self.book: takes and self._has_agenda,
            self.checklist: here and seen,
            self.give_back: self._is_aside and self._can_give_back,
            self.back: self._is_aside and bool(self._document),
            self.print_out: self._is_aside and bool(self._document),
            self.close_call: here and not seen,
        }
        self._there = tuple(button for button, there in wanted.items() if there)
        for button, there in wanted.items():
            if not there:
                button.hide()
        self._fit()

    def _fit(self) -> None:
        """What is too many, or lacks room, goes behind `Plus…`: the last ones, the solid one never.

        Interface, §2 and §11. Where both are there, `Réserver` or `Terminer` goes: the one that is not solid.
        """
        room = self.width() - self._beside
        kept, more = list(self._there), list[ActionButton]()
        while (len(kept) > MOST or self._width(kept, more) > room) and any(not one.is_next for one in kept):
            more.insert(0, next(one for one in reversed(kept) if not one.is_next))
            kept.remove(more[0])
        for button in more:
            button.hide()
        for button in kept:
            button.show()
        self.more.hold(tuple(more))

    def _width(self, kept: list[ActionButton], more: list[ActionButton]) -> int:
        shown = [*kept, self.more] if more else kept
        title = self._title.sizeHint().width() + self._spacing if self._title.parent() is not None else 0
        return title + sum(one.sizeHint().width() + self._spacing for one in shown)

    def minimumSizeHint(self) -> QSize:
        """Little: the bar never makes the window grow."""
        return QSize(self._beside, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def offer_booking(self, words: str | None, reason: str | None) -> None:
        """The button that books: its words (`Réserver 10:40`), None where there is no agenda at all.

        `reason` says why nothing can be booked now, None when something can.
        """
        self._has_agenda = words is not None
        self._show_those_there()
        self._can_book = words is not None and reason is None
        if words is not None:
            self.book.set_text(words)
            self.book.set_reason(reason)
        self._choose_next()

    def give_way(self, other: bool) -> None:
        """Whether another button is the next deliberate act: there is one solid button on screen."""
        self._other_is_next = other
        self._choose_next()

    def _choose_next(self) -> None:
        other = self._other_is_next or self._list_is_next
        booking = self._can_book and not other
        self.book.set_kind("primary" if booking else "secondary")
        self.close_call.set_kind("secondary" if booking or other else "primary")
        self._fit()

    def show_journal(self, lines: list[tuple[str, str]]) -> None:
        """The last lines, each its hour and its words; the oldest are cut first."""
        self.journal.setText("     ".join(f"{hour} {words}" for hour, words in lines[-6:]))
