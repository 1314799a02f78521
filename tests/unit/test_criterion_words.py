"""The detail of a dispositif: reading order, lines that keep their place, where each rule comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from osnp_console.app.calls.question_answers import offered
from osnp_console.app.checklist.check_eligibility import Answer, answer_for
from osnp_console.app.checklist.criterion_words import (
    MetFold,
    Part,
    can_fold,
    detail_lines,
    fold_met,
    in_place,
    refers,
    source_sheet,
    whole,
)
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, EMPTY_SHEET
from osnp_console.domain.criteria.need import CanTravel, NoVitalEmergency, OfferServed, PrescriptionHeld
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Advice, Dispositif
from osnp_console.domain.hours import Hours
from osnp_console.domain.sources import Document, Doubt, Source
from osnp_console.domain.states import State
from tests.unit.checklists import HOME, checklist, dispositif
from tests.unit.strategies import INSTANT, LISTED, SOURCE

DOUBT = Doubt("La source écrit « Avesnac ».", "Lu : Avessac (44007).", Source("S5", 14))
TERRITORY = replace(LISTED, doubts=(DOUBT,))
MIXED = dispositif(
    "mixed",
    OfferServed("medecine_generale"),
    NoVitalEmergency(),
    CanTravel(),
    InTerritory(TERRITORY),
    PrescriptionHeld(),
)
DOCUMENTS = {
    "S0": Document("S0", "Recensement", date(2025, 12, 1)),
    "S9": Document("S9", "Vieille lettre", date(2020, 1, 1), "https://exemple.invalid"),
}
TODAY = INSTANT.date()


def _answer(one: Dispositif = MIXED, known: Mapping[str, object] = {}) -> Answer:
    judged = checklist([one], {**HOME, facts.PRESCRIPTION: False, **known})
    return answer_for(judged.judgement(one), judged.call, INSTANT)


def test_criteria_are_read_from_what_refuses_to_what_does_not_count() -> None:
    states = [line.state for line in detail_lines(_answer(), INSTANT)]
    assert states == [State.UNMET, State.UNKNOWN, State.MET, State.MET, State.NOT_APPLICABLE]


def test_criteria_keep_their_place_while_they_are_shown() -> None:
    shown = detail_lines(_answer(), INSTANT)
    later = in_place(shown, _answer(MIXED, {facts.CAN_TRAVEL: True, facts.PRESCRIPTION: True}), INSTANT)
    assert [line.key for line in later] == [line.key for line in shown]
    assert [line.state for line in later[:2]] == [State.MET, State.MET]


def test_a_territory_s_doubts_stand_by_its_criterion() -> None:
    by_label = {line.label: line for line in detail_lines(_answer(), INSTANT)}
    assert by_label["Réside sur le territoire"].doubts == (DOUBT,)
    assert by_label["Réside sur le territoire"].sentence == (
        "Réside sur le territoire, oui, Lande-le-Bourg (44901) est dans la liste, un doute, S0 p. 1"
    )


def test_met_criteria_fold_only_to_leave_room_for_others() -> None:
    lines = detail_lines(_answer(), INSTANT)
    assert can_fold(lines)
    assert not can_fold([line for line in lines if line.state is State.MET])
    folded = fold_met(lines, opened=False)
    assert [line.words if isinstance(line, MetFold) else line.state for line in folded] == [
        State.UNMET,
        State.UNKNOWN,
        "2 conditions réunies",
        State.NOT_APPLICABLE,
    ]
    assert len(fold_met(lines, opened=True)) == len(lines) + 1


def test_hours_other_ways_doubts_and_advice_follow_the_criteria() -> None:
    hours = Hours("Tu 08:00-19:00", "De 8 h à 19 h")
    full = replace(
        MIXED,
        accesses=(
            Access(Mode.TRANSFER, SOURCE, name="AccèsS", hours=hours),
            Access(Mode.AGENDA, SOURCE, name="Planning"),
        ),
        doubts=(DOUBT,),
        advice=(Advice("Rappeler la ligne.", SOURCE),),
    )
    lines = detail_lines(_answer(full), INSTANT)
    assert [(line.part, line.label) for line in lines[5:]] == [
        (Part.HOURS, "Heures d’accès"),
        (Part.WAY, "Planning"),
        (Part.DOUBT, DOUBT.text),
        (Part.ADVICE, "Rappeler la ligne."),
    ]
    assert "convention de la console" in lines[5].second


def test_where_a_rule_comes_from_is_said_short() -> None:
    assert refers(Source("S5", 14)) == "S5 p. 14"
    assert refers(Source("S3")) == "S3"
    assert refers(Source("site", author="É. Tessier")) == "site"
    assert (refers(None), refers(Source("convention"))) == ("convention", "convention")


def test_a_document_is_given_with_its_title_its_page_and_its_date() -> None:
    line = detail_lines(_answer(), INSTANT)[0]
    sheet = source_sheet("Lande · médecine générale", line, DOCUMENTS, TODAY)
    assert (sheet.document, sheet.place) == ("S0 · Recensement", "page 1 · document du 01/12/2025")
    assert (sheet.old, sheet.rule, sheet.finding) == (
        False, "Ordonnance pour ce soin", "Pas d’ordonnance",
    )  # fmt: skip


def test_an_old_document_is_to_be_checked_again() -> None:
    line = replace(detail_lines(_answer(), INSTANT)[0], source=Source("S9", 3))
    sheet = source_sheet("", line, DOCUMENTS, TODAY)
    assert sheet.old
    assert sheet.address == "https://exemple.invalid"


def test_what_the_site_entered_bears_its_author_and_day() -> None:
    source = Source("site", author="É. Tessier", entered=date(2026, 11, 2))
    sheet = source_sheet("", replace(whole(MIXED), source=source), DOCUMENTS, TODAY)
    assert (sheet.document, sheet.place) == ("Saisi par le site", "par É. Tessier le 02/11/2026")


def test_a_rule_without_source_is_the_console_s_own_convention() -> None:
    sheet = source_sheet("", replace(whole(MIXED), source=None), DOCUMENTS, TODAY)
    assert sheet.document == "convention de la console"


def test_out_of_service_says_why_first() -> None:
    judged = checklist([MIXED])
    judgement = replace(judged.judgement(MIXED), why_closed="Prévu, pas encore ouvert.")
    line = detail_lines(Answer(judgement, None, (), None), INSTANT)[0]
    assert (line.part, line.label) == (Part.WHY_CLOSED, "Prévu, pas encore ouvert.")


def _letters(fact: str, answer: str | None = None) -> str:
    return " ".join(one.letter for one in offered(fact, EMPTY_SHEET.put(fact, answer)))


def test_each_kind_of_question_has_its_letters() -> None:
    assert _letters(facts.CAN_TRAVEL) == "O N S"
    assert _letters("a_further_question") == "O N S"
    assert _letters(facts.REGULAR_DOCTOR) == "A D I S"
    assert _letters(facts.SEX) == "F M I"
    assert _letters(facts.RESIDENCE) == ""
    assert _letters("territoire:CPTS du Bocage") == ""


def test_a_declared_doctor_is_asked_about_without_taking_him_back() -> None:
    assert _letters(facts.REGULAR_DOCTOR, "declare") == "D I S"
    not_known = offered(facts.REGULAR_DOCTOR, EMPTY_SHEET.put(facts.REGULAR_DOCTOR, "declare"))[-1]
    assert not_known.field == "medecin_traitant.disponibilite"


def test_being_elsewhere_needs_the_commune_s_field() -> None:
    assert [one.goes_on for one in offered(facts.PRESENT_PLACE, EMPTY_SHEET)] == [False, True, False]
    assert offered(facts.PRESENT_PLACE, EMPTY_SHEET.put(facts.PRESENT_PLACE, ELSEWHERE)) == ()


def test_not_knowing_is_an_answer_of_its_own() -> None:
    assert offered(facts.CAN_TRAVEL, EMPTY_SHEET)[-1].answer is ASKED
