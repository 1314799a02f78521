"""All agendas at once: each ends exactly once, in time, and what an older search brings is not shown."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.ports import SourceMemory
from osnp_console.app.slots.search_events import Asking, Finished, Landed, SearchEvent, Settled
from osnp_console.app.slots.search_slots import AT_ONCE, SlotSearch
from osnp_console.app.slots.search_threads import AskingThreads
from osnp_console.app.sources.agendas import (
    Connector,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceFailure,
    SourceTools,
)
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.search_bench import Bench
from tests.unit.slot_doubles import (
    WINDOW,
    HandTurned,
    Heard,
    Step,
    made_slot,
    made_source,
)
from tests.unit.strategies import INSTANT

REFUSED = SourceFailure(SourceState.REFUSED, "accès refusé")
DOWN = SourceFailure(SourceState.FAILED, "pas de connexion")


def test_all_sources_are_asked_and_each_ends_in_its_own_state() -> None:
    bench = Bench()
    one = made_slot()
    bench.agendas["full"].then([one], Reading(3, 1, None))
    bench.agendas["locked"].then(REFUSED)
    bench.agendas["down"].then(DOWN)
    heard = bench.start("full", "none", "locked", "down")
    assert heard.events == [Asking(("full", "none", "locked", "down"))]
    bench.hand.turn_all()
    states = {answer.source: answer.state.value for answer in heard.settled}
    assert states == {"full": "repondu", "none": "vide", "locked": "refuse", "down": "erreur"}
    assert heard.landed == [("full", (one,))]
    full = heard.answer("full")
    assert (full.read, full.rejected, full.slots) == (3, 1, (one,))
    assert heard.answer("locked").message == "accès refusé"
    assert heard.is_finished
    assert not bench.hand.timers


def test_slots_are_shown_as_they_land_before_the_source_has_ended() -> None:
    bench = Bench()
    first, second = made_slot(40), made_slot(60)
    bench.agendas["a"].then([first], [second], Reading(2))
    heard = bench.whole("a")
    assert heard.landed == [("a", (first,)), ("a", (second,))]
    assert heard.answer("a").slots == (first, second)


def test_at_the_deadline_a_source_at_work_is_late_and_what_it_still_sends_is_dropped() -> None:
    bench = Bench()
    bench.agendas["slow"].then([made_slot()], Reading(1))
    heard = bench.start("slow", "quick")
    bench.hand.turn(1)
    bench.hand.ring()
    assert heard.answer("slow").state is SourceState.LATE
    assert heard.answer("slow").message == "pas de réponse après 7 s"
    assert heard.is_finished
    told = list(heard.events)
    bench.hand.turn_all()
    assert heard.events == told


def test_what_a_late_source_had_found_stays_with_its_state_and_the_rest_is_only_remembered() -> None:
    bench = Bench()
    first, second = made_slot(40), made_slot(60)
    bench.agendas["slow"].then([first], bench.hand.ring, [second], Reading(2))
    heard = bench.start("slow")
    bench.hand.turn()
    assert (heard.answer("slow").state, heard.answer("slow").slots) == (SourceState.LATE, (first,))
    assert heard.landed == [("slow", (first,))]
    assert heard.is_finished
    assert [memory.slots for _, memory in bench.kept] == [(first, second)]


def test_what_comes_while_the_deadline_is_settled_is_late_too() -> None:
    bench = Bench()
    one = made_slot()
    heard: list[SearchEvent] = []

    def report(event: SearchEvent) -> None:
        heard.append(event)
        if isinstance(event, Settled) and event.answer.source == "a":
            bench.hand.turn()  # the source that was just settled goes on

    bench.agendas["a"].then([one], Reading(1))
    bench.search.start([(made_source("a"), WINDOW), (made_source("b"), WINDOW)], report)
    bench.hand.ring()
    assert [type(event) for event in heard] == [Asking, Settled, Settled, Finished]


def test_a_new_search_makes_the_older_ones_answers_stale() -> None:
    bench = Bench()
    bench.agendas["a"].then([made_slot(40)], Reading(1)).then([made_slot(60)], Reading(1))
    old = bench.start("a")
    new = bench.start("a")
    bench.hand.turn_all()
    assert old.events == [Asking(("a",))]
    assert len(new.settled) == 1
    assert new.is_finished


@pytest.mark.parametrize("end", [Reading(2), DOWN, REFUSED, RuntimeError()])
def test_a_source_at_work_when_a_new_search_begins_says_nothing_more_in_the_old_one(end: Step) -> None:
    bench, new = Bench(), Heard()
    queries = [(made_source("b"), WINDOW)]
    bench.agendas["a"].then([made_slot()], lambda: bench.search.start(queries, new), [made_slot(60)], end)
    old = bench.whole("a")
    assert old.events == [Asking(("a",)), Landed("a", (made_slot(),))]
    assert [answer.source for answer in new.settled] == ["b"]
    assert new.is_finished


def test_a_search_given_up_reports_nothing_more() -> None:
    bench = Bench()
    heard = bench.start("a", "b")
    bench.search.cancel()
    bench.hand.turn_all()
    bench.hand.ring()
    assert heard.events == [Asking(("a", "b"))]


def test_without_a_source_the_search_is_over_at_once() -> None:
    heard = Bench().start()
    assert heard.events == [Asking(()), Finished(())]


def test_portals_are_not_asked_a_person_looks_there() -> None:
    bench, heard = Bench(), Heard()
    bench.search.start([(made_source("web", SourceKind.PORTAL), WINDOW)], heard)
    assert heard.events == [Asking(()), Finished(())]


def test_a_kind_this_console_does_not_know_fails_and_says_so() -> None:
    bench, heard = Bench(), Heard()
    bench.search.start([(made_source("x", SourceKind.CALDAV), WINDOW)], heard)
    bench.hand.turn_all()
    assert heard.answer("x").state is SourceState.FAILED
    assert heard.answer("x").message == "genre d’agenda que cette console ne lit pas"


def test_the_last_good_slots_are_shown_with_their_age_when_the_source_fails() -> None:
    bench = Bench()
    gone, ahead = made_slot(5), made_slot(300)
    bench.agendas["a"].then([gone, ahead], Reading(2)).then(DOWN)
    bench.whole("a")
    bench.hand.now += timedelta(minutes=10)
    answer = bench.whole("a").answer("a")
    assert answer.state is SourceState.STALE
    assert answer.slots == (ahead,)
    assert (answer.data_at, answer.message) == (bench.kept[0][1].answered_at, "pas de connexion")


def test_old_slots_outside_the_window_do_not_hide_the_failure() -> None:
    bench = Bench({"a": SourceMemory(INSTANT, (made_slot(300),), INSTANT)})
    bench.agendas["a"].then(DOWN)
    heard = bench.start("a", query=SlotQuery(INSTANT, INSTANT + timedelta(hours=4)))
    bench.hand.turn_all()
    assert heard.answer("a").state is SourceState.FAILED
    assert heard.answer("a").had_slots_at == INSTANT


def test_a_source_that_usually_has_slots_and_answers_zero_says_when_it_last_had_some() -> None:
    yesterday = INSTANT - timedelta(days=1)
    bench = Bench({"a": SourceMemory(yesterday, (), yesterday)})
    answer = bench.whole("a").answer("a")
    assert (answer.state, answer.had_slots_at) == (SourceState.EMPTY, yesterday)
    assert bench.kept[-1][1].had_slots_at == yesterday


def test_a_complete_answer_is_remembered_and_a_failure_is_not() -> None:
    bench = Bench()
    one = made_slot()
    bench.agendas["a"].then([one], Reading(1)).then(REFUSED)
    bench.whole("a")
    bench.whole("a")
    assert [(source, memory.slots) for source, memory in bench.kept] == [("a", (one,))]


def test_memories_read_late_from_the_store_do_not_undo_what_was_learned() -> None:
    bench = Bench()
    bench.agendas["a"].then([made_slot(300)], Reading(1)).then(DOWN)
    bench.agendas["b"].then(DOWN)
    bench.whole("a")
    old = SourceMemory(INSTANT - timedelta(days=1), (made_slot(400),), INSTANT - timedelta(days=1))
    bench.search.recall({"a": old, "b": old})
    heard = bench.whole("a", "b")
    assert heard.answer("a").slots == (made_slot(300),)
    assert heard.answer("b").slots == old.slots


def test_a_source_that_fails_again_and_again_is_left_alone_and_says_until_when() -> None:
    bench = Bench({"b": SourceMemory(INSTANT, (made_slot(300),), INSTANT)})
    for _ in range(3):
        bench.agendas["a"].then(DOWN)
        bench.agendas["b"].then(DOWN)
    bench.whole("a", "b")
    bench.whole("a", "b")
    heard = bench.whole("a", "b")
    assert heard.answer("a").paused_until == INSTANT + timedelta(seconds=30)
    heard = bench.whole("a", "b", "c")
    assert heard.asked == ("c",)
    resting, with_past = heard.answer("a"), heard.answer("b")
    assert (resting.state, resting.message) == (SourceState.FAILED, "en pause jusqu’à 10:01")
    assert (with_past.state, with_past.message) == (SourceState.STALE, "en pause jusqu’à 10:01")
    assert heard.is_finished
    bench.hand.now += timedelta(seconds=30)
    assert bench.whole("a").asked == ("a",)


def test_somebody_may_try_a_resting_source_again() -> None:
    bench = Bench()
    for _ in range(3):
        bench.agendas["a"].then(DOWN)
        bench.whole("a")
    bench.search.let_through("a")
    assert bench.whole("a").asked == ("a",)
    assert bench.search.breaker("a").failures == 0


def test_the_rest_that_a_source_asks_for_is_kept() -> None:
    bench = Bench()
    bench.agendas["a"].then(SourceFailure(SourceState.FAILED, "trop de demandes", timedelta(minutes=2)))
    bench.whole("a")
    paused = bench.search.breaker("a").paused_until
    assert paused is not None
    assert paused - INSTANT >= timedelta(minutes=2)
    assert bench.whole("a").asked == ()


def test_a_source_declared_anew_has_neither_its_old_rest_nor_its_old_slots() -> None:
    bench, heard = Bench(), Heard()
    bench.agendas["a"].then([made_slot(300)], Reading(1))
    bench.whole("a")
    for _ in range(3):
        bench.agendas["a"].then(DOWN)
        bench.whole("a")
    bench.agendas["a"].then(DOWN)
    bench.search.start([(made_source("a", url="https://autre.invalid"), WINDOW)], heard)
    bench.hand.turn_all()
    assert heard.asked == ("a",)
    assert heard.answer("a").state is SourceState.FAILED
    assert (bench.agendas["a"].opened, bench.agendas["a"].closed) == (2, 1)


def test_a_reader_is_kept_open_between_searches_and_closed_at_the_end() -> None:
    bench = Bench()
    bench.whole("a")
    bench.agendas["a"].then(DOWN)
    bench.whole("a")
    bench.whole("a")
    assert (bench.agendas["a"].opened, bench.agendas["a"].closed) == (1, 0)
    bench.search.close()
    assert bench.agendas["a"].closed == 1


def test_readers_are_opened_ahead_without_asking_anybody() -> None:
    bench = Bench()
    sources = [made_source("a"), made_source("web", SourceKind.PORTAL), made_source("x", SourceKind.CALDAV)]
    bench.search.prepare(sources)
    bench.hand.turn_all()
    assert (bench.agendas["a"].opened, bench.agendas["a"].asked) == (1, [])
    bench.whole("a")
    assert bench.agendas["a"].opened == 1


def test_a_fault_of_one_connector_costs_that_source_alone(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.agendas["bad"].then([made_slot()], ValueError("https://secret@agenda.invalid"))
    bench.agendas["good"].then([made_slot(source="good")], Reading(1))
    heard = bench.whole("bad", "good")
    assert heard.answer("bad").state is SourceState.FAILED
    assert heard.answer("good").state is SourceState.ANSWERED
    assert "secret" not in caplog.text
    assert bench.agendas["bad"].closed == 1


def test_a_hanging_source_never_takes_more_than_its_share_of_threads() -> None:
    bench = Bench()
    for _ in range(AT_ONCE + 2):
        bench.start("hangs", "lives")
    heard = bench.start("hangs", "lives")
    assert len(bench.hand.works) == 2 * AT_ONCE
    bench.hand.turn_all()
    assert heard.is_finished
    assert {answer.state for answer in heard.settled} == {SourceState.EMPTY}


def test_the_directory_ties_slots_as_they_land() -> None:
    bench, heard = Bench(), Heard()
    bench.agendas["a"].then([made_slot()], Reading(1))

    def tie(slot: Slot, source: AgendaSource) -> Slot:
        return replace(slot, dispositifs=frozenset({f"mg-{source.id}"}))

    bench.search.start([(made_source("a"), WINDOW)], heard, tie)
    bench.hand.turn_all()
    assert heard.landed[0][1][0].dispositifs == {"mg-a"}
    assert heard.answer("a").slots[0].dispositifs == {"mg-a"}


def test_a_search_started_while_an_event_is_told_ends_the_older_one_there() -> None:
    bench, inner, outer = Bench(), Heard(), Heard()

    def report(event: SearchEvent) -> None:
        outer(event)
        if isinstance(event, Asking):
            bench.search.start([(made_source("b"), WINDOW)], inner)

    bench.search.start([(made_source("a"), WINDOW)], report)
    bench.hand.turn_all()
    assert outer.events == [Asking(("a",))]
    assert inner.is_finished


def test_on_real_threads_a_source_that_never_answers_holds_up_neither_the_others_nor_the_end() -> None:
    let_go, others_are_in = threading.Event(), threading.Event()

    class Reader:
        def __init__(self, name: str) -> None:
            self._name = name

        def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
            if self._name == "hangs":
                let_go.wait(60)
                return Reading(0)
            found([made_slot(source=self._name)])
            return Reading(1)

        def close(self) -> None:
            """Nothing is open."""

    def opened(source: AgendaSource, tools: SourceTools) -> SlotReader:
        return Reader(source.id)

    deadline: list[Callable[[], None]] = []

    def later(seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        deadline.append(action)
        return lambda: None

    heard = Heard()

    def report(event: SearchEvent) -> None:
        heard(event)
        if len(heard.settled) == 2:
            others_are_in.set()

    connector = Connector(SourceKind.FHIR_AGENDA, "Essai", (), open=opened)
    search = SlotSearch({SourceKind.FHIR_AGENDA: connector}, HandTurned().tools(), later=later)
    run = search.start([(made_source(name), WINDOW) for name in ("hangs", "b", "c")], report)
    assert others_are_in.wait(30)
    agenda_threads = [thread for thread in threading.enumerate() if thread.name == "agenda"]
    assert agenda_threads
    assert all(thread.daemon for thread in agenda_threads)
    deadline[0]()
    assert run.wait(30)
    assert heard.answer("hangs").state is SourceState.LATE
    assert [answer.source for answer in run.answers] == ["hangs", "b", "c"]
    let_go.set()


def test_no_more_threads_than_allowed_are_alive_and_every_work_gets_its_turn() -> None:
    threads, lock, gate = AskingThreads(most=3), threading.Lock(), threading.Event()
    seen: list[int] = []
    alive = most = 0
    done = threading.Semaphore(0)

    def work() -> None:
        nonlocal alive, most
        with lock:
            alive += 1
            most = max(most, alive)
            if alive == 3:
                gate.set()
        gate.wait(30)
        with lock:
            alive -= 1
            seen.append(1)
        done.release()

    for _ in range(9):
        threads.run(work)
    for _ in range(9):
        assert done.acquire(timeout=30)
    assert (len(seen), most) == (9, 3)
