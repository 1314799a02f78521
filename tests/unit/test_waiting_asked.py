"""What a list's tool asks, prepared from the call; who may register there, and where it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.calls.sheet_words import Knowledge
from osnp_console.app.checklist.check_eligibility import answer_for
from osnp_console.app.checklist.criterion_words import Part, can_fold, detail_lines, fold_met
from osnp_console.app.waiting import rules as said
from osnp_console.app.waiting.asked import (
    TO_ASK,
    asked_by_tool,
    need_of,
    page_of,
    registered,
    text_to_copy,
)
from osnp_console.app.waiting.rules import list_rules, may_words
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import ASKED, CallSheet
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.sources import Source
from osnp_console.domain.states import State
from osnp_console.domain.transfer.line import Said, Told, Topic
from osnp_console.domain.waiting_list import WaitingList
from tests.unit.checklists import dispositif
from tests.unit.strategies import INSTANT
from tests.unit.told_calls import CATALOGUE, HOSPITAL, MARTIN, told_call

S5 = Source("S5", 44)
PHYSIOTHERAPY = WaitingList(
    S5,
    frozenset({"medecin", "telesecretariat"}),
    months=1,
    sessions_at_most=3,
    sessions_a_week_at_most=2,
    confirmation="mail",
    conditional=(("telesecretariat", HOSPITAL),),
    where=Said("Liste commune en ligne.", Source("S5", 45)),
    criteria=(Said("Critères de la plaquette ; la source ne les donne pas.", S5),),
    asks=(
        Told(S5, Topic.IDENTITY),
        Told(S5, Topic.REASON, text="avec les informations médicales"),
        Told(S5, Topic.PRESCRIPTION),
        Told(S5, text="Adresse électronique"),
    ),
)
FULL = CallSheet(MARTIN)


def test_what_the_tool_asks_is_prepared_in_its_order_and_what_lacks_stands_at_its_place() -> None:
    asked = asked_by_tool(told_call(FULL), PHYSIOTHERAPY, CATALOGUE)
    assert [(one.label, one.text) for one in asked.lines] == [
        ("Patiente", "Léa MARTIN, née le 2 mai 1994, 32 ans"),
        ("Motif", "Cystite, à voir sous 24 h"),
        ("Ordonnance", "pas demandé"),
        ("Adresse électronique", TO_ASK),
    ]
    assert not asked.is_usual
    assert [one.ask for one in asked.lacking] == [facts.PRESCRIPTION], (
        "a text that no field holds leads nowhere"
    )
    copied = text_to_copy(asked, [("Courriel", "lea@exemple.invalid"), ("Priorité", "")])
    assert copied.splitlines()[1:] == [
        "Motif (avec les informations médicales)\u202f: Cystite, à voir sous 24 h",
        "Ordonnance\u202f: pas demandé",
        f"Adresse électronique\u202f: {TO_ASK}",
        "Courriel\u202f: lea@exemple.invalid",
    ]


def test_a_list_whose_source_names_nothing_gets_the_usual_marked_as_such() -> None:
    quiet = WaitingList(S5)
    asked = asked_by_tool(told_call(FULL), quiet, CATALOGUE)
    assert asked.is_usual
    assert [one.label for one in asked.lines] == ["Patiente", "Habite à", "Motif", "Rappeler au"]
    doctors = told_call(FULL, nature="liste_attente_medecin_traitant")
    assert [one.label for one in asked_by_tool(doctors, quiet, CATALOGUE).lines][2] == "Médecin traitant"


def test_what_was_asked_in_vain_is_not_asked_again() -> None:
    sheet = FULL.put(facts.PRESCRIPTION, ASKED)
    asked = asked_by_tool(told_call(sheet), PHYSIOTHERAPY, CATALOGUE)
    assert asked.lines[2].knowledge is Knowledge.ASKED
    assert asked.lacking == ()


def test_the_patient_is_registered_with_their_own_number_else_the_callers() -> None:
    assert registered(FULL, mail=" lea@exemple.invalid ").phone == "+33639982744"
    assert registered(FULL, mail=" lea@exemple.invalid ").mail == "lea@exemple.invalid"
    own = registered(FULL.put(fields.PATIENT_PHONE, "02 61 91 12 34"))
    assert (own.phone, own.name, own.commune, own.birth) == ("+33261911234", "MARTIN", "44901", "02/05/1994")
    assert registered(FULL, phone="poste 12 au foyer").phone == "poste 12 au foyer", "kept as it was typed"
    assert need_of(told_call(FULL), CATALOGUE) == "Cystite"


@pytest.mark.parametrize(
    ("role", "known", "state", "sentence"),
    [
        ("medecin", {}, State.MET, said.MAY),
        ("telesecretariat", {HOSPITAL: True}, State.MET, said.MAY),
        ("telesecretariat", {HOSPITAL: False}, State.UNMET, said.MAY_NOT),
        ("telesecretariat", {}, State.UNKNOWN, said.UNDER_CONDITION),
        ("osnp", {}, State.UNMET, said.MAY_NOT),
        (None, {}, State.UNKNOWN, said.NO_ROLE),
    ],
)
def test_whether_this_desk_registers_has_three_answers_each_with_its_reason(
    role: str | None, known: dict[str, object], state: State, sentence: str
) -> None:
    call = Call({**({facts.ROLE: role} if role else {}), **known})
    who = list_rules(PHYSIOTHERAPY, PHYSIOTHERAPY.may_register(call), call)[0]
    assert (who.state, who.note) == (state, sentence)
    assert who.text == "médecin, télésecrétariat (sous condition)"
    assert who.fact == (HOSPITAL if role == "telesecretariat" else "")


def test_a_list_where_only_patients_register_says_so_and_a_silent_source_is_no_refusal() -> None:
    theirs = WaitingList(S5, frozenset({"patient"}))
    assert may_words(theirs, State.UNMET) == said.BY_THEMSELVES
    silent = {one.label: one.text for one in list_rules(WaitingList(S5))}
    assert silent == {"Qui inscrit": "non précisé", "Où": "non précisé", "Durée": "non précisé"}
    assert may_words(WaitingList(S5), State.UNKNOWN) == said.NOBODY_SAYS
    assert list_rules(WaitingList(S5, kept_here=True))[1].text == said.KEPT_HERE


def test_the_detail_of_a_dispositif_says_the_lists_rules_each_with_its_source() -> None:
    one = replace(dispositif("85-kine"), waiting_list=PHYSIOTHERAPY)
    call = Call({facts.ROLE: "medecin"})
    answer = answer_for(Checklist((one,), call, INSTANT).judgements()[0], call, INSTANT)
    lines = [line for line in detail_lines(answer, INSTANT) if line.part is Part.WAITING]
    assert [(line.label.replace("\u202f", ""), line.refers) for line in lines] == [
        ("Qui inscrit: médecin, télésecrétariat (sous condition)", "S5 p. 44"),
        ("Où: Liste commune en ligne.", "S5 p. 45"),
        ("Critère: Critères de la plaquette; la source ne les donne pas.", "S5 p. 44"),
        ("Durée: 1 mois au plus", "S5 p. 44"),
        ("Séances: 3 au plus, 2 par semaine au plus", "S5 p. 44"),
        ("Confirmation: par courriel", "S5 p. 44"),
    ]
    assert (lines[0].state, lines[0].second) == (State.MET, said.MAY)
    assert lines[0].sentence.endswith(f"oui, {said.MAY.rstrip('.')}, S5 p. 44")
    # That the desk registers is no condition of the dispositif: it is never folded among those.
    assert not can_fold((*lines, replace(lines[0], state=State.UNKNOWN)))
    assert lines[0] in fold_met(lines, opened=False)


def test_only_a_page_that_is_safe_to_open_is_offered() -> None:
    one = dispositif("85-kine")
    assert page_of(replace(one, website="https://www.cpts.invalid/")) == "https://www.cpts.invalid/"
    assert page_of(replace(one, website="http://www.cpts.invalid/")) == ""
    assert page_of(one) == ""
