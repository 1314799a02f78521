"""Further questions, alternatives and conditions for some reasons only."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from osnp_console.domain import facts
from osnp_console.domain.criteria.answers import (
    GENERAL_SLOTS_GONE,
    AnswerIs,
    AnyOf,
    OnlyForReasons,
    OthersExhausted,
)
from osnp_console.domain.criteria.base import Moment
from osnp_console.domain.criteria.need import (
    CanTravel,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs
from osnp_console.domain.states import State
from tests.unit.judged_criteria import MET, NOT_APPLICABLE, UNKNOWN, UNMET, Known, found, state


@pytest.mark.parametrize(("answer", "expected"), [(True, UNMET), (False, MET), (None, UNKNOWN)])
def test_a_further_question_may_expect_a_no(answer: bool | None, expected: State) -> None:
    criterion = AnswerIs("fievre", False, "A-t-il de la fièvre ?")
    assert state(criterion, {} if answer is None else {"fievre": answer}) is expected
    assert criterion.label == "A-t-il de la fièvre ?"


@pytest.mark.parametrize(("gone", "expected"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_a_centre_of_last_resort_waits_for_the_agendas(gone: bool | None, expected: State) -> None:
    known: Known = {} if gone is None else {GENERAL_SLOTS_GONE: gone}
    assert state(OthersExhausted(("44-lande-mg",)), known) is expected


EITHER = AnyOf((AgeWithin(65), PregnancyIs()))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, UNKNOWN),
        ({facts.AGE: 70}, MET),
        ({facts.AGE: 30}, UNKNOWN),
        ({facts.AGE: 30, facts.PREGNANT: True}, MET),
        ({facts.AGE: 30, facts.PREGNANT: False}, UNMET),
        ({facts.PREGNANT: True}, MET),
    ],
)
def test_one_alternative_is_enough_and_all_must_fail(known: Known, expected: State) -> None:
    assert state(EITHER, known) is expected


def test_open_alternatives_ask_all_that_they_lack() -> None:
    assert {facts.BIRTH, facts.PREGNANT} <= set(found(EITHER, {}).missing)
    assert EITHER.label == "À partir de 65 ans ou Enceinte"


WOUNDS_IN_PERSON = OnlyForReasons(frozenset({"plaie"}), CanTravel())


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, UNKNOWN),
        ({facts.REASON: "angine"}, NOT_APPLICABLE),
        ({facts.REASON: "angine", facts.CAN_TRAVEL: False}, NOT_APPLICABLE),
        ({facts.REASON: "plaie"}, UNKNOWN),
        ({facts.REASON: "plaie", facts.CAN_TRAVEL: False}, UNMET),
        ({facts.REASON: "plaie", facts.CAN_TRAVEL: True}, MET),
        ({facts.CAN_TRAVEL: True}, MET),
        ({facts.CAN_TRAVEL: False}, UNKNOWN),
    ],
)
def test_a_condition_for_some_reasons_counts_for_those_only(known: Known, expected: State) -> None:
    assert state(WOUNDS_IN_PERSON, known) is expected


def test_equal_criteria_are_the_same_criterion() -> None:
    assert {AgeWithin(18), AgeWithin(18)} == {AgeWithin(18)}
    assert AnyOf((CanTravel(),)) == AnyOf((CanTravel(),))
    assert ReasonAmong(frozenset({"a"})) != ReasonAmong(frozenset({"a"}), admitted=False)


def test_a_moment_without_offset_is_the_clock_of_paris() -> None:
    assert Moment.at(datetime(2026, 11, 24, 0, 5)).day == date(2026, 11, 24)  # noqa: DTZ001
    assert Moment.at(datetime.fromisoformat("2026-11-23T23:05:00+00:00")).day == date(2026, 11, 24)
