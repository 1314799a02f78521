"""Who the patient is and who usually cares for them: what meets a criterion, fails it, or leaves it open."""

from __future__ import annotations

from datetime import datetime

import pytest

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.states import State
from tests.unit.judged_criteria import MET, UNKNOWN, UNMET, Known, found, on, state
from tests.unit.strategies import (
    GRANDVILLE,
    GRANDVILLE_2,
    LANDE,
    MARAIS,
)

# The person -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008-11-24", MET),  # 18 today
        ("2008-11-25", UNMET),  # 18 tomorrow
        ("2008-11", UNKNOWN),
        ("2008", UNKNOWN),
        ("2007", MET),
        ("2009", UNMET),
        ("2030", UNMET),  # not born yet reads as no age at all
    ],
)
def test_an_adult_is_one_from_the_day_of_the_birthday(born: str, expected: State) -> None:
    assert state(AgeWithin(minimum=18), {facts.BIRTH: on(born)}) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({facts.AGE: 15}, UNMET),
        ({facts.AGE: 16}, MET),
        ({facts.AGE: 65}, MET),
        ({facts.AGE: 66}, UNMET),
        ({}, UNKNOWN),
        ({facts.BIRTH: on("1960-11-24"), facts.AGE: 20}, UNMET),  # the birth date outweighs the age told
    ],
)
def test_both_bounds_of_an_age_are_included(known: Known, expected: State) -> None:
    assert state(AgeWithin(16, 65), known) is expected


def test_a_year_of_birth_that_straddles_both_bounds_stays_open() -> None:
    assert state(AgeWithin(17, 17), {facts.BIRTH: on("2009")}) is UNKNOWN


def test_an_age_that_is_open_lacks_the_birth_date_or_the_age() -> None:
    assert found(AgeWithin(18), {}).missing == (facts.BIRTH, facts.AGE)
    assert found(AgeWithin(18), {facts.BIRTH: on("2008")}).missing == (facts.BIRTH, facts.AGE)


def test_born_on_29_february_is_a_year_older_on_1_march() -> None:
    born: Known = {facts.BIRTH: on("2008-02-29")}
    assert state(AgeWithin(18), born, datetime(2026, 2, 28, 12, tzinfo=PARIS)) is UNMET
    assert state(AgeWithin(18), born, datetime(2026, 3, 1, 0, tzinfo=PARIS)) is MET


def test_the_birthday_comes_at_midnight_in_paris() -> None:
    late_evening_in_utc = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert state(AgeWithin(18), {facts.BIRTH: on("2008-11-24")}, late_evening_in_utc) is MET


@pytest.mark.parametrize(
    ("criterion", "label"),
    [
        (AgeWithin(maximum=17), "Moins de 18 ans"),
        (AgeWithin(maximum=0), "Moins de 1 an"),
        (AgeWithin(minimum=3), "À partir de 3 ans"),
        (AgeWithin(16, 65), "De 16 à 65 ans"),
    ],
)
def test_ages_are_told_in_french(criterion: AgeWithin, label: str) -> None:
    assert criterion.label == label


@pytest.mark.parametrize(("sex", "expected"), [("F", MET), ("M", UNMET), ("I", UNKNOWN), (None, UNKNOWN)])
def test_a_dispositif_for_women(sex: str | None, expected: State) -> None:
    assert state(SexIs("F"), {facts.SEX: sex} if sex else {}) is expected


def test_an_indeterminate_sex_is_not_asked_again() -> None:
    assert found(SexIs("F"), {facts.SEX: "I"}).missing == ()


@pytest.mark.parametrize(
    ("known", "pregnant", "not_pregnant"),
    [
        ({}, UNKNOWN, UNKNOWN),
        ({facts.PREGNANT: True}, MET, UNMET),
        ({facts.PREGNANT: False}, UNMET, MET),
        ({facts.SEX: "M"}, UNMET, MET),
        ({facts.SEX: "F"}, UNKNOWN, UNKNOWN),
        ({facts.SEX: "I"}, UNKNOWN, UNKNOWN),
        ({facts.SEX: "I", facts.PREGNANT: True}, MET, UNMET),
    ],
)
def test_pregnancy_is_answered_by_yes_or_no_or_by_a_man(
    known: Known, pregnant: State, not_pregnant: State
) -> None:
    assert state(PregnancyIs(), known) is pregnant
    assert state(PregnancyIs(False), known) is not_pregnant


# Who usually cares for the patient --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "without_only", "or_unavailable"),
    [
        ("aucun", MET, MET),
        ("indisponible", UNMET, MET),
        ("disponible", UNMET, UNMET),
        ("declare", UNMET, UNKNOWN),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_the_two_publics_of_the_regular_doctor(
    status: str | None, without_only: State, or_unavailable: State
) -> None:
    known: Known = {facts.REGULAR_DOCTOR: status} if status else {}
    assert state(RegularDoctor(), known) is without_only
    assert state(RegularDoctor(or_unavailable=True), known) is or_unavailable


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({facts.REGULAR_DOCTOR: "aucun"}, MET),
        ({facts.REGULAR_DOCTOR: "disponible"}, UNKNOWN),
        ({facts.REGULAR_DOCTOR: "disponible", facts.PRESENT_PLACE: AT_HOME}, UNMET),
        ({facts.PRESENT_PLACE: AT_HOME}, UNKNOWN),
        ({facts.PRESENT_PLACE: MARAIS}, UNKNOWN),
        ({facts.PRESENT_PLACE: MARAIS, facts.RESIDENCE: LANDE}, MET),
        ({facts.PRESENT_PLACE: LANDE, facts.RESIDENCE: LANDE, facts.REGULAR_DOCTOR: "disponible"}, UNMET),
    ],
)
def test_away_from_home_is_a_third_public_where_the_source_names_it(known: Known, expected: State) -> None:
    assert state(RegularDoctor(or_unavailable=True, or_away=True), known) is expected


def test_whoever_is_away_from_an_unknown_home_is_asked_the_home_too() -> None:
    criterion = RegularDoctor(or_unavailable=True, or_away=True)
    assert set(found(criterion, {facts.PRESENT_PLACE: MARAIS}).missing) == {
        facts.REGULAR_DOCTOR,
        facts.RESIDENCE,
    }
    seen = found(criterion, {facts.REGULAR_DOCTOR: "disponible"})
    assert seen.missing == (facts.PRESENT_PLACE,)


@pytest.mark.parametrize(("home", "place"), [(GRANDVILLE, GRANDVILLE_2), (GRANDVILLE_2, GRANDVILLE)])
def test_an_arrondissement_is_no_other_commune_than_its_own(home: Commune, place: Commune) -> None:
    known: Known = {
        facts.REGULAR_DOCTOR: "disponible", facts.RESIDENCE: home, facts.PRESENT_PLACE: place,
    }  # fmt: skip
    assert state(RegularDoctor(or_unavailable=True, or_away=True), known) is UNMET


@pytest.mark.parametrize(
    ("status", "contacted", "plain", "where_contact_is_demanded"),
    [
        (None, None, UNKNOWN, UNKNOWN),
        ("aucun", None, MET, MET),
        ("aucun", False, MET, MET),
        ("disponible", None, UNMET, UNMET),
        ("disponible", True, UNMET, UNMET),
        ("indisponible", None, MET, UNKNOWN),
        ("indisponible", True, MET, MET),
        ("indisponible", False, MET, UNMET),
        ("declare", None, UNKNOWN, UNKNOWN),
        ("declare", True, UNKNOWN, UNKNOWN),
        ("declare", False, UNKNOWN, UNMET),
    ],
)
def test_the_usual_practitioner_comes_first(
    status: str | None, contacted: bool | None, plain: State, where_contact_is_demanded: State
) -> None:
    known: Known = {facts.USUAL_PRACTITIONER: status} if status else {}
    if contacted is not None:
        known[facts.USUAL_CONTACTED] = contacted
    assert state(UsualPractitionerFirst(), known) is plain
    assert state(UsualPractitionerFirst(contacted=True), known) is where_contact_is_demanded
