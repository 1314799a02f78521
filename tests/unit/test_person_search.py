"""A search that showed persons is in the journal once it settled, without anything to find them by."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.person_search import (
    PersonSearch,
    SearchesTold,
    look_alike_search,
    search_of_calls,
    search_words,
)
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.people.session import Session, Standing
from osnp_console.domain import journal
from osnp_console.domain.journal import JournalEntry
from tests.unit.desk_calls import DESK, check
from tests.unit.test_follow_up import FOLLOW_UP

NOW = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)


def search(line: str, records: int = 1) -> PersonSearch:
    return search_of_calls(FOLLOW_UP.read(line, date(2026, 11, 24)), records)


class Told:
    """What was told, and the searches that lead to it."""

    def __init__(self) -> None:
        self.searches: list[PersonSearch] = []
        self.told = SearchesTold(self.searches.append)


def test_a_name_typed_letter_by_letter_is_told_once_it_settled_by_its_kinds_only() -> None:
    desk = Told()
    for line in ("mar", "mart", "marti", "martin"):
        assert desk.told.show(search(line, 3))
    assert desk.searches == []
    desk.told.settle()
    (told,) = desk.searches
    assert told.facts == {"ou": "suivi", "termes": ["nom"], "fiches": 3}
    assert "martin" not in repr(told)


def test_a_search_that_comes_back_or_shows_more_by_itself_is_not_told_again_before_the_list_was_left() -> (
    None
):
    desk = Told()
    for line in ("martin", "martin hier", "martin"):
        desk.told.show(search(line))
        desk.told.settle()
    assert not desk.told.show(search("martin", 2))
    desk.told.settle()
    assert [one.kinds for one in desk.searches] == [("nom",), ("nom", "date")]
    desk.told.leave()
    desk.told.show(search("martin"))
    desk.told.settle()
    assert len(desk.searches) == 3


def test_what_found_nobody_is_no_reading_and_what_is_left_at_once_is_one() -> None:
    desk = Told()
    desk.told.show(search("martin", 0))
    desk.told.settle()
    assert desk.searches == []
    desk.told.show(search("", 12))
    desk.told.leave()
    assert [one.facts for one in desk.searches] == [{"ou": "suivi", "termes": [], "fiches": 12}]


def test_what_is_on_screen_by_itself_again_does_not_begin_to_rest_anew() -> None:
    desk = Told()
    assert desk.told.show(search("martin"))
    assert not desk.told.show(search("martin"))
    assert desk.told.is_waiting


@given(st.lists(st.tuples(st.sampled_from(["mar", "martin", "dup"]), st.integers(0, 2), st.booleans())))
def test_no_search_is_told_twice_before_the_list_is_left_and_none_that_settled_is_missing(
    typed: list[tuple[str, int, bool]],
) -> None:
    desk, settled = Told(), []
    for line, records, rests in typed:
        desk.told.show(search(line, records))
        if rests:
            desk.told.settle()
            if records:
                settled.append(search(line).wanted)
    told = [one.wanted for one in desk.searches]
    assert len(told) == len(set(told))
    assert set(told) == set(settled)


def test_the_line_is_the_persons_and_the_desks_and_hangs_on_the_call_it_was_made_for() -> None:
    kept = WriteBehind()
    hand = CallsInHand(DESK, check(), kept, lambda: "a")
    hand.session = Session(Standing.SIGNED_IN, "44-3", "c1", "Gaëlle", frozenset({"osnp"}))
    hand.searched(look_alike_search("a", "QUATREMERE", "0639980000", 2), NOW)
    (entry,) = kept.waiting().entries
    told = {"ou": "fiche", "termes": ["nom", "tél."], "fiches": 2}
    assert entry == JournalEntry(DESK.code, NOW, journal.SEARCHED, "a", told, "c1")


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            {"ou": "suivi", "termes": ["nom", "date"], "fiches": 3},
            "recherche de personnes par nom, date\u202f: 3 fiches",
        ),
        ({"ou": "fiche", "termes": ["tél."], "fiches": 1}, "recherche de personnes par tél.\u202f: 1 fiche"),
        ({"ou": "suivi", "termes": [], "fiches": 40}, "liste des appels\u202f: 40 fiches"),
        ({}, "liste des appels"),
    ],
)
def test_the_journal_says_it_in_a_few_words(about: dict[str, object], said: str) -> None:
    assert search_words(about) == said
