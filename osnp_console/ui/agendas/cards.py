"""The card of a deal: made in today's theme, its answers brought to who does them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from osnp_console.app.booking.after_booking import after_booking
from osnp_console.app.booking.booked_card import booked_shown
from osnp_console.app.booking.by_hand_cards import (
    PhoneLine,
    PhoneShown,
    TakenRead,
    read_taken,
    waiting_shown,
)
from osnp_console.app.calls.question_answers import Offered
from osnp_console.app.slots.cards import (
    NextSlot,
    NextState,
    conflict_shown,
    next_slot,
    reserve_shown,
    unknown_shown,
)
from osnp_console.app.slots.recheck_slot import Checked
from osnp_console.app.slots.words import who
from osnp_console.app.sources.portal import portal_steps
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.next_question import phrase_of
from osnp_console.domain.slots.portal_line import LineRefused
from osnp_console.ui.agendas.bookings import AgendaBookings
from osnp_console.ui.agendas.by_hand import BookingsByHand
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.searches import AgendaSearches
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.slots.cards.booked import BookedCard
from osnp_console.ui.slots.cards.card import BookingCard
from osnp_console.ui.slots.cards.conflict import ConflictCard
from osnp_console.ui.slots.cards.phone import PhoneCard
from osnp_console.ui.slots.cards.portal import PortalCard
from osnp_console.ui.slots.cards.reserve import ReserveCard
from osnp_console.ui.slots.cards.unknown import UnknownCard
from osnp_console.ui.slots.cards.waiting import WaitingCard
from osnp_console.ui.theme.theme import Theme

TAKEN_DRAFT, REASON_DRAFT = "rendez_vous.pris", "rendez_vous.motif"
"""Where lines that are being typed on a card are kept with the call: they outlive a crash."""


@dataclass(frozen=True, slots=True)
class Acts:
    """Who does what a card asks."""

    deals: Deals
    bookings: AgendaBookings
    by_hand: BookingsByHand


class CardMaker(QObject):
    """Makes cards; the window owns them.

    Signals:
        page_wanted(str): an address is to be opened.
        call_wanted(str): a number is to be phoned.
        print_wanted(object), sheet_wanted(object), export_wanted(object): what a Deal's patient is told is to
            be printed, its proof of regulation made, its appointment message.
        close_wanted(): the call is to be ended.
        question_wanted(str): the field that answers a fact is wanted.
        said(str): words for the journal strip.
    """

    page_wanted = Signal(str)
    call_wanted = Signal(str)
    print_wanted = Signal(object)
    sheet_wanted = Signal(object)
    export_wanted = Signal(object)
    close_wanted = Signal()
    question_wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        theme: Theme,
        calls: DeskCalls,
        searches: AgendaSearches,
        acts: Acts,
        catalogue: Catalogue,
        export_missing: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`export_missing` says why the appointment message cannot be made, empty when it can."""
        super().__init__(parent)
        self._theme = theme
        self._calls = calls
        self._searches = searches
        self._acts = acts
        self._catalogue = catalogue
        self._dispositifs: Mapping[str, Dispositif] = {one.id: one for one in catalogue.dispositifs}
        self._export_missing = export_missing
        self._makers: Mapping[Stage, Callable[[Deal, datetime], BookingCard | None]] = {
            Stage.RESERVE: self._reserve,
            Stage.CONFLICT: self._conflict,
            Stage.UNKNOWN: self._unknown,
            Stage.WAITING: self._waiting,
            Stage.PORTAL: self._portal,
            Stage.PHONE: self._phone,
            Stage.BOOKED: self._booked,
        }

    def make(self, deal: Deal) -> BookingCard | None:
        """The card of a deal, None where there is none."""
        maker = self._makers.get(deal.stage)
        card = maker(deal, self._calls.clock()) if maker is not None else None
        if card is not None:
            card.dismissed.connect(self._acts.deals.dismiss)
            card.copied.connect(self.said)
        return card

    # --- one after the other ----------------------------------------------------------------------------

    def _conflict(self, deal: Deal, now: datetime) -> BookingCard | None:
        if deal.slot is None or deal.at is None:
            return None
        slots = self._searches.slots_of(deal.call)
        answers = tuple(slots.board.pool.answers.values())
        shown = conflict_shown(
            deal.slot,
            deal.at,
            deal.said_by,
            message=deal.message,
            proposed=self._next(deal, now),
            answers=answers,
        )
        card = ConflictCard(self._theme, shown)
        card.proposed.connect(self._acts.bookings.propose)
        return card

    def _next(self, deal: Deal, now: datetime) -> NextSlot | None:
        if deal.best is not None:
            checked = deal.best.recheck
            state = NextState.FREE if checked.state is Checked.FREE else NextState.SILENT
            return next_slot(deal.best.ranked, now, state, checked.at)
        if not deal.is_looking or deal.slot is None:
            return None
        coming = self._searches.slots_of(deal.call).board.next_best(deal.slot.id)
        return next_slot(coming, now, NextState.CHECKING) if coming is not None else None

    def _unknown(self, deal: Deal, now: datetime) -> BookingCard | None:
        if deal.appointment is None:
            return None
        name = self._acts.deals.agendas.name(deal.appointment.source)
        shown = unknown_shown(deal.appointment, name, now, deal.unknown, phone=self._phone_of(deal))
        card = UnknownCard(self._theme, shown, self._draft(deal, REASON_DRAFT))
        outcomes = self._acts.bookings.outcomes
        card.verify_wanted.connect(outcomes.verify)
        card.told.connect(outcomes.told)
        card.overridden.connect(self._overridden)
        card.call_wanted.connect(self.call_wanted)
        card.draft_changed.connect(self._keep_reason)
        return card

    def _waiting(self, deal: Deal, now: datetime) -> BookingCard | None:
        if deal.appointment is None:
            return None
        name = self._acts.deals.agendas.name(deal.appointment.source)
        shown = waiting_shown(deal.appointment, name, now)
        card = WaitingCard(self._theme, shown, self._read, self._draft(deal, TAKEN_DRAFT))
        card.saved.connect(self._taken)
        card.draft_changed.connect(self._keep_taken)
        card.nothing_taken.connect(self._acts.by_hand.nothing_taken)
        return card

    def _portal(self, deal: Deal, now: datetime) -> BookingCard | None:
        if deal.source is None:
            return None
        dispositif = self._first_taking(deal)
        shown = portal_steps(deal.source, dispositif, deal.call.call, deal.call.desk.role)
        card = PortalCard(self._theme, shown, self._read, self._draft(deal, TAKEN_DRAFT))
        card.open_wanted.connect(self.page_wanted)
        card.call_wanted.connect(self.call_wanted)
        card.saved.connect(self._taken)
        card.draft_changed.connect(self._keep_taken)
        return card

    def _phone(self, deal: Deal, now: datetime) -> BookingCard | None:
        lines = tuple(self._lines(deal))
        if not lines:
            return None
        title = f"Réserver par téléphone\u202f: {lines[0].name}"
        card = PhoneCard(self._theme, PhoneShown(title, lines), self._read, self._draft(deal, TAKEN_DRAFT))
        card.call_wanted.connect(self.call_wanted)
        card.tried.connect(self._acts.by_hand.tried)
        card.saved.connect(self._taken_by_phone)
        card.draft_changed.connect(self._keep_taken)
        return card

    def _booked(self, deal: Deal, now: datetime) -> BookingCard | None:
        appointment = deal.appointment
        if appointment is None:
            return None
        role = deal.call.desk.role
        after = after_booking(
            appointment,
            role,
            now,
            self._dispositifs.get(appointment.dispositif or ""),
            self._searches.declared.directory.whose(appointment.slot),
            deal.warned_at,
        )
        name = self._acts.deals.agendas.name(appointment.source)
        shown = booked_shown(
            appointment,
            now,
            name,
            after.warn,
            read_out=(after.patient.title, *after.patient.lines),
            export_missing=self._export_missing(),
        )
        card = BookedCard(self._theme, shown)
        card.call_wanted.connect(self.call_wanted)
        card.warned.connect(self._acts.deals.warned)
        card.print_wanted.connect(lambda text: self.print_wanted.emit(deal))
        card.sheet_wanted.connect(lambda: self.sheet_wanted.emit(deal))
        card.export_wanted.connect(lambda: self.export_wanted.emit(deal))
        card.moved.connect(self._moved)
        card.close_wanted.connect(self.close_wanted)
        return card

    def _reserve(self, deal: Deal, now: datetime) -> BookingCard | None:
        ranked = deal.ranked
        if ranked is None or not ranked.ruling.missing:
            return None
        question = phrase_of(ranked.ruling.missing[0], deal.call.call, self._catalogue.facts)
        name = next((cpts_name(self._dispositifs[one].cpts) for one in ranked.ruling.dispositifs), "")
        shown = reserve_shown(ranked, question, deal.call.record.sheet, now, name)
        if shown is None:
            return None
        card = ReserveCard(self._theme, shown)
        card.answered.connect(self._answered)
        card.question_wanted.connect(self.question_wanted)
        return card

    # --- what cards answer ------------------------------------------------------------------------------

    def _answered(self, fact: str, offered: Offered) -> None:
        self._acts.bookings.answer(offered.field or fact, offered.answer)
        if offered.goes_on:
            self.question_wanted.emit(fact)

    def _moved(self, state: AppointmentState) -> None:
        if state is AppointmentState.CANCELLED:
            self._acts.bookings.outcomes.cancel()
        else:
            self._acts.deals.move(state)

    def _overridden(self, reason: str) -> None:
        self._calls.type(REASON_DRAFT, "")
        self._acts.bookings.outcomes.go_past(reason)

    def _taken(self, line: str) -> None:
        try:
            self._acts.by_hand.note_taken(line)
        except LineRefused as refused:
            self.said.emit(refused.message)
            return
        self._calls.type(TAKEN_DRAFT, "")

    def _taken_by_phone(self, number: str, line: str) -> None:
        self._taken(line)

    def _keep_taken(self, text: str) -> None:
        self._calls.type(TAKEN_DRAFT, text)

    def _keep_reason(self, text: str) -> None:
        self._calls.type(REASON_DRAFT, text)

    def _draft(self, deal: Deal, code: str) -> str:
        return deal.call.record.sheet.pending.get(code, "")

    def _read(self, text: str) -> TakenRead:
        return read_taken(text, self._calls.clock())

    # --- inside -----------------------------------------------------------------------------------------

    def _phone_of(self, deal: Deal) -> str | None:
        """The desk's own number for who gives the care of the slot."""
        slot = deal.appointment.slot if deal.appointment is not None else deal.slot
        entry = self._searches.declared.directory.whose(slot) if slot is not None else None
        return entry.phone if entry is not None else None

    def _lines(self, deal: Deal) -> list[PhoneLine]:
        """The numbers to call: of the slot's practice, else of the source and its effecteurs."""
        tries = deal.tries
        slot = deal.slot if deal.appointment is not None else None
        if slot is not None:
            number = self._phone_of(deal) or slot.place.phone
            return [PhoneLine(who(slot), number, tries=tries.get(number, ()))] if number else []
        source = deal.source
        if source is None:
            return []
        own = source.options.get("telephone")
        found = (
            [PhoneLine(source.name, own, tries=tries.get(own, ()))] if isinstance(own, str) and own else []
        )
        for one in self._searches.declared.directory.effecteurs:
            number = one.phone or one.place.phone
            if source.id in one.sources and number:
                found.append(PhoneLine(one.name, number, one.note, tries.get(number, ())))
        return found

    def _first_taking(self, deal: Deal) -> Dispositif | None:
        source = deal.source
        wanted = set(source.dispositifs) if source is not None else set()
        rows = [row for row in deal.call.checklist.rows if row.dispositif.id in wanted and not row.unmet]
        best = min(rows, key=lambda row: row.unknown, default=None)
        return best.dispositif if best is not None else None
