"""`base verifier` finds whatever was done to the journal, and nothing where nothing was done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.base.care import BaseFault
from osnp_console.domain.journal import CHECKED, PURGED, JournalEntry
from osnp_console.storage.store import Store, create_store
from osnp_console.storage.verify import HEAD_CHANGED, HEAD_MISSING
from tests.storage.kept import DESK, KEY, NOW, full_call, rows, save, write_lines
from tests.storage.places import FilePlace, StorePlace

LINES = 7


def write_two_chains(store: Store) -> None:
    """Two desks' chains; the base is closed."""
    write_lines(store, LINES)
    write_lines(store, 3, desk="44-5", call="appel-2")
    store.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file with two desks' chains, closed; tests work on copies of it."""
    file = tmp_path_factory.mktemp("ecrit") / "console.base"
    write_two_chains(create_store(file, KEY))
    return file


@pytest.fixture
def base(place: StorePlace) -> StorePlace:
    """A base with two desks' chains, closed."""
    write_two_chains(place.create())
    return place


def copy_of(base: Path, folder: Path) -> FilePlace:
    """The base and its head in another folder."""
    folder.mkdir(exist_ok=True, parents=True)
    for one in base.parent.glob("console.base*"):
        shutil.copy(one, folder / one.name)
    return FilePlace(folder / base.name)


def faults(base: StorePlace) -> tuple[BaseFault, ...]:
    return base.verify().faults


def lines_at_fault(base: StorePlace) -> list[tuple[str | None, int | None]]:
    return [(one.desk, one.line) for one in faults(base)]


def test_an_untouched_journal_has_no_fault(base: StorePlace) -> None:
    report = base.verify()
    assert report.faults == ()
    assert report.counts == {"appels": 0, "lignes": LINES + 3, "postes": 2}


def test_a_removed_line_is_found_with_its_number(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute("delete from journal_facts where desk = ? and number = 4", (DESK,))
        connection.execute("delete from journal where desk = ? and number = 4", (DESK,))
    assert lines_at_fault(base)[0] == (DESK, 4)
    assert faults(base)[0].message == "La ligne 4 du journal manque."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "cloture"),
        ("call", "appel-9"),
        ("at", "2026-11-24 09:00:59.000000"),
        ("facts_hash", "0" * 64),
        ("seal", "0" * 64),
    ],
)
def test_a_changed_line_is_found_with_its_number(base: StorePlace, column: str, value: str) -> None:
    with base.behind() as connection:
        connection.execute(f"update journal set {column} = ? where desk = ? and number = 3", (value, DESK))
    assert (DESK, 3) in lines_at_fault(base)


def test_two_exchanged_lines_are_found(base: StorePlace) -> None:
    with base.behind() as connection:
        for table in ("journal_facts", "journal"):
            for before, after in ((2, 100), (5, 2), (100, 5)):
                connection.execute(
                    f"update {table} set number = ? where desk = ? and number = ?", (after, DESK, before)
                )
    assert {(DESK, 2), (DESK, 5)} <= set(lines_at_fault(base))


def test_a_cut_off_end_is_found_with_the_numbers_that_miss(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute("delete from journal_facts where desk = ? and number > 5", (DESK,))
        connection.execute("delete from journal where desk = ? and number > 5", (DESK,))
    assert [one.message for one in faults(base)] == ["Les lignes 6 à 7 du journal manquent."]


def test_a_whole_chain_that_was_removed_is_found(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute("delete from journal_facts where desk = '44-5'")
        connection.execute("delete from journal where desk = '44-5'")
    assert [(one.desk, one.message) for one in faults(base)] == [
        ("44-5", "Les lignes 1 à 3 du journal manquent.")
    ]


def test_an_inserted_line_is_found(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute(
            "insert into journal(desk, number, at, kind, call, facts_hash, seal)"
            " select desk, number + 1, at, kind, call, '', seal from journal"
            " where desk = ? and number = ?",
            (DESK, LINES),
        )
    assert (DESK, LINES + 1) in lines_at_fault(base)


def test_changed_facts_are_found_though_the_chain_holds(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute(
            'update journal_facts set facts = \'{"vaut":"faux"}\' where desk = ? and number = 2', (DESK,)
        )
    assert [(one.line, one.message) for one in faults(base)] == [
        (2, "Les faits de la ligne 2 du journal ont été changés.")
    ]


def test_facts_that_went_away_without_a_purge_line_are_found(base: StorePlace) -> None:
    with base.behind() as connection:
        connection.execute("delete from journal_facts where desk = ? and number = 6", (DESK,))
    assert [(one.line, one.message) for one in faults(base)] == [
        (6, "Les faits de la ligne 6 du journal manquent.")
    ]


def _remove(connection: Any, number: int) -> None:
    connection.execute("delete from journal_facts where desk = ? and number = ?", (DESK, number))
    connection.execute("delete from journal where desk = ? and number = ?", (DESK, number))


def _change(connection: Any, number: int) -> None:
    connection.execute("update journal set kind = 'alarme' where desk = ? and number = ?", (DESK, number))


def _cut(connection: Any, number: int) -> None:
    connection.execute("delete from journal_facts where desk = ? and number >= ?", (DESK, number))
    connection.execute("delete from journal where desk = ? and number >= ?", (DESK, number))


def _forget(connection: Any, number: int) -> None:
    connection.execute("delete from journal_facts where desk = ? and number = ?", (DESK, number))


@given(
    how=st.sampled_from([_remove, _change, _cut, _forget]),
    number=st.integers(1, LINES),
    appended=st.integers(0, 2),
)
def test_whatever_is_done_to_a_line_is_found_also_when_more_is_written_after(
    tmp_path_factory: pytest.TempPathFactory,
    written: Path,
    how: Callable[[Any, int], None],
    number: int,
    appended: int,
) -> None:
    base = copy_of(written, tmp_path_factory.mktemp("falsifie"))
    with base.behind() as connection:
        how(connection, number)
    if appended:
        store = base.open()
        write_lines(store, appended)
        store.close()
    found = [one for one in faults(base) if one.desk == DESK and one.line is not None]
    assert found
    assert min(one.line or 0 for one in found) <= LINES


def test_a_missing_head_is_found_and_is_not_made_again_by_the_next_line(base: StorePlace) -> None:
    base.head.unlink()
    store = base.open()
    write_lines(store, 1)
    store.close()
    assert [one.message for one in faults(base)] == [HEAD_MISSING]


def test_a_changed_head_is_found(base: StorePlace) -> None:
    head = base.head
    head.write_text(head.read_text().replace('"numero": 7', '"numero": 6'))
    assert [one.message for one in faults(base)] == [HEAD_CHANGED]


def test_an_unreadable_head_is_found(base: StorePlace) -> None:
    base.head.write_bytes(b"\x00\xff")
    assert [one.message for one in faults(base)] == [HEAD_CHANGED]


def test_a_crash_between_the_commit_and_the_head_is_no_fault_and_the_head_catches_up(
    base: StorePlace,
) -> None:
    head = base.head
    before = head.read_bytes()
    store = base.open()
    write_lines(store, 2)
    store.close()
    head.write_bytes(before)
    assert faults(base) == ()
    store = base.open()
    write_lines(store, 1)
    store.close()
    assert '"numero": 10' in head.read_text()
    assert faults(base) == ()


def test_a_crash_before_the_very_first_head_is_no_fault(place: StorePlace, store: Store) -> None:
    before = place.head.read_bytes()
    write_lines(store, 1)
    store.close()
    place.head.write_bytes(before)
    assert faults(place) == ()


def test_a_head_older_than_a_cut_still_shows_the_cut_after_more_lines(base: StorePlace) -> None:
    with base.behind() as connection:
        _cut(connection, 5)
    store = base.open()
    write_lines(store, 6)
    store.close()
    assert (DESK, 7) in lines_at_fault(base)


def test_purged_facts_and_their_purge_line_still_verify(store: Store, place: StorePlace) -> None:
    save(store, full_call())
    write_lines(store, 3)
    write_lines(store, 1, desk="44-5")
    write_lines(store, 1, call="appel-2")
    with store.unit() as unit:
        line = unit.journal.purge("appel-1", DESK, NOW + timedelta(days=400))
        unit.commit()
    assert line is not None
    assert line.kind == PURGED
    with store.unit() as unit:
        past = unit.journal.of_call("appel-1")
        other = unit.journal.of_call("appel-2")
    assert [one.facts for one in past[:-1]] == [None] * 4
    assert other[0].facts == {"champ": "patient.sexe", "vaut": 0}
    store.close()
    assert faults(place) == ()


def test_a_call_is_purged_once(store: Store) -> None:
    write_lines(store, 2)
    with store.unit() as unit:
        unit.journal.purge("appel-1", DESK, NOW)
        assert unit.journal.purge("appel-1", DESK, NOW) is None


def test_facts_removed_beside_those_a_purge_line_names_are_found(store: Store, place: StorePlace) -> None:
    write_lines(store, 2)
    write_lines(store, 1, call="appel-2")
    with store.unit() as unit:
        unit.journal.purge("appel-1", DESK, NOW)
        unit.commit()
    store.close()
    with place.behind() as connection:
        _forget(connection, 3)
    assert lines_at_fault(place) == [(DESK, 3)]


def test_a_line_without_facts_says_so_and_is_not_taken_for_a_purged_one(store: Store) -> None:
    with store.unit() as unit:
        unit.journal.append(JournalEntry(DESK, NOW, CHECKED, "appel-1"))
        unit.commit()
    with store.unit() as unit:
        (past,) = unit.journal.of_call("appel-1")
    assert past.facts == {}
    assert past.line.facts_hash == ""


def test_the_same_facts_never_have_the_same_hash(store: Store) -> None:
    with store.unit() as unit:
        lines = [
            unit.journal.append(JournalEntry(DESK, NOW, CHECKED, "a", {"nom": "INVENTE"})) for _ in range(2)
        ]
        unit.commit()
    assert lines[0].facts_hash != lines[1].facts_hash


def test_the_lines_hold_nothing_of_the_facts(store: Store) -> None:
    with store.unit() as unit:
        unit.journal.append(JournalEntry(DESK, NOW, CHECKED, "a", {"nom": "INVENTE"}))
        unit.commit()
    assert "INVENTE" not in str(rows(store, "select * from journal"))
