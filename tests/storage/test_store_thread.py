"""The store works on its own thread: in order, to the end, and never takes anybody with it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.thread import StoreThread
from tests.storage.kept import KEY, NOW, OTHER_KEY, full_call
from tests.storage.places import StorePlace


def test_the_base_is_opened_and_used_on_one_thread_that_is_not_the_callers(file: Path) -> None:
    seen: list[int] = []

    def open_base() -> Store:
        seen.append(threading.get_ident())
        return create_store(file, KEY)

    def work(open_unit: OpenUnit) -> None:
        seen.append(threading.get_ident())

    thread = StoreThread(open_base)
    thread.submit(work).result()
    thread.submit(work).result()
    assert thread.close()
    assert len(set(seen)) == 1
    assert seen[0] != threading.get_ident()


def test_work_is_done_in_the_order_it_was_given_and_all_of_it_before_closing(file: Path) -> None:
    thread = StoreThread(lambda: create_store(file, KEY))
    order: list[int] = []
    futures = [thread.submit(lambda _, number=number: order.append(number)) for number in range(200)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    assert thread.close()
    assert order == list(range(200))
    assert all(future.done() for future in futures)


def test_what_a_work_raises_reaches_whoever_asked_and_the_next_one_runs(file: Path) -> None:
    thread = StoreThread(lambda: create_store(file, KEY))

    def fails(open_unit: OpenUnit) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        thread.submit(fails).result()
    assert thread.submit(lambda _: 7).result() == 7
    thread.close()


def test_a_base_that_does_not_open_tells_everybody_why_until_it_is_opened_another_way(file: Path) -> None:
    create_store(file, KEY).close()
    waiting = WriteBehind()
    waiting.keep(full_call())
    thread = StoreThread(lambda: open_store(file, OTHER_KEY))
    for future in (thread.opened(), thread.submit(waiting.flush)):
        with pytest.raises(StoreFailure) as failure:
            future.result()
        assert failure.value.code == "cle"
    assert waiting.is_waiting
    thread.reopen(lambda: open_store(file, KEY)).result()
    assert thread.submit(waiting.flush).result()
    # Nothing waits any more.
    assert not thread.submit(waiting.flush).result()
    thread.close()


def test_work_given_after_closing_is_refused_and_closing_twice_is_nothing(file: Path) -> None:
    thread = StoreThread(lambda: create_store(file, KEY))
    assert thread.close()
    assert thread.close()
    with pytest.raises(StoreFailure):
        thread.submit(lambda _: None).result()


def test_a_work_that_is_called_off_before_its_turn_is_not_done(file: Path) -> None:
    may_go_on = threading.Event()
    thread = StoreThread(lambda: create_store(file, KEY))
    thread.submit(lambda _: may_go_on.wait(10))
    done: list[int] = []
    second = thread.submit(lambda _: done.append(1))
    assert second.cancel()
    may_go_on.set()
    thread.close()
    assert done == []


def test_the_thread_does_not_keep_a_program_from_ending(file: Path) -> None:
    thread = StoreThread(lambda: create_store(file, KEY))
    found = [one for one in threading.enumerate() if one.name == "base"]
    assert found
    assert all(one.daemon for one in found)
    thread.close()
    assert [one for one in threading.enumerate() if one.name == "base"] == []


def test_two_threads_on_one_base_lose_no_call_and_keep_two_whole_chains(place: StorePlace) -> None:
    place.create().close()
    threads = [StoreThread(place.open) for _ in range(2)]
    for desk, thread in enumerate(threads):
        for number in range(40):
            call = full_call(f"appel-{desk}-{number}", number)

            def work(open_unit: OpenUnit, call: object = call, desk: int = desk) -> None:
                with open_unit() as unit:
                    saved = unit.calls.save(call)  # type: ignore[arg-type]  # a default hides its type
                    unit.journal.append(JournalEntry(f"44-{desk}", NOW, TAKEN, saved.id, {"a": 1}))
                    unit.commit()

            thread.submit(work)
    assert all(thread.close() for thread in threads)
    report = place.verify()
    assert report.counts == {"appels": 80, "lignes": 80, "postes": 2}
    # Each writes the other's head too: whichever comes last, no chain is shorter than its head.
    assert report.faults == ()
