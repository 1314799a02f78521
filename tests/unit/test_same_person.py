"""Somebody who calls again is recognised by name, birth date and phone; invented persons."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.dates import PartialDate
from osnp_console.domain.same_person import KnownPerson, Likeness, Person, likeness, look_alikes

BORN = PartialDate.parse("1994-05-02")
LEA = Person("MARTIN", "Léa", BORN, frozenset({"0639984107"}))
NAMES = st.sampled_from(
    ["MARTIN", "Martineau", "Martin-Duval", "Le Goff", "d’Arc", "mar", "LI", "", "Lefèvre", "lefevre"]
)
FIRST_NAMES = st.sampled_from(["", "Léa", "lea marie", "Jean-Pierre", "Jean Paul", "Jean", "L"])
BIRTHS = st.sampled_from(
    [None, BORN, PartialDate.parse("1994"), PartialDate.parse("1994-05-03"), PartialDate.parse("2019")]
)
PHONES = st.frozensets(st.sampled_from(["0639984107", "0261911234", "06"]))
PERSONS = st.builds(Person, NAMES, FIRST_NAMES, BIRTHS, PHONES)


def known(person: Person, hour: int = 9, call_id: str = "a") -> KnownPerson:
    return KnownPerson(person, call_id, datetime(2026, 11, 25, hour, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "first_names"),
    [("Martin", "LEA"), ("martin", "Léa Marie"), (" MARTIN ", "léa"), ("MARTIN", ""), ("MARTIN", "Lé")],
)
def test_the_same_name_and_birth_date_are_seen_however_they_are_typed(name: str, first_names: str) -> None:
    assert likeness(Person(name, first_names, BORN), LEA) is Likeness.SAME_NAME_AND_BIRTH


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        (("Le Goff", "Yann"), ("LE-GOFF", "YANN")),
        (("d'Arc", "Jeanne"), ("D’ARC", "Jeanne")),
        (("Lefevre", "Zoé"), ("LEFÈVRE", "ZOE")),
        (("Duval", "Jean-Pierre"), ("DUVAL", "Jean Pierre")),
        (("Duval", "Jean Pierre"), ("DUVAL", "Jean-Pierre")),
        (("Duval", "Jean-Pierre"), ("DUVAL", "Jean")),
        (("Duval", "Anne, Marie"), ("DUVAL", "ANNE")),
        (("Li", "Mei"), ("LI", "MEI")),
        (("Martin-Duval", "Léa"), ("MARTIN", "LEA")),
    ],
)
def test_the_same_name_is_seen_behind_another_spelling(
    typed: tuple[str, str], other: tuple[str, str]
) -> None:
    assert likeness(Person(*typed), Person(*other)) is Likeness.SAME_NAME


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        (("Martineau", "Léa"), ("MARTIN", "LEA")),
        (("Martin", "Léo"), ("MARTIN", "LEA")),
        (("Martin", "Léonie"), ("MARTIN", "LEO")),
        (("Duval", "Jean-Pierre"), ("DUVAL", "Jean-Paul")),
        (("Ma", ""), ("MARTIN", "LEA")),
        (("", "Léa"), ("", "Léa")),
        (("Legrand", "Léa"), ("LE", "LEA")),
    ],
)
def test_another_name_is_not_the_same_person(typed: tuple[str, str], other: tuple[str, str]) -> None:
    assert likeness(Person(*typed), Person(*other)) is Likeness.NONE


@pytest.mark.parametrize(("typed", "alike"), [("M", False), ("MA", False), ("MAR", True), ("MART", True)])
def test_a_name_being_typed_looks_like_another_from_its_third_letter(typed: str, alike: bool) -> None:
    assert bool(look_alikes(Person(typed), [known(LEA)])) is alike


def test_a_different_birth_date_contradicts_even_the_same_name_and_phone() -> None:
    mother = Person("MARTIN", "Léa", PartialDate.parse("1960-01-31"), LEA.phones)
    assert likeness(mother, LEA) is Likeness.NONE
    assert likeness(Person("MARTIN", "Léa", PartialDate.parse("2019"), LEA.phones), LEA) is Likeness.NONE


@pytest.mark.parametrize("born", [None, PartialDate.parse("1994"), PartialDate.parse("1994-05")])
def test_a_birth_date_missing_or_known_in_part_does_not_contradict(born: PartialDate | None) -> None:
    assert likeness(Person("MARTIN", "Léa", born), LEA) is Likeness.SAME_NAME
    assert likeness(LEA, Person("MARTIN", "Léa", born)) is Likeness.SAME_NAME


def test_the_same_year_of_birth_alone_is_not_the_same_birth_date() -> None:
    year = PartialDate.parse("1994")
    assert likeness(Person("MARTIN", "Léa", year), Person("MARTIN", "Léa", year)) is Likeness.SAME_NAME


def test_the_same_phone_tells_more_than_the_name_alone() -> None:
    assert likeness(Person("MARTIN", "Léa", None, LEA.phones), LEA) is Likeness.SAME_PHONE_AND_NAME
    assert likeness(Person("DUVAL", "Zoé", None, LEA.phones), LEA) is Likeness.NONE


def test_a_number_hardly_begun_is_nobody_s_phone() -> None:
    begun = frozenset({"06"})
    one, other = Person("MARTIN", "Léa", None, begun), Person("MARTIN", "Léa", None, begun)
    assert likeness(one, other) is Likeness.SAME_NAME


def test_the_best_likeness_comes_first_then_whole_names_then_the_latest_call() -> None:
    person = Person("Martin", "Léa", BORN, frozenset({"0639984107"}))
    by_name = known(Person("MARTIN", "Léa"), 11, "name")
    begun = known(Person("MARTIN", ""), 12, "begun")
    by_phone = known(Person("MARTIN", "Léa", None, frozenset({"0639984107"})), 8, "phone")
    early, late = known(LEA, 7, "early"), known(LEA, 10, "late")
    other = known(Person("DUVAL", "Zoé", BORN), 12, "other")
    found = look_alikes(person, [by_name, early, other, begun, by_phone, late])
    assert [one.known.call_id for one in found] == ["late", "early", "phone", "name", "begun"]
    assert [one.whole for one in found] == [True, True, True, True, False]


def test_a_name_only_begun_is_not_told_as_the_same_name() -> None:
    (found,) = look_alikes(Person("MART", "Léa", BORN), [known(LEA)])
    assert (found.likeness, found.whole) == (Likeness.SAME_NAME_AND_BIRTH, False)


@given(PERSONS)
def test_somebody_with_a_name_looks_like_himself(person: Person) -> None:
    assert (likeness(person, person) is Likeness.NONE) is (person.birth_name == "")


@given(PERSONS, PERSONS)
def test_two_birth_dates_without_a_common_day_are_two_persons(one: Person, other: Person) -> None:
    if one.born and other.born and (one.born.last < other.born.first or other.born.last < one.born.first):
        assert likeness(one, other) is Likeness.NONE
    else:
        unborn = Person(one.birth_name, one.first_names, None, one.phones)
        assert (likeness(one, other) is Likeness.NONE) is (likeness(unborn, other) is Likeness.NONE)


@given(PERSONS, st.lists(PERSONS, max_size=8))
def test_every_look_alike_is_a_candidate_and_the_order_never_climbs(
    person: Person, others: list[Person]
) -> None:
    candidates = [known(other, hour % 24, str(hour)) for hour, other in enumerate(others)]
    found = look_alikes(person, candidates)
    assert {one.known.call_id for one in found} == {
        one.call_id for one in candidates if likeness(person, one.person) is not Likeness.NONE
    }
    ranks = [one.likeness for one in found]
    assert ranks == sorted(ranks, reverse=True)


def test_a_date_of_birth_in_full_is_needed_for_the_same_date() -> None:
    first, last = date(2026, 2, 26), date(2026, 3, 25)
    infant = Person("MARTIN", "Zoé", PartialDate(first, last))
    assert likeness(infant, infant) is Likeness.SAME_NAME
