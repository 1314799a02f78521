"""An empty column of slots says why, and which ways on there are, best first."""

from __future__ import annotations

from dataclasses import replace

from osnp_console.app.calls_in_hand import CallsInHand
from osnp_console.app.check_eligibility import CheckEligibility
from osnp_console.app.slots_place import (
    EMERGENCY,
    NO_AGENDA,
    NOBODY_TAKES,
    NOTHING_TO_SEARCH_WITH,
    Emptiness,
    emptiness,
)
from osnp_console.app.write_behind import WriteBehind
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode, Phone
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.hours import Hours
from tests.unit.desk_calls import CATALOGUE, DESK, GAZETTEER, LANDE_MG, NOW
from tests.unit.strategies import SOURCE

SETTLED: dict[str, Answer] = {
    facts.RESIDENCE: "44901",
    facts.REASON: "angine",
    facts.DELAY: 48,
    facts.REGULAR_DOCTOR: "aucun",
    facts.CAN_TRAVEL: True,
}
AGENDA = Access(Mode.AGENDA, SOURCE, name="Agenda de la Lande")
CLOSED_LINE = Access(
    Mode.TRANSFER,
    SOURCE,
    name="Ligne du soir",
    phone=Phone("+33240000001"),
    hours=Hours("Mo-Fr 20:00-23:00", "soir"),
)
OPEN_LINE = Access(
    Mode.TRANSFER,
    SOURCE,
    name="Ligne du jour",
    phone=Phone("+33240000002", for_patients=False),
    hours=Hours("Mo-Fr 08:00-19:00", "jour"),
)


def said(answers: dict[str, Answer], *ways: Access, alarm: bool = False) -> Emptiness:
    """What the column says of a call with these answers, the dispositif having these ways in."""
    catalogue = replace(CATALOGUE, dispositifs=(replace(LANDE_MG, accesses=ways),))
    in_hand = CallsInHand(DESK, CheckEligibility(catalogue, GAZETTEER), WriteBehind(), lambda: "a1")
    call = in_hand.take(NOW)
    for code, answer in answers.items():
        in_hand.answer(call, code, answer)
    if alarm:
        in_hand.raise_alarm(call, NOW)
    return emptiness(call, NOW)


def test_without_commune_nor_reason_there_is_nothing_to_search_with() -> None:
    assert said({}).sentence == NOTHING_TO_SEARCH_WITH


def test_when_every_dispositif_refuses_it_says_that_nobody_takes_the_patient() -> None:
    assert said({**SETTLED, facts.DELAY: 72}, AGENDA).sentence == NOBODY_TAKES


def test_an_eligible_dispositif_with_an_agenda_only_says_that_none_is_linked_and_names_it() -> None:
    found = said(SETTLED, AGENDA)
    assert found.sentence == NO_AGENDA
    assert [way.does for way in found.ways] == ["se réserve dans son agenda : Agenda de la Lande"]


def test_a_line_that_answers_now_comes_before_one_that_is_closed_and_both_before_an_agenda() -> None:
    ways = said(SETTLED, AGENDA, CLOSED_LINE, OPEN_LINE).ways
    assert [way.open for way in ways] == [True, False, None]
    assert "Ligne du jour" in ways[0].does


def test_the_sentence_names_the_first_line_and_its_number() -> None:
    found = said(SETTLED, CLOSED_LINE, OPEN_LINE)
    assert "Ligne du jour" in found.sentence
    assert found.ways[0].phone is not None
    assert found.ways[0].phone in found.sentence


def test_a_number_that_is_not_for_patients_says_so() -> None:
    assert said(SETTLED, OPEN_LINE).ways[0].for_patients is False


def test_a_dispositif_still_to_check_offers_no_way_on_yet() -> None:
    unsettled = {code: answer for code, answer in SETTLED.items() if code != facts.CAN_TRAVEL}
    assert said(unsettled, OPEN_LINE).ways == ()


def test_in_a_vital_emergency_no_slot_is_looked_for() -> None:
    assert said(SETTLED, OPEN_LINE, alarm=True) == Emptiness(EMERGENCY)
