"""Booking for the call on screen: asked for again, booked, lost to somebody else, under reserve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtCore import Slot as QtSlot

from osnp_console.app.booking.book_slot import BookSlot
from osnp_console.app.booking.decision import BookingRefusal, Why, booking_refusal
from osnp_console.app.booking.journal import proposed_entry
from osnp_console.app.booking.next import NextBest, next_best
from osnp_console.app.booking.order import BookingOrder, person_of
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import StoreFailure
from osnp_console.app.slots.recheck_slot import Checked, Recheck, SlotRecheck
from osnp_console.app.sources.agendas import Outcome
from osnp_console.domain import facts
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.slots.slot import BookingMode, Slot
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.agendas.outcomes import CancelAtAgenda, Outcomes
from osnp_console.ui.agendas.searches import AgendaSearches
from osnp_console.ui.agendas.unwritten import Unwritten
from osnp_console.ui.calls import DeskCalls

BOOKING = "Réservation en cours…"
MakeBooking = Callable[[SlotRecheck, Callable[[BookingDone], None]], BookSlot]
"""Makes the use case; the second argument is told of outcomes that come late, on some thread."""


class AgendaBookings(QObject):
    """Whatever waits for an agenda or the store does so on another thread.

    Signals:
        rechecked(object, str, object): a call, the id of a slot, its Recheck.
        page_wanted(object, object): a portal's page is to be opened: the Slot, the AgendaSource.
    """

    rechecked = Signal(object, str, object)
    page_wanted = Signal(object, object)

    def __init__(
        self,
        calls: DeskCalls,
        searches: AgendaSearches,
        deals: Deals,
        home: AgendaDoor,
        make: MakeBooking,
        cancel: CancelAtAgenda,
        reason_label: Callable[[str], str],
        before_booking: Callable[[Slot], str],
        parent: QObject | None = None,
    ) -> None:
        """`before_booking` gives what is to be said of a slot before it is booked, empty when nothing is."""
        super().__init__(parent)
        self._calls = calls
        self._before_booking = before_booking
        self._searches = searches
        self._deals = deals
        self._home = home
        self._reason_label = reason_label
        self._recheck = SlotRecheck(searches.search, searches.tools)
        self._book = make(self._recheck, lambda done: home.bring(lambda: self.outcomes.came_late(done)))
        self.unwritten = Unwritten(home, self._book.write_again, self)
        self.outcomes = Outcomes(calls, deals, home, self._book, cancel, self.unwritten.take)
        self.unwritten.written.connect(self._written)

    # --- looking again ----------------------------------------------------------------------------------

    def recheck(self, slot_id: str) -> None:
        """Ask the agendas of a slot again; what they say comes by `rechecked`."""
        call, slot = self._calls.current, self._slot(slot_id)
        if call is None or slot is None:
            return
        agendas = self._deals.agendas
        self._home.go_and(
            lambda: self._recheck.check(slot, agendas.sources, agendas.directory),
            lambda found: self._rechecked(call, slot_id, found),
        )

    def _rechecked(self, call: OpenCall, slot_id: str, found: Recheck) -> None:
        self.rechecked.emit(call, slot_id, found)
        deal = self._deals.of(call)
        if found.state is Checked.TAKEN and deal.stage is Stage.NONE and not deal.busy:
            self._lost(deal, found.slot, slot_id, found.at, found.said_by[0], None)
        elif found.state is Checked.FREE:
            self._deals.write(proposed_entry(call.desk.code, call.record.id, found.slot, found))

    # --- booking ----------------------------------------------------------------------------------------

    def book(self, slot_id: str, go_on: str = "") -> None:
        """Book a slot of the call on screen: decided, asked for again, written down, sent."""
        call, slot = self._calls.current, self._slot(slot_id)
        if call is None or slot is None:
            return
        deal = self._deals.of(call)
        if deal.busy or deal.holds_back:
            return
        ruling = self._deals.ruling(call)
        refusal = booking_refusal(slot, ruling, self._calls.clock(), go_on)[1]
        if refusal is not None:
            self._refused(deal, slot_id, slot, refusal)
            return
        sentence = self._before_booking(slot)
        if sentence:
            self._deals.said.emit(call, sentence)
            self._deals.changed.emit(deal)
            return
        reason = call.call.text(facts.REASON)
        order = BookingOrder(
            call.record.id,
            call.desk.code,
            slot,
            ruling,
            person_of(call.record.sheet, call.call),
            self._reason_label(reason) if reason is not None else None,
            go_on,
            deal.override,
        )
        deal.busy = BOOKING
        self._deals.changed.emit(deal)
        agendas = self._deals.agendas

        def act() -> BookingDone | StoreFailure:
            try:
                return self._book.book(order, agendas)
            except StoreFailure as failure:
                return failure

        self._home.go_and(act, lambda done: self._booked(deal, slot_id, done))

    def _booked(self, deal: Deal, slot_id: str, done: BookingDone | StoreFailure) -> None:
        deal.busy = ""
        if isinstance(done, StoreFailure):
            self._deals.failed.emit(done)
            self._deals.changed.emit(deal)
            return
        deal.override = ""
        self._deals.log(done.entries)
        if not done.entries:
            self._deals.said.emit(deal.call, done.sentence)
        if done.unsaved is not None:
            self._deals.failed.emit(done.unsaved)
            self.unwritten.take(done)
        if done.recheck is not None:
            self.rechecked.emit(deal.call, slot_id, done.recheck)
        self._follow_outcome(deal, slot_id, done)

    @QtSlot(object, object)
    def _written(self, told: BookingDone, kept: BookingDone) -> None:
        self.outcomes.written_down(told, kept)

    def _follow_outcome(self, deal: Deal, slot_id: str, done: BookingDone) -> None:
        appointment = done.appointment
        if done.outcome is Outcome.TAKEN:
            said_by = done.recheck.said_by if done.recheck is not None else ()
            source = said_by[0] if said_by else (appointment.source if appointment is not None else "")
            message = appointment.message if appointment is not None else None
            self._lost(deal, done.slot, slot_id, done.at, source, message)
            return
        if done.refusal is not None:
            self._refused(deal, slot_id, done.slot, done.refusal)
            return
        if appointment is not None and done.outcome is not Outcome.REFUSED:
            self._show(deal, done)
        self._deals.changed.emit(deal)

    def _show(self, deal: Deal, done: BookingDone) -> None:
        appointment, way = done.appointment, done.way
        assert appointment is not None
        source = way.source if way is not None else None
        match done.outcome:
            case Outcome.BOOKED:
                deal.settle_on(Stage.BOOKED, appointment)
            case Outcome.UNKNOWN:
                deal.settle_on(Stage.UNKNOWN, appointment)
            case _ if way is not None and way.mode is BookingMode.PHONE:
                deal.settle_on(Stage.PHONE, appointment)
            case _:
                deal.settle_on(Stage.WAITING, appointment)
                if source is not None:
                    self.page_wanted.emit(done.slot, source)
        deal.source = source

    def _refused(self, deal: Deal, slot_id: str, slot: Slot, refusal: BookingRefusal) -> None:
        """Show what has to be settled first: a missing answer, an earlier attempt; else say why not."""
        held = refusal.held_by
        if refusal.why is Why.ANSWER_MISSING:
            row = self._searches.slots_of(deal.call).board.row(slot_id)
            deal.close()
            deal.stage, deal.slot = Stage.RESERVE, slot
            deal.ranked = row.one if row is not None else None
        elif held is not None and refusal.why is Why.OUTCOME_UNKNOWN:
            deal.settle_on(Stage.UNKNOWN, held)
        else:
            if held is not None:
                pending = held.state is AppointmentState.PENDING
                deal.settle_on(Stage.WAITING if pending else Stage.BOOKED, held)
            self._deals.said.emit(deal.call, refusal.sentence)
        self._deals.changed.emit(deal)

    # --- taken meanwhile --------------------------------------------------------------------------------

    def _lost(
        self, deal: Deal, slot: Slot, slot_id: str, at: datetime, source: str, message: str | None
    ) -> None:
        slots = self._searches.slots_of(deal.call)
        name = self._deals.agendas.name(source)
        slots.board.lose(slot_id, at, name)
        self._searches.changed.emit(slots)
        deal.close()
        deal.stage, deal.slot, deal.at = Stage.CONFLICT, slot, at
        deal.said_by, deal.message, deal.is_looking = name, message, True
        self._deals.changed.emit(deal)
        board, now = slots.board, self._calls.clock()
        # What other desks propose comes after what nobody does.
        ranked = sorted(board.ranked, key=lambda one: board.elsewhere.take_all(one.slot, now))
        lost = board.lost
        ruling, agendas = self._deals.ruling(deal.call), self._deals.agendas

        def look() -> NextBest | None:
            return next_best(
                ranked,
                {slot_id, *lost},
                ruling,
                self._calls.clock,
                lambda other: self._recheck.check(other, agendas.sources, agendas.directory),
            )

        self._home.go_and(look, lambda best: self._found_best(deal, best))

    def _found_best(self, deal: Deal, best: NextBest | None) -> None:
        if deal.stage is Stage.CONFLICT:
            deal.best, deal.is_looking = best, False
            if best is not None:
                self.rechecked.emit(deal.call, best.ranked.slot.id, best.recheck)
            self._deals.changed.emit(deal)

    def propose(self, slot_id: str) -> None:
        """Choose the slot proposed instead of the one that was lost."""
        deal = self._deals.current
        if deal is not None:
            slots = self._searches.slots_of(deal.call)
            slots.board.select(slot_id)
            deal.close()
            self._searches.changed.emit(slots)
            self._deals.changed.emit(deal)

    # --- under reserve ----------------------------------------------------------------------------------

    def answer(self, fact: str, value: Answer) -> None:
        """An answer given on the card of a slot under reserve; the slot is then offered again."""
        deal = self._deals.current
        if deal is None:
            return
        self._calls.answer(fact, value)
        self._calls.settle()
        slots, slot = self._searches.slots_of(deal.call), deal.slot
        deal.close()
        row = slots.board.row(slot.id) if slot is not None else None
        if row is not None and row.can_be_chosen:
            slots.board.select(row.id)
            if row.one.ruling.missing:
                deal.stage, deal.slot, deal.ranked = Stage.RESERVE, row.one.slot, row.one
        self._searches.changed.emit(slots)
        self._deals.changed.emit(deal)

    def _slot(self, slot_id: str) -> Slot | None:
        call = self._calls.current
        row = self._searches.slots_of(call).board.row(slot_id) if call is not None else None
        return row.one.slot if row is not None else None
