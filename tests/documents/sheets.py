"""Invented transfers, and their sheets: one just prepared of which nothing is known, one with everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.transfer.sheet import TransferSheet, sheet_of
from osnp_console.app.transfer.spoken import Record, Reminder
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import ASKED, Answer
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Conditions, Taken, Transfer
from tests.unit.desk_calls import GAZETTEER, LANDE_MG
from tests.unit.strategies import DEFINED
from tests.unit.transfers import ACCESS, NOON, OPERATOR, SECRETARY, transfer_to

WORDS = CallSheetWords(
    {"cystite": "Cystite"},
    NATURE_NAMES,
    {code: fact.question for code, fact in DEFINED.items()},
    GAZETTEER.living,
)
RECORD = CallRecord("call-1", 12, "35-1", NOON)
ANSWERS: tuple[tuple[str, Answer], ...] = (
    (fields.CALLER_LINK, "proche"),
    (fields.CALLER_PHONE, "06 39 98 27 44"),
    (fields.BIRTH_NAME, "MARTIN"),
    (fields.FIRST_NAMES, "Léa"),
    (facts.BIRTH, "02/05/1994"),
    (facts.SEX, "F"),
    (facts.PREGNANT, False),
    (fields.PATIENT_PHONE, "02 61 91 12 34"),
    (facts.RESIDENCE, "44901"),
    (facts.PRESENT_PLACE, "44920"),
    (facts.OFFER, "medecine_generale"),
    (facts.REASON, "cystite"),
    (facts.DELAY, 24),
    (facts.TECHNICAL_PLATFORM, False),
    (facts.PRESCRIPTION, ASKED),
    (facts.ONSET, "22/11/2026"),
    (facts.REGULAR_DOCTOR, "indisponible"),
    (fields.DOCTOR_PRACTICE, "Cabinet de Pipriac"),
    (fields.DOCTOR_CALLED, True),
    (facts.USUAL_PRACTITIONER, "aucun"),
    (facts.CAN_TRAVEL, True),
    ("chambre_a_domicile", True),
    (fields.NOTE, "Brûlures depuis ce matin, pas de fièvre. Peut partir tout de suite."),
)
REMINDERS = (
    Reminder("Noter le SAS et la mention «\u202fSAS\u202f» avec le motif.", "S5 p. 14"),
    Reminder("La patiente n’est passée qu’après l’accord d’AccèsS.", "S5 p. 14"),
)
_MOVES = (
    (TransferMove.DIAL, OPERATOR, "", ""),
    (TransferMove.GET_NO_ANSWER, OPERATOR, "", ""),
    (TransferMove.DIAL, OPERATOR, "", ""),
    (TransferMove.FIND_ENGAGED, OPERATOR, "", ""),
    (TransferMove.DIAL, OPERATOR, "", ""),
    (TransferMove.ANSWER, SECRETARY, "", ""),
    (TransferMove.PRESENT, OPERATOR, "", ""),
    (TransferMove.FIND_SLOT, SECRETARY, "", "aujourd’hui 10:45, Dr Anne Bréhault, Redon"),
    (TransferMove.AGREE, SECRETARY, "", ""),
    (TransferMove.HAND_OVER, OPERATOR, "", ""),
    (TransferMove.FAIL, SECRETARY, "autre", "la patiente a changé d’avis"),
)


def full_transfer() -> Transfer:
    """A transfer to which everything happened that can."""
    made = transfer_to(ACCESS)
    for number, (move, by, reason, text) in enumerate(_MOVES, 1):
        made = made.moved(move, by, NOON + timedelta(seconds=20 * number), reason=reason, text=text)
    return replace(
        made,
        conditions=Conditions(
            ("Médecin traitant indisponible", "Motif pris en charge"),
            ("Peut venir au cabinet du médecin volontaire",),
            "AccèsS, il est 19:04\u202f: fermé · ouvre demain à 8:00.",
            "accord de la coordinatrice par téléphone",
        ),
        taken=Taken(SECRETARY, NOON + timedelta(seconds=100)),
        patient_left_at=NOON + timedelta(seconds=190),
    )


def full_record() -> CallRecord:
    """A call in which every field is filled."""
    record = RECORD
    for code, answer in ANSWERS:
        record = record.put(code, answer)
    return record


def full_sheet() -> TransferSheet:
    """The longest sheet of an ordinary transfer."""
    return sheet_of(
        full_transfer(), full_record(), WORDS, LANDE_MG, Record("SAS", "SAS 35 – cystite"), REMINDERS
    )


def bare_sheet() -> TransferSheet:
    """A transfer that was just prepared from a call in which nothing was typed."""
    return sheet_of(transfer_to(ACCESS), RECORD, WORDS, None)
