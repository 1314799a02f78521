"""Which fields the form shows, which it marks as still to ask, and where an answer goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.intake_fields import (
    ALWAYS,
    MOST_QUESTIONS,
    NOTHING_YET,
    IntakeFields,
    field_of,
    fields_for,
)
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, CallSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE, AnswerIs, OthersExhausted
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import CanTravel, OfferServed, OnsetWithin, ReasonAmong
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.dispositif import Dispositif, NurseVisit, Rule, Status
from osnp_console.domain.facts import AnsweredBy, Fact
from tests.unit.strategies import INSTANT, LANDE, LISTED, SOURCE, catalogues

QUESTIONS = {code: Fact(code, f"Question {code} ?") for code in ("q1", "q2", "q3", "q4", "q5")}
AGENDA_ONLY = {GENERAL_SLOTS_GONE: Fact(GENERAL_SLOTS_GONE, "Plus rien ?", AnsweredBy.AGENDAS)}
GENERAL = "medecine_generale"


def dispositif(name: str, nature: str, *criteria: Criterion, visit: NurseVisit | None = None) -> Dispositif:
    conditions = (OfferServed(nature), *criteria)
    rules = tuple(Rule(f"r{n}", one, one.label, SOURCE) for n, one in enumerate(conditions))
    ways = (Access(Mode.AGENDA, SOURCE),)
    return Dispositif(
        name, "CPTS", "44", nature, Status.IN_SERVICE, "", SOURCE,
        rules=rules, accesses=ways, nurse_visit=visit,
    )  # fmt: skip


def question(code: str) -> AnswerIs:
    return AnswerIs(code, True, QUESTIONS[code].question)


def form(
    dispositifs: tuple[Dispositif, ...],
    sheet: CallSheet = EMPTY_SHEET,
    known: dict[str, object] | None = None,
    leading: str | None = None,
    before: IntakeFields = NOTHING_YET,
) -> IntakeFields:
    catalogue = Catalogue(
        "1", "", dispositifs, facts={**QUESTIONS, **AGENDA_ONLY},
        reason_offers={"echo": frozenset({"sage_femme"}), "otite": frozenset({GENERAL})},
    )  # fmt: skip
    offered = {facts.OFFER: sheet.text(facts.OFFER)} if sheet.text(facts.OFFER) else {}
    call = Call({**offered, **(known or {})})
    return fields_for(Checklist(dispositifs, call, INSTANT), sheet, catalogue, leading, before)


def offered(nature: str | None) -> CallSheet:
    return EMPTY_SHEET.put(facts.OFFER, nature)


@pytest.mark.parametrize(
    ("offer", "shown"),
    [
        (GENERAL, {facts.TECHNICAL_PLATFORM, facts.REGULAR_DOCTOR}),
        ("centre_snp", {facts.TECHNICAL_PLATFORM, facts.REGULAR_DOCTOR}),
        ("liste_attente_medecin_traitant", {facts.REGULAR_DOCTOR}),
        ("infirmier", {facts.PRESCRIPTION, facts.USUAL_PRACTITIONER}),
        ("biologie", {facts.PRESCRIPTION, facts.USUAL_PRACTITIONER}),
        ("dentaire", {facts.USUAL_PRACTITIONER}),
        ("protocole_pharmacien", {facts.USUAL_PRACTITIONER}),
        (None, {facts.TECHNICAL_PLATFORM, facts.REGULAR_DOCTOR}),
    ],
)
def test_each_offer_has_its_fields(offer: str | None, shown: set[str]) -> None:
    assert form((), offered(offer)).shown == ALWAYS | shown | {facts.CAN_TRAVEL}


@pytest.mark.parametrize(
    ("offer", "label"),
    [
        ("infirmier", "Infirmier habituel"),
        ("kinesitherapie", "Kiné habituel"),
        ("imagerie", "Praticien habituel"),
        (None, "Praticien habituel"),
    ],
)
def test_the_usual_practitioner_is_named_by_the_offer(offer: str | None, label: str) -> None:
    assert form((), offered(offer)).usual_label == label


def test_a_protocol_that_asks_for_the_regular_doctor_shows_him() -> None:
    asks = dispositif("a", "protocole_pharmacien", RegularDoctor())
    shown = form((asks,), offered("protocole_pharmacien")).shown
    assert facts.REGULAR_DOCTOR in shown
    assert facts.USUAL_PRACTITIONER not in shown


def test_the_onset_is_shown_once_a_dispositif_in_play_counts_from_it() -> None:
    counts = dispositif("a", "orthophonie", OnsetWithin(months=1), ReasonAmong(frozenset({"avc"})))
    assert facts.ONSET in form((counts,), offered("orthophonie")).shown
    assert facts.ONSET not in form((counts,), offered(GENERAL)).shown
    refused = form((counts,), offered("orthophonie"), {facts.REASON: "autre"})
    assert facts.ONSET not in refused.shown


def test_a_field_does_not_vanish_when_its_dispositif_is_refused_but_it_is_no_longer_to_ask() -> None:
    counts = dispositif("a", "orthophonie", OnsetWithin(months=1), ReasonAmong(frozenset({"avc"})))
    before = form((counts,), offered("orthophonie"))
    after = form((counts,), offered("orthophonie"), {facts.REASON: "autre"}, before=before)
    assert facts.ONSET in before.to_ask
    assert facts.ONSET in after.shown
    assert facts.ONSET not in after.to_ask


def test_another_offer_is_another_form() -> None:
    before = form((), offered("infirmier"))
    after = form((), offered(GENERAL), before=before)
    assert facts.PRESCRIPTION in before.shown
    assert facts.PRESCRIPTION not in after.shown


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({facts.SEX: "F", facts.AGE: 30}, True),
        ({facts.SEX: "F"}, True),
        ({facts.SEX: "F", facts.AGE: 10}, True),
        ({facts.SEX: "F", facts.AGE: 55}, True),
        ({facts.SEX: "F", facts.AGE: 9}, False),
        ({facts.SEX: "F", facts.AGE: 56}, False),
        ({facts.SEX: "M", facts.AGE: 30}, False),
        ({facts.AGE: 30}, False),
    ],
)
def test_pregnancy_is_asked_of_women_of_childbearing_age_only(known: dict[str, object], shown: bool) -> None:
    asks = dispositif("a", "sage_femme", PregnancyIs())
    assert (facts.PREGNANT in form((asks,), offered("sage_femme"), known).shown) is shown


def test_pregnancy_is_asked_when_the_reason_is_one_that_midwives_see() -> None:
    woman = {facts.SEX: "F", facts.AGE: 30}
    assert facts.PREGNANT in form((), offered(GENERAL), {**woman, facts.REASON: "echo"}).shown
    assert facts.PREGNANT not in form((), offered(GENERAL), {**woman, facts.REASON: "otite"}).shown


def test_coming_is_not_asked_when_everybody_goes_to_the_home_or_stays_remote() -> None:
    visit = NurseVisit(SOURCE, "jour", places=("domicile",))
    at_home = dispositif("a", "infirmier", visit=visit)
    at_practice = dispositif("b", "infirmier")
    remote = dispositif("c", "teleconsultation")
    assert facts.CAN_TRAVEL not in form((at_home,), offered("infirmier")).shown
    assert facts.CAN_TRAVEL in form((at_home, at_practice), offered("infirmier")).shown
    assert facts.CAN_TRAVEL not in form((remote,), offered("teleconsultation")).shown
    asking = dispositif("d", "infirmier", CanTravel(), visit=visit)
    assert facts.CAN_TRAVEL in form((asking,), offered("infirmier")).shown


def test_what_a_dispositif_in_play_hangs_on_is_to_ask() -> None:
    asks = dispositif("a", GENERAL, RegularDoctor(or_unavailable=True), AgeWithin(18, None))
    assert form((asks,), offered(GENERAL)).to_ask == {facts.REGULAR_DOCTOR, facts.BIRTH}


def test_what_was_asked_in_vain_is_not_to_ask_again() -> None:
    asks = dispositif("a", GENERAL, RegularDoctor(), AgeWithin(18, None))
    sheet = offered(GENERAL).put(facts.REGULAR_DOCTOR, ASKED).put(facts.BIRTH, ASKED)
    assert form((asks,), sheet).to_ask == frozenset()


def test_further_questions_are_those_of_dispositifs_in_play_and_never_the_agendas() -> None:
    asks = dispositif("a", GENERAL, question("q1"), OthersExhausted(("b",)))
    refused = dispositif("b", "infirmier", question("q2"))
    shown = form((asks, refused), offered(GENERAL))
    assert [fact.code for fact in shown.questions] == ["q1"]
    assert "q1" in shown.shown
    assert "q1" in shown.to_ask


def test_at_most_three_questions_are_shown_and_the_next_one_is_among_them() -> None:
    asks = dispositif("a", GENERAL, *(question(code) for code in QUESTIONS))
    assert [f.code for f in form((asks,), offered(GENERAL)).questions] == ["q1", "q2", "q3"]
    assert [f.code for f in form((asks,), offered(GENERAL), leading="q5").questions] == ["q5", "q1", "q2"]


def test_a_question_shown_keeps_its_place_and_gives_it_only_to_the_next_once_answered() -> None:
    asks = dispositif("a", GENERAL, *(question(code) for code in QUESTIONS))
    first = form((asks,), offered(GENERAL))
    sheet = offered(GENERAL).put("q2", True)
    second = form((asks,), sheet, {"q2": True}, before=first)
    third = form((asks,), sheet, {"q2": True}, leading="q4", before=second)
    assert [fact.code for fact in second.questions] == ["q1", "q2", "q3"]
    assert [fact.code for fact in third.questions] == ["q1", "q4", "q3"]


def test_questions_wait_for_the_commune_unless_they_lead() -> None:
    asks = dispositif("a", GENERAL, question("q1"), InTerritory(LISTED))
    assert form((asks,), offered(GENERAL)).questions == ()
    assert [fact.code for fact in form((asks,), offered(GENERAL), leading="q1").questions] == ["q1"]
    here = form((asks,), offered(GENERAL), {facts.RESIDENCE: LANDE})
    assert [fact.code for fact in here.questions] == ["q1"]


def test_a_question_that_nothing_hangs_on_any_more_gives_its_place_first() -> None:
    asks = dispositif("a", GENERAL, *(question(code) for code in ("q1", "q2")))
    other = dispositif("b", GENERAL, question("q3"), ReasonAmong(frozenset({"otite"})))
    third = dispositif("c", GENERAL, question("q4"))
    first = form((asks, other, third), offered(GENERAL))
    assert [fact.code for fact in first.questions] == ["q1", "q2", "q3"]
    angine: dict[str, object] = {facts.REASON: "angine"}
    after = form((asks, other, third), offered(GENERAL), angine, leading="q4", before=first)
    assert [fact.code for fact in after.questions] == ["q1", "q2", "q4"]


def test_an_answered_question_is_shown_again_when_the_call_comes_back() -> None:
    asks = dispositif("a", GENERAL, *(question(code) for code in QUESTIONS))
    back = form((asks,), offered(GENERAL).put("q4", ASKED))
    assert [fact.code for fact in back.questions] == ["q4", "q1", "q2"]


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (facts.AGE, facts.BIRTH),
        (facts.BIRTH, facts.BIRTH),
        (facts.USUAL_CONTACTED, facts.USUAL_CONTACTED),
        ("territoire:CPTS du Bocage", None),
        (facts.ROLE, None),
        (facts.VITAL_EMERGENCY, None),
        ("q1", "q1"),
    ],
)
def test_each_fact_is_answered_in_its_field(fact: str, field: str | None) -> None:
    assert field_of(fact) == field


def test_the_field_of_the_next_question_is_always_shown() -> None:
    usual = dispositif("a", GENERAL, UsualPractitionerFirst())
    assert facts.USUAL_PRACTITIONER in form((usual,), offered(GENERAL)).shown
    assert facts.ONSET in form((), offered(GENERAL), leading=facts.ONSET).shown


@given(catalogues(), st.lists(st.sampled_from(["q1", "q3", facts.REGULAR_DOCTOR]), max_size=3))
def test_whatever_is_answered_nothing_shown_vanishes_under_one_offer(
    dispositifs: tuple[Dispositif, ...], answered: list[str]
) -> None:
    sheet, known, before = offered(GENERAL), dict[str, object](), form(dispositifs, offered(GENERAL))
    for code in answered:
        sheet = sheet.put(code, ASKED)
        after = form(dispositifs, sheet, known, before=before)
        assert before.shown <= after.shown
        assert len(after.questions) <= MOST_QUESTIONS
        assert {fact.code for fact in after.questions} <= after.shown
        before = after
