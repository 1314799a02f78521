"""What a prescription may become, and who does it: one table, read by buttons, keys, errors and tests.

The states are those of the interface (section 8); who may validate is the law's: prescribing is not
delegated (domain note, section 5.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from osnp_console.domain.permissions import Act


class PrescriptionState(Enum):
    """Where a prescription stands."""

    DRAFT = "brouillon"
    TO_VALIDATE = "a_valider"
    VALIDATED = "validee"
    PRINTED = "imprimee"
    SIGNED = "signee"
    SENT = "transmise"
    ARCHIVED = "archivee"
    CANCELLED = "annulee"


class PrescriptionMove(Enum):
    """What is done to a prescription; the value is its name in commands and the journal."""

    SUBMIT = "soumettre"
    SEND_BACK = "renvoyer"
    VALIDATE = "valider"
    PRINT = "imprimer"
    SIGN = "signer"
    SEND = "transmettre"
    ARCHIVE = "archiver"
    CANCEL = "annuler"


_S, _M = PrescriptionState, PrescriptionMove
STATE_NAMES: Mapping[PrescriptionState, str] = {
    _S.DRAFT: "Brouillon",
    _S.TO_VALIDATE: "À valider",
    _S.VALIDATED: "Validée",
    _S.PRINTED: "Imprimée",
    _S.SIGNED: "Signée",
    _S.SENT: "Transmise",
    _S.ARCHIVED: "Archivée",
    _S.CANCELLED: "Annulée",
}
STEPS = tuple(state for state in PrescriptionState if state is not PrescriptionState.CANCELLED)
"""The steps shown, in order."""

MOVES: Mapping[PrescriptionState, Mapping[PrescriptionMove, PrescriptionState]] = {
    _S.DRAFT: {_M.SUBMIT: _S.TO_VALIDATE, _M.VALIDATE: _S.VALIDATED, _M.CANCEL: _S.CANCELLED},
    _S.TO_VALIDATE: {_M.SEND_BACK: _S.DRAFT, _M.VALIDATE: _S.VALIDATED, _M.CANCEL: _S.CANCELLED},
    # An electronic signature needs no paper.
    _S.VALIDATED: {_M.PRINT: _S.PRINTED, _M.SIGN: _S.SIGNED, _M.CANCEL: _S.CANCELLED},
    _S.PRINTED: {_M.PRINT: _S.PRINTED, _M.SIGN: _S.SIGNED, _M.CANCEL: _S.CANCELLED},
    _S.SIGNED: {_M.PRINT: _S.SIGNED, _M.SEND: _S.SENT, _M.CANCEL: _S.CANCELLED},
    _S.SENT: {_M.PRINT: _S.SENT, _M.SEND: _S.SENT, _M.ARCHIVE: _S.ARCHIVED, _M.CANCEL: _S.CANCELLED},
    # What is archived stays readable, and is printed again as a duplicate.
    _S.ARCHIVED: {_M.PRINT: _S.ARCHIVED},
    _S.CANCELLED: {},
}
"""Every legal move, and where it leads."""
BEING_WRITTEN = frozenset({_S.DRAFT, _S.TO_VALIDATE})
"""States in which its content may still change; afterwards a correction cancels and replaces it."""
NEEDS_REASON = frozenset({_M.SEND_BACK, _M.CANCEL})
"""What is not done without saying why."""
RIGHTS: Mapping[PrescriptionMove, Act] = {
    _M.SUBMIT: Act.PREPARE_PRESCRIPTION,
    _M.SEND_BACK: Act.VALIDATE_PRESCRIPTION,
    _M.VALIDATE: Act.VALIDATE_PRESCRIPTION,
    _M.PRINT: Act.SEND_PRESCRIPTION,
    _M.SIGN: Act.SEND_PRESCRIPTION,
    _M.SEND: Act.SEND_PRESCRIPTION,
    _M.ARCHIVE: Act.SEND_PRESCRIPTION,
    _M.CANCEL: Act.PREPARE_PRESCRIPTION,
}
"""Who may make each move. Cancelling what a doctor validated is the doctor's (`right_to`)."""


def right_to(move: PrescriptionMove, state: PrescriptionState) -> Act:
    """The right that a move takes in a state."""
    if move is PrescriptionMove.CANCEL and state not in BEING_WRITTEN:
        return Act.VALIDATE_PRESCRIPTION
    return RIGHTS[move]
