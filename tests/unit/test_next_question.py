"""The next question: only what a caller can answer, in the right order, and none that changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.answers import AnswerIs, AnyOf, OnlyForReasons, OthersExhausted
from osnp_console.domain.criteria.desk import MayRefer
from osnp_console.domain.criteria.need import CanTravel, NoTechnicalPlatform, OnsetWithin, PrescriptionHeld
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import DECLARED, RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.next_question import FOLLOW_UPS, Question, next_question
from osnp_console.domain.states import State, Verdict
from tests.unit.strategies import (
    BY_CALLER,
    BY_CALLER_TOO,
    BY_OPERATOR,
    CALLER_FACTS,
    DEFINED,
    ELSEWHERE,
    INSTANT,
    LANDE,
    LISTED,
    NOT_FOR_THE_CALLER,
    SOURCE,
    TERRITORIES,
    UNLISTED,
    FullCall,
    alone,
    catalogues,
    conditions,
    full_calls,
    other_answers,
    tellings,
)

Dispositifs = tuple[Dispositif, ...]
Telling = tuple[FullCall, tuple[tuple[str, object], ...]]
TERRITORY_FACTS = tuple(facts.TERRITORY_PREFIX + territory.cpts for territory in TERRITORIES)


def asked_first(dispositifs: Dispositifs, call: Call) -> str | None:
    question = next_question(Checklist(dispositifs, call, INSTANT), DEFINED)
    return question.fact if question is not None else None


def verdicts(checklist: Checklist) -> list[Verdict]:
    return [one.verdict for one in checklist.judgements()]


def open_for_the_caller(checklist: Checklist) -> set[str]:
    """The facts that open criteria of dispositifs still to check say they lack."""
    return {
        fact
        for judgement in checklist.judgements()
        if judgement.verdict is Verdict.TO_CHECK
        for line in judgement.lines
        if line.finding.state is State.UNKNOWN
        for fact in line.finding.missing
        if fact not in NOT_FOR_THE_CALLER
    }


def could_still_be_told(call: Call, code: str) -> bool:
    """True for a fact not known, a date not known to the day, a doctor only declared."""
    value = call.known.get(code)
    if isinstance(value, PartialDate):
        return value.first != value.last
    return value is None or value == DECLARED


def credible_answers(call: Call, code: str) -> tuple[object, ...]:
    """The answers to a fact that do not contradict what is known: nobody is pregnant and a man."""
    if code == facts.SEX and call.truth(facts.PREGNANT):
        return ("F", "I")
    return other_answers(code)


def changing_facts(checklist: Checklist, codes: tuple[str, ...]) -> list[str]:
    """Those of the facts not known yet of which some answer would change some verdict."""
    call, now = checklist.call, verdicts(checklist)
    changing = []
    for code in codes:
        answers = () if code in call.known else credible_answers(call, code)
        outcomes = (
            Checklist(checklist.dispositifs, call.with_fact(code, value), INSTANT) for value in answers
        )
        if any(verdicts(outcome) != now for outcome in outcomes):
            changing.append(code)
    return changing


@st.composite
def calls_under_way(draw: st.DrawFn) -> Call:
    """A call of which a part has come out, and of the rest some questions have been asked in vain."""
    full, told = draw(tellings())
    call = full.beginning()
    for code, value in told[: draw(st.integers(0, len(told)))]:
        call = call.with_fact(code, value)
    unanswered = [code for code in CALLER_FACTS if code not in call.known]
    every = draw(st.lists(st.booleans(), min_size=len(unanswered), max_size=len(unanswered)))
    return Call(call.known, frozenset(code for code, asked in zip(unanswered, every, strict=True) if asked))


@given(catalogues(), calls_under_way())
def test_a_question_is_one_that_the_caller_can_answer_and_has_not(
    dispositifs: Dispositifs, call: Call
) -> None:
    checklist = Checklist(dispositifs, call, INSTANT)
    question = next_question(checklist, DEFINED)
    if question is None:
        assert not open_for_the_caller(checklist)
        return
    assert question.fact not in NOT_FOR_THE_CALLER
    assert question.fact in open_for_the_caller(checklist)
    assert could_still_be_told(call, question.fact)
    assert question.text
    assert question.decides_for > 0


@given(catalogues(), calls_under_way())
def test_a_territory_waits_for_all_else_and_what_was_asked_in_vain_waits_for_everything(
    dispositifs: Dispositifs, call: Call
) -> None:
    checklist = Checklist(dispositifs, call, INSTANT)
    question = next_question(checklist, DEFINED)
    if question is None:
        return
    still_open = open_for_the_caller(checklist)
    fresh = {code for code in still_open if code not in call.asked}
    if question.fact in call.asked:
        assert not fresh
    if question.fact.startswith(facts.TERRITORY_PREFIX):
        assert all(code.startswith(facts.TERRITORY_PREFIX) for code in fresh)


@given(catalogues(), calls_under_way())
def test_asking_twice_the_same_call_asks_the_same(dispositifs: Dispositifs, call: Call) -> None:
    first = next_question(Checklist(dispositifs, call, INSTANT), DEFINED)
    again = Call(dict(reversed(list(call.known.items()))), call.asked)
    assert first == next_question(Checklist(dispositifs, again, INSTANT), DEFINED)


def answered_through(dispositifs: Dispositifs, full: FullCall) -> tuple[Checklist, list[Question]]:
    """The checklist once the questions have run out, and the questions asked."""
    checklist = Checklist(dispositifs, full.beginning(), INSTANT)
    for code in NOT_FOR_THE_CALLER & full.steps.keys():
        checklist.learn(code, full.answer(code))
    questions: list[Question] = []
    while (question := next_question(checklist, DEFINED)) is not None:
        assert question.fact not in [one.fact for one in questions], "asked twice"
        questions.append(question)
        checklist.learn(question.fact, full.answer(question.fact))
    return checklist, questions


@given(catalogues(), full_calls())
def test_once_no_question_is_left_no_answer_of_a_caller_changes_a_verdict(
    dispositifs: Dispositifs, full: FullCall
) -> None:
    checklist, questions = answered_through(dispositifs, full)
    assert len(questions) <= len(full.steps) + len(TERRITORIES)
    assert not changing_facts(checklist, CALLER_FACTS)


@given(catalogues(), full_calls(), st.data())
def test_once_no_question_is_left_several_answers_together_change_no_verdict_either(
    dispositifs: Dispositifs, full: FullCall, data: st.DataObject
) -> None:
    checklist, _ = answered_through(dispositifs, full)
    unknown = [code for code in CALLER_FACTS if code not in checklist.call.known]
    now = verdicts(checklist)
    for code in data.draw(st.lists(st.sampled_from(unknown), max_size=6, unique=True)) if unknown else ():
        checklist.learn(code, data.draw(st.sampled_from(credible_answers(checklist.call, code))))
    assert verdicts(checklist) == now


@given(catalogues(), full_calls())
def test_questions_lead_to_the_verdicts_of_the_whole_call_wherever_they_settle_one(
    dispositifs: Dispositifs, full: FullCall
) -> None:
    checklist, _ = answered_through(dispositifs, full)
    whole = Checklist(dispositifs, full.complete(), INSTANT)
    for found, in_the_end in zip(checklist.judgements(), whole.judgements(), strict=True):
        if found.verdict is not Verdict.TO_CHECK:
            assert in_the_end.verdict in (found.verdict, Verdict.TO_CHECK)


# In the words of the job -----------------------------------------------------------------------------------


def test_nothing_is_asked_when_nothing_is_in_service() -> None:
    planned = Dispositif(
        "d", LISTED.cpts, "44", "medecine_generale", Status.PLANNED, "", SOURCE,
        rules=(Rule("age", AgeWithin(18), "", SOURCE),),
    )  # fmt: skip
    assert asked_first((planned,), Call()) is None


def test_a_dispositif_already_refused_asks_nothing_more() -> None:
    dispositifs = alone(CanTravel(), AgeWithin(18))
    assert asked_first(dispositifs, Call({facts.CAN_TRAVEL: False})) is None


def test_neither_the_agendas_nor_the_desk_are_asked_of_the_caller() -> None:
    dispositifs = alone(OthersExhausted(("a",)), MayRefer(LISTED.cpts), AnswerIs(BY_OPERATOR, True, "?"))
    assert asked_first(dispositifs, Call()) is None
    assert verdicts(Checklist(dispositifs, Call(), INSTANT)) == [Verdict.TO_CHECK]


def test_the_doctor_who_was_declared_is_asked_about_again_in_other_words() -> None:
    call = Call({facts.REGULAR_DOCTOR: DECLARED})
    question = next_question(Checklist(alone(RegularDoctor(or_unavailable=True)), call, INSTANT), DEFINED)
    assert question is not None
    assert question.text == FOLLOW_UPS[facts.REGULAR_DOCTOR]


def test_a_date_known_to_the_year_is_asked_to_the_day_when_the_day_decides() -> None:
    dispositifs = alone(OnsetWithin(months=1))
    assert asked_first(dispositifs, Call({facts.ONSET: PartialDate.parse("2026")})) == facts.ONSET
    assert asked_first(dispositifs, Call({facts.ONSET: PartialDate.parse("2025")})) is None


def test_a_territory_nobody_lists_is_asked_by_the_name_of_its_cpts_when_nothing_else_is_open() -> None:
    dispositifs = alone(InTerritory(UNLISTED), CanTravel())
    call = Call({facts.RESIDENCE: LANDE})
    assert asked_first(dispositifs, call) == facts.CAN_TRAVEL
    question = next_question(Checklist(dispositifs, call.with_fact(facts.CAN_TRAVEL, True), INSTANT), DEFINED)
    assert question is not None
    assert question.fact == facts.TERRITORY_PREFIX + UNLISTED.cpts
    assert UNLISTED.cpts in question.text


def test_another_departement_needs_no_question_on_the_territory() -> None:
    assert asked_first(alone(InTerritory(UNLISTED)), Call({facts.RESIDENCE: ELSEWHERE})) is None


def test_what_was_asked_in_vain_comes_back_only_when_nothing_else_is_left() -> None:
    dispositifs = alone(CanTravel(), NoTechnicalPlatform())
    in_vain = frozenset({facts.CAN_TRAVEL})
    assert asked_first(dispositifs, Call({}, in_vain)) == facts.TECHNICAL_PLATFORM
    assert asked_first(dispositifs, Call({facts.TECHNICAL_PLATFORM: False}, in_vain)) == facts.CAN_TRAVEL


def test_a_question_defined_by_the_catalogue_is_asked_in_its_words() -> None:
    question = next_question(Checklist(alone(AnswerIs(BY_CALLER, True, "?")), Call(), INSTANT), DEFINED)
    assert question == Question(BY_CALLER, DEFINED[BY_CALLER].question, 1)


def test_a_sex_recorded_as_indeterminate_is_not_asked_again() -> None:
    assert asked_first(alone(SexIs("F")), Call({facts.SEX: "I"})) is None


def test_nothing_is_asked_of_which_no_answer_changes_a_verdict() -> None:
    either = AnyOf((CanTravel(), OthersExhausted(("a",))))
    announced = MayRefer(LISTED.cpts, announced=frozenset({"iao"}))
    call = Call({facts.ROLE: "iao"})
    for able in (True, False):
        answered = Checklist(alone(either, announced), call.with_fact(facts.CAN_TRAVEL, able), INSTANT)
        assert verdicts(answered) == [Verdict.TO_CHECK]
    assert asked_first(alone(either, announced), call) is None


# What was asked in vain, while another answer would settle it (contract, `demandes`) ------------------------


def test_a_caller_who_does_not_know_the_date_of_birth_is_asked_the_age() -> None:
    assert asked_first(alone(AgeWithin(18)), Call({}, frozenset({facts.BIRTH}))) == facts.AGE


def test_a_caller_who_does_not_know_whether_she_is_pregnant_is_asked_the_sex() -> None:
    assert asked_first(alone(PregnancyIs()), Call({}, frozenset({facts.PREGNANT}))) == facts.SEX


def test_a_caller_who_cannot_name_the_reason_is_asked_the_condition_that_would_settle_it() -> None:
    dispositifs = alone(OnlyForReasons(frozenset({"plaie"}), CanTravel()))
    assert asked_first(dispositifs, Call({}, frozenset({facts.REASON}))) == facts.CAN_TRAVEL


def test_a_caller_who_cannot_tell_whether_the_practitioner_is_free_is_asked_whether_he_was_contacted() -> (
    None
):
    call = Call({facts.USUAL_PRACTITIONER: DECLARED}, frozenset({facts.USUAL_PRACTITIONER}))
    assert asked_first(alone(UsualPractitionerFirst(contacted=True)), call) == facts.USUAL_CONTACTED


def test_a_right_to_refer_that_the_caller_can_settle_is_asked_though_the_sas_is_not_known() -> None:
    referral = MayRefer(LISTED.cpts, sas=frozenset({"44"}), conditional=(("osnp", BY_CALLER_TOO),))
    assert asked_first(alone(referral), Call({facts.ROLE: "osnp"})) == BY_CALLER_TOO


def test_a_prescription_is_asked_though_the_role_of_the_desk_is_not_known() -> None:
    assert asked_first(alone(PrescriptionHeld()), Call()) == facts.PRESCRIPTION


@st.composite
def a_condition_asked_about_in_vain(draw: st.DrawFn) -> tuple[Dispositifs, Call]:
    """One dispositif in service with a condition or two, at a known desk, early in a call."""
    dispositifs = alone(*draw(st.lists(conditions(), min_size=1, max_size=2)))
    full = draw(full_calls())
    told = draw(st.lists(st.sampled_from(CALLER_FACTS), max_size=3, unique=True))
    desk = [code for code in full.steps if code in NOT_FOR_THE_CALLER]
    known = {code: full.steps[code][-1] for code in (*told, *desk) if code in full.steps}
    call = Call({**full.at_once, **known})
    first = asked_first(dispositifs, call)
    return dispositifs, Call(call.known, frozenset({first}) if first else frozenset())


@given(a_condition_asked_about_in_vain())
def test_no_fresh_question_is_forgotten_for_one_that_was_asked_in_vain(
    found: tuple[Dispositifs, Call],
) -> None:
    dispositifs, call = found
    checklist = Checklist(dispositifs, call, INSTANT)
    if asked_first(dispositifs, call) in call.asked:
        assert not changing_facts(checklist, tuple(code for code in CALLER_FACTS if code not in call.asked))
