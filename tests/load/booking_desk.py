"""Bookings in the office's one scarce shared agenda, by the program's own use case."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import TypeVar
from uuid import uuid4

from osnp_console.app.booking.book_slot import BookSlot
from osnp_console.app.booking.order import Agendas, BookingOrder
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.booking.records import of_call
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.local_agenda.agenda import free_slots
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.slots.recheck_slot import SlotRecheck
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.sources.agendas import Outcome, SourceTools
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.slots.ruling import SlotRuling, admissions_of
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.load.proposing import Proposing, without_those
from tests.load.workplace import Workplace

T = TypeVar("T")
SOURCE = "carnet"
WINDOW = timedelta(days=2)
WANTED = 3
"""Everybody chooses among the first so many free slots: they meet there."""
TRIES = 6
MINDS_THE_OTHERS = 0.8
OPEN = frozenset({AppointmentState.ASKED, AppointmentState.UNKNOWN})


class BookingDesk:
    """What an operator does until a slot is booked, and until every attempt is settled."""

    def __init__(self, workplace: Workplace, proposing: Proposing) -> None:
        self._at = workplace
        self._proposing = proposing
        self._dice = random.Random(workplace.plan.seed + 1)
        self._for, self._key = "", ""
        tools = SourceTools(workplace.now, lambda name: None, workplace.base)
        search = SlotSearch(CONNECTORS, tools)
        self._use = BookSlot(
            workplace.base, CONNECTORS, tools, SlotRecheck(search, tools), self._new_key, late=self._late
        )
        options = {"agenda": workplace.plan.agenda}
        source = AgendaSource(SOURCE, SourceKind.LOCAL_AGENDA, "Carnet", options=options)
        self._agendas = Agendas({SOURCE: source}, Directory())

    def book(self, call: OpenCall) -> bool:
        """Book one of the next free slots for a call; False when nothing is left to book."""
        tries, outcome = 0, None
        while tries < TRIES and outcome is not Outcome.BOOKED and (slot := self._free()) is not None:
            self._proposing.propose(call.record.id, slot)
            outcome = self._try(call, slot)
            tries += outcome is not None
        self._proposing.withdraw()
        return outcome is Outcome.BOOKED

    def find_again(self, tries: dict[str, str]) -> None:
        """After a death: what became of attempts, by key and call, that nobody was told the end of."""
        for key, call in tries.items():
            kept = self._at.ask_until_answered(of_call(call))
            for appointment in kept:
                if appointment.id == key and appointment.state not in OPEN:
                    self._at.ledger.told(key, appointment.state.value)
        self._proposing.withdraw()

    def settle_all(self) -> None:
        """Verify every attempt of this desk that is not settled."""
        for appointment in self._at.ask_until_answered(self._unsettled):
            if appointment.desk == self._at.plan.desk.code:
                self._verify(appointment)

    # --- one attempt ------------------------------------------------------------------------------------

    def _free(self) -> Slot | None:
        now = self._at.now()

        def look(units: OpenUnit) -> list[Slot]:
            with units() as unit:
                return free_slots(unit, self._at.plan.agenda, now, now + WINDOW, SOURCE, now)

        begun = time.monotonic()
        slots = self._at.ask_until_answered(look)
        self._at.ledger.lasted("recherche", begun)
        # Now and then somebody takes what another desk has on offer all the same: it is no lock.
        if self._dice.random() < MINDS_THE_OTHERS:
            slots = without_those(slots, lambda slot: self._proposing.elsewhere.take_all(slot, now))
        return self._dice.choice(slots[:WANTED]) if slots else None

    def _try(self, call: OpenCall, slot: Slot) -> Outcome | None:
        """How it ended; None where the base was away."""
        ruling = SlotRuling(admissions_of(call.checklist))
        order = BookingOrder(call.record.id, self._at.plan.desk.code, slot, ruling, reason="Angine")
        self._for, self._key = call.record.id, ""
        begun = time.monotonic()
        try:
            done = self._aside(lambda: self._use.book(order, self._agendas))
        except StoreFailure as failure:
            # Said: nothing was sent. Whether the attempt was written down is seen at the next try.
            self._at.ledger.failed(failure.code)
            if self._key:
                self._at.ledger.not_told(self._key)
            self._at.wait(self._at.plan.retry)
            return None
        self._at.ledger.lasted("réservation", begun)
        done = self._written(done)
        if done.refusal is not None:
            held = done.refusal.held_by
            if held is None:
                return Outcome.REFUSED
            return self._verify(held) if held.state in OPEN else Outcome.BOOKED
        if done.outcome is Outcome.UNKNOWN and done.appointment is not None:
            return self._verify(done.appointment)
        return done.outcome

    def _verify(self, appointment: Appointment) -> Outcome:
        """Ask the agenda until it says what became of an attempt."""
        while True:
            kept = self._at.ask_until_answered(of_call(appointment.call))
            now = next((one for one in kept if one.id == appointment.id), appointment)
            try:
                done = self._aside(partial(self._use.verify, now, self._agendas))
            except StoreFailure as failure:
                self._at.ledger.failed(failure.code)
            else:
                done = self._written(done)
                if done.outcome is not Outcome.UNKNOWN:
                    return done.outcome
            self._at.wait(self._at.plan.retry)

    def _written(self, done: BookingDone) -> BookingDone:
        """The outcome told and written down, however often the store fails."""
        self._tell(done)
        noted = done
        for _ in range(100):
            if noted.unsaved is None:
                break
            self._at.ledger.failed("issue_non_ecrite")
            self._at.wait(self._at.plan.retry)
            noted = self._aside(partial(self._use.write_again, noted))
        for entry in noted.entries:
            self._at.ledger.logged(entry)
        if noted.outcome is not done.outcome:
            self._tell(noted)
        return noted

    def _tell(self, done: BookingDone) -> None:
        if done.appointment is not None:
            self._at.ledger.told(done.appointment.id, done.outcome.value)

    # --- threads ----------------------------------------------------------------------------------------

    def _aside(self, work: Callable[[], T]) -> T:
        """Do it on a thread that may wait, as the window does; the desk goes on meanwhile."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # whatever it is belongs to whoever asked
                future.set_exception(error)

        Thread(target=run, name="reservation", daemon=True).start()
        return self._at.wait_for(future)

    def _late(self, done: BookingDone) -> None:
        """On some thread: an outcome that came after the attempt was given up."""
        self._tell(done)
        for entry in done.entries:
            self._at.ledger.logged(entry)

    def _new_key(self) -> str:
        self._key = uuid4().hex
        self._at.ledger.tried(self._key, self._for)
        return self._key

    @staticmethod
    def _unsettled(units: OpenUnit) -> tuple[Appointment, ...]:
        with units() as unit:
            return tuple(one for one in unit.appointments.unsettled() if one.state in OPEN)
