"""What is done to a prescription beside validating it: submitted, printed, signed, sent, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.journal import move_entry, other_entry
from osnp_console.app.prescription.records import ArchivedPaper
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import (
    STATE_NAMES,
    PrescriptionMove,
    right_to,
)
from osnp_console.domain.prescription.nurses import NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription

SIGNED_PAPER = "signee"
_ANSWER_WORDS = {
    NurseAnswer.ACCEPTED: "acceptée par l’infirmier",
    NurseAnswer.REFUSED: "refusée par l’infirmier",
    NurseAnswer.NO_ANSWER: "sans réponse de l’infirmier",
}
_MOVE_WORDS = {
    PrescriptionMove.SUBMIT: "Soumettre",
    PrescriptionMove.SEND_BACK: "Renvoyer",
    PrescriptionMove.VALIDATE: "Valider",
    PrescriptionMove.PRINT: "Imprimer",
    PrescriptionMove.SIGN: "Signer",
    PrescriptionMove.SEND: "Transmettre",
    PrescriptionMove.ARCHIVE: "Archiver",
    PrescriptionMove.CANCEL: "Annuler",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The prescription as the store holds it now; `sentence` says why nothing was done, empty else."""

    prescription: Prescription
    sentence: str = ""


def move(
    key: str,
    what: PrescriptionMove,
    desk: str,
    now: datetime,
    text: str = "",
    *,
    electronic: bool = False,
    signed: bytes | None = None,
) -> Callable[[OpenUnit], Moved]:
    """Work for the store: make a move on the prescription as it stands there.

    `text` is the reason, to whom it was sent, or who saw the handwritten signature; `signed` the document
    with its electronic signature, archived with the move. Raises StoreFailure, Forbidden, and
    IllegalPrescriptionMove when the reason lacks.
    """

    def work(open_unit: OpenUnit) -> Moved:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            unit.prescriptions.hold(key)
            prescription = unit.prescriptions.get(key)
            if _made_already(prescription, what, desk, now, text):
                return Moved(prescription)
            unit.session.require(right_to(what, prescription.state))
            if not prescription.may(what):
                return Moved(prescription, refused_words(prescription, what))
            moved = prescription.moved(what, now, desk, unit.session.name, text, electronic=electronic)
            saved = unit.prescriptions.save(moved)
            if signed is not None:
                digest = f"sha256:{sha256(signed).hexdigest()}"
                unit.prescriptions.archive(ArchivedPaper(key, SIGNED_PAPER, now, signed, digest))
            unit.journal.append(move_entry(saved, what, desk, now, text))
            unit.commit()
        return Moved(saved)

    return work


def _made_already(
    prescription: Prescription, what: PrescriptionMove, desk: str, now: datetime, text: str
) -> bool:
    """Whether this very move was written by an earlier try whose answer was lost."""
    made = (what, now, desk, text.strip())
    return any((one.move, one.at, one.desk, one.text) == made for one in prescription.history)


def note_report(key: str, report: str, desk: str, now: datetime) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: what the nurse said when it came back. Raises StoreFailure, Forbidden."""

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            unit.prescriptions.hold(key)
            saved = unit.prescriptions.save(unit.prescriptions.get(key).reported(report, now))
            unit.journal.append(other_entry(saved, "compte rendu reçu", desk, now))
            unit.commit()
        return saved

    return work


def call_nurse(
    key: str, nurse: str, name: str, desk: str, now: datetime
) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: a nurse is being called. Raises StoreFailure, Forbidden."""

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            unit.prescriptions.hold(key)
            prescription = unit.prescriptions.get(key)
            if any(one.nurse == nurse and one.called_at == now for one in prescription.tries):
                return prescription  # by an earlier try whose answer was lost
            saved = unit.prescriptions.save(prescription.tried(nurse, name, now))
            unit.journal.append(other_entry(saved, "infirmier appelé", desk, now))
            unit.commit()
        return saved

    return work


def nurse_answered(
    key: str, answer: NurseAnswer, desk: str, now: datetime
) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: what the nurse who is called said; who accepted goes.

    Raises StoreFailure, Forbidden, and IllegalPrescriptionMove when nobody is being called.
    """

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            unit.prescriptions.hold(key)
            saved = unit.prescriptions.save(unit.prescriptions.get(key).answered(answer, now))
            unit.journal.append(other_entry(saved, _ANSWER_WORDS[answer], desk, now))
            unit.commit()
        return saved

    return work


def refused_words(prescription: Prescription, what: PrescriptionMove) -> str:
    """Why a move was not made: where the prescription stands, since when, by whom."""
    state = STATE_NAMES[prescription.state].lower()
    last = prescription.history[-1] if prescription.history else None
    by = f", par {last.person}" if last is not None and last.person else ""
    since = f"{in_paris(prescription.since):%d/%m à %H:%M:%S}"
    return f"« {_MOVE_WORDS[what]} » n’a pas été noté\u202f: ordonnance {state} depuis le {since}{by}."
