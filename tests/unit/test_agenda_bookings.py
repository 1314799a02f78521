"""A place in a local agenda is booked once for each attempt, never twice, and given back by its state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from typing import cast

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from osnp_console.app.local_agenda import agenda as local_agenda
from osnp_console.app.local_agenda.agenda import (
    PlaceAsked,
    book_place,
    follow_appointment,
    free_slots,
    move_booking,
    result_of,
    view,
)
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import Outcome
from osnp_console.domain.agenda.plan import Offer, Plan
from osnp_console.domain.agenda.slots import PlannedSlot
from osnp_console.domain.appointment import (
    MOVES,
    Appointment,
    AppointmentState,
    IllegalAppointmentMove,
)
from tests.unit.agendas import CSNP, MAURY, NOW, weekly
from tests.unit.local_agendas import AgendaStore, AgendaUnit

SLOT = "20261124T130000Z/10002673899"  # 14:00 in Paris
DESK = "44-3"
END = NOW + timedelta(hours=12)


def store_with(offer: Offer | None = None) -> AgendaStore:
    """One afternoon of Dr Maury, 14:00 to 15:00."""
    return AgendaStore(Plan(CSNP, (weekly(time(14), time(15), offer),)))


def asked(key: str = "essai", reference: str = SLOT, **other: object) -> PlaceAsked:
    return replace(PlaceAsked(key, CSNP.id, reference, DESK), **other)  # type: ignore[arg-type]  # fields of it


def test_a_free_place_is_booked_for_the_call() -> None:
    store = store_with()
    result = book_place(store.units, asked(call="appel-1"), NOW)
    assert (result.outcome, result.reference, result.message) == (Outcome.BOOKED, "essai", None)
    kept = store.agendas.booked["essai"]
    assert (kept.call, kept.desk, kept.seat, kept.over_booking) == ("appel-1", DESK, 1, False)
    assert kept.start == NOW + timedelta(hours=4)


def test_the_same_attempt_sent_again_books_nothing_more() -> None:
    store = store_with(Offer(20, 2, 0, MAURY))
    first = book_place(store.units, asked(), NOW)
    assert book_place(store.units, asked(), NOW) == first
    assert len(store.agendas.booked) == 1


def test_a_place_that_somebody_took_meanwhile_is_told_as_taken() -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)
    result = book_place(store.units, asked("autre"), NOW)
    assert (result.outcome, result.message) == (Outcome.TAKEN, local_agenda.TAKEN)
    assert list(store.agendas.booked) == ["essai"]


def test_a_place_that_only_the_base_itself_knew_as_taken_is_told_as_taken_and_nothing_is_kept() -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)

    @contextmanager
    def units() -> Iterator[AgendaUnit]:
        unit = AgendaUnit(store)
        # Read before the other one committed, as without the agenda's lock.
        unit.agendas.bookings = lambda agenda, start, end: []  # type: ignore[method-assign]  # reads nothing
        yield unit

    result = book_place(cast(OpenUnit, units), asked("autre"), NOW)
    assert (result.outcome, result.message) == (Outcome.TAKEN, local_agenda.TAKEN)
    assert list(store.agendas.booked) == ["essai"]


def test_a_slot_that_was_closed_meanwhile_is_gone() -> None:
    store = store_with()
    store.agendas.drop(CSNP.id, "o1")
    result = book_place(store.units, asked(), NOW)
    assert (result.outcome, result.message) == (Outcome.TAKEN, local_agenda.NO_SUCH_SLOT)


@pytest.mark.parametrize("reference", ["", "Slot/12", "20261124T130000Z/", "20261124T130500Z/10002673899"])
def test_what_is_no_slot_of_the_agenda_is_not_booked(reference: str) -> None:
    store = store_with()
    assert book_place(store.units, asked(reference=reference), NOW).outcome is Outcome.TAKEN
    assert store.commits == 0


def test_a_slot_that_has_begun_is_refused() -> None:
    store = store_with()
    result = book_place(store.units, asked(), NOW + timedelta(hours=4))
    assert (result.outcome, result.message) == (Outcome.REFUSED, local_agenda.BEGUN)


def test_over_booking_is_never_a_surprise() -> None:
    store = store_with(Offer(20, 1, 1, MAURY))
    book_place(store.units, asked(), NOW)
    result = book_place(store.units, asked("autre"), NOW)
    assert (result.outcome, result.message) == (Outcome.TAKEN, local_agenda.OVER_ONLY)
    meant = book_place(store.units, asked("autre", over_booking=True), NOW)
    assert (meant.outcome, meant.message) == (Outcome.WAITING, local_agenda.AGREEMENT)
    assert store.agendas.booked["autre"].state is AppointmentState.PENDING
    assert book_place(store.units, asked("encore", over_booking=True), NOW).outcome is Outcome.TAKEN


def test_a_regular_place_that_came_free_goes_before_an_over_booking_one() -> None:
    store = store_with(Offer(20, 1, 1, MAURY))
    assert book_place(store.units, asked(over_booking=True), NOW).outcome is Outcome.BOOKED
    assert store.agendas.booked["essai"].over_booking is False


def test_a_place_that_is_given_back_can_be_had_by_another() -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)
    with store.units() as unit:
        move_booking(unit, "essai", AppointmentState.CANCELLED, NOW)
        unit.commit()
    assert book_place(store.units, asked("autre"), NOW).outcome is Outcome.BOOKED
    again = book_place(store.units, asked(), NOW)
    assert (again.outcome, again.message) == (Outcome.REFUSED, local_agenda.GIVEN_BACK)


def test_a_booking_that_nobody_made_cannot_be_cancelled() -> None:
    with store_with().units() as unit, pytest.raises(StoreFailure) as refused:
        move_booking(unit, "rien", AppointmentState.CANCELLED, NOW)
    assert (refused.value.code, refused.value.message) == ("introuvable", local_agenda.NO_BOOKING)


def test_a_booking_cancelled_twice_is_refused() -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)
    with store.units() as unit:
        move_booking(unit, "essai", AppointmentState.CANCELLED, NOW)
        with pytest.raises(IllegalAppointmentMove):
            move_booking(unit, "essai", AppointmentState.CANCELLED, NOW)


def test_an_agenda_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreFailure) as refused:
        book_place(AgendaStore().units, asked(), NOW)
    assert refused.value.code == "introuvable"


def test_an_attempt_that_never_came_through_booked_nothing() -> None:
    assert result_of(None).outcome is Outcome.REFUSED
    assert result_of(None).message == local_agenda.NOTHING_BOOKED


def appointment(state: AppointmentState) -> Appointment:
    with store_with().units() as unit:
        slot = free_slots(unit, CSNP.id, NOW, END, "carnet", NOW)[0]
    return Appointment("essai", "appel-7", DESK, "carnet", slot, state, NOW, NOW)


def test_the_attempt_takes_the_call_of_its_appointment() -> None:
    store = store_with(Offer(20, 3, 0, MAURY))
    store.appointments.save(appointment(AppointmentState.ASKED))
    for key, call in (("essai", None), ("autre", None), ("nommé", "appel-1")):
        book_place(store.units, asked(key, call=call), NOW)
    assert {key: one.call for key, one in store.agendas.booked.items()} == {
        "essai": "appel-7",
        "autre": None,
        "nommé": "appel-1",
    }


def test_a_place_follows_its_appointment() -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)
    with store.units() as unit:
        assert follow_appointment(unit, appointment(AppointmentState.BOOKED), NOW) is None
        moved = follow_appointment(unit, appointment(AppointmentState.CANCELLED), NOW)
        assert moved is not None
        assert (moved.state, moved.is_held) == (AppointmentState.CANCELLED, False)
        elsewhere = replace(appointment(AppointmentState.CANCELLED), id="autre")
        assert follow_appointment(unit, elsewhere, NOW) is None


@pytest.mark.parametrize(
    "state", [AppointmentState.ASKED, AppointmentState.UNKNOWN, AppointmentState.PENDING]
)
def test_a_place_stays_while_the_outcome_of_its_appointment_is_open(state: AppointmentState) -> None:
    store = store_with()
    book_place(store.units, asked(), NOW)
    with store.units() as unit:
        assert follow_appointment(unit, appointment(state), NOW) is None


def test_an_appointment_that_was_not_obtained_after_all_gives_its_place_back() -> None:
    store = store_with(Offer(20, 1, 1, MAURY))
    book_place(store.units, asked(), NOW)
    book_place(store.units, asked("autre", over_booking=True), NOW)
    with store.units() as unit:
        for key, state in (("essai", AppointmentState.CANCELLED), ("autre", AppointmentState.LOST)):
            moved = follow_appointment(unit, replace(appointment(AppointmentState.LOST), id=key), NOW)
            assert moved is not None
            assert (moved.state, moved.is_held) == (state, False)
            assert follow_appointment(unit, replace(appointment(AppointmentState.LOST), id=key), NOW) is None


def test_a_place_beyond_is_confirmed_with_its_appointment() -> None:
    store = store_with(Offer(20, 0, 1, MAURY))
    book_place(store.units, asked(over_booking=True), NOW)
    with store.units() as unit:
        moved = follow_appointment(unit, appointment(AppointmentState.BOOKED), NOW)
    assert moved is not None
    assert moved.state is AppointmentState.BOOKED


class AgendaInUse(RuleBasedStateMachine):
    """Bookings, cancellations and repeats in any order: no place is ever held twice, no slot overfull."""

    @initialize(places=st.integers(0, 2), over=st.integers(0, 2))
    def open(self, places: int, over: int) -> None:
        self.store = store_with(Offer(20, max(places, 1 - min(over, 1)), over, MAURY))
        self.count = 0

    @rule(minute=st.sampled_from([0, 20, 40]), over=st.booleans())
    def book(self, minute: int, over: bool) -> None:
        self.count += 1
        slot = f"20261124T13{minute:02}00Z/10002673899"
        before = self.slot(slot)
        result = book_place(self.store.units, asked(f"e{self.count}", slot, over_booking=over), NOW)
        if before.room.left:
            assert result.outcome is Outcome.BOOKED
        elif before.room.over_left and over:
            assert result.outcome is Outcome.WAITING
        else:
            assert result.outcome is Outcome.TAKEN

    @precondition(lambda self: self.store.agendas.booked)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.store.agendas.booked)))
        before = dict(self.store.agendas.booked)
        slot = data.draw(st.sampled_from([SLOT, SLOT.replace("1300", "1320")]))
        book_place(self.store.units, asked(key, slot, over_booking=True), NOW)
        assert self.store.agendas.booked == before

    @precondition(lambda self: self.store.agendas.booked)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        kept = self.store.agendas.booked[data.draw(st.sampled_from(sorted(self.store.agendas.booked)))]
        state = data.draw(st.sampled_from(AppointmentState))
        with self.store.units() as unit:
            if state in MOVES[kept.state]:
                move_booking(unit, kept.key, state, NOW)
                unit.commit()
            else:
                with pytest.raises(IllegalAppointmentMove):
                    move_booking(unit, kept.key, state, NOW)

    @invariant()
    def nobody_shares_a_place(self) -> None:
        held = [one for one in self.store.agendas.booked.values() if one.is_held]
        assert len({(one.start, one.seat) for one in held}) == len(held)
        with self.store.units() as unit:
            for slot in view(unit, CSNP.id, NOW, END).slots:
                there = [one for one in held if one.start == slot.start]
                assert len(there) <= slot.offer.places + slot.offer.over_booking

    def slot(self, reference: str) -> PlannedSlot:
        with self.store.units() as unit:
            return next(one for one in view(unit, CSNP.id, NOW, END).slots if one.reference == reference)


TestAgendaInUse = AgendaInUse.TestCase
