"""What the shared base has not taken is on the desk's own disk, encrypted, and comes back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from osnp_console.app.calls.kept_aside import NOTHING_WAITS, Waiting, WaitingCall, not_there_yet
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.ports import StoreFailure
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_sheet import ASKED
from osnp_console.domain.journal import JournalEntry
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, KEY, NAME, NOW, full_call


def typed() -> Waiting:
    """A call with answers, doubts and a text being typed; what the base had of it; a journal line."""
    stored = full_call()
    record = stored.put(facts.CAN_TRAVEL, ASKED).put(fields.NOTE, "tousse").raise_alarm(NOW)
    record = replace(record, sheet=record.sheet.type(facts.RESIDENCE, "pip"), owner="44-5")
    entry = JournalEntry(DESK, NOW, journal.ANSWERED, record.id, {"reponses": {fields.NOTE: "tousse"}}, "c1")
    return Waiting((WaitingCall(record, stored), WaitingCall(replace(record, id="neuf"))), (entry,))


def test_what_waits_comes_back_to_the_last_letter_after_the_program_stopped(tmp_path: Path) -> None:
    first = KeptAside(tmp_path / "attente", KEY)
    first.keep(NOTHING_WAITS)
    first.keep(typed())
    first.close()
    assert KeptAside(tmp_path / "attente", KEY).read() == typed()


def test_once_the_base_has_it_nothing_is_left(tmp_path: Path) -> None:
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep(typed())
    aside.keep(NOTHING_WAITS)
    aside.close()
    assert not KeptAside(tmp_path / "attente", KEY).read()


def test_the_file_tells_nothing_without_the_key_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "attente"
    aside = KeptAside(file, KEY)
    aside.keep(typed())
    aside.close()
    assert NAME.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreFailure):
        KeptAside(file, bytes(32)).read()


def test_what_comes_back_is_merged_with_what_another_desk_did_meanwhile(tmp_path: Path, store: Store) -> None:
    with store.unit() as unit:
        stored = unit.calls.save(replace(full_call(), version=0))
        unit.commit()
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep(Waiting((WaitingCall(stored.put(fields.NOTE, "tapé seul"), stored),)))
    aside.close()
    with store.unit() as unit:
        unit.calls.save(stored.put(fields.FIRST_NAMES, "Léa"))
        unit.commit()
    kept = WriteBehind()
    kept.restore(KeptAside(tmp_path / "attente", KEY).read())
    (came,) = kept.flush(store.unit).elsewhere
    assert came.merge.taken == (fields.FIRST_NAMES,)
    with store.unit() as unit:
        sheet = unit.calls.get(stored.id).sheet
    assert (sheet.text(fields.NOTE), sheet.text(fields.FIRST_NAMES)) == ("tapé seul", "Léa")


def test_a_journal_line_that_had_reached_the_base_is_not_written_twice(store: Store) -> None:
    first, second = (
        JournalEntry(DESK, NOW + timedelta(seconds=number), journal.HELD, "appel-1") for number in (1, 2)
    )
    with store.unit() as unit:
        unit.journal.append(first)
        unit.commit()
    assert not_there_yet(store.unit, Waiting((), (first, second))) == Waiting((), (second,))
