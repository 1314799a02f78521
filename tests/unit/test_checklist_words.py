"""What rows say: hours, ways in, questions left, and the sentence a screen reader hears."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from osnp_console.app.checklist.access_words import shown_phone, state_words, way_title, way_words
from osnp_console.app.checklist.arrangement import TerritoryEntry
from osnp_console.app.checklist.check_eligibility import Answer, WayIn, answer_for
from osnp_console.app.checklist.in_hand import ChecklistInHand, Counts
from osnp_console.app.checklist.opening_words import left, opening_detail, opening_words, spoken
from osnp_console.app.checklist.row_words import row_words, territory_words
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode, Phone, Reception
from osnp_console.domain.clock import PARIS
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import CanTravel, OfferServed
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.hours import NOT_SAID, Opening
from tests.unit.checklists import HOME, checklist, dispositif, line_open
from tests.unit.desk_calls import DeskAtWork
from tests.unit.strategies import DEFINED, INSTANT, LISTED, SOURCE

NOW = datetime(2026, 11, 24, 10, 2, tzinfo=PARIS)
OFFER = OfferServed("medecine_generale")


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (Opening(None), "heures non précisées"),
        (Opening(True), "ouvert"),
        (Opening(True, closes_at=_at(24, 19)), "ouvert jusqu’à 19:00"),
        (Opening(True, closes_at=_at(24, 10, 16)), "ferme dans 14 min"),
        (Opening(True, closes_at=_at(25, 7)), "ouvert jusqu’à demain 7:00"),
        (Opening(True, closes_at=_at(27, 7)), "ouvert jusqu’à vendredi 7:00"),
        (Opening(False, opens_at=_at(24, 14)), "fermé · ouvre à 14:00"),
        (Opening(False, opens_at=_at(25, 8)), "fermé · ouvre demain à 8:00"),
        (Opening(False, opens_at=_at(30, 8, 30)), "fermé · ouvre lundi à 8:30"),
        (Opening(False, opens_at=datetime(2026, 12, 7, 8, tzinfo=PARIS)), "fermé · ouvre le 07/12 à 8:00"),
        (Opening(False), "fermé"),
    ],
)
def test_open_closed_and_not_said_are_three_different_things(opening: Opening, words: str) -> None:
    assert opening_words(opening, NOW) == words


def test_the_detail_says_how_long_is_left() -> None:
    assert opening_detail(Opening(True, closes_at=_at(24, 19)), NOW) == "ouvert · ferme dans 8 h 58"
    assert opening_detail(Opening(False, opens_at=_at(25, 8)), NOW) == "fermé · ouvre demain à 8:00"


def test_what_is_left_is_never_said_shorter_than_it_is_by_a_minute() -> None:
    assert left(NOW + timedelta(seconds=61), NOW) == "2 min"
    assert left(NOW + timedelta(hours=50), NOW) == "2 j"
    assert left(NOW - timedelta(minutes=5), NOW) == "0 min"


def test_hours_are_read_aloud_in_words() -> None:
    assert spoken("ouvert jusqu’à 19:00") == "ouvert jusqu’à 19 heures"
    assert spoken("fermé · ouvre demain à 8:30") == "fermé, ouvre demain à 8 heures 30"
    assert spoken("ouvre à 1:00") == "ouvre à 1 heure"


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (None, "Accès non précisé pour ce poste"),
        (Access(Mode.TRANSFER, SOURCE, name="AccèsS"), "Transfert à AccèsS"),
        (Access(Mode.AGENDA, SOURCE, name="Agenda commun", tool="citana"), "Agenda Citana"),
        (Access(Mode.AGENDA, SOURCE, name="Planning SAS"), "Agenda · Planning SAS"),
        (Access(Mode.AGENDA, SOURCE), "Agenda"),
        (Access(Mode.LINE, SOURCE, phone=Phone("+33247456491")), "Ligne 02 47 45 64 91"),
        (Access(Mode.PRESCRIPTION, SOURCE, name="Infirmier"), "Ordonnance d’abord"),
        (Access(Mode.REGISTRATION, SOURCE, name="Formulaire"), "Inscription · Formulaire"),
        (Access(None, SOURCE, name="116 117", phone=Phone("116117")), "116 117"),
    ],
)
def test_the_way_in_is_said_in_a_few_words(access: Access | None, words: str) -> None:
    assert way_words(access) == words


def test_the_detail_names_the_line_and_its_number_once() -> None:
    assert way_title(Access(Mode.TRANSFER, SOURCE, name="AccèsS", phone=Phone("+33230303434"))) == (
        "AccèsS 02 30 30 34 34"
    )
    assert way_title(Access(None, SOURCE, name="Régulation 116 117", phone=Phone("116117"))) == (
        "Régulation 116 117"
    )
    assert (shown_phone("15"), shown_phone("+4915112345")) == ("15", "+4915112345")


def _answer(access: Opening, reception: Opening) -> Answer:
    judged = checklist([dispositif("d", OFFER)])
    return Answer(judged.judgement(judged.dispositifs[0]), WayIn(None, access), (), (Reception(), reception))


def test_way_in_and_reception_are_both_named_where_they_differ() -> None:
    morning, evening = Opening(True, closes_at=_at(24, 12)), Opening(True, closes_at=_at(24, 19))
    assert state_words(_answer(evening, evening), NOW) == "ouvert jusqu’à 19:00"
    assert state_words(_answer(evening, morning), NOW) == (
        "accès ouvert jusqu’à 19:00 · accueil ouvert jusqu’à 12:00"
    )
    assert state_words(_answer(NOT_SAID, morning), NOW) == "accueil ouvert jusqu’à 12:00"
    assert state_words(_answer(evening, NOT_SAID), NOW) == "ouvert jusqu’à 19:00"
    assert state_words(_answer(NOT_SAID, NOT_SAID), NOW) == "heures non précisées"


def _row(*criteria: Criterion) -> tuple[str, str, str]:
    one = dispositif("d", *criteria, cpts="CPTS du Pays de Redon", accesses=line_open("Tu 08:00-19:00"))
    judged = checklist([one])
    answer = answer_for(judged.judgement(one), judged.call, INSTANT)
    words = row_words(judged.rows[0], answer, judged.call, DEFINED, INSTANT)
    return words.chip, f"{words.way} · {words.opening}", words.sentence


def test_an_eligible_row_is_one_sentence_for_the_ear() -> None:
    assert _row(OFFER, InTerritory(LISTED)) == (
        "Éligible",
        "Transfert à AccèsS · ouvert jusqu’à 19:00",
        "Pays de Redon, médecine générale, éligible, transfert à AccèsS, ouvert jusqu’à 19 heures",
    )


def test_a_row_to_check_says_first_what_it_waits_for() -> None:
    chip, second, sentence = _row(OFFER, CanTravel(), RegularDoctor())
    assert chip == "2 questions"
    waits = "Déplacement\u202f? · Médecin traitant\u202f?"
    assert second == f"{waits} · transfert à AccèsS · ouvert jusqu’à 19:00"
    assert sentence.startswith("Pays de Redon, médecine générale, à vérifier, 2 questions, transfert")


def test_two_criteria_that_wait_for_one_answer_are_one_question() -> None:
    assert _row(OFFER, RegularDoctor(), RegularDoctor(or_unavailable=True))[0] == "1 question"


def test_a_territory_row_says_its_two_letters_until_it_is_answered() -> None:
    entry = TerritoryEntry("CPTS du Bocage", (dispositif("a"), dispositif("b", nature="centre_snp")))
    asked = territory_words(entry, None)
    assert (asked.name, asked.natures) == ("Bocage", "médecine générale, centre SNP")
    assert asked.sentence.endswith("O appartient, N n’appartient pas")
    assert territory_words(entry, True).second == "Appartient au territoire, dit à ce poste"
    assert territory_words(entry, False).second == "N’appartient pas au territoire, dit à ce poste"


def test_counts_are_announced_as_a_sentence() -> None:
    assert Counts(1, 13).sentence == "Un dispositif éligible, 13 à vérifier."
    assert Counts(0, 2).sentence == "Aucun dispositif éligible, 2 à vérifier."
    assert Counts(3, 0).sentence == "3 dispositifs éligibles, 0 à vérifier."


def _in_hand(*answers: tuple[str, object]) -> ChecklistInHand:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    for code, answer in answers:
        assert isinstance(answer, str | bool | int)
        desk.in_hand.answer(call, code, answer)
        desk.in_hand.settle(call, NOW)
    return ChecklistInHand(call, DEFINED)


def test_counts_follow_the_call_without_being_told() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    seen = ChecklistInHand(call, DEFINED)
    assert seen.counts() == Counts(0, 2, 0, 0)
    desk.in_hand.answer(call, facts.OFFER, "infirmier")
    assert seen.counts() == Counts(0, 0, 2, 0)


def test_what_stays_unknown_is_said_with_its_reason() -> None:
    placed = _in_hand((facts.RESIDENCE, "44901"), (facts.BIRTH, "2019"), (facts.REASON, "plaie"))
    assert placed.remaining() == "1 reste à vérifier\u202f: aucune source ne décrit son territoire."
    settled = _in_hand((facts.OFFER, "infirmier"))
    assert settled.remaining() == ""


def test_words_of_a_row_are_made_again_once_forgotten() -> None:
    seen = _in_hand((facts.RESIDENCE, "44901"))
    lande: Dispositif | None = seen.find("44-lande-mg")
    assert lande is not None
    before = seen.words(lande, NOW)
    assert seen.words(lande, NOW) is before
    seen.forget()
    assert seen.words(lande, NOW) is not before
    assert seen.find("nothing") is None


def test_a_patient_of_the_listed_territory_is_home() -> None:
    assert checklist([dispositif("d", InTerritory(LISTED))], HOME).rows[0].unmet == 0
