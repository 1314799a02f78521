"""Calls come back as they were saved; two desks never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, NAME, NOW, full_call, rows, save
from tests.storage.places import StorePlace

codes = st.text("abcdefg._", min_size=1, max_size=12)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
sheets = st.builds(
    CallSheet,
    st.dictionaries(codes, texts | st.booleans() | st.integers(-5, 10**9), max_size=6),
    st.frozensets(st.text("hijk", min_size=1, max_size=5), max_size=3),
    st.dictionaries(codes, texts, max_size=3),
)
instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
)


def test_a_call_comes_back_complete_after_closing_and_opening(store: Store, place: StorePlace) -> None:
    saved = save(store, full_call())
    store.close()
    again = place.open()
    with again.unit() as unit:
        assert unit.calls.get("appel-1") == saved
    again.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(sheet=sheets, at=instants, alarm=st.booleans())
def test_whatever_was_typed_comes_back_as_it_was_typed(
    store: Store, sheet: CallSheet, at: datetime, alarm: bool
) -> None:
    call = f"appel-{rows(store, 'select count(*) from call')[0][0]}"
    saved = save(store, CallRecord(call, 1, DESK, at, sheet=sheet, alarm_at=at if alarm else None))
    with store.unit() as unit:
        read = unit.calls.get(call)
    assert read == saved
    assert read.taken_at.tzinfo is UTC


def test_nothing_is_written_by_a_unit_that_was_not_committed(store: Store) -> None:
    with store.unit() as unit:
        unit.calls.save(full_call())
    with store.unit() as unit, pytest.raises(StoreFailure) as refused:
        unit.calls.get("appel-1")
    assert refused.value.code == "introuvable"


def test_a_call_saved_elsewhere_meanwhile_is_not_overwritten(store: Store) -> None:
    first = save(store, full_call())
    theirs = save(store, first.put("note", "la leur"))
    with pytest.raises(Conflict) as conflict:
        save(store, first.put("note", "la nôtre"))
    assert conflict.value.call == "appel-1"
    with store.unit() as unit:
        assert unit.calls.get("appel-1") == theirs


def test_a_call_that_the_base_already_has_is_not_taken_for_a_new_one(store: Store) -> None:
    save(store, full_call())
    with pytest.raises(Conflict):
        save(store, full_call())


def test_a_conflict_leaves_the_rest_of_its_transaction_unwritten(store: Store) -> None:
    save(store, full_call())
    with store.unit() as unit:
        unit.calls.save(full_call("appel-2", 2))
        with pytest.raises(Conflict):
            unit.calls.save(full_call())
    assert rows(store, "select id from call") == [("appel-1",)]


def test_a_version_grows_by_one_at_each_save(store: Store) -> None:
    record = full_call()
    for version in (1, 2, 3):
        record = save(store, record)
        assert record.version == version


def test_open_calls_of_a_desk_come_oldest_first(store: Store) -> None:
    save(store, full_call("b", 2, NOW + timedelta(minutes=5)))
    save(store, full_call("a", 1))
    save(store, replace(full_call("autre", 9), desk="44-5"))
    save(store, replace(full_call("clos", 3), state=CallState.CLOSED, outcome="conseil"))
    with store.unit() as unit:
        assert [one.id for one in unit.calls.still_open(DESK)] == ["a", "b"]


def test_numbers_count_the_calls_of_a_day_in_paris(store: Store) -> None:
    # 23:30 UTC on the 23rd is already the 24th in Paris.
    save(store, full_call("veille", 41, datetime(2026, 11, 23, 22, 59, tzinfo=UTC)))
    save(store, full_call("jour", 1, datetime(2026, 11, 23, 23, 30, tzinfo=UTC)))
    save(store, full_call("jour-2", 2, datetime(2026, 11, 24, 22, 59, tzinfo=UTC)))
    with store.unit() as unit:
        assert unit.calls.last_number(DESK, date(2026, 11, 23)) == 41
        assert unit.calls.last_number(DESK, date(2026, 11, 24)) == 2
        assert unit.calls.last_number(DESK, date(2026, 11, 25)) == 0
        assert unit.calls.last_number("44-9", date(2026, 11, 24)) == 0


def test_follow_up_shows_open_calls_then_those_to_call_back_then_todays(store: Store) -> None:
    def closed(call: str, outcome: str, at: datetime, back: datetime | None = None) -> CallRecord:
        return replace(
            full_call(call, 1, at), state=CallState.CLOSED, outcome=outcome, closed_at=at, call_back_at=back
        )

    old = NOW - timedelta(days=3)
    save(store, closed("ancien", "conseil", old))
    save(store, closed("du jour", "conseil", NOW))
    save(store, closed("rappel tard", "a_rappeler", NOW, NOW + timedelta(hours=4)))
    save(store, closed("rappel tôt", "a_rappeler", old, NOW + timedelta(hours=1)))
    save(store, closed("rappel sans heure", "a_rappeler", old))
    save(store, full_call("ouvert"))
    with store.unit() as unit:
        found = [one.id for one in unit.calls.follow_up(date(2026, 11, 24), 50)]
        few = [one.id for one in unit.calls.follow_up(date(2026, 11, 24), 2)]
    assert found == ["ouvert", "rappel tôt", "rappel tard", "rappel sans heure", "du jour"]
    assert few == found[:2]


def test_no_name_can_be_read_in_the_files_without_the_key(file_store: Store, file: Path) -> None:
    save(file_store, full_call())
    parts = [one for one in file.parent.iterdir() if one.is_file()]
    assert {"console.base", "console.base-wal", "console.base.tete"} <= {one.name for one in parts}
    for part in parts:
        content = part.read_bytes()
        for clear in (NAME, NAME.lower(), "Anaïs", "0639980001", "SQLite format"):
            assert clear.encode() not in content, part.name
    file_store.close()
    assert NAME.encode() not in file.read_bytes()


def test_only_their_owner_may_read_the_base_and_its_head(file_store: Store, file: Path) -> None:
    save(file_store, full_call())
    for name in ("console.base", "console.base-wal", "console.base.tete"):
        assert (file.parent / name).stat().st_mode & 0o077 == 0, name


def test_an_instant_without_zone_is_a_mistake_and_never_kept(store: Store) -> None:
    record = replace(full_call(), taken_at=datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 (the mistake itself)
    with pytest.raises(Exception, match="aware") as refused:
        save(store, record)
    assert NAME not in str(refused.value)
    assert rows(store, "select count(*) from call") == [(0,)]
