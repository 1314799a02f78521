"""Booking a slot: decided, asked for again, written down, sent, settled; an attempt is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from osnp_console.app.booking.decision import (
    BookingRefusal,
    Why,
    booking_refusal,
    clock,
    held_by_another,
)
from osnp_console.app.booking.journal import conflict_entry, state_entry
from osnp_console.app.booking.order import Agendas, BookingOrder
from osnp_console.app.booking.outcome import STATES, BookingDone, outcome_of, outcome_sentence
from osnp_console.app.booking.records import (
    by_id,
    of_call,
    request_for,
    saving,
    saving_unless_held,
    settling,
    writing,
)
from osnp_console.app.booking.sending import Send, send
from osnp_console.app.booking.ways import BookingWay, ways_of
from osnp_console.app.errors import Forbidden
from osnp_console.app.people.permissions import requiring
from osnp_console.app.ports import Background, Conflict, StoreFailure
from osnp_console.app.slots.recheck_slot import Checked, Recheck, SlotRecheck
from osnp_console.app.slots.search_threads import AskingThreads, Work
from osnp_console.app.sources.agendas import (
    Booker,
    BookingPerson,
    BookingRequest,
    BookingResult,
    Connectors,
    Outcome,
    SourceFailure,
    SourceTools,
)
from osnp_console.app.sources.secrets import tools_of
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.ruling import Ruling
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource


class BookSlot:
    """Books, verifies and tries again. It waits for agendas and store: never on the window's thread."""

    def __init__(
        self,
        store: Background,
        connectors: Connectors,
        tools: SourceTools,
        recheck: SlotRecheck,
        new_id: Callable[[], str],
        *,
        late: Callable[[BookingDone], None] = lambda done: None,
        spawn: Callable[[Work], None] | None = None,
    ) -> None:
        """`new_id` makes an attempt's own key.

        `late` is told, on some thread, of an outcome that came after the attempt was given up as unknown.
        """
        self._store = store
        self._connectors = connectors
        self._tools = tools
        self._recheck = recheck
        self._new_id = new_id
        self._late = late
        self._spawn = AskingThreads().run if spawn is None else spawn

    # --- booking ----------------------------------------------------------------------------------------

    def book(self, order: BookingOrder, agendas: Agendas) -> BookingDone:
        """Book a slot; raises StoreFailure when the attempt cannot be written down: then nothing is sent.

        At a portal or by phone nothing is sent: the appointment waits for what the operator notes.
        """
        now = self._tools.clock()
        ruled, refusal = self._refusal(order, order.slot, now)
        if refusal is not None:
            return _refused(order.slot, refusal, now)
        checked = self._recheck.check(order.slot, agendas.sources, agendas.directory)
        if checked.state is Checked.TAKEN:
            return self._taken(order, checked, agendas)
        slot = _with_other_origins(checked.slot, order.slot)
        ruled, refusal = self._refusal(order, slot, checked.at)
        if refusal is not None:
            return replace(_refused(slot, refusal, checked.at), recheck=checked)
        way = next(iter(ways_of(slot, agendas.sources, self._connectors)), None)
        if way is None:
            sentence = f"L’agenda de {clock(slot.start)} n’est plus relié à ce poste."
            return _refused(slot, BookingRefusal(Why.NO_WAY, sentence, ruled), checked.at)
        attempt = self._attempt(order, slot, way, ruled, checked.at)
        kept = self._keep(order, attempt if way.is_automatic else _pending(attempt), ruled)
        if isinstance(kept, BookingRefusal):
            return replace(_refused(slot, kept, checked.at), recheck=checked)
        saved, entry = kept
        if not way.is_automatic:
            sentence = outcome_sentence(BookingResult(Outcome.WAITING), slot, way.source.name, checked.at)
            done = BookingDone(Outcome.WAITING, sentence, slot, checked.at, saved)
        else:
            request = request_for(saved, order.person, order.reason)
            done = self._ask(saved, request, way.source, lambda booker: booker.book)
        return replace(done, way=way, recheck=checked, entries=(entry, *done.entries))

    def write_again(self, done: BookingDone) -> BookingDone:
        """Write down an outcome that could not be; `unsaved` says whether it still cannot.

        What an earlier try wrote after all, though its answer was lost, is not written twice.
        """
        try:
            if done.appointment is None:
                again = done.unsaved is not None
                self._store.submit(writing(*done.entries, again=again)).result()
                return replace(done, unsaved=None)
            # Those before the last were written with the attempt.
            saved = self._store.submit(settling(done.appointment, *done.entries[-1:])).result()
        except Conflict:
            return self._as_found(done)
        except StoreFailure as failure:
            return replace(done, unsaved=failure)
        return replace(done, appointment=saved, unsaved=None)

    def _as_found(self, done: BookingDone) -> BookingDone:
        """How an attempt ended was written before: by an earlier try of this desk, or by another desk."""
        assert done.appointment is not None
        try:
            kept = self._store.submit(by_id(done.appointment.id)).result()
        except StoreFailure as failure:
            return replace(done, unsaved=failure)
        if kept.state is done.appointment.state:
            return replace(done, appointment=kept, unsaved=None)
        name = done.way.source.name if done.way is not None else kept.source
        return replace(_told_as(done, kept, name), entries=done.entries[:-1], unsaved=None)

    def _refusal(
        self, order: BookingOrder, slot: Slot, now: datetime
    ) -> tuple[Ruling, BookingRefusal | None]:
        ruled, refusal = booking_refusal(slot, order.ruling, now, order.go_on)
        if refusal is not None or order.override.strip():
            return ruled, refusal
        return ruled, held_by_another(self._store.submit(of_call(order.call)).result(), ruled)

    def _attempt(
        self, order: BookingOrder, slot: Slot, way: BookingWay, ruled: Ruling, now: datetime
    ) -> Appointment:
        return Appointment(
            self._new_id(),
            order.call,
            order.desk,
            way.source.id,
            slot,
            AppointmentState.ASKED,
            now,
            now,
            dispositif=ruled.dispositifs[0] if ruled.dispositifs else None,
        )

    def _keep(
        self, order: BookingOrder, attempt: Appointment, ruled: Ruling
    ) -> tuple[Appointment, JournalEntry] | BookingRefusal:
        entry = state_entry(attempt, attempt.asked_at, kind=journal.ASKED_FOR, reason=order.typed)
        if order.override.strip():
            return self._store.submit(saving(attempt, entry)).result(), entry
        kept = self._store.submit(saving_unless_held(attempt, ruled, entry)).result()
        return kept if isinstance(kept, BookingRefusal) else (kept, entry)

    def _taken(self, order: BookingOrder, checked: Recheck, agendas: Agendas) -> BookingDone:
        source, slot = checked.said_by[0], order.slot
        entry = conflict_entry(order.desk, order.call, slot, source, checked.at)
        sentence = outcome_sentence(BookingResult(Outcome.TAKEN), slot, agendas.name(source), checked.at)
        done = BookingDone(Outcome.TAKEN, sentence, slot, checked.at, recheck=checked, entries=(entry,))
        return self.write_again(done)

    # --- finding out ------------------------------------------------------------------------------------

    def verify(
        self, appointment: Appointment, agendas: Agendas, person: BookingPerson | None = None
    ) -> BookingDone:
        """Ask the agenda what became of an attempt; it stays UNKNOWN when the agenda does not say."""
        return self._again(appointment, agendas, person, None, lambda booker: booker.verify)

    def try_again(
        self,
        appointment: Appointment,
        agendas: Agendas,
        person: BookingPerson | None = None,
        reason: str | None = None,
    ) -> BookingDone:
        """Send the same attempt once more, with its own key: the agenda books it once at most."""
        return self._again(appointment, agendas, person, reason, lambda booker: booker.book)

    def _again(
        self,
        appointment: Appointment,
        agendas: Agendas,
        person: BookingPerson | None,
        reason: str | None,
        act: Callable[[Booker], Send],
    ) -> BookingDone:
        self._check_right()
        source = agendas.sources.get(appointment.source)
        if source is None:
            now = self._tools.clock()
            sentence = f"L’agenda de {clock(appointment.slot.start)} n’est plus relié à ce poste."
            return BookingDone(Outcome.UNKNOWN, sentence, appointment.slot, now, appointment)
        return self._ask(appointment, request_for(appointment, person, reason), source, act)

    def _check_right(self) -> None:
        """Before anything is sent, since an agenda asks nobody whether they may; raises Forbidden.

        A store that does not answer keeps nobody from learning what became of their own attempt.
        """
        try:
            self._store.submit(requiring(Act.BOOK)).result()
        except Forbidden:
            raise
        except StoreFailure:
            return

    # --- what both do -----------------------------------------------------------------------------------

    def _ask(
        self,
        appointment: Appointment,
        request: BookingRequest,
        source: AgendaSource,
        act: Callable[[Booker], Send],
    ) -> BookingDone:
        connector = self._connectors.get(source.kind)
        if connector is None or connector.book is None:
            result = BookingResult(Outcome.UNKNOWN)
        else:
            try:
                booker = connector.book(source, tools_of(self._tools, source))
            except SourceFailure as failure:
                # Nothing left this desk: a first attempt failed, an older one is as unknown as before.
                first = appointment.state is AppointmentState.ASKED
                outcome = Outcome.REFUSED if first else Outcome.UNKNOWN
                result = BookingResult(outcome, message=failure.message)
            else:
                late = partial(self._came_late, appointment.id, source)
                result = send(act(booker), request, self._spawn, late)
        return self._settle(appointment, result, source)

    def _settle(self, appointment: Appointment, result: BookingResult, source: AgendaSource) -> BookingDone:
        now = self._tools.clock()
        state, sentence = STATES[result.outcome], outcome_sentence(result, appointment.slot, source.name, now)
        if not appointment.may(state):
            return BookingDone(result.outcome, sentence, appointment.slot, now, appointment)
        moved = appointment.moved(state, now, reference=result.reference, message=result.message)
        kind = journal.SLOT_TAKEN if result.outcome is Outcome.TAKEN else None
        entry = state_entry(moved, now, kind=kind)
        done = BookingDone(result.outcome, sentence, moved.slot, now, moved, entries=(entry,))
        try:
            saved = self._store.submit(settling(moved, entry)).result()
        except Conflict:
            return self._as_kept(done, source)
        except StoreFailure as failure:
            return replace(done, unsaved=failure)
        return replace(done, appointment=saved)

    def _as_kept(self, done: BookingDone, source: AgendaSource) -> BookingDone:
        """The attempt was settled elsewhere while this answer came: what is kept counts."""
        assert done.appointment is not None
        try:
            kept = self._store.submit(by_id(done.appointment.id)).result()
        except StoreFailure as failure:
            return replace(done, unsaved=failure)
        return replace(_told_as(done, kept, source.name), entries=())

    def _came_late(self, appointment: str, source: AgendaSource, result: BookingResult) -> None:
        """An answer after the attempt was given up: it settles what is still unknown, and is told."""
        if result.outcome is Outcome.UNKNOWN:
            return

        try:
            kept = self._store.submit(by_id(appointment)).result()
        except StoreFailure:
            return  # the base still holds it as unknown: it will be verified
        if kept.may(STATES[result.outcome]):
            self._late(self._settle(kept, result, source))


def _pending(attempt: Appointment) -> Appointment:
    return attempt.moved(AppointmentState.PENDING, attempt.asked_at)


def _refused(slot: Slot, refusal: BookingRefusal, now: datetime) -> BookingDone:
    return BookingDone(Outcome.REFUSED, refusal.sentence, slot, now, refusal=refusal)


def _told_as(done: BookingDone, kept: Appointment, agenda: str) -> BookingDone:
    """The outcome of an attempt as it is kept, whatever was about to be told."""
    result = BookingResult(outcome_of(kept.state), kept.reference, kept.message)
    sentence = outcome_sentence(result, kept.slot, agenda, done.at)
    return replace(done, outcome=result.outcome, sentence=sentence, appointment=kept)


def _with_other_origins(checked: Slot, slot: Slot) -> Slot:
    """The slot as it is announced now, with the origins that were not heard again: a portal, say."""
    heard = {origin.source for origin in checked.origins}
    rest = tuple(origin for origin in slot.origins if origin.source not in heard)
    known = slot.dispositifs | checked.dispositifs
    return replace(checked, id=slot.id, origins=(*checked.origins, *rest), dispositifs=known)
