"""What the line's desk reads of a transfer: the records, journaled once, and what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.calls.sheet_words import CallSheetWords, Knowledge
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.ports import StoreFailure
from osnp_console.app.transfer.receive import read_calls, record_of
from osnp_console.app.transfer.received_words import Received, received
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import ASKED, Answer
from osnp_console.domain.permissions import REFERENT
from osnp_console.domain.transfer.transfer import Conditions, unannounced
from tests.unit.desk_calls import MemoryStore, MemoryUnit
from tests.unit.transfers import ACCESS, NOON, SECRETARY, transfer_to

HERE = SECRETARY.desk
WORDS = CallSheetWords({"cystite": "Cystite"}, {}, {}, lambda code: None)


def call() -> CallRecord:
    """The call of the desk that sends."""
    record = CallRecord("call-1", 1, "35-1", NOON)
    answers: dict[str, Answer] = {
        fields.BIRTH_NAME: "MARTIN",
        fields.FIRST_NAMES: "Léa",
        facts.BIRTH: "02/05/1994",
        facts.SEX: "F",
        facts.REASON: "cystite",
        facts.CAN_TRAVEL: ASKED,
        fields.PATIENT_PHONE: "0639982744",
        fields.NOTE: "Peut partir tout de suite.",
    }
    for code, answer in answers.items():
        record = record.put(code, answer)
    return record


class Calls(dict[str, CallRecord]):
    """Calls of a store that says which one it does not have."""

    def __missing__(self, call: str) -> CallRecord:
        raise StoreFailure("introuvable", "Cet appel n’est pas dans la base.")


class Reading:
    """Somebody at the line's desk reads."""

    def __init__(self) -> None:
        self.kept = MemoryStore()
        self.kept.calls = Calls({"call-1": call(), "call-2": replace(call(), id="call-2")})

    def read(self, *calls: str, told: tuple[str, ...] = ()) -> set[str]:
        return set(read_calls(calls, told, HERE, NOON)(self.kept.unit))

    def was_read(self) -> list[str | None]:
        return [one.call for one in self.kept.journal if one.kind == journal.READ]


@pytest.fixture
def store() -> Reading:
    return Reading()


def test_a_record_that_is_shown_is_journaled_once_and_one_that_is_gone_is_left_out(store: Reading) -> None:
    assert store.read("call-1", "gone") == {"call-1"}
    assert store.was_read() == ["call-1"]
    assert store.read("call-1", "call-2", told=("call-1",)) == {"call-1", "call-2"}
    assert store.was_read() == ["call-1", "call-2"]
    assert all((one.desk, one.facts) == (HERE, {}) for one in store.kept.journal)


def test_who_keeps_rules_and_reads_no_calls_sees_none(
    store: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    referent = Session(Standing.SIGNED_IN, person="p", name="Une référente", roles=frozenset({REFERENT}))
    monkeypatch.setattr(MemoryUnit, "session", referent)
    assert store.read("call-1") == set()
    assert store.was_read() == []


def test_the_call_that_says_who_it_is_is_the_senders_else_the_lines_own() -> None:
    assert record_of(transfer_to()) == "call-1"
    assert record_of(unannounced("t", "own", ACCESS, SECRETARY, NOON)) == "own"


def seen(conditions: Conditions | None = None, record: CallRecord | None = None) -> Received:
    transfer = replace(transfer_to(), conditions=conditions or Conditions())
    return received(record or call(), transfer, WORDS)


def test_what_was_typed_is_shown_first_things_first_and_what_was_not_asked_is_left_out() -> None:
    shown = seen()
    assert (shown.name, shown.birth) == ("Léa MARTIN", "née le 02/05/1994 · 32 ans · F")
    lines = [(line.label, line.text) for line in shown.lines]
    assert lines == [
        ("Habite à", "pas demandé"),
        ("Motif", "Cystite"),
        ("À voir sous", "pas demandé"),
        ("Rappeler au", "pas demandé"),
        ("Téléphone", "06\u202f39\u202f98\u202f27\u202f44"),
        ("Peut venir", "ne sait pas"),
        ("Envoyé par", "SAS 35 · poste 1"),
    ]
    assert shown.lines[5].knowledge is Knowledge.ASKED
    assert (shown.note, shown.phone) == ("Peut partir tout de suite.", "06\u202f39\u202f98\u202f27\u202f44")
    assert "Motif\u202f: Cystite" in shown.sentence


def test_how_the_conditions_stood_is_said_with_why_the_sas_went_on() -> None:
    assert (seen().conditions, seen().are_met) == (
        "Les conditions sont réunies, dit le poste qui envoie.",
        True,
    )
    unmet = seen(Conditions(("Délai",), ("Territoire",), "", "vu avec le régulateur"))
    assert unmet.conditions == (
        "1 condition non réunie\u202f: Délai. À vérifier\u202f: Territoire. "
        "Motif pour continuer\u202f: vu avec le régulateur."
    )
    assert unmet.are_met is False
    nobody = received(call(), unannounced("t", "own", ACCESS, SECRETARY, NOON, "44"), WORDS)
    assert (nobody.conditions, nobody.are_met) == ("", None)
    assert nobody.lines[-1].label == "Transféré par"


def test_an_unnamed_patient_is_said_to_be_one_and_a_date_that_is_none_gives_no_age() -> None:
    shown = seen(record=CallRecord("call-1", 1, "35-1", NOON).put(facts.BIRTH, "32/13/1994"))
    assert (shown.name, shown.birth, shown.phone) == ("Identité non notée", "", "")
