"""One slot of the week: what it is, which calls hold its places, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.local_agenda.week import RowState, WeekRow, day_name
from osnp_console.app.local_agenda.words import offer_words
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField

_STATES: Mapping[AppointmentState, str] = {
    AppointmentState.PENDING: "à confirmer",
    AppointmentState.FULFILLED: "honoré",
    AppointmentState.NO_SHOW: "absent",
}
_MAY_CANCEL = frozenset({AppointmentState.BOOKED, AppointmentState.PENDING})


class BookingBlock(QWidget):
    """One place that is held, and its cancelling, which asks why in place.

    Signals:
        cancel_wanted(str, str): the booking's key, and the reason typed.
    """

    cancel_wanted = Signal(str, str)

    def __init__(self, theme: Theme, booking: Booking, number: int | None, parent: QWidget) -> None:
        """`number` is the call's, None where it is not known."""
        super().__init__(parent)
        self.theme = theme
        self.key = booking.key
        who = f"Appel {number}" if number is not None else "Sans appel connu"
        state = _STATES.get(booking.state, "réservé")
        over = " en surnombre" if booking.over_booking else ""
        said = f"{who} · {state}{over} le {in_paris(booking.booked_at):%d/%m à %H:%M}, poste {booking.desk}"
        self.words = PlainLabel(theme, said, wrap=True, parent=self)
        self.ask = ActionButton(theme, "Annuler cette réservation…", height=28, parent=self)
        self.ask.setAccessibleName(f"Annuler la réservation\u202f: {who}")
        self.reason = LineField(theme, "Motif de l’annulation", optional=True, parent=self)
        self.reason.set_placeholder("gardé dans le journal de l’appel")
        self._reason_row = FormRow(theme, "Motif", self.reason, parent=self)
        self.yes = ActionButton(theme, "Annuler la réservation", height=28, parent=self)
        self.no = ActionButton(theme, "Garder", "Échap", height=28, parent=self)
        self._answers = QWidget(self)
        self._flow = Flow(self._answers, theme.px(6), (self.yes, self.no))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        column.setSpacing(theme.px(4))
        for widget in (self.words, self.ask, self._reason_row, self._answers):
            column.addWidget(widget)
        self._show(asking=False)
        self.ask.setVisible(booking.state in _MAY_CANCEL)
        self.ask.clicked.connect(self._ask)
        self.no.clicked.connect(self._give_up)
        self.yes.clicked.connect(self._say_yes)
        self.reason.next_wanted.connect(self._say_yes)

    @property
    def is_asking(self) -> bool:
        """Whether the reason of a cancellation is being asked for."""
        return not self._answers.isHidden()

    def say_trouble(self, sentence: str) -> None:
        """Why it was not cancelled; the reason stays typed."""
        self.reason.set_error(sentence)

    def _ask(self) -> None:
        self._show(asking=True)
        self.reason.setFocus()

    def _give_up(self) -> None:
        self._show(asking=False)
        self.ask.setFocus()

    def _say_yes(self) -> None:
        self.reason.set_error(None)
        self.cancel_wanted.emit(self.key, self.reason.text())

    def _show(self, *, asking: bool) -> None:
        self.ask.setVisible(not asking)
        self._reason_row.setVisible(asking)
        self._answers.setVisible(asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap keeps the booking."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking:
            self._give_up()
        else:
            super().keyPressEvent(event)


class SlotPage(Page):
    """A slot in full.

    Signals:
        opening_wanted(str): the opening it comes from is to be changed; its id.
        closing_wanted(object): its hours are to be closed; its WeekRow.
        cancel_wanted(str, str): see BookingBlock.
        given_up(): back to the week.
    """

    opening_wanted = Signal(str)
    closing_wanted = Signal(object)
    cancel_wanted = Signal(str, str)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No slot yet."""
        super().__init__(theme, "Créneau", parent)
        self.column.setContentsMargins(theme.px(10), 0, theme.px(12), theme.px(10))
        self.row: WeekRow | None = None
        self.blocks: list[BookingBlock] = []
        sheet = self.sheet
        self.state = PlainLabel(theme, bold=True, wrap=True, parent=sheet)
        self.offer = PlainLabel(theme, role="muted", points=9.5, wrap=True, parent=sheet)
        self.change = ActionButton(theme, "Modifier l’ouverture…", height=28, parent=sheet)
        self.close_hours = ActionButton(theme, "Fermer ces heures…", height=28, parent=sheet)
        self.back = ActionButton(theme, "Semaine", "Échap", "link", height=28, parent=sheet)
        self._held = QWidget(sheet)
        self._held_column = QVBoxLayout(self._held)
        self._held_column.setContentsMargins(0, theme.px(4), 0, 0)
        self._buttons = QWidget(sheet)
        self._flow = Flow(self._buttons, theme.px(6), (self.change, self.close_hours, self.back))
        self.add(self.state, self.offer, self._held, self._buttons)
        self.end()
        self.change.clicked.connect(self._change)
        self.close_hours.clicked.connect(self._close)
        self.back.clicked.connect(self.given_up)

    def show_row(self, row: WeekRow, numbers: Mapping[str, int]) -> None:
        """Show a slot; `numbers` are the calls' by their ids."""
        self.row = row
        day = day_name(row.day)
        self.section.set_title(f"{day} {row.hours}")
        words = row.words[:1].upper() + row.words[1:]
        self.state.setText(words)
        slot = row.slot
        self.offer.setText(offer_words(slot.offer) if slot is not None else "Aucune ouverture à ces heures.")
        self.change.setVisible(slot is not None)
        self.close_hours.setVisible(slot is not None and row.state is not RowState.CLOSED and not row.begun)
        for block in self.blocks:
            self._held_column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = [self._block(one, numbers) for one in row.bookings]

    def _block(self, booking: Booking, numbers: Mapping[str, int]) -> BookingBlock:
        block = BookingBlock(self.theme, booking, numbers.get(booking.call or ""), self._held)
        block.cancel_wanted.connect(self.cancel_wanted)
        self._held_column.addWidget(block)
        return block

    @property
    def is_asking(self) -> bool:
        """Whether a cancellation is under way."""
        return any(block.is_asking for block in self.blocks)

    def say_trouble(self, key: str, sentence: str) -> None:
        """Why a booking was not cancelled."""
        for block in self.blocks:
            if block.key == key:
                block.say_trouble(sentence)

    def _change(self) -> None:
        if self.row is not None and self.row.slot is not None:
            self.opening_wanted.emit(self.row.slot.opening)

    def _close(self) -> None:
        if self.row is not None:
            self.closing_wanted.emit(self.row)
