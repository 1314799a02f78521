"""A caller whom nobody announced, and the announcement that may be theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.transfer.matching import Sameness, announcement_of, caller_of, sameness
from osnp_console.app.transfer.receive import completed, prefilled
from osnp_console.app.transfer.unannounced import sas_of
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, Answer
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Actor
from tests.unit.transfers import NOON, SECRETARY, after, transfer_to

HERE = SECRETARY.desk
DEPARTEMENTS = {"35": "Ille-et-Vilaine", "44": "Loire-Atlantique", "2A": "Corse-du-Sud"}
LEA: dict[str, Answer] = {
    fields.BIRTH_NAME: "MARTIN",
    fields.FIRST_NAMES: "Léa",
    fields.CALLER_PHONE: "06 39 98 27 44",
    facts.BIRTH: "02/05/1994",
    facts.RESIDENCE: "35219",
}


def call(answers: dict[str, Answer], key: str = "call-1") -> CallRecord:
    """A call in which that was typed."""
    record = CallRecord(key, 1, "35-1", NOON)
    for code, answer in answers.items():
        record = record.put(code, answer)
    return record


def own(**answers: Answer) -> CallRecord:
    """The call of the line's desk; the fields are named as their constants."""
    codes = {"name": fields.BIRTH_NAME, "phone": fields.PATIENT_PHONE, "born": facts.BIRTH,
             "commune": facts.RESIDENCE}  # fmt: skip
    return call({codes[name]: answer for name, answer in answers.items()}, "own")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (own(phone="+33639982744"), Sameness.PHONE),
        (own(name="Martin", born="2 mai 1994"), Sameness.NAME_AND_BIRTH),
        (own(name="MAR", commune="35219"), Sameness.LETTERS_AND_COMMUNE),
        (own(name="MA", commune="35219"), Sameness.NONE),
        (own(name="MARTIN"), Sameness.NONE),
        (own(name="MARTIN", commune="44067"), Sameness.NONE),
        (own(name="MARTIN", born="32 ans"), Sameness.NONE),
        (own(phone="0639982744", born="3 mai 1994"), Sameness.NONE),
        (own(name="MARTIN", commune="35219", born="1994"), Sameness.LETTERS_AND_COMMUNE),
        (own(phone="0639"), Sameness.NONE),
        (own(), Sameness.NONE),
    ],
)
def test_a_phone_a_name_with_its_birth_date_or_first_letters_with_a_commune_are_enough(
    typed: CallRecord, expected: Sameness
) -> None:
    assert sameness(caller_of(typed), caller_of(call(LEA))) is expected
    assert sameness(caller_of(call(LEA)), caller_of(typed)) is expected


def test_the_announcement_most_like_the_caller_is_proposed_in_its_own_words() -> None:
    letters = replace(transfer_to(), id="t-2", call="call-2", prepared_at=NOON + timedelta(minutes=1))
    records = {"call-1": call(LEA), "call-2": call({**LEA, fields.FIRST_NAMES: "Zoé", facts.BIRTH: None})}
    caller = own(name="MARTIN", born="02/05/1994", commune="35219")
    match = announcement_of(caller, [letters, transfer_to()], records, HERE)
    assert match is not None
    assert match.transfer.id == "t-1"
    sentence = "Le SAS 35 a annoncé Léa MARTIN il y a 2 min. Joindre\u202f?"
    assert match.sentence(NOON + timedelta(minutes=2, seconds=50)) == sentence
    assert "à l’instant" in match.sentence(NOON + timedelta(seconds=50))
    dropped = announcement_of(caller, [letters, transfer_to()], records, HERE, frozenset({"t-1"}))
    assert dropped is not None
    assert dropped.patient == "Zoé MARTIN"


def test_what_is_over_in_other_hands_or_not_read_is_never_proposed() -> None:
    caller, records = own(phone="0639982744"), {"call-1": call(LEA)}

    def proposed(transfer: object) -> bool:
        return announcement_of(caller, [transfer], records, HERE) is not None  # type: ignore[list-item]  # one

    announced = transfer_to()
    assert proposed(announced)
    assert proposed(announced.taken_by(Actor(HERE), NOON)), "taken here, no call of it yet"
    assert not proposed(replace(announced.taken_by(Actor(HERE), NOON), line_call="other"))
    assert not proposed(announced.taken_by(Actor("ligne-2"), NOON))
    assert not proposed(after(announced, TransferMove.CANCEL))
    assert not proposed(replace(announced, announced=False))
    assert announcement_of(caller, [announced], {}, HERE) is None


def test_the_call_of_the_line_begins_with_all_that_was_typed_but_an_alarm() -> None:
    sent = call({**LEA, facts.CAN_TRAVEL: True, facts.REASON: ASKED, facts.VITAL_EMERGENCY: True}).sheet
    sent = sent.type(facts.PRESENT_PLACE, "Redo")
    sheet = prefilled(sent)
    assert sheet.answer(facts.VITAL_EMERGENCY) is None
    assert sheet == sent.put(facts.VITAL_EMERGENCY, None)
    assert (sheet.answer(facts.REASON), sheet.pending[facts.PRESENT_PLACE]) == (ASKED, "Redo")


def test_a_joined_call_keeps_what_was_answered_here_and_takes_what_it_lacks() -> None:
    here = EMPTY_SHEET.put(fields.BIRTH_NAME, "MARTIN-DUVAL").type(facts.RESIDENCE, "Pipr")
    sent = call({**LEA, facts.CAN_TRAVEL: ASKED, facts.VITAL_EMERGENCY: True}).sheet
    sent = sent.type(facts.PRESENT_PLACE, "Redo")
    whole = completed(here, sent)
    assert whole.text(fields.BIRTH_NAME) == "MARTIN-DUVAL"
    assert whole.text(fields.FIRST_NAMES) == "Léa"
    assert (whole.answer(facts.RESIDENCE), whole.pending[facts.RESIDENCE]) == (None, "Pipr")
    assert (whole.answer(facts.CAN_TRAVEL), whole.pending[facts.PRESENT_PLACE]) == (ASKED, "Redo")
    assert whole.answer(facts.VITAL_EMERGENCY) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("35", "35"), ("SAS 35", "35"), ("sas44", "44"), ("2a", "2A"), ("ille et vilaine", "35"), ("", ""),
     ("  ", ""), ("99", None), ("Bretagne", None), ("SAS Loire-Atlantique", "44")],
)  # fmt: skip
def test_the_sas_is_named_by_its_number_or_its_departement(typed: str, code: str | None) -> None:
    assert sas_of(typed, DEPARTEMENTS) == code
