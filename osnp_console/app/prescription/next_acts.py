"""What can be done with a prescription now, by whom: the usual next act, the others, what is said beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.checks import AFTER_VALIDATION, Fault
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState, right_to
from osnp_console.domain.prescription.prescription import Prescription

May = Callable[[Act], bool]
YOU_PREPARE = "Seul un médecin valide. Vous préparez."
S: TypeAlias = PrescriptionState
M: TypeAlias = PrescriptionMove


class Deed(Enum):
    """What a button does."""

    SUBMIT = "soumettre"
    VALIDATE = "valider"
    SEND_BACK = "renvoyer"
    PRINT = "imprimer"
    SIGN = "signature"
    SIGN_BY_KEY = "signature_electronique"
    MAIL = "message"
    SEND = "transmettre"
    ARCHIVE = "archiver"
    REPORT = "compte_rendu"
    CANCEL = "annuler"
    CORRECT = "corriger"


@dataclass(frozen=True, slots=True)
class Offered:
    """A button: its words, its key, why it cannot be pressed now (empty when it can)."""

    deed: Deed
    words: str
    key: str = ""
    reason: str = ""

    @property
    def short(self) -> str:
        """Its words where room lacks."""
        return _SHORT.get(self.deed, self.words)


_SHORT = {
    Deed.SUBMIT: "Soumettre",
    Deed.VALIDATE: "Valider",
    Deed.SIGN: "Signature",
    Deed.SIGN_BY_KEY: "Signer",
    Deed.SEND: "Transmission",
}


@dataclass(frozen=True, slots=True)
class PrescriptionFoot:
    """`next` is the usual next act, None where nothing is left to do here."""

    words: str
    next: Offered | None
    others: tuple[Offered, ...] = ()

    def offers(self, deed: Deed) -> Offered | None:
        """The button of a deed, None where there is none."""
        every = (*((self.next,) if self.next is not None else ()), *self.others)
        return next((one for one in every if one.deed is deed), None)


_AFTER: dict[S, tuple[Deed, str, PrescriptionMove]] = {
    S.VALIDATED: (Deed.PRINT, "Imprimer", M.PRINT),
    S.PRINTED: (Deed.SIGN, "Signature manuscrite constatée", M.SIGN),
    S.SIGNED: (Deed.SEND, "Noter la transmission", M.SEND),
    S.SENT: (Deed.ARCHIVE, "Archiver", M.ARCHIVE),
}
_WAITS = {
    S.VALIDATED: "Validée\u202f: à imprimer, ou à signer sans papier.",
    S.PRINTED: "Imprimée\u202f: à faire signer.",
    S.SIGNED: "Signée\u202f: à transmettre à l’infirmier.",
    S.SENT: "Transmise.",
    S.ARCHIVED: "Archivée.",
    S.CANCELLED: "Annulée.",
}


def foot_of(
    prescription: Prescription,
    may: May,
    faults: Sequence[Fault],
    busy: str = "",
    *,
    mails: bool = False,
    signs: bool = False,
) -> PrescriptionFoot:
    """The foot of the form; `faults` keep it from going on, `busy` is what is being waited for.

    `mails` says whether messages can be prepared here, `signs` whether this desk signs electronically: then
    that is a doctor's next act, and no paper is needed.
    """
    if prescription.may_change:
        return _being_written(prescription, may, faults, busy)
    state = prescription.state
    after = _AFTER.get(state)
    following = None
    if after is not None:
        deed, words, move = after
        following = Offered(deed, words, "F9", busy or _why_not(move, state, may))
    others = []
    by_key = signs and state in (S.VALIDATED, S.PRINTED) and may(Act.VALIDATE_PRESCRIPTION)
    if by_key:
        if following is not None and following.deed is Deed.PRINT:
            others.append(_move(Deed.PRINT, "Imprimer", M.PRINT, state, may, busy, "Ctrl+P"))
        following = Offered(Deed.SIGN_BY_KEY, "Signer électroniquement", "F9", busy)
    if state is S.VALIDATED or by_key:
        others.append(_move(Deed.SIGN, "Signature constatée", M.SIGN, state, may, busy))
    if mails and state in (S.SIGNED, S.SENT):
        others.append(_move(Deed.MAIL, "Message", M.SEND, state, may, busy))
    if state in (S.PRINTED, S.SIGNED, S.SENT, S.ARCHIVED):
        others.append(_move(Deed.PRINT, "Duplicata", M.PRINT, state, may, busy, "Ctrl+P"))
    if prescription.reported_at is None and state is not S.CANCELLED:
        reason = "" if may(Act.SEND_PRESCRIPTION) else who_may(Act.SEND_PRESCRIPTION)
        others.append(Offered(Deed.REPORT, "Compte rendu reçu", "", busy or reason))
    if prescription.may(M.CANCEL):
        others.append(_move(Deed.CORRECT, "Corriger", M.CANCEL, state, may, busy))
        others.append(_move(Deed.CANCEL, "Annuler", M.CANCEL, state, may, busy))
    words = _WAITS[state] if following is not None or state in (S.ARCHIVED, S.CANCELLED) else AFTER_VALIDATION
    return PrescriptionFoot(words, following, tuple(others))


def _being_written(
    prescription: Prescription, may: May, faults: Sequence[Fault], busy: str
) -> PrescriptionFoot:
    state, reason = prescription.state, busy or faults_words(faults)
    cancel = _move(Deed.CANCEL, "Annuler", M.CANCEL, state, may, busy)
    if may(Act.VALIDATE_PRESCRIPTION):
        others: tuple[Offered, ...] = (cancel,)
        if state is S.TO_VALIDATE:
            others = (_move(Deed.SEND_BACK, "Renvoyer", M.SEND_BACK, state, may, busy), cancel)
        words = "À valider par un médecin." if state is S.TO_VALIDATE else "Brouillon."
        return PrescriptionFoot(words, Offered(Deed.VALIDATE, "Valider et signer", "F9", reason), others)
    if state is S.TO_VALIDATE:
        return PrescriptionFoot("Soumise\u202f: le médecin la valide, ou la renvoie.", None, (cancel,))
    if not may(Act.PREPARE_PRESCRIPTION):
        return PrescriptionFoot(who_may(Act.PREPARE_PRESCRIPTION), None)
    name = prescription.content.prescriber.name
    # The key is pressed for a person: their name, not in capitals, as one says it.
    words = f"Soumettre au Dr {name.title()}" if name.strip() else "Soumettre au médecin"
    return PrescriptionFoot(YOU_PREPARE, Offered(Deed.SUBMIT, words, "F9", reason), (cancel,))


def faults_words(faults: Sequence[Fault]) -> str:
    """What keeps it from going on, all of it: the description of the button lists it."""
    return " ".join(dict.fromkeys(fault.message for fault in faults))


def _move(
    deed: Deed, words: str, move: PrescriptionMove, state: S, may: May, busy: str, key: str = ""
) -> Offered:
    return Offered(deed, words, key, busy or _why_not(move, state, may))


def _why_not(move: PrescriptionMove, state: S, may: May) -> str:
    right = right_to(move, state)
    return "" if may(right) else who_may(right)
