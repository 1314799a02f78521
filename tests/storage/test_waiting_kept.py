"""People on waiting lists in the base: kept whole, changed by one desk at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.domain.waiting_entry import EntryMove, Registered, WaitingEntry
from osnp_console.storage.store import Store

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
