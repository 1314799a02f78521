"""What is read aloud to a line: only what it needs, in its order, and nothing that nobody said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.sheet_words import Knowledge
from osnp_console.app.transfer.spoken import (
    Record,
    Situation,
    Spoken,
    explanation,
    registration,
    spoken,
    spoken_text,
)
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, Answer, CallSheet
from osnp_console.domain.clock import PARIS
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.slots.slot import REMOTE, Origin, Place, Practitioner, Slot
from osnp_console.domain.sources import CONVENTION, Source
from osnp_console.domain.transfer.line import OURS, Line, Said, Tag, Told, Topic
from osnp_console.domain.transfer.transfer import unannounced
from tests.unit.strategies import SOURCE, UNLISTED
from tests.unit.told_calls import CATALOGUE, HOSPITAL, MARTIN, told_call
from tests.unit.transfers import ACCESS, NOON, SECRETARY, transfer_to

S5 = Source("S5", 14)
REDON = Line(
    to_remind=(Said("Noter le SAS et la mention « SAS » avec le motif.", S5),),
    tag=Tag(S5, "SAS", "SAS"),
    explains=Said("Le SAS vous oriente vers un créneau de médecine générale.", S5),
)
FULL = CallSheet(MARTIN)


def read(sheet: CallSheet = FULL, line: Line = REDON, sas: str | None = "35", **told: str) -> Spoken:
    return spoken(told_call(sheet, **told), line, sas, CATALOGUE)


def texts(reading: Spoken) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in reading.lines]


def told(line: Line, **answers: Answer) -> list[tuple[str, str]]:
    """What a line hears of the full call with these answers changed, by their constant's name."""
    sheet = FULL
    for name, answer in answers.items():
        sheet = sheet.put(getattr(fields, name, None) or getattr(facts, name), answer)
    return texts(read(sheet, line))


def only(*topics: Topic) -> Line:
    return Line(to_tell=tuple(Told(OURS, topic) for topic in topics))


def test_the_whole_situation_is_read_one_fact_a_line_in_the_order_of_the_line() -> None:
    reading = read(cpts="CPTS Pays de Redon")
    assert reading.opening == (
        "«\u202fBonjour, SAS 35, je vous présente une patiente du Pays de Redon pour un créneau de soins non "
        "programmés.\u202f»"
    )
    assert texts(reading) == [
        ("Patiente", "Léa MARTIN, née le 2 mai 1994, 32 ans"),
        ("Habite à", "Lande-le-Bourg, 44990 · sur le territoire"),
        ("Motif", "Cystite, à voir sous 24 h · «\u202fSAS\u202f» à noter avec le motif"),
        ("Médecin traitant", "indisponible, son cabinet a été appelé"),
        ("Déplacement", "peut venir au cabinet"),
        ("Rappeler au", "06\u202f39\u202f98\u202f27\u202f44"),
    ]
    assert all(one.is_known for one in reading.lines)
    assert reading.to_ask == ()
    (reminder,) = reading.reminders
    assert (reminder.text, reminder.source) == (
        "Noter le SAS et la mention «\u202fSAS\u202f» avec le motif.",
        "S5 p. 14",
    )


def test_a_line_hears_its_own_facts_in_its_own_order_and_no_other() -> None:
    line = Line(
        to_tell=(
            Told(SOURCE, Topic.PRESCRIPTION, text="pour une évaluation"),
            Told(SOURCE, fact=HOSPITAL),
            Told(SOURCE, text="Adresse électronique, pour la confirmation"),
        )
    )
    reading = read(FULL.put(HOSPITAL, True), line)
    assert texts(reading) == [
        ("Ordonnance", "pas demandé"),
        ("Sort-il d’une hospitalisation\u202f?", "oui"),
        ("Adresse électronique, pour la confirmation", "à dire de vive voix"),
    ]
    assert [one.precision for one in reading.lines] == ["pour une évaluation", "", ""]
    assert reading.to_ask == (facts.PRESCRIPTION,)
    assert "MARTIN" not in spoken_text(reading)


def test_nothing_asked_is_read_as_not_asked_and_each_line_says_which_field_to_ask() -> None:
    reading = read(CallSheet(), sas=None)
    assert reading.opening == (
        "«\u202fBonjour, je vous présente une personne pour un créneau de soins non programmés.\u202f»"
    )
    assert {one.text for one in reading.lines} == {"pas demandé"}
    assert reading.to_ask == (
        fields.BIRTH_NAME,
        facts.BIRTH,
        facts.SEX,
        facts.RESIDENCE,
        facts.REASON,
        facts.DELAY,
        facts.REGULAR_DOCTOR,
        facts.CAN_TRAVEL,
        fields.CALLER_PHONE,
    )


def test_what_was_asked_in_vain_is_not_asked_again() -> None:
    reading = read(FULL.put(facts.CAN_TRAVEL, ASKED))
    (travel,) = (one for one in reading.lines if one.label == "Déplacement")
    assert (travel.text, travel.knowledge, travel.ask) == ("ne sait pas", Knowledge.ASKED, "")


def test_what_was_typed_and_is_no_answer_yet_is_read_as_such() -> None:
    sheet = FULL.put(facts.RESIDENCE, None).type(facts.RESIDENCE, "Pipr").put(facts.BIRTH, "32/13/1994")
    reading = read(sheet)
    assert ("Habite à", "«\u202fPipr\u202f» (non choisi)") in texts(reading)
    assert ("Naissance", "«\u202f32/13/1994\u202f» (à relire)") in texts(reading)
    assert ("Patiente", "Léa MARTIN") in texts(reading)
    assert reading.to_ask == (facts.BIRTH, facts.RESIDENCE)


@pytest.mark.parametrize(
    ("sex", "birth", "said"),
    [
        ("F", "02/05/1994", "Patiente|Léa MARTIN, née le 2 mai 1994, 32 ans"),
        ("M", "01/05/1994", "Patient|Léa MARTIN, né le 1er mai 1994, 32 ans"),
        ("I", "05/1994", "Personne|Léa MARTIN, née en mai 1994, 32 ans"),
        ("F", "1994", "Patiente|Léa MARTIN, née en 1994, 31 ou 32 ans"),
        ("F", "7 ans", "Patiente|Léa MARTIN, 7 ans"),
        ("M", "8 mois", "Patient|Léa MARTIN, 8 mois"),
    ],
)
def test_the_patient_is_named_with_what_agrees(sex: str, birth: str, said: str) -> None:
    (line,) = told(only(Topic.IDENTITY), SEX=sex, BIRTH=birth)
    assert "|".join(line) == said


def test_half_a_name_is_said_and_the_other_half_asked() -> None:
    assert told(only(Topic.IDENTITY), FIRST_NAMES=None) == [
        ("Patiente", "MARTIN, née le 2 mai 1994, 32 ans"),
        ("Prénom", "pas demandé"),
    ]
    assert told(only(Topic.IDENTITY), FIRST_NAMES=None, BIRTH_NAME=None) == [
        ("Patiente", "pas demandé"),
        ("Naissance", "née le 2 mai 1994, 32 ans"),
    ]


@pytest.mark.parametrize(
    ("commune", "said"),
    [
        ("44901", "Lande-le-Bourg, 44990 · sur le territoire"),
        ("44910", "Grandville (44) · sur le territoire"),
        ("44920", "Marais-sur-Mer, 44993 · hors du territoire"),
        ("75901", "Loin-sur-Seine, 75990 · hors du territoire"),
    ],
)
def test_the_residence_says_whether_it_is_on_the_territory(commune: str, said: str) -> None:
    assert told(only(Topic.RESIDENCE), RESIDENCE=commune) == [("Habite à", said)]


def test_a_territory_that_nobody_lists_is_said_only_once_the_operator_has_established_it() -> None:
    at_bocage, answered = InTerritory(UNLISTED), facts.TERRITORY_PREFIX + UNLISTED.cpts
    for answer, said in ((None, ""), (True, " · sur le territoire"), (False, " · hors du territoire")):
        situation = told_call(FULL.put(answered, answer), at_bocage, cpts=UNLISTED.cpts)
        reading = spoken(situation, only(Topic.RESIDENCE), "49", CATALOGUE)
        assert texts(reading) == [("Habite à", f"Lande-le-Bourg, 44990{said}")]
        assert (" du Bocage " in reading.opening) == (answer is True)
    unsaid = told_call(FULL.put(facts.RESIDENCE, None).put(answered, True), at_bocage)
    assert ("Territoire", "sur le territoire") in texts(spoken(unsaid, REDON, "49", CATALOGUE))


@pytest.mark.parametrize(
    ("cpts", "nature", "said"),
    [
        (
            "CPTS d'Ancenis",
            "medecine_generale",
            "une patiente d’Ancenis pour un créneau de soins non programmés",
        ),
        (
            "CPTS Ouest Loiret",
            "centre_snp",
            "de la CPTS Ouest Loiret pour un créneau de soins non programmés",
        ),
        ("CPTS Littoral", "orthophonie", "CPTS Littoral pour des soins non programmés d’orthophonie"),
        ("Protocole", "imagerie", "je vous présente une patiente pour des soins non programmés."),
    ],
)
def test_the_opening_names_the_territory_and_what_is_asked(cpts: str, nature: str, said: str) -> None:
    assert said in read(cpts=cpts, nature=nature).opening


def test_a_patient_from_outside_is_not_said_to_be_of_the_territory() -> None:
    assert "une patiente pour" in read(FULL.put(facts.RESIDENCE, "44920")).opening


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"REGULAR_DOCTOR": "aucun"}, [("Médecin traitant", "aucun")]),
        ({"REGULAR_DOCTOR": "disponible"}, [("Médecin traitant", "disponible")]),
        ({"DOCTOR_CALLED": False}, [("Médecin traitant", "indisponible, son cabinet n’a pas été appelé")]),
        ({"DOCTOR_CALLED": None}, [("Médecin traitant", "indisponible"), ("Appelé", "pas demandé")]),
        (
            {"REGULAR_DOCTOR": "declare"},
            [("Médecin traitant", "en a un, son cabinet a été appelé"), ("Disponible", "pas demandé")],
        ),
        ({"REGULAR_DOCTOR": ASKED}, [("Médecin traitant", "ne sait pas")]),
    ],
)
def test_the_regular_doctor_is_said_with_what_is_not_known_of_him(
    answers: dict[str, Answer], said: list[tuple[str, str]]
) -> None:
    assert told(only(Topic.REGULAR_DOCTOR), **answers) == said


def test_a_doctor_whose_availability_the_caller_does_not_know_is_not_asked_about_again() -> None:
    sheet = FULL.put(facts.REGULAR_DOCTOR, "declare").put(fields.AVAILABILITY[facts.REGULAR_DOCTOR], ASKED)
    reading = read(sheet, only(Topic.REGULAR_DOCTOR))
    assert texts(reading)[1:] == [("Disponible", "ne sait pas")]
    assert reading.to_ask == ()


@pytest.mark.parametrize(
    ("delay", "days", "said"),
    [
        (48, None, "Cystite, à voir sous 48 h"),
        (fields.LATER, "5", "Cystite, à voir sous 5 jours"),
        (fields.LATER, None, "Cystite, peut attendre plus de 72 h"),
    ],
)
def test_the_delay_goes_with_the_reason(delay: Answer, days: Answer, said: str) -> None:
    assert told(only(Topic.REASON), DELAY=delay, DELAY_DAYS=days) == [("Motif", said)]


def test_a_reason_that_is_not_known_leaves_the_delay_a_line_of_its_own() -> None:
    assert told(REDON, REASON=None)[2:4] == [("Motif", "pas demandé"), ("Délai", "à voir sous 24 h")]


def test_other_topics_are_read_from_their_fields() -> None:
    line = only(
        Topic.CALLER, Topic.PRESENT_PLACE, Topic.ONSET, Topic.PREGNANCY, Topic.USUAL_PRACTITIONER,
        Topic.PRESCRIPTION, Topic.TECHNICAL_PLATFORM,
    )  # fmt: skip
    answers: dict[str, Answer] = {
        "ONSET": "22/11/2026",
        "PREGNANT": False,
        "USUAL_PRACTITIONER": "indisponible",
        "USUAL_CONTACTED": True,
        "PRESCRIPTION": True,
        "TECHNICAL_PLATFORM": False,
    }
    assert told(line, **answers) == [
        ("Appelant", "la patiente elle-même"),
        ("Se trouve", "à son domicile"),
        ("Début", "le 22 novembre 2026"),
        ("Enceinte", "non"),
        ("Praticien habituel", "indisponible, a été appelé"),
        ("Ordonnance", "en a une"),
        ("Plateau technique", "n’en relève pas"),
    ]
    away = told(only(Topic.PRESENT_PLACE, Topic.PREGNANCY), PRESENT_PLACE=fields.ELSEWHERE, SEX="M")
    assert away == [("Se trouve", "ailleurs, commune à préciser")]


def test_a_patient_who_has_another_number_than_the_caller_has_both_said() -> None:
    (line,) = told(only(Topic.CALLBACK), PATIENT_PHONE="02 61 91 12 34")
    assert line[1] == "06\u202f39\u202f98\u202f27\u202f44, ou 02\u202f61\u202f91\u202f12\u202f34"


def test_a_mention_is_asked_for_only_by_a_sas() -> None:
    (line,) = texts(read(line=replace(REDON, to_tell=(Told(OURS, Topic.REASON),)), sas=None))
    assert line == ("Motif", "Cystite, à voir sous 24 h")


def test_the_text_to_paste_holds_every_line_and_every_reminder() -> None:
    reading = read()
    text = spoken_text(reading)
    assert text.startswith(reading.opening + "\n\nPatiente\u202f: Léa MARTIN")
    assert text.endswith("À rappeler\u202f:\n- " + reading.reminders[0].text + " (S5 p. 14)")
    assert all(f"{label}\u202f: {said}" in text.splitlines() for label, said in texts(reading))


FIELDS = (*MARTIN, fields.PATIENT_PHONE, facts.ONSET, facts.PRESCRIPTION, facts.PREGNANT)


@given(st.sets(st.sampled_from(FIELDS)), st.sets(st.sampled_from(FIELDS)))
def test_whatever_is_known_every_topic_has_a_line_and_only_unasked_fields_are_asked(
    absent: set[str], in_vain: set[str]
) -> None:
    sheet = FULL
    for code in absent:
        sheet = sheet.put(code, ASKED if code in in_vain else None)
    line = only(*(topic for topic in Topic if topic is not Topic.PREGNANCY))
    reading = spoken(told_call(sheet), line, "35", CATALOGUE)
    for topic in line.to_tell:
        assert spoken(told_call(sheet), only(topic.topic or Topic.CALLER), "35", CATALOGUE).lines
    for one in reading.lines:
        assert one.text
        assert bool(one.ask) == (one.knowledge in (Knowledge.NOT_ASKED, Knowledge.PENDING))
        if one.ask:
            assert sheet.answer(one.ask) is not ASKED


def record(situation: Situation, sas: str = "35") -> Record:
    return registration(REDON, situation.call, replace(transfer_to(), sas=sas), CATALOGUE)


def test_the_line_records_the_tag_and_the_reason_with_the_mention_of_the_sas() -> None:
    situation = told_call(FULL)
    assert record(situation) == Record("SAS", "SAS 35 – cystite")
    assert record(told_call(CallSheet())) == Record("SAS", "SAS 35")
    met = unannounced("t-2", "call-2", ACCESS, SECRETARY, NOON)
    assert registration(REDON, situation.call, met, CATALOGUE) == Record("SAS", "SAS – cystite")


def test_whoever_comes_from_no_sas_is_recorded_without_its_tag() -> None:
    situation = told_call(FULL)
    assert registration(REDON, situation.call, None, CATALOGUE) == Record("", "Cystite")
    assert record(situation, sas="") == Record("", "Cystite")
    assert registration(Line(), situation.call, transfer_to(), CATALOGUE) == Record("", "Cystite")


NOW = datetime(2026, 11, 24, 9, 6, tzinfo=UTC)
SLOT = Slot(
    "s1",
    datetime(2026, 11, 24, 10, 45, tzinfo=PARIS),
    datetime(2026, 11, 24, 11, 5, tzinfo=PARIS),
    Practitioner("Dr Anne Bréhault"),
    Place(city="Redon"),
    (Origin("a", "1", NOW),),
)


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        (SLOT, "Je vous inscris aujourd’hui à 10 h 45, avec Dr Anne Bréhault, à Redon."),
        (
            replace(SLOT, start=datetime(2026, 11, 26, 8, 0, tzinfo=PARIS), practitioner=Practitioner()),
            "Je vous inscris le jeudi 26 à 8 h, à Redon.",
        ),
        (
            replace(SLOT, modalities=frozenset({REMOTE})),
            "Je vous inscris aujourd’hui à 10 h 45 en téléconsultation, avec Dr Anne Bréhault.",
        ),
    ],
)
def test_the_patient_is_told_when_and_where_then_what_the_source_says(slot: Slot, said: str) -> None:
    first, second, third = explanation(REDON, slot, NOW)
    assert (first.text, first.source) == (said, CONVENTION)
    assert (second.text, second.source) == (
        "Le SAS vous oriente vers un créneau de médecine générale.", "S5 p. 14",
    )  # fmt: skip
    assert third.text.endswith("carte Vitale.") == (not slot.is_remote)
    assert "médecin traitant" in third.text


def test_another_offer_than_a_doctor_does_not_speak_of_the_regular_doctor() -> None:
    (only_ours,) = explanation(Line(), None, NOW, "kinesitherapie")
    assert "ne remplace pas votre praticien habituel." in only_ours.text


def test_before_a_slot_is_chosen_no_appointment_is_told() -> None:
    assert [one.source for one in explanation(REDON, None, NOW)] == ["S5 p. 14", CONVENTION]
