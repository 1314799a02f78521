"""An empty column of slots says why, and which ways on there are, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.slots.shown_place import (
    EMERGENCY,
    NO_AGENDA,
    NOBODY_ANSWERED,
    NOBODY_TAKES,
    NOT_SEARCHED,
    NOTHING_TO_SEARCH_WITH,
    ONLY_BY_HAND,
    Emptiness,
    Remedy,
    Step,
    emptiness,
)
from osnp_console.app.slots.tally import NOTHING_LINKED, Answers, Tally, Where
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode, Phone
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.hours import Hours
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.desk_calls import CATALOGUE, DESK, GAZETTEER, LANDE_MG, NOW
from tests.unit.strategies import SOURCE

SETTLED: dict[str, Answer] = {
    facts.RESIDENCE: "44901",
    facts.REASON: "angine",
    facts.DELAY: 48,
    facts.REGULAR_DOCTOR: "aucun",
    facts.CAN_TRAVEL: True,
}
PORTAL = AgendaSource("d", SourceKind.PORTAL, "Doctolib Pays Blanc")
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


def said(
    answers: dict[str, Answer],
    *ways: Access,
    alarm: bool = False,
    tally: Tally = NOTHING_LINKED,
    sources: Sequence[AgendaSource] = (),
) -> Emptiness:
    """What the column says of a call with these answers, the dispositif having these ways in."""
    catalogue = replace(CATALOGUE, dispositifs=(replace(LANDE_MG, accesses=ways),))
    in_hand = CallsInHand(DESK, CheckEligibility(catalogue, GAZETTEER), WriteBehind(), lambda: "a1")
    call = in_hand.take(NOW)
    for code, answer in answers.items():
        in_hand.answer(call, code, answer)
    if alarm:
        in_hand.raise_alarm(call, NOW)
    return emptiness(call, NOW, tally, sources)


def test_without_commune_nor_reason_there_is_nothing_to_search_with() -> None:
    assert said({}).sentence == NOTHING_TO_SEARCH_WITH


def test_when_every_dispositif_refuses_it_says_that_nobody_takes_the_patient() -> None:
    assert said({**SETTLED, facts.DELAY: 72}, AGENDA).sentence == NOBODY_TAKES


def test_an_eligible_dispositif_with_an_agenda_only_says_that_none_is_linked_and_names_it() -> None:
    found = said(SETTLED, AGENDA)
    assert found.sentence == NO_AGENDA
    assert found.remedy is Remedy.SETTINGS
    assert [way.does for way in found.ways] == [
        "se réserve dans son agenda : Agenda de la Lande",
        "reprend l’appel et décide de la suite",
    ]


def test_ways_on_stand_in_their_order_and_a_line_that_answers_now_before_one_that_is_closed() -> None:
    ways = said(SETTLED, CLOSED_LINE, AGENDA, OPEN_LINE, sources=(PORTAL,)).ways
    assert [way.step for way in ways] == [Step.DISPOSITIF, Step.LINE, Step.LINE, Step.PORTAL, Step.DOCTOR]
    assert [way.open for way in ways[1:3]] == [True, False]
    assert ways[3].source == "d"


def test_the_sentence_names_the_first_line_and_its_number() -> None:
    found = said(SETTLED, CLOSED_LINE, OPEN_LINE)
    assert "Ligne du jour" in found.sentence
    first = next(way for way in found.ways if way.phone is not None)
    assert first.phone is not None
    assert first.phone in found.sentence


def test_a_number_that_is_not_for_patients_says_so() -> None:
    assert said(SETTLED, OPEN_LINE).ways[0].for_patients is False


def test_a_dispositif_still_to_check_offers_no_way_on_yet() -> None:
    unsettled = {code: answer for code, answer in SETTLED.items() if code != facts.CAN_TRAVEL}
    assert [way.step for way in said(unsettled, OPEN_LINE).ways] == [Step.DOCTOR]


def test_in_a_vital_emergency_no_slot_is_looked_for() -> None:
    assert said(SETTLED, OPEN_LINE, alarm=True) == Emptiness(EMERGENCY)


# --- once agendas are linked ----------------------------------------------------------------------------

AT = NOW.replace(hour=10, minute=2, second=5)


def searched(answers: Answers, slots: Mapping[Where, int] | None = None, agendas: int = 6) -> Tally:
    """What a search came to."""
    return Tally(is_linked=True, has_searched=True, agendas=agendas, answers=answers, slots=slots or {})


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (Answers(asking=4, answered=2), "Recherche dans 6 agendas… 2 ont répondu."),
        (Answers(asking=6), "Recherche dans 6 agendas… aucun n’a répondu."),
        (
            Answers(answered=6, answered_at=AT),
            "Les 6 agendas ont répondu à 10:02:05\u202f: rien de libre sous 48 h.",
        ),
        (
            Answers(answered=4, silent=1, stale=1, answered_at=AT, data_at=AT),
            "Rien de libre dans les 4 agendas qui ont répondu. 2 n’ont pas répondu\u202f: "
            "il peut y avoir des créneaux.",
        ),
        (Answers(silent=6), NOBODY_ANSWERED),
        (
            Answers(silent=5, stale=1, data_at=AT.replace(hour=8, minute=10)),
            "Seules des données de 08:10 sont là\u202f: à vérifier par téléphone avant de proposer.",
        ),
    ],
)
def test_each_way_of_finding_nothing_has_its_own_sentence(answers: Answers, sentence: str) -> None:
    assert said(SETTLED, AGENDA, tally=searched(answers)).sentence == sentence


@pytest.mark.parametrize(
    ("slots", "sentence"),
    [
        ({Where.FILTERED: 9, Where.OVER: 1}, "9 créneaux lus, tous écartés par les filtres."),
        ({Where.FILTERED: 1}, "1 créneau lu, écarté par les filtres."),
        ({Where.OTHER_DESK: 4}, "4 créneaux lus, réservés à d’autres adresseurs que ce poste."),
        ({Where.REFUSED: 2}, "2 créneaux lus, chez des dispositifs qui ne prennent pas ce patient."),
        ({Where.OVER: 1}, "1 créneau lu, qui ne peut plus être pris."),
    ],
)
def test_slots_that_were_read_and_are_not_shown_say_why(slots: Mapping[Where, int], sentence: str) -> None:
    assert said(SETTLED, AGENDA, tally=searched(Answers(answered=6), slots)).sentence == sentence


def test_what_the_filters_hide_is_one_click_away() -> None:
    found = said(SETTLED, AGENDA, tally=searched(Answers(answered=6), {Where.FILTERED: 9}))
    assert found.remedy is Remedy.CLEAR_FILTERS


def test_a_column_whose_last_slots_just_closed_says_so() -> None:
    closed = replace(searched(Answers(answered=6), {Where.OVER: 2}), just_closed=2, closed_at=AT)
    assert (
        said(SETTLED, AGENDA, tally=closed).sentence == "Les 2 derniers créneaux viennent de fermer, à 10:02."
    )


def test_a_zero_from_an_agenda_that_usually_has_slots_is_not_taken_for_granted() -> None:
    had = NOW.replace(hour=18, minute=40) - timedelta(days=1)
    zero = Answers(answered=6, answered_at=AT, doubtful=(("CPTS RDV", had),))
    assert said(SETTLED, AGENDA, tally=searched(zero)).more == (
        "CPTS RDV répond zéro\u202f; il avait encore des créneaux hier à 18:40.",
    )


def test_silence_is_never_hidden_behind_what_was_read() -> None:
    found = said(SETTLED, AGENDA, tally=searched(Answers(answered=5, silent=1), {Where.OTHER_DESK: 4}))
    assert found.more == ("1 agenda n’a pas répondu\u202f: il peut y avoir des créneaux.",)


def test_before_any_search_and_with_portals_only_the_column_says_what_to_do() -> None:
    assert said(SETTLED, AGENDA, tally=Tally(is_linked=True, agendas=2)).sentence == NOT_SEARCHED
    portals = said(SETTLED, AGENDA, tally=Tally(is_linked=True), sources=(PORTAL,))
    assert portals.sentence == ONLY_BY_HAND


def test_an_agenda_that_was_just_asked_is_no_way_on() -> None:
    zero = searched(Answers(answered=1, answered_at=AT), agendas=1)
    source = AgendaSource("s", SourceKind.FHIR_AGENDA, "Agenda de la Lande", dispositifs=(LANDE_MG.id,))
    ways = said(SETTLED, AGENDA, OPEN_LINE, tally=zero, sources=(source,)).ways
    assert [way.step for way in ways] == [Step.LINE, Step.DOCTOR]
