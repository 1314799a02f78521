"""What was typed: three looks of an answer, texts that are no answer yet, and the facts read from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_reading import read_call
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, Answer, CallSheet
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.sheet_reading import document_of, read_sheet
from tests.unit.desk_calls import CATALOGUE, DESK, GAZETTEER, TODAY
from tests.unit.strategies import LANDE

WORDS = CATALOGUE.vocabulary(GAZETTEER.living)
CODES = (facts.RESIDENCE, facts.REASON, facts.SEX, facts.CAN_TRAVEL, fields.NOTE, "sortie_hopital")
answers: st.SearchStrategy[Answer] = st.one_of(st.none(), st.just(ASKED), st.booleans(), st.text(max_size=9))


def facts_of(sheet: CallSheet) -> dict[str, object]:
    """The facts read from a sheet, the desk's own apart."""
    known = read_sheet(sheet, DESK, WORDS, TODAY).call.known
    return {code: value for code, value in known.items() if not code.startswith("poste.")}


@given(st.lists(st.tuples(st.sampled_from(CODES), answers, st.booleans()), max_size=20))
def test_a_field_is_never_both_answered_and_asked_in_vain(edits: list[tuple[str, Answer, bool]]) -> None:
    sheet = EMPTY_SHEET
    for code, answer, typed in edits:
        sheet = sheet.type(code, "x") if typed else sheet.put(code, answer)
        assert not set(sheet.values) & sheet.asked
        if not typed:
            assert sheet.answer(code) == (None if answer == "" else answer)


def test_what_is_being_typed_is_kept_beside_the_answer_and_gives_way_to_the_next_one() -> None:
    sheet = EMPTY_SHEET.put(facts.RESIDENCE, "44901").type(facts.RESIDENCE, "grand")
    assert (sheet.answer(facts.RESIDENCE), sheet.pending[facts.RESIDENCE]) == ("44901", "grand")
    assert facts.RESIDENCE not in sheet.put(facts.RESIDENCE, "44910").pending


def test_a_commune_being_typed_is_no_fact() -> None:
    assert facts_of(EMPTY_SHEET.type(facts.RESIDENCE, "Lande-le-Bourg")) == {}


def test_a_chosen_commune_is_a_fact() -> None:
    assert facts_of(EMPTY_SHEET.put(facts.RESIDENCE, "44901")) == {facts.RESIDENCE: LANDE}


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("14/03/2019", {"date_naissance": "2019-03-14"}),
        ("03/2019", {"date_naissance": "2019-03"}),
        ("2019", {"date_naissance": "2019"}),
        ("7 ans", {"age_ans": 7}),
        ("2 mois", {"age_ans": 0}),
    ],
)
def test_a_birth_in_any_shape_becomes_what_the_contract_takes(typed: str, known: dict[str, object]) -> None:
    document, faults = document_of(EMPTY_SHEET.put(facts.BIRTH, typed), DESK, TODAY)
    assert (document.get("patient"), faults) == (known, {})


def test_a_date_that_does_not_exist_is_a_fault_at_its_field_and_stays_typed() -> None:
    sheet = EMPTY_SHEET.put(facts.BIRTH, "31/02/2020")
    read = read_sheet(sheet, DESK, WORDS, TODAY)
    assert read.faults == {facts.BIRTH: "Cette date n’existe pas."}
    assert sheet.text(facts.BIRTH) == "31/02/2020"
    assert facts.BIRTH not in read.call.known


def test_an_age_in_months_counts_by_the_days_it_may_mean() -> None:
    known = facts_of(EMPTY_SHEET.put(facts.BIRTH, "2 mois"))
    born = known[facts.BIRTH]
    assert isinstance(born, PartialDate)
    assert (born.first.isoformat(), born.last.isoformat()) == ("2026-08-25", "2026-09-24")


def test_an_onset_in_months_counts_by_the_days_it_may_mean() -> None:
    began = facts_of(EMPTY_SHEET.put(facts.ONSET, "il y a 2 mois"))[facts.ONSET]
    assert isinstance(began, PartialDate)
    assert began.first < began.last < TODAY


def test_away_without_a_commune_is_not_known_yet() -> None:
    assert facts_of(EMPTY_SHEET.put(facts.PRESENT_PLACE, fields.ELSEWHERE)) == {}


def test_a_long_delay_counts_once_its_days_are_known() -> None:
    later = EMPTY_SHEET.put(facts.DELAY, fields.LATER)
    assert facts_of(later) == {}
    assert facts_of(later.put(fields.DELAY_DAYS, "5")) == {facts.DELAY: 120}


def test_what_was_asked_in_vain_is_told_to_the_rules() -> None:
    read = read_sheet(EMPTY_SHEET.put(facts.CAN_TRAVEL, ASKED), DESK, WORDS, TODAY)
    assert read.call.asked == {facts.CAN_TRAVEL}


def test_a_doctor_whose_availability_nobody_knows_stays_declared_and_is_asked_last() -> None:
    availability = fields.AVAILABILITY[facts.REGULAR_DOCTOR]
    sheet = EMPTY_SHEET.put(facts.REGULAR_DOCTOR, "declare").put(availability, ASKED)
    call = read_sheet(sheet, DESK, WORDS, TODAY).call
    assert call.text(facts.REGULAR_DOCTOR) == "declare"
    assert call.asked == {facts.REGULAR_DOCTOR}
    settled = read_sheet(sheet.put(facts.REGULAR_DOCTOR, "indisponible"), DESK, WORDS, TODAY).call
    assert settled.asked == frozenset()


def test_a_note_asked_in_vain_is_no_question() -> None:
    assert read_sheet(EMPTY_SHEET.put(fields.NOTE, ASKED), DESK, WORDS, TODAY).call.asked == frozenset()


def test_a_reason_that_left_the_catalogue_is_a_fault_and_the_rest_is_still_read() -> None:
    sheet = EMPTY_SHEET.put(facts.REASON, "disparu").put(facts.CAN_TRAVEL, True)
    read = read_sheet(sheet, DESK, WORDS, TODAY)
    assert set(read.faults) == {facts.REASON}
    assert read.call.truth(facts.CAN_TRAVEL) is True


def test_an_answer_on_a_territory_reaches_the_rules() -> None:
    code = "territoire:CPTS du Bocage"
    assert facts_of(EMPTY_SHEET.put(code, True)) == {code: True}


values = st.one_of(st.booleans(), st.integers(-5, 5000), st.text(max_size=12))
all_codes = st.sampled_from(
    (*facts.BUILT_IN, fields.NOTE, fields.CALLER_LINK, fields.DELAY_DAYS, "sortie_hopital", "rien_de_tel")
)


@given(st.dictionaries(all_codes, values), st.frozensets(all_codes), st.dictionaries(all_codes, st.text()))
def test_no_sheet_whatever_it_holds_keeps_a_call_from_being_read(
    held: dict[str, str | bool | int], asked: frozenset[str], pending: dict[str, str]
) -> None:
    sheet = CallSheet({code: value for code, value in held.items() if code not in asked}, asked, pending)
    read = read_sheet(sheet, DESK, WORDS, TODAY)
    for message in read.faults.values():
        assert message


def test_the_document_of_a_sheet_is_one_that_the_command_line_reads() -> None:
    sheet = EMPTY_SHEET
    typed: dict[str, Answer] = {
        fields.CALLER_LINK: "proche", fields.CALLER_PHONE: "0639984107", fields.BIRTH_NAME: "LEROUX",
        fields.FIRST_NAMES: "Nina", facts.BIRTH: "2/5/94", facts.SEX: "F", facts.RESIDENCE: "44901",
        facts.OFFER: "medecine_generale", facts.REASON: "angine", facts.DELAY: 48, facts.CAN_TRAVEL: True,
        facts.REGULAR_DOCTOR: "aucun", fields.DOCTOR_PRACTICE: "Dr Sans Objet", fields.NOTE: "rappeler",
    }  # fmt: skip
    for code, answer in typed.items():
        sheet = sheet.put(code, answer)
    document, faults = document_of(sheet, DESK, TODAY)
    assert faults == {}
    assert dict(read_call(document, WORDS).known) == dict(read_sheet(sheet, DESK, WORDS, TODAY).call.known)
