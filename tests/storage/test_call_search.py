"""Past calls are found by the line typed, whatever its words, exactly those that have them all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import OUTCOMES, CallRecord, CallState
from osnp_console.domain.call_search import CallSearch, read_search
from osnp_console.domain.call_sheet import EMPTY_SHEET
from osnp_console.domain.commune import fold
from osnp_console.storage import word_search
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, NOW, full_call, save
from tests.storage.places import FILE, SERVER, TEMPLATE, FilePlace, ServerPlace, StorePlace
from tests.storage.server import RealServer

TODAY = date(2026, 11, 24)
COMMUNES = {"pipriac": "Pipriac", "redon": "Redon"}
CODES = {"Pipriac": ("35219",), "Redon": ("35236",)}
REASONS = {"cystite": "Cystite", "otite": "Otite"}


def read(line: str) -> CallSearch:
    return read_search(line, TODAY, COMMUNES.get, REASONS, OUTCOMES)


def codes_of(commune: str) -> Collection[str]:
    return CODES[commune]


def call(
    name: str,
    first: str,
    commune: str,
    phone: str,
    days: int = 0,
    outcome: str | None = None,
    reason: str = "",
) -> CallRecord:
    """An invented call, `days` before today."""
    sheet = (
        EMPTY_SHEET.put(fields.BIRTH_NAME, name)
        .put(fields.FIRST_NAMES, first)
        .put(facts.RESIDENCE, commune)
        .put(fields.CALLER_PHONE, phone)
        .put(facts.REASON, reason)
        .put(facts.BIRTH, "2/5/1994")
    )
    at = NOW - timedelta(days=days)
    state = CallState.CLOSED if outcome else CallState.ACTIVE
    return CallRecord(f"{name}-{first}", 1, DESK, at, state, sheet=sheet, outcome=outcome)


CALLS = (
    call("MARTIN", "Léa", "35219", "02 61 91 12 34", reason="cystite"),
    call("MARTINEZ", "Jean-Paul", "35236", "+33 6 39 98 00 01", 1, "conseil"),
    call("LE GUÉNNEC", "Marie", "35219", "0639980002", 2, "a_rappeler", "otite"),
    call("Œuvrard", "Inès", "35219", "0033 6 39 98 00 03", 40, "doublon"),
)


def fill(store: Store) -> None:
    """Put the calls into a base."""
    for one in reversed(CALLS):
        save(store, one)


@pytest.fixture(scope="module", params=[FILE, SERVER])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A base with the calls for all the tests that only read it, on each kind of store."""
    place: StorePlace
    if request.param == FILE:
        place = FilePlace(tmp_path_factory.mktemp("recherche") / "console.base")
    else:
        server: RealServer = request.getfixturevalue("server")
        base = server.new_base(TEMPLATE)
        place = ServerPlace(server, base, tmp_path_factory.mktemp("reperes"), TEMPLATE)
    store = place.create(codes_of)
    fill(store)
    yield store
    store.close()


@pytest.fixture(params=[3000, 1], ids=["rares", "fréquents"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are once all rare ones, once all frequent ones."""
    monkeypatch.setattr(word_search, "FEW", request.param)


@pytest.fixture
def found(filled: Store, few: None) -> Store:
    """The base with the calls, only read."""
    return filled


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("martin", ["MARTIN-Léa", "MARTINEZ-Jean-Paul"]),
        ("mar", ["MARTIN-Léa", "MARTINEZ-Jean-Paul", "LE GUÉNNEC-Marie"]),
        ("martine", ["MARTINEZ-Jean-Paul"]),
        ("lea martin", ["MARTIN-Léa"]),
        ("LÉA", ["MARTIN-Léa"]),
        ("paul", ["MARTINEZ-Jean-Paul"]),
        ("guennec", ["LE GUÉNNEC-Marie"]),
        ("oeuv", ["Œuvrard-Inès"]),
        ("pipriac", ["MARTIN-Léa", "LE GUÉNNEC-Marie", "Œuvrard-Inès"]),
        ("martin pipriac", ["MARTIN-Léa"]),
        ("mar pipriac", ["MARTIN-Léa", "LE GUÉNNEC-Marie"]),
        ("06 39 98", ["MARTINEZ-Jean-Paul", "LE GUÉNNEC-Marie", "Œuvrard-Inès"]),
        ("0639980002", ["LE GUÉNNEC-Marie"]),
        ("9112", ["MARTIN-Léa"]),
        ("tel:61", ["MARTIN-Léa"]),
        ("hier", ["MARTINEZ-Jean-Paul"]),
        ("martin hier", ["MARTINEZ-Jean-Paul"]),
        ("octobre", ["Œuvrard-Inès"]),
        ("issue:conseil", ["MARTINEZ-Jean-Paul"]),
        ("sans issue", ["MARTIN-Léa"]),
        ("motif:otite", ["LE GUÉNNEC-Marie"]),
        ("martin, sans issue, pipriac, 9112", ["MARTIN-Léa"]),
        ("martin redon hier conseil", ["MARTINEZ-Jean-Paul"]),
        ("lea redon hier conseil", []),
        ("zz", []),
        ("", []),
        ("100%", []),
    ],
)
def test_a_line_finds_the_calls_that_have_every_one_of_its_words_latest_first(
    found: Store, line: str, names: list[str]
) -> None:
    with found.unit() as unit:
        assert [one.id for one in unit.calls.search(read(line), 50)] == names


def test_only_as_many_as_asked_come_and_they_are_the_latest(found: Store) -> None:
    with found.unit() as unit:
        assert [one.id for one in unit.calls.search(read("mar"), 2)] == ["MARTIN-Léa", "MARTINEZ-Jean-Paul"]


def test_a_line_of_the_list_says_what_is_needed_to_recognise_a_call(found: Store) -> None:
    with found.unit() as unit:
        (line,) = unit.calls.search(read("guennec"), 5)
    assert (line.person, line.commune, line.reason, line.outcome) == (
        "LE GUÉNNEC Marie",
        "35219",
        "otite",
        "a_rappeler",
    )
    assert line.taken_at == NOW - timedelta(days=2)


def test_a_call_is_found_by_its_newest_words_only(few: None, store: Store) -> None:
    fill(store)
    with store.unit() as unit:
        kept = unit.calls.get("MARTIN-Léa")
        unit.calls.save(kept.put(fields.BIRTH_NAME, "DURAND"))
        unit.commit()
    with store.unit() as unit:
        assert [one.id for one in unit.calls.search(read("durand"), 5)] == ["MARTIN-Léa"]
        assert [one.id for one in unit.calls.search(read("martin"), 5)] == ["MARTINEZ-Jean-Paul"]


def test_persons_are_found_by_the_beginning_of_their_name_or_by_their_phone(found: Store) -> None:
    with found.unit() as unit:
        by_name = unit.calls.persons_like("mart", "", 10)
        by_phone = unit.calls.persons_like("", "0639980001", 10)
        both = unit.calls.persons_like("le guen", "0639980001", 10)
        nobody = unit.calls.persons_like("", "", 10)
    assert [one.call_id for one in by_name] == ["MARTIN-Léa", "MARTINEZ-Jean-Paul"]
    assert [one.call_id for one in by_phone] == ["MARTINEZ-Jean-Paul"]
    assert [one.call_id for one in both] == ["MARTINEZ-Jean-Paul", "LE GUÉNNEC-Marie"]
    assert nobody == []
    person = by_phone[0].person
    assert person.born is not None
    assert person.born.first == date(1994, 5, 2)
    assert person.phones == {"0639980001"}


def test_a_birth_date_that_cannot_be_read_is_no_birth_date(store: Store) -> None:
    save(store, full_call().put(facts.BIRTH, "31/02/1994"))
    with store.unit() as unit:
        (known,) = unit.calls.persons_like("quatremere", "", 5)
    assert known.person.born is None


pieces = st.sampled_from(["mar", "ma", "lea", "le", "marie", "le gall", "martin", "jo", "o'brien"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(st.tuples(pieces, pieces, st.sampled_from(["0261911234", "0639980001"])), max_size=12),
    first=pieces,
    second=pieces,
    digits=st.sampled_from(["", " 0261", " 9800"]),
    few=st.sampled_from([0, 2, 3000]),
    step=st.sampled_from([1, 400]),
)
def test_the_index_finds_what_reading_every_call_would_find(
    store: Store,
    people: list[tuple[str, str, str]],
    first: str,
    second: str,
    digits: str,
    few: int,
    step: int,
) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("delete from call")
    with store.unit() as unit:
        for place, (name, given_name, phone) in enumerate(people):
            one = replace(call(name, given_name, "35219", phone), id=str(place))
            unit.calls.save(replace(one, taken_at=NOW + timedelta(minutes=place)))
        unit.commit()
    search = read(f"nom:{first} nom:{second}{digits}")
    usual = word_search.FEW, word_search.STEP
    word_search.FEW, word_search.STEP = few, step
    try:
        with store.unit() as unit:
            answer = [one.id for one in unit.calls.search(search, 50)]
    finally:
        word_search.FEW, word_search.STEP = usual
    words = fold(f"{first} {second}").split()
    expected = [
        str(place)
        for place, (name, given_name, phone) in reversed(list(enumerate(people)))
        if all(any(part.startswith(word) for part in fold(f"{name} {given_name}").split()) for word in words)
        and digits.strip() in phone
    ]
    assert answer == expected
