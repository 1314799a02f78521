"""Where the patient is: what a territory takes, refuses and leaves open."""

from __future__ import annotations

import pytest

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.states import State
from osnp_console.domain.territory import Territory
from tests.unit.judged_criteria import MET, UNKNOWN, UNMET, Known, found, state
from tests.unit.strategies import (
    BOCAGE,
    ELSEWHERE,
    GRANDVILLE_2,
    LANDE,
    LISTED,
    MARAIS,
    UNLISTED,
    WHOLE,
)


@pytest.mark.parametrize(
    ("territory", "home", "expected"),
    [
        (LISTED, LANDE, MET),
        (LISTED, MARAIS, UNMET),
        (LISTED, GRANDVILLE_2, MET),  # with its commune
        (LISTED, ELSEWHERE, UNMET),
        (UNLISTED, LANDE, UNKNOWN),
        (UNLISTED, BOCAGE, UNKNOWN),
        (UNLISTED, ELSEWHERE, UNMET),
        (WHOLE, MARAIS, MET),
        (WHOLE, BOCAGE, UNMET),
    ],
)
def test_a_territory_is_a_list_a_departement_or_not_known(
    territory: Territory, home: Commune, expected: State
) -> None:
    assert territory.holds(home) is expected
    assert state(InTerritory(territory), {facts.RESIDENCE: home}) is expected


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        (ELSEWHERE, LANDE, MET),
        (LANDE, ELSEWHERE, MET),
        (ELSEWHERE, MARAIS, UNMET),
        (ELSEWHERE, AT_HOME, UNMET),
        (LANDE, AT_HOME, MET),
        (ELSEWHERE, None, UNKNOWN),
        (None, LANDE, MET),
        (None, AT_HOME, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_visitors_count_by_where_they_are(home: Commune | None, place: object, expected: State) -> None:
    known: Known = {facts.RESIDENCE: home, facts.PRESENT_PLACE: place}
    told = {code: value for code, value in known.items() if value is not None}
    assert state(InTerritory(LISTED, visitors=True), told) is expected


def test_where_only_residents_are_taken_being_there_changes_nothing() -> None:
    assert state(InTerritory(LISTED), {facts.RESIDENCE: ELSEWHERE, facts.PRESENT_PLACE: LANDE}) is UNMET


def test_an_unlisted_territory_says_so_and_asks_the_operator() -> None:
    seen = found(InTerritory(UNLISTED), {facts.RESIDENCE: LANDE})
    assert "aucune source" in (seen.text or "")
    assert seen.missing == ("territoire:CPTS du Bocage",)


def test_the_operator_settles_no_territory_that_a_list_or_a_departement_settles() -> None:
    yes: Known = {"territoire:CPTS du Bocage": True, "territoire:CPTS de la Lande": True}
    assert state(InTerritory(LISTED), {**yes, facts.RESIDENCE: MARAIS}) is UNMET
    assert state(InTerritory(UNLISTED), {**yes, facts.RESIDENCE: ELSEWHERE}) is UNMET
