"""The card of a booked slot: what to read out, whom to phone, the documents, what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.booking.booked_card import BookedShown
from osnp_console.domain.appointment import AppointmentState
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.after_booking import MovesLine, ReadOut, WarnBlock
from osnp_console.ui.slots.cards.card import (
    CALL,
    COPY,
    NARROW,
    PRINT,
    BookingCard,
    Tone,
)
from osnp_console.ui.slots.cards.parts import to_dial
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton


class BookedCard(BookingCard):
    """`Réservé : aujourd’hui 10:40, Dr Bréhault, Redon.`, and what is left to do.

    Signals:
        call_wanted(str): phone the practice; its number is on the clipboard.
        warned(bool): the practice was told, or the tick was taken away.
        print_wanted(str): print the text read to the patient.
        sheet_wanted(): the proof-of-regulation sheet.
        export_wanted(): the RS-SAS-RDV export.
        moved(object): the AppointmentState that the appointment is to take.
        close_wanted(): end the call with an outcome.
    """

    call_wanted = Signal(str)
    warned = Signal(bool)
    print_wanted = Signal(str)
    sheet_wanted = Signal()
    export_wanted = Signal()
    moved = Signal(object)
    close_wanted = Signal()

    def __init__(self, theme: Theme, shown: BookedShown, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.DONE, parent)
        self._shown = shown
        self.read_out = ReadOut(theme, self)
        self.warn = WarnBlock(theme, self)
        self._papers = WrappingRow(theme, self)
        self.sheet = ActionButton(theme, "Fiche de régulation (PDF)", height=28, parent=self._papers)
        self.export = ActionButton(theme, "Export RS-SAS-RDV", height=28, parent=self._papers)
        self.moves = MovesLine(theme, self)
        self._buttons = WrappingRow(theme, self)
        self.close_call = ActionButton(theme, "Terminer l’appel", "Ctrl+G", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        for widget in (self.warn, self.read_out, self._papers, self.moves, self._buttons):
            self.column.addWidget(widget)
        self._connect()
        self.show_booked(shown)

    def _connect(self) -> None:
        self.read_out.copy.clicked.connect(self.copy_read_out)
        self.read_out.print.clicked.connect(self.print_read_out)
        self.warn.call.clicked.connect(self.call_practice)
        self.warn.ticked.connect(self.warned)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.moves.moved.connect(self.moved)
        self.close_call.clicked.connect(self.close_wanted)
        self.back.clicked.connect(self.dismissed)
        self.on_key(COPY, self.copy_read_out)
        self.on_key(PRINT, self.print_read_out)
        self.on_key(CALL, self.call_practice)

    def show_booked(self, shown: BookedShown) -> None:
        """Show the appointment as it now stands."""
        self._shown = shown
        gone = shown.state in (AppointmentState.CANCELLED, AppointmentState.NO_SHOW)
        tone = Tone.OVER if gone else Tone.DONE
        told = (shown.warn.sentence,) if shown.warn is not None else ()
        self.say_head(tone, shown.title, shown.aside, " ".join((*told, *shown.read_out)))
        if not shown.read_out:
            self.hold_focus(self.read_out)
        self.read_out.show_lines(shown.read_out)
        if shown.warn is None:
            self.hold_focus(self.warn)
        self.warn.show_warn(shown.warn)
        for button, missing in ((self.sheet, shown.sheet_missing), (self.export, shown.export_missing)):
            if missing:
                self.hold_focus(button)
            button.set_reason(missing or None)
        self._papers.set_widgets([self.sheet, self.export])
        self.moves.show_moves(shown.state_words, shown.moves)
        to_phone = self.warn.is_waiting
        self.warn.call.set_kind("primary" if to_phone else "secondary")
        self.close_call.set_kind("secondary" if to_phone else "primary")
        self._buttons.set_widgets([self.close_call, self.back])

    @property
    def solid(self) -> ActionButton | None:
        """Phoning the practice while it has to be told, then ending the call."""
        return self.warn.call if self.warn.is_waiting else self.close_call

    def escape(self) -> None:
        """Take back a move that waits for its confirmation; else go back to the list."""
        if not self.moves.take_back():
            super().escape()

    @property
    def text(self) -> str:
        """What is read to the patient, one fact a line."""
        return "\n".join(self._shown.read_out)

    def copy_read_out(self) -> None:
        """Put the text for the patient on the clipboard."""
        if not self.text:
            return
        self.copy_text(self.text, "texte pour le patient copié")

    def print_read_out(self) -> None:
        """Ask to print the text for the patient."""
        if self.text:
            self.print_wanted.emit(self.text)

    def call_practice(self) -> None:
        """Copy the practice's number and ask to dial it; the keyboard then waits on `Prévenu`."""
        number = self._shown.warn.phone if self._shown.warn is not None else None
        if number is not None:
            self.warn.tick.setFocus()
            self.copy_text(to_dial(number), f"numéro copié{NARROW}: {number}")
            self.call_wanted.emit(number)
