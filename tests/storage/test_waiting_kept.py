"""People on waiting lists in the base: kept whole, changed by one desk at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest

from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.app.waiting import register
from osnp_console.domain.sources import Source
from osnp_console.domain.waiting_entry import EntryMove, Registered, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList
from osnp_console.storage.store import Store
from tests.storage.places import StorePlace

NOW = datetime(2026, 11, 24, 9, 0, 0, 7, tzinfo=UTC)
PERSON = Registered("QUATREMÈRE d’Œuvre", "Zoé", "2/5/94", "85191", "+33639980001", "zoe@example.org")
ENTRY = WaitingEntry(
    "w-1",
    "85-x",
    "call-1",
    PERSON,
    "85-1",
    NOW,
    kept_here=True,
    consented_at=NOW,
    need="a\nb",
    priority="ALD",
)


def put(store: Store, entry: WaitingEntry) -> WaitingEntry:
    """Keep it."""
    with store.unit() as unit:
        saved = unit.waiting.save(entry)
        unit.commit()
    return saved


def test_an_entry_comes_back_whole(store: Store) -> None:
    made = replace(ENTRY, state_since=NOW)
    moved = made.moved(EntryMove.REGISTER, NOW, "85-1", "Inès", "par téléphone", date(2026, 12, 24))
    saved = put(store, moved)
    put(store, replace(made, id="w-2", dispositif="85-y", call="call-2"))
    with store.unit() as unit:
        assert unit.waiting.get("w-1") == saved
        assert list(unit.waiting.of_call("call-1")) == [saved]
        assert list(unit.waiting.of_list("85-x")) == [saved]
        assert [one.id for one in unit.waiting.all()] == ["w-1", "w-2"]
        with pytest.raises(StoreFailure):
            unit.waiting.get("w-404")


def test_an_entry_that_another_desk_changed_is_not_written_over(store: Store) -> None:
    first = put(store, ENTRY)
    put(store, replace(first, need="autre"))
    for stale in (replace(first, need="mien"), ENTRY):
        with pytest.raises(Conflict):
            put(store, stale)


def test_of_desks_that_register_one_patient_at_once_one_does(store: Store, place: StorePlace) -> None:
    together, refused = Barrier(3), list[bool]()
    rules = WaitingList(Source("S5", 44), months=1)

    def enrol(desk: int) -> None:
        own = place.open()
        try:
            person = Registered("KERMADEC", "Aël", "02/05/1994", "85191", "+33639980001")
            one = WaitingEntry(f"w-{desk}", "85-kine", f"call-{desk}", person, f"85-{desk}", NOW)
            together.wait()
            refused.append(bool(register.enrol(one, rules)(own.unit).refused))
        finally:
            own.close()

    desks = [Thread(target=enrol, args=(desk,)) for desk in range(3)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert sorted(refused) == [False, True, True]
