"""What is settled stays settled while a call becomes better known, in whatever order it is told.

The calls are those of `tests.unit.strategies`, which says what is fixed in them and why. The last tests are
the smallest calls in which knowledge once took a settled verdict back.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.checklist import Checklist, Judgement
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.need import (
    CanTravel,
    NoTechnicalPlatform,
    NoVitalEmergency,
    OfferServed,
    PrescriptionHeld,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.states import State, Verdict
from tests.unit.strategies import (
    CALLER_FACTS,
    INSTANT,
    LANDE,
    LISTED,
    TODAY,
    UNLISTED,
    FullCall,
    alone,
    catalogues,
    full_calls,
    other_answers,
    tellings,
)

Dispositifs = tuple[Dispositif, ...]
Telling = tuple[FullCall, tuple[tuple[str, object], ...]]
SETTLED = (Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE)


def verdicts(judgements: tuple[Judgement, ...]) -> dict[str, Verdict]:
    return {one.dispositif.id: one.verdict for one in judgements}


def judged(dispositifs: Dispositifs, call: Call) -> tuple[Judgement, ...]:
    return Checklist(dispositifs, call, INSTANT).judgements()


def verdicts_of_telling(dispositifs: Dispositifs, *told: tuple[str, object]) -> list[Verdict]:
    """The one dispositif's verdict after each fact told."""
    call, found = Call(), []
    for code, value in told:
        call = call.with_fact(code, value)
        found.append(judged(dispositifs, call)[0].verdict)
    return found


@given(catalogues(), tellings())
def test_a_settled_verdict_is_never_taken_back_as_facts_come_in(
    dispositifs: Dispositifs, telling: Telling
) -> None:
    full, told = telling
    checklist = Checklist(dispositifs, full.beginning(), INSTANT)
    before = verdicts(checklist.judgements())
    for code, value in told:
        checklist.learn(code, value)
        after = verdicts(checklist.judgements())
        taken_back = {
            name: (verdict, after[name])
            for name, verdict in before.items()
            if verdict is not Verdict.TO_CHECK and after[name] is not verdict
        }
        assert not taken_back, code
        before = after


@given(catalogues(), tellings())
def test_a_criterion_that_is_met_or_unmet_never_becomes_the_other(
    dispositifs: Dispositifs, telling: Telling
) -> None:
    full, told = telling
    checklist = Checklist(dispositifs, full.beginning(), INSTANT)
    before = {node.criterion: node.finding.state for node in checklist.nodes}
    for code, value in told:
        checklist.learn(code, value)
        for node in checklist.nodes:
            was, now = before[node.criterion], node.finding.state
            if was is State.UNMET:
                assert now is State.UNMET, (node.criterion, code)
            if was in (State.MET, State.NOT_APPLICABLE):
                assert now in (State.MET, State.NOT_APPLICABLE), (node.criterion, code)
            before[node.criterion] = now


@given(catalogues(), full_calls(), st.data())
def test_the_order_of_answers_never_matters(
    dispositifs: Dispositifs, full: FullCall, data: st.DataObject
) -> None:
    final = [(code, values[-1]) for code, values in full.steps.items()]
    known = data.draw(st.lists(st.sampled_from(final), unique_by=lambda pair: pair[0], max_size=len(final)))
    outcomes = []
    for order in (known, data.draw(st.permutations(known))):
        checklist = Checklist(dispositifs, full.beginning(), INSTANT)
        for code, value in order:
            checklist.learn(code, value)
        outcomes.append(checklist.judgements())
    assert outcomes[0] == outcomes[1]


@given(catalogues(), full_calls(), st.data())
def test_learning_fact_by_fact_and_forgetting_is_judging_from_scratch(
    dispositifs: Dispositifs, full: FullCall, data: st.DataObject
) -> None:
    checklist = Checklist(dispositifs, full.beginning(), INSTANT)
    codes = (*full.steps, facts.OFFER, facts.VITAL_EMERGENCY)
    for code in data.draw(st.lists(st.sampled_from(codes), max_size=12)):
        values = (None, *other_answers(code)) if code in CALLER_FACTS else (None, *full.steps.get(code, ()))
        value = data.draw(st.sampled_from(values))
        before = verdicts(checklist.judgements())
        changed = checklist.learn(code, value)
        after = checklist.judgements()
        assert after == judged(dispositifs, checklist.call)
        assert sorted(changed) == sorted(
            name for name, verdict in verdicts(after).items() if verdict is not before[name]
        )


@given(catalogues(), full_calls())
def test_forgetting_all_that_was_learnt_is_the_call_at_its_beginning(
    dispositifs: Dispositifs, full: FullCall
) -> None:
    checklist = Checklist(dispositifs, full.beginning(), INSTANT)
    at_first = checklist.judgements()
    for code, values in full.steps.items():
        checklist.learn(code, values[-1])
    assert checklist.judgements() == judged(dispositifs, full.complete())
    for code in full.steps:
        checklist.learn(code, None)
    assert checklist.judgements() == at_first


@given(catalogues(), tellings(), st.integers(0, 30))
def test_a_verdict_is_the_strongest_that_its_lines_give(
    dispositifs: Dispositifs, telling: Telling, how_many: int
) -> None:
    full, told = telling
    call = full.beginning()
    for code, value in told[:how_many]:
        call = call.with_fact(code, value)
    for judgement in judged(dispositifs, call):
        states = {line.finding.state for line in judgement.lines}
        if judgement.dispositif.out_of_service(TODAY) is not None:
            assert judgement.verdict is Verdict.OUT_OF_SERVICE
            assert not judgement.lines
            assert judgement.why_closed
        elif State.UNMET in states:
            assert judgement.verdict is Verdict.NOT_ELIGIBLE
        elif State.UNKNOWN in states:
            assert judgement.verdict is Verdict.TO_CHECK
        else:
            assert judgement.verdict is Verdict.ELIGIBLE
        assert len(judgement.lines) == len(
            [
                rule
                for rule in judgement.dispositif.rules
                if judgement.dispositif.out_of_service(TODAY) is None and rule.validity.covers(TODAY)
            ]
        )


@given(catalogues(), full_calls())
def test_the_alarm_closes_all_that_is_in_service_and_says_where_it_does(
    dispositifs: Dispositifs, full: FullCall
) -> None:
    call = full.complete().with_fact(facts.VITAL_EMERGENCY, True)
    for judgement in judged(dispositifs, call):
        if any(line.rule.criterion == NoVitalEmergency() for line in judgement.lines):
            assert judgement.verdict is Verdict.NOT_ELIGIBLE


# By design: the offer, the alarm --------------------------------------------------------------------------


def test_choosing_an_offer_narrows_what_was_looked_at() -> None:
    found = verdicts_of_telling(
        alone(OfferServed("infirmier")), (facts.OFFER, None), (facts.OFFER, "imagerie")
    )
    assert found == [Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE]


def test_an_alarm_that_nobody_gave_keeps_nothing_open() -> None:
    found = verdicts_of_telling(
        alone(NoVitalEmergency()), (facts.CAN_TRAVEL, True), (facts.VITAL_EMERGENCY, True)
    )
    assert found == [Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE]


def test_the_list_outweighs_an_operator_who_said_otherwise() -> None:
    answer = facts.TERRITORY_PREFIX + LISTED.cpts
    found = verdicts_of_telling(alone(InTerritory(LISTED)), (answer, False), (facts.RESIDENCE, LANDE))
    assert found == [Verdict.NOT_ELIGIBLE, Verdict.ELIGIBLE]


@pytest.mark.parametrize(("belongs", "verdict"), [(True, Verdict.ELIGIBLE), (False, Verdict.NOT_ELIGIBLE)])
def test_where_nobody_lists_the_communes_the_operator_settles_it(belongs: bool, verdict: Verdict) -> None:
    answer = facts.TERRITORY_PREFIX + UNLISTED.cpts
    found = verdicts_of_telling(alone(InTerritory(UNLISTED)), (facts.RESIDENCE, LANDE), (answer, belongs))
    assert found == [Verdict.TO_CHECK, verdict]


def test_a_doctor_who_was_declared_becomes_available_or_not() -> None:
    dispositifs = alone(RegularDoctor(or_unavailable=True))
    for later, verdict in (("disponible", Verdict.NOT_ELIGIBLE), ("indisponible", Verdict.ELIGIBLE)):
        found = verdicts_of_telling(
            dispositifs, (facts.REGULAR_DOCTOR, "declare"), (facts.REGULAR_DOCTOR, later)
        )
        assert found == [Verdict.TO_CHECK, verdict]


def test_being_at_home_is_settled_before_the_home_is_known() -> None:
    dispositifs = alone(RegularDoctor(or_unavailable=True, or_away=True))
    found = verdicts_of_telling(
        dispositifs,
        (facts.PRESENT_PLACE, AT_HOME),
        (facts.REGULAR_DOCTOR, "disponible"),
        (facts.RESIDENCE, LANDE),
    )
    assert found == [Verdict.TO_CHECK, Verdict.NOT_ELIGIBLE, Verdict.NOT_ELIGIBLE]


def test_a_man_is_not_pregnant_whatever_comes_after() -> None:
    found = verdicts_of_telling(alone(PregnancyIs()), (facts.SEX, "M"), (facts.PREGNANT, False))
    assert found == [Verdict.NOT_ELIGIBLE, Verdict.NOT_ELIGIBLE]


# Once taken back ----------------------------------------------------------------------------------------


def test_a_year_of_birth_does_not_make_a_known_age_unknown_again() -> None:
    told = ((facts.AGE, 17), (facts.BIRTH, PartialDate.parse("2008")))
    found = verdicts_of_telling(alone(AgeWithin(maximum=17)), *told)
    assert found == [Verdict.ELIGIBLE, Verdict.ELIGIBLE]


def test_no_prescription_settles_nothing_before_the_desk_is_known_not_to_prescribe() -> None:
    told = ((facts.PRESCRIPTION, False), (facts.ROLE, "medecin"))
    before, after = verdicts_of_telling(alone(PrescriptionHeld()), *told)
    assert after is Verdict.ELIGIBLE
    assert before is Verdict.TO_CHECK


def test_a_condition_for_some_reasons_is_no_alternative_before_the_reason_is_known() -> None:
    only_for_wounds = OnlyForReasons(frozenset({"plaie"}), CanTravel())
    told = ((facts.CAN_TRAVEL, True), (facts.TECHNICAL_PLATFORM, True), (facts.REASON, "angine"))
    found = verdicts_of_telling(alone(AnyOf((only_for_wounds, NoTechnicalPlatform()))), *told)
    assert found[1] in (found[2], Verdict.TO_CHECK)
