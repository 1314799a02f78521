"""Somebody on a waiting list: registered with consent, called, honoured, off the list on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.csv_table import table_rows
from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.waiting import read, register
from osnp_console.app.waiting.words import ALREADY_THERE, NO_CONSENT, end_words, waiting_words
from osnp_console.domain import journal
from osnp_console.domain.permissions import OSNP, REFERENT
from osnp_console.domain.sources import Source
from osnp_console.domain.waiting_entry import (
    MOVES,
    EntryMove,
    EntryState,
    IllegalEntryMove,
    Registered,
    WaitingEntry,
)
from osnp_console.domain.waiting_list import WaitingList
from tests.unit.waiting_doubles import WaitingStore

M, S = EntryMove, EntryState
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DESK, LIST = "85-1", "85-centre-vendee-kine"
SOURCE = Source("S5", 44)
TOOL = WaitingList(SOURCE, months=1, sessions_at_most=3, sessions_a_week_at_most=2)
OURS = WaitingList(SOURCE, months=1, kept_here=True)
PERSON = Registered("KERMADEC", "Aël", "02/05/1994", "85191", "+33639980001")


@pytest.fixture
def store() -> WaitingStore:
    """A store without anybody on a list, used by an operator."""
    made = WaitingStore()
    made.signed("Inès", OSNP)
    return made


def entry(
    rules: WaitingList = TOOL, person: Registered = PERSON, *, consented: bool = False, key: str = "w-1"
) -> WaitingEntry:
    return register.prepare_entry(
        key, LIST, "call-1", person, DESK, NOW, rules=rules, consented=consented, need="lombalgie"
    )


def moved(store: WaitingStore, move: EntryMove, at: datetime = NOW, rules: WaitingList = TOOL) -> EntryState:
    found = register.move_entry("w-1", move, DESK, at, rules=rules)(store.unit)
    assert not found.refused, found.refused
    return found.entry.state


def test_who_is_registered_in_the_lists_tool_is_followed_until_honoured(store: WaitingStore) -> None:
    register.keep(entry())(store.unit)
    assert moved(store, M.REGISTER) is S.REGISTERED
    assert store.waiting.kept["w-1"].ends_on == date(2026, 12, 24)
    assert moved(store, M.CONTACT) is S.CONTACTED
    assert moved(store, M.CONTACT) is S.CONTACTED, "called again"
    assert moved(store, M.HONOUR) is S.HONOURED
    said = [waiting_words(one.facts) for one in store.journal]
    assert said[0] == f"liste d’attente {LIST}\u202f: à inscrire"
    assert said[-1] == f"liste d’attente {LIST}\u202f: honoré"
    named = waiting_words(store.journal[-1].facts, {LIST: "Centre Vendée · kinésithérapie"}.__getitem__)
    assert named == "liste d’attente Centre Vendée\u202f: honoré"
    assert not any(PERSON.name in str(one.facts) for one in store.journal), "the journal names nobody"


def test_who_waits_is_off_the_list_on_the_very_day_and_not_before(store: WaitingStore) -> None:
    register.keep(entry())(store.unit)
    moved(store, M.REGISTER)
    kept = store.waiting.kept["w-1"]
    assert kept.state_on(date(2026, 12, 23)) is S.REGISTERED
    assert kept.state_on(date(2026, 12, 24)) is S.EXPIRED
    assert end_words(kept, date(2026, 12, 23)) == "jusqu’au 24/12/2026"
    # 23:30 in UTC is the next day already in Paris.
    late = register.move_entry("w-1", M.HONOUR, DESK, datetime(2026, 12, 23, 23, 30, tzinfo=UTC))(store.unit)
    assert late.refused == "Rien n’a été changé\u202f: l’inscription a expiré le 24/12/2026."
    assert store.waiting.kept["w-1"] == kept


def test_an_honoured_entry_does_not_expire(store: WaitingStore) -> None:
    register.keep(entry())(store.unit)
    moved(store, M.REGISTER)
    moved(store, M.HONOUR)
    assert store.waiting.kept["w-1"].state_on(date(2027, 12, 24)) is S.HONOURED


def test_a_list_kept_here_takes_nobody_without_consent_or_without_a_way_to_call_back() -> None:
    with pytest.raises(Refusal) as refusal:
        entry(OURS)
    assert (refusal.value.message, refusal.value.field) == (NO_CONSENT, "accord")
    for lacking, field in (
        (replace(PERSON, phone="", mail=" "), "patient.telephone"),
        (replace(PERSON, name=" "), "patient.nom_naissance"),
    ):
        with pytest.raises(Refusal) as refusal:
            entry(OURS, lacking, consented=True)
        assert refusal.value.field == field
    assert entry(OURS, replace(PERSON, phone="", mail="a@example.org"), consented=True).consented_at == NOW


def test_consent_that_lacks_in_the_store_keeps_somebody_off_a_list_kept_here(store: WaitingStore) -> None:
    made = replace(entry(OURS, consented=True), consented_at=None)
    register.keep(made)(store.unit)
    assert register.move_entry("w-1", M.REGISTER, DESK, NOW, rules=OURS)(store.unit).refused == NO_CONSENT
    register.consent("w-1", DESK, NOW)(store.unit)
    assert moved(store, M.REGISTER, rules=OURS) is S.REGISTERED


def test_a_move_on_a_screen_that_is_late_is_told_what_became_of_the_entry(store: WaitingStore) -> None:
    register.keep(entry())(store.unit)
    moved(store, M.WITHDRAW)
    late = register.move_entry("w-1", M.REGISTER, DESK, NOW)(store.unit)
    assert late.refused == "« Inscrire » n’a pas été noté\u202f: retiré depuis le 24/11 à 10:00."


def test_reading_a_list_is_journaled_with_how_many_it_named(store: WaitingStore) -> None:
    register.keep(entry())(store.unit)
    read.of_list(LIST, DESK, NOW)(store.unit)
    last = store.journal[-1]
    assert (last.kind, last.facts["nombre"]) == (journal.WAITING_READ, 1)


def test_who_waits_longest_comes_first_and_who_is_off_comes_last(store: WaitingStore) -> None:
    first, second, third = (
        replace(entry(), id=f"w-{number}", made_at=NOW - timedelta(days=number)) for number in (1, 2, 3)
    )
    over = second.moved(M.WITHDRAW, NOW, DESK)
    assert [one.id for one in read.in_order((first, over, third), NOW.date())] == ["w-3", "w-1", "w-2"]


def test_a_list_leaves_as_a_table_only_with_whoever_may_take_data_away(store: WaitingStore) -> None:
    register.keep(entry(person=replace(PERSON, first_names="=2+2")))(store.unit)
    with pytest.raises(Forbidden):
        read.export_list(LIST, DESK, NOW, str)(store.unit)
    store.signed("Référente", REFERENT)
    communes = {"85191": "La Roche-sur-Yon"}
    text = read.export_list(LIST, DESK, NOW, communes.__getitem__)(store.unit).text
    assert "'=2+2" in text, "a spreadsheet must not take it for a formula"
    heading, line = (cells for _, cells in table_rows(text.encode()))
    told = dict(zip(heading, line, strict=True))
    assert (told["nom"], told["prenoms"], told["commune"]) == ("KERMADEC", "=2+2", "La Roche-sur-Yon")
    assert told["telephone"] == "+33639980001"
    assert store.journal[-1].kind == journal.EXPORTED


@given(st.lists(st.tuples(st.sampled_from(list(EntryMove)), st.integers(0, 40)), max_size=15))
def test_any_sequence_leaves_a_legal_state_and_an_entry_that_is_over_never_moves(
    moves: list[tuple[EntryMove, int]],
) -> None:
    one, now = entry(), NOW
    for move, days in moves:
        now += timedelta(days=days)
        was, offered = one, one.moves_on(now.date())
        try:
            one = one.moved(move, now, DESK, ends_on=TOOL.ends_on(now.date()))
        except IllegalEntryMove:
            assert move not in offered
            assert one is was
            continue
        assert offered[move] is one.state
        assert MOVES[was.state], "over"
        assert was.ends_on is None or now.date() < was.ends_on, "nobody comes back from the day it ended"
        assert one.steps[:-1] == was.steps


def test_somebody_is_registered_at_once_and_only_once_for_a_call(store: WaitingStore) -> None:
    made = register.enrol(entry(), TOOL)(store.unit)
    assert (made.refused, made.entry.state, made.entry.ends_on) == ("", S.REGISTERED, date(2026, 12, 24))
    assert made.entry.registered_at == NOW
    again = register.enrol(entry(key="w-2"), TOOL)(store.unit)
    assert (again.refused, again.entry.id) == (ALREADY_THERE, "w-1")
    assert list(store.waiting.kept) == ["w-1"]
    moved(store, M.HONOUR)
    assert register.enrol(entry(key="w-3"), TOOL)(store.unit).refused == "", "it is over: they wait anew"


def test_a_registration_whose_answer_was_lost_is_the_one_that_is_kept(store: WaitingStore) -> None:
    first = register.enrol(entry(), TOOL)(store.unit)
    assert register.enrol(entry(), TOOL)(store.unit) == first
    begun = register.keep(entry(key="w-2"))(store.unit)
    assert register.keep(entry(key="w-2"))(store.unit) == begun
    assert len(store.journal) == 2


def test_a_list_that_is_followed_is_journaled_again_only_for_who_came_since(store: WaitingStore) -> None:
    register.enrol(entry(), TOOL)(store.unit)
    shown = frozenset(one.id for one in read.of_list(LIST, DESK, NOW)(store.unit))
    read.of_list(LIST, DESK, NOW, shown)(store.unit)
    assert [one.kind for one in store.journal].count(journal.WAITING_READ) == 1
    register.keep(replace(entry(key="w-2"), call="call-2"))(store.unit)
    read.of_list(LIST, DESK, NOW, shown)(store.unit)
    assert (store.journal[-1].kind, store.journal[-1].facts["nombre"]) == (journal.WAITING_READ, 1)


def test_how_many_wait_is_told_without_naming_anybody_also_to_who_only_takes_data_away(
    store: WaitingStore,
) -> None:
    register.keep(entry())(store.unit)
    register.enrol(replace(entry(key="w-2"), call="call-2"), TOOL, again=True)(store.unit)
    before = len(store.journal)
    store.signed("Référente", REFERENT)
    assert read.counts(NOW.date())(store.unit) == {LIST: read.ListCount(1, 1, 0)}
    assert read.counts(date(2026, 12, 24))(store.unit)[LIST] == read.ListCount(1, 0, 1)
    assert len(store.journal) == before
    with pytest.raises(Forbidden):
        read.of_list(LIST, DESK, NOW)(store.unit)


def test_a_priority_or_an_address_that_is_none_is_refused_at_its_field() -> None:
    for person, priority, field in (
        (PERSON, "Autre", "priorite"),
        (replace(PERSON, mail="ael"), "", "courriel"),
    ):
        with pytest.raises(Refusal) as refusal:
            register.prepare_entry("w-1", LIST, "call-1", person, DESK, NOW, rules=TOOL, priority=priority)
        assert refusal.value.field == field


@pytest.mark.parametrize(
    ("changed", "is_double"),
    [
        ({}, True),
        ({"name": "Kermadec", "first_names": "ael"}, True),
        ({"phone": "+33639980002"}, True),
        ({"birth": ""}, True),
        ({"birth": "03/05/1994", "phone": "+33639980002"}, False),
        ({"birth": "", "phone": ""}, False),
        ({"first_names": "Anne"}, False),
    ],
)
def test_who_looks_like_somebody_on_the_list_is_told_and_registered_when_both_are_wanted(
    store: WaitingStore, changed: dict[str, str], is_double: bool
) -> None:
    register.enrol(entry(), TOOL)(store.unit)
    other = replace(entry(key="w-2"), call="call-2")
    other = replace(other, person=replace(PERSON, **changed))
    told = register.enrol(other, TOOL)(store.unit)
    assert told.is_double is is_double
    assert PERSON.name not in told.refused
    assert len(store.waiting.kept) == (1 if is_double else 2)
    if is_double:
        assert (told.entry.id, told.asked) == ("w-1", "w-2")
        assert register.enrol(other, TOOL, again=True)(store.unit).refused == ""
        assert len(store.waiting.kept) == 2


def test_nobody_is_doubled_by_somebody_who_is_off_the_list(store: WaitingStore) -> None:
    register.enrol(entry(), TOOL)(store.unit)
    moved(store, M.HONOUR)
    other = replace(entry(key="w-2"), call="call-2")
    assert register.enrol(other, TOOL)(store.unit).refused == ""
