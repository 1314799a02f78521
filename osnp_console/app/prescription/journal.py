"""What the journal keeps of a prescription: its number, its step, why; never what it says of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.domain import journal
from osnp_console.domain.journal import Facts, JournalEntry
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.prescription import Prescription

PRESCRIPTION, NUMBER, STATE, MOVE, REASON, WHAT = (
    "ordonnance", "numero", "etat", "geste", "motif", "quoi",
)  # fmt: skip
COUNT, LIST = "nombre", "liste des ordonnances"
_WORDS: Mapping[PrescriptionMove, str] = {
    PrescriptionMove.SUBMIT: "soumise au médecin",
    PrescriptionMove.SEND_BACK: "renvoyée pour être revue",
    PrescriptionMove.VALIDATE: "validée",
    PrescriptionMove.PRINT: "imprimée",
    PrescriptionMove.SIGN: "signée",
    PrescriptionMove.SEND: "transmise",
    PrescriptionMove.ARCHIVE: "archivée",
    PrescriptionMove.CANCEL: "annulée",
}


def move_entry(
    prescription: Prescription, move: PrescriptionMove, desk: str, at: datetime, reason: str = ""
) -> JournalEntry:
    """A move was made."""
    told = _about(prescription)
    told[MOVE] = move.value
    if reason.strip():
        told[REASON] = reason.strip()
    return JournalEntry(desk, at, journal.PRESCRIBED, prescription.call or None, told)


def other_entry(prescription: Prescription, what: str, desk: str, at: datetime) -> JournalEntry:
    """Something else happened: it was begun, a nurse was called, the report came back."""
    told = _about(prescription)
    told[WHAT] = what
    return JournalEntry(desk, at, journal.PRESCRIBED, prescription.call or None, told)


def read_entry(prescription: Prescription, desk: str, at: datetime) -> JournalEntry:
    """It was opened, and what it says of a patient read."""
    return JournalEntry(
        desk, at, journal.PRESCRIPTIONS_READ, prescription.call or None, {**_about(prescription), COUNT: 1}
    )


def listed_entry(count: int, desk: str, at: datetime) -> JournalEntry:
    """The list was looked at, with that many prescriptions."""
    return JournalEntry(desk, at, journal.PRESCRIPTIONS_READ, None, {WHAT: LIST, COUNT: count})


def _about(prescription: Prescription) -> dict[str, object]:
    told: dict[str, object] = {PRESCRIPTION: prescription.id, STATE: prescription.state.value}
    if prescription.number is not None:
        told[NUMBER] = prescription.number.text
    return told


def prescription_words(about: Facts) -> str:
    """An entry in a few words: `ordonnance 72-sarthe-ide-2026-00017 validée`."""
    number = f" {about[NUMBER]}" if about.get(NUMBER) else ""
    try:
        said = _WORDS[PrescriptionMove(about.get(MOVE))]
    except ValueError:
        said = str(about.get(WHAT) or _state(about.get(STATE)))
    words = f"ordonnance{number} {said}"
    return f"{words} ({about[REASON]})" if about.get(REASON) else words


def _state(value: object) -> str:
    return "en préparation" if value == PrescriptionState.DRAFT.value else "changée"
