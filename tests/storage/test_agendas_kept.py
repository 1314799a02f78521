"""Local agendas come back as they were laid out; a place is booked once, however many want it at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place, move_booking, view
from osnp_console.app.local_agenda.records import SeatTaken
from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import Outcome
from osnp_console.domain.agenda.plan import Agenda, Closure, Offer, Plan, SingleOpening
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.slots.slot import Place
from osnp_console.storage.agenda_documents import agenda_text, read_agenda
from osnp_console.storage.store import Store
from tests.storage.kept import rows
from tests.storage.places import StorePlace
from tests.storage.slots_kept import codes, lists, places, texts
from tests.unit.agendas import CSNP, MAURY, NOW, booking, plans, weekly

SLOT = "20261124T130000Z/10002673899"
DAY = date(2026, 11, 24)
agendas = st.builds(Agenda, texts, texts, places, lists, codes, codes, texts)


def put(store: Store, plan: Plan) -> None:
    with store.unit() as unit:
        unit.agendas.remove(plan.agenda.id)
        unit.agendas.put(plan.agenda)
        for opening in plan.weekly:
            unit.agendas.put_weekly(plan.agenda.id, opening)
        for single in plan.singles:
            unit.agendas.put_single(plan.agenda.id, single)
        for closure in plan.closures:
            unit.agendas.put_closure(plan.agenda.id, closure)
        unit.commit()


def afternoon(store: Store, offer: Offer | None = None) -> None:
    """Dr Maury from 14:00 to 15:00 on working days."""
    put(store, Plan(CSNP, (weekly(time(14), time(15), offer),)))


@given(agendas)
def test_any_agenda_is_the_same_after_it_was_written_down(agenda: Agenda) -> None:
    assert read_agenda(agenda_text(agenda)) == agenda


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(plans(DAY))
def test_whatever_was_laid_out_comes_back_from_the_base(store: Store, plan: Plan) -> None:
    put(store, plan)
    with store.unit() as unit:
        read = unit.agendas.plan(CSNP.id, NOW - timedelta(days=9), NOW + timedelta(days=9))
    assert sorted(read.weekly, key=lambda one: one.id) == sorted(plan.weekly, key=lambda one: one.id)
    assert set(read.singles) == set(plan.singles)
    assert set(read.closures) == set(plan.closures)


def test_openings_and_closures_that_do_not_touch_the_window_are_left_aside(store: Store) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    put(
        store,
        Plan(
            CSNP,
            singles=tuple(SingleOpening(f"s{n}", NOW + n * day, NOW + n * day + hour) for n in (-2, 0, 2)),
            closures=tuple(Closure(f"f{n}", NOW + n * day, NOW + n * day + hour) for n in (-2, 0, 2)),
        ),
    )
    with store.unit() as unit:
        plan = unit.agendas.plan(CSNP.id, NOW - day, NOW + day)
        begins = unit.agendas.plan(CSNP.id, NOW - day, NOW)
        ends = unit.agendas.plan(CSNP.id, NOW + hour, NOW + day)
    assert [one.id for one in plan.singles] == ["s0"]
    assert [one.id for one in plan.closures] == ["f0"]
    assert begins == ends == plan


def test_an_agenda_that_is_not_there_is_told(store: Store) -> None:
    with store.unit() as unit, pytest.raises(StoreFailure) as refused:
        unit.agendas.plan("autre", NOW, NOW)
    assert (refused.value.code, refused.value.message) == ("introuvable", "Ce carnet n’est pas dans la base.")
    with store.unit() as unit, pytest.raises(StoreFailure):
        unit.agendas.hold("autre")


def test_agendas_come_by_name_and_go_with_all_that_is_in_them(store: Store) -> None:
    afternoon(store)
    with store.unit() as unit:
        unit.agendas.put(Agenda("b", "Été à la plage", Place(city="Pornic")))
        unit.agendas.put(Agenda("a", "Erdre"))
        assert [one.name for one in unit.agendas.all()] == ["CSNP du Port", "Erdre", "Été à la plage"]
        unit.commit()
    book_place(store.unit, PlaceAsked("essai", CSNP.id, SLOT, "44-3"), NOW)
    with store.unit() as unit:
        assert unit.agendas.remove(CSNP.id) is True
        assert unit.agendas.remove(CSNP.id) is False
        unit.commit()
    assert rows(
        store, "select (select count(*) from agenda_opening), (select count(*) from agenda_booking)"
    ) == [(0, 0)]


def test_an_agenda_that_is_put_again_keeps_its_openings_and_bookings(store: Store) -> None:
    afternoon(store)
    book_place(store.unit, PlaceAsked("essai", CSNP.id, SLOT, "44-3"), NOW)
    with store.unit() as unit:
        unit.agendas.put(replace(CSNP, name="Autre nom"))
        unit.commit()
    with store.unit() as unit:
        seen = view(unit, CSNP.id, NOW, NOW + timedelta(hours=9))
    assert (seen.plan.agenda.name, len(seen.slots), len(seen.bookings)) == ("Autre nom", 3, 1)


def test_an_entry_is_dropped_from_its_own_agenda_only(store: Store) -> None:
    afternoon(store)
    with store.unit() as unit:
        unit.agendas.put(Agenda("autre", "Autre"))
        assert unit.agendas.drop("autre", "o1") is False
        assert unit.agendas.drop(CSNP.id, "o1") is True
        assert unit.agendas.drop(CSNP.id, "o1") is False


def test_a_booking_comes_back_complete_after_closing_and_opening(store: Store, place: StorePlace) -> None:
    afternoon(store)
    book_place(store.unit, PlaceAsked("essai", CSNP.id, SLOT, "44-3", "appel-1"), NOW)
    with store.unit() as unit:
        kept = unit.agendas.booking("essai")
    store.close()
    again = place.open()
    with again.unit() as unit:
        assert unit.agendas.booking("essai") == kept
        assert kept is not None
        assert (kept.call, kept.seat, kept.state) == ("appel-1", 1, AppointmentState.BOOKED)
        assert unit.agendas.booking("rien") is None
    again.close()


def test_the_base_itself_refuses_the_same_place_twice(store: Store) -> None:
    afternoon(store)
    with store.unit() as unit:
        slot = view(unit, CSNP.id, NOW, NOW + timedelta(hours=9)).slots[0]
        unit.agendas.save_booking(booking(slot, 1, "e1"))
        with pytest.raises(SeatTaken):
            unit.agendas.save_booking(booking(slot, 1, "e2"))


def test_places_that_were_given_back_do_not_collide(store: Store) -> None:
    afternoon(store)
    for number in range(3):
        asked = PlaceAsked(f"e{number}", CSNP.id, SLOT, "44-3")
        assert book_place(store.unit, asked, NOW).outcome is Outcome.BOOKED
        with store.unit() as unit:
            move_booking(unit, asked.key, AppointmentState.CANCELLED, NOW)
            unit.commit()
    assert rows(store, "select count(*), count(seat) from agenda_booking") == [(3, 0)]


def test_a_base_that_could_not_commit_booked_nothing(store: Store) -> None:
    afternoon(store)
    with store.unit() as unit:
        unit.agendas.hold(CSNP.id)
        unit.agendas.save_booking(booking(view(unit, CSNP.id, NOW, NOW + timedelta(hours=9)).slots[0]))
    assert rows(store, "select count(*) from agenda_booking") == [(0,)]


def test_many_desks_on_one_base_book_each_place_once(store: Store, place: StorePlace) -> None:
    capacity, wanted = 5, 16
    afternoon(store, Offer(20, capacity, 0, MAURY))
    together = Barrier(wanted, timeout=60)

    def book(number: int) -> Outcome:
        own = place.open()
        try:
            together.wait()
            while True:
                try:
                    return book_place(own.unit, PlaceAsked(f"e{number}", CSNP.id, SLOT, "44-3"), NOW).outcome
                except StoreFailure as failure:  # another one writes for longer than a statement waits
                    if failure.code != "base_verrouillee":
                        raise
        finally:
            own.close()

    with ThreadPoolExecutor(wanted) as pool:
        outcomes = list(pool.map(book, range(wanted)))
    assert outcomes.count(Outcome.BOOKED) == capacity
    assert outcomes.count(Outcome.TAKEN) == wanted - capacity
    assert rows(store, "select count(distinct seat), max(seat) from agenda_booking") == [(capacity, capacity)]


def test_one_attempt_sent_by_many_at_once_books_once(store: Store, place: StorePlace) -> None:
    afternoon(store, Offer(20, 9, 0, MAURY))
    together = Barrier(6, timeout=60)

    def book(number: int) -> Outcome:
        own = place.open()
        try:
            together.wait()
            return book_place(own.unit, PlaceAsked("essai", CSNP.id, SLOT, "44-3"), NOW).outcome
        finally:
            own.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(book, range(6))) == {Outcome.BOOKED}
    assert rows(store, "select id, seat from agenda_booking") == [("essai", 1)]


BOOK_ALL = """
import sys
from datetime import datetime
from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place
from osnp_console.app.ports import StoreFailure

now, who = sys.argv[1:]
print("pret", flush=True)
sys.stdin.readline()
for number in range(20):
    while True:
        try:
            asked = PlaceAsked(f"{who}{number}", "csnp-du-port", "20261124T130000Z/10002673899", "44-3")
            print(book_place(store.unit, asked, datetime.fromisoformat(now)).outcome.value, flush=True)
            break
        except StoreFailure as failure:
            assert failure.code == "base_verrouillee", failure.code
store.close()
"""


def test_two_programs_on_one_base_book_each_place_once(store: Store, place: StorePlace) -> None:
    afternoon(store, Offer(20, 25, 0, MAURY))
    command = [sys.executable, "-c", place.opening + BOOK_ALL, NOW.isoformat()]
    running = [
        subprocess.Popen([*command, who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for who in ("a", "b")
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "pret\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in running]
    assert [one.returncode for one in running] == [0, 0]
    assert sorted([*said[0], *said[1]]) == ["pris_entre_temps"] * 15 + ["reserve"] * 25
    assert rows(store, "select count(*), count(distinct seat) from agenda_booking") == [(25, 25)]
