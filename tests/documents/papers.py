"""An invented appointment, and what documents are made of."""

from __future__ import annotations

from osnp_console.app.booking.proof import ProofOfRegulation, proof_of
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.desk import Desk
from osnp_console.domain.regulator import Regulator
from tests.unit.desk_calls import GAZETTEER, LANDE_MG, check
from tests.unit.slot_doubles import made_slot
from tests.unit.strategies import INSTANT

DESK = Desk(role="osnp", sas="44", number=3)
REGULATOR = Regulator("RÉGULE", "Dominique", "d.regule@sas44.invalid", "810000000001")
FINGERPRINT = "sha256:" + "a1b2" * 16
BOOKED = Appointment(
    "3f0e6f5e-0000-4000-8000-000000000001",
    "appel-14",
    DESK.code,
    "a",
    made_slot(types=frozenset({"SNP", "CPTS"})),
    AppointmentState.BOOKED,
    INSTANT,
    INSTANT,
    "44-lande-mg",
    "Appointment/17",
)


def made_call(name: str = "ESSAI") -> CallRecord:
    """A call of which all that matters is known but the age."""
    record = CallRecord("appel-14", 14, DESK.code, INSTANT)
    answers: tuple[tuple[str, str | int | bool], ...] = (
        (fields.BIRTH_NAME, name),
        (fields.FIRST_NAMES, "Camille"),
        (facts.SEX, "F"),
        (facts.RESIDENCE, "44901"),
        (facts.REASON, "angine"),
        (facts.DELAY, 48),
        (facts.REGULAR_DOCTOR, "indisponible"),
    )
    for code, answer in answers:
        record = record.put(code, answer)
    return record


def made_proof(name: str = "ESSAI", appointment: Appointment = BOOKED) -> ProofOfRegulation:
    """The proof of an appointment for a patient of that name."""
    record = made_call(name)
    judgement = OpenCall(record, DESK, check(), INSTANT).checklist.judgement(LANDE_MG)
    words = CallSheetWords({"angine": "Angine"}, {}, {}, GAZETTEER.living)
    catalogue = ("2026.11", FINGERPRINT)
    return proof_of(record, appointment, DESK, words, judgement, catalogue, "Agenda des Essais", REGULATOR)
