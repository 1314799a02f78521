"""What was typed waits for the store, in memory, and reaches it whatever fails meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.kept_aside import Waiting
from osnp_console.app.calls.write_behind import ChangedElsewhere, WriteBehind
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord, Move
from osnp_console.domain.journal import JournalEntry
from tests.unit.desk_calls import MemoryCalls, MemoryStore, MemoryUnit
from tests.unit.strategies import INSTANT

CALL = CallRecord("a1", 1, "44-3", INSTANT)


def noted(text: str) -> CallRecord:
    """The call with that note."""
    return CALL.put(fields.NOTE, text)


def test_only_the_newest_state_of_a_call_is_written() -> None:
    kept, store = WriteBehind(), MemoryStore()
    for text in ("d", "do", "dou"):
        kept.keep(noted(text))
    assert kept.flush(store.unit)
    assert store.calls["a1"].sheet.text(fields.NOTE) == "dou"
    assert (store.commits, store.calls["a1"].version) == (1, 1)


def test_nothing_to_write_opens_no_transaction() -> None:
    store = MemoryStore()
    assert not WriteBehind().flush(store.unit)
    assert store.commits == 0


def test_what_a_full_disk_refused_is_written_once_there_is_room() -> None:
    kept, store = WriteBehind(), MemoryStore()
    store.fails = 1
    kept.keep(noted("douleur"))
    kept.log(JournalEntry("44-3", INSTANT, journal.TAKEN, "a1"))
    with pytest.raises(StoreFailure):
        kept.flush(store.unit)
    assert kept.is_waiting
    kept.keep(noted("douleur depuis hier"))
    kept.flush(store.unit)
    assert store.calls["a1"].sheet.text(fields.NOTE) == "douleur depuis hier"
    assert [entry.kind for entry in store.journal] == [journal.TAKEN]
    assert not kept.is_waiting


def test_what_is_typed_while_a_save_is_under_way_waits_for_the_next() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("a"))
    written = store.unit

    class TypingMeanwhile:
        def __call__(self) -> object:
            kept.keep(noted("ab"))
            return written()

    kept.flush(TypingMeanwhile())  # type: ignore[arg-type]  # opens the very same transaction
    assert kept.is_waiting
    kept.flush(store.unit)
    assert (store.calls["a1"].sheet.text(fields.NOTE), store.calls["a1"].version) == ("ab", 2)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.text(max_size=4)),
        st.tuples(st.just("log"), st.just("")),
        st.tuples(st.sampled_from(("flush", "fail", "lose")), st.just("")),
    ),
    max_size=25,
)


@given(steps)
def test_whatever_fails_in_whatever_order_the_last_flush_that_succeeds_holds_all(
    done: list[tuple[str, str]],
) -> None:
    kept, store = WriteBehind(), MemoryStore()
    newest, entries = CALL, 0
    told: list[ChangedElsewhere] = []
    for act, text in done:
        if act == "type":
            newest = replace(newest, sheet=noted(text).sheet)
            kept.keep(newest)
        elif act == "log":
            entries += 1
            kept.log(JournalEntry("44-3", INSTANT, journal.ANSWERED, "a1", {"n": entries}))
        elif act == "flush":
            told += kept.flush(store.unit).elsewhere
        else:
            store.fails, store.loses = int(act == "fail"), int(act == "lose")
            if kept.is_waiting:
                with suppress(StoreFailure):
                    kept.flush(store.unit)
            store.fails = store.loses = 0
    told += kept.flush(store.unit).elsewhere
    assert [entry.facts["n"] for entry in store.journal] == list(range(1, entries + 1))
    assert not kept.is_waiting
    assert told == []
    if newest is not CALL:
        assert store.calls["a1"].sheet == newest.sheet


def test_a_commit_whose_answer_was_lost_is_not_written_twice_nor_told_as_somebody_elses() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("tous"))
    kept.log(JournalEntry("44-3", INSTANT, journal.TAKEN, "a1", {"numero": 1}))
    store.loses = 1
    with pytest.raises(StoreFailure):
        kept.flush(store.unit)
    kept.keep(noted("tousse"))
    kept.log(JournalEntry("44-3", INSTANT, journal.HELD, "a1"))
    assert kept.flush(store.unit).elsewhere == ()
    assert [entry.kind for entry in store.journal] == [journal.TAKEN, journal.HELD]
    assert store.calls["a1"].sheet.text(fields.NOTE) == "tousse"


def test_what_waited_at_the_last_stop_comes_back_beside_a_commit_whose_answer_was_lost() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.log(JournalEntry("44-3", INSTANT, journal.TAKEN, "a2"))
    store.loses = 1
    with pytest.raises(StoreFailure):
        kept.flush(store.unit)
    before = (
        JournalEntry("44-3", INSTANT, journal.TAKEN, "a1"),
        JournalEntry("44-3", INSTANT, journal.HELD, "a1"),
    )
    kept.restore(Waiting(entries=before))
    kept.flush(store.unit)
    assert [(entry.kind, entry.call) for entry in store.journal] == [
        (journal.TAKEN, "a2"),
        (journal.TAKEN, "a1"),
        (journal.HELD, "a1"),
    ]


def test_what_another_desk_did_after_a_commit_whose_answer_was_lost_is_told_and_nothing_else() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("tous"))
    store.loses = 1
    with pytest.raises(StoreFailure):
        kept.flush(store.unit)
    elsewhere = WriteBehind()
    elsewhere.know(store.calls["a1"])
    elsewhere.keep(store.calls["a1"].put(fields.BIRTH_NAME, "MARTIN"))
    elsewhere.flush(store.unit)
    kept.keep(noted("tousse"))
    (told,) = kept.flush(store.unit).elsewhere
    assert (told.merge.taken, told.merge.both) == ((fields.BIRTH_NAME,), ())
    assert store.calls["a1"].sheet.text(fields.NOTE) == "tousse"
    assert store.calls["a1"].sheet.text(fields.BIRTH_NAME) == "MARTIN"


class Killed(BaseException):
    """The program is gone."""


class Disk:
    """What the desk's own disk holds."""

    def __init__(self) -> None:
        self.waiting = Waiting()

    def keep(self, waiting: Waiting) -> None:
        if waiting.mark >= self.waiting.mark:
            self.waiting = waiting

    @property
    def texts(self) -> list[str]:
        """The notes it holds."""
        return [one.record.sheet.text(fields.NOTE) for one in self.waiting.calls]


class Mortal(MemoryStore):
    """A base during whose commits something happens: before each is done, and after."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    @contextmanager
    def _unit(self) -> Iterator[MemoryUnit]:
        with super()._unit() as unit:
            commit = unit.commit

            def disturbed() -> None:
                self.before()
                commit()
                self.after()

            unit.commit = disturbed  # type: ignore[method-assign]
            yield unit

    @property
    def text(self) -> str:
        """The note it holds, empty for a call that it never had."""
        return self.calls["a1"].sheet.text(fields.NOTE) if "a1" in self.calls else ""


def die() -> None:
    raise Killed


@given(
    st.integers(0, 3),
    st.integers(1, 3),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.booleans(),
    st.booleans(),
)
def test_whenever_a_desk_is_killed_it_goes_on_where_it_was_and_is_asked_nothing_about_its_own_letters(
    saved: int, waiting: int, meanwhile: tuple[int, int], is_done: bool, is_on_disk: bool
) -> None:
    """Some letters were saved, some wait, some come before and while these are committed; the power goes."""
    kept, disk, store, text = WriteBehind(), Disk(), Mortal(), ""
    early, late = meanwhile

    def type_letters(count: int) -> None:
        nonlocal text
        for _ in range(count):
            text += "abcdefghijkl"[len(text)]
            kept.keep(noted(text))

    def more_comes(count: int) -> None:
        type_letters(count)
        if count and is_on_disk:
            disk.keep(kept.waiting())

    def keep_first(what: Waiting) -> None:
        disk.keep(what)
        more_comes(early)

    def begin_to_commit() -> None:
        more_comes(late)
        if not is_done:
            die()

    kept.write_first(disk.keep)
    for _ in range(saved):
        type_letters(1)
        kept.flush(store.unit)
        disk.keep(kept.waiting())
    type_letters(waiting)
    kept.write_first(keep_first)
    store.before, store.after = begin_to_commit, die
    with suppress(Killed):
        kept.flush(store.unit)
    store.before = store.after = lambda: None
    assert len(disk.texts[0]) >= saved + waiting, "the base was given what the disk did not have"
    again = WriteBehind()
    again.restore(disk.waiting)
    assert again.flush(store.unit).elsewhere == ()
    assert store.text == disk.texts[0]


def test_the_store_is_never_ahead_of_the_desks_own_disk() -> None:
    kept, disk, store = WriteBehind(), Disk(), Mortal()
    kept.write_first(disk.keep)
    on_disk: list[str] = []
    store.before = lambda: on_disk.extend(disk.texts)
    for text in ("d", "do", "dou"):
        kept.keep(noted(text))
        kept.flush(store.unit)
    assert on_disk == ["d", "do", "dou"]


def test_a_call_ended_in_a_commit_that_was_not_done_is_ended_by_the_next() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("tousse"))
    kept.flush(store.unit)
    kept.keep(noted("tousse").closed("conseil", INSTANT))
    store.fails = 1
    with pytest.raises(StoreFailure):
        kept.flush(store.unit)
    elsewhere = WriteBehind()
    elsewhere.know(store.calls["a1"])
    elsewhere.keep(store.calls["a1"].put(fields.BIRTH_NAME, "MARTIN"))
    elsewhere.flush(store.unit)
    kept.flush(store.unit)
    record = store.calls["a1"]
    assert (record.outcome, record.sheet.text(fields.BIRTH_NAME)) == ("conseil", "MARTIN")


def test_a_call_that_was_closed_is_taken_up_again_with_the_version_the_store_gives() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("a").closed("oriente", INSTANT))
    kept.flush(store.unit)
    elsewhere = WriteBehind()
    elsewhere.keep(store.calls["a1"].moved(Move.REOPEN, INSTANT).closed("conseil", INSTANT))
    elsewhere.flush(store.unit)
    kept.keep(store.calls["a1"].moved(Move.REOPEN, INSTANT).put(fields.NOTE, "ab"))
    kept.flush(store.unit)
    assert (store.calls["a1"].sheet.text(fields.NOTE), store.calls["a1"].version) == ("ab", 3)


class HurriedCalls(MemoryCalls):
    """Another desk saves a call again as soon as it was read, unless it is held."""

    def get(self, call: str) -> CallRecord:
        """As the port says."""
        read = super().get(call)
        self._saved[call] = replace(read, version=read.version + 1)
        return read

    def held(self, call: str) -> CallRecord:
        """As the port says."""
        return super().get(call)


def test_a_desk_that_others_outrun_saves_at_the_second_try_what_all_of_them_typed() -> None:
    kept, store = WriteBehind(), MemoryStore()
    kept.keep(noted("douleur"))
    kept.flush(store.unit)
    store.calls["a1"] = replace(store.calls["a1"].put(fields.FIRST_NAMES, "Léa"), version=2)

    @contextmanager
    def hurried() -> Iterator[MemoryUnit]:
        unit = MemoryUnit(store)
        unit.calls = HurriedCalls(store.calls)
        yield unit

    kept.keep(noted("douleur depuis hier"))
    (told,) = kept.flush(cast(OpenUnit, hurried)).elsewhere
    assert told.merge.taken == (fields.FIRST_NAMES,)
    saved = store.calls["a1"]
    assert (saved.sheet.text(fields.NOTE), saved.sheet.text(fields.FIRST_NAMES)) == (
        "douleur depuis hier",
        "Léa",
    )
    assert saved.version == 3
