"""What the journal keeps of a transfer: which line, which step, why; never who the patient is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.domain import journal
from osnp_console.domain.journal import Facts, JournalEntry
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.reasons import reason_words
from osnp_console.domain.transfer.transfer import Passage, Transfer

TRANSFER, LINE, STATE, REASON, WHAT = "transfert", "ligne", "etat", "motif", "quoi"
SLOT, DESK = "creneau", "poste"
PATIENT_LEFT, PATIENT_BACK = "patient_parti", "patient_revenu"
TAKEN, TAKEN_OVER, GIVEN_BACK, JOINED = "pris", "repris", "rendu", "joint"

_STATE_WORDS: Mapping[TransferState, str] = {
    TransferState.PREPARED: "transfert à {line} préparé",
    TransferState.CALLING: "appel à {line}",
    TransferState.NO_ANSWER: "{line} ne répond pas",
    TransferState.ENGAGED: "{line} occupé",
    TransferState.ANSWERED: "{line} répond",
    TransferState.PRESENTED: "situation présentée à {line}",
    TransferState.SLOT_FOUND: "{line} a un créneau",
    TransferState.NO_SLOT: "{line} n’a rien de libre",
    TransferState.AGREED: "accord de {line}",
    TransferState.REFUSED: "{line} refuse",
    TransferState.HANDED_OVER: "patient remis à {line}",
    TransferState.REGISTERED: "inscrit par {line}",
    TransferState.FAILED: "transfert à {line} échoué",
    TransferState.CANCELLED: "transfert à {line} annulé",
}
_OTHER_WORDS: Mapping[str, str] = {
    PATIENT_LEFT: "le patient n’est plus en ligne",
    PATIENT_BACK: "le patient est de nouveau en ligne",
    TAKEN: "transfert pris à {line}",
    TAKEN_OVER: "transfert repris à un autre poste",
    GIVEN_BACK: "transfert rendu à la file",
    JOINED: "joint à l’annonce du SAS",
}


def state_entry(transfer: Transfer, call: str, desk: str, at: datetime) -> JournalEntry:
    """A transfer came to its state, told in the journal of one of its calls."""
    last = transfer.history[-1] if transfer.history else None
    told: dict[str, object] = {
        TRANSFER: transfer.id,
        LINE: transfer.line.name,
        STATE: transfer.state.value,
    }
    why = _why(transfer, last)
    if why:
        told[REASON] = why
    if transfer.slot:
        told[SLOT] = transfer.slot
    return JournalEntry(desk, at, journal.TRANSFERRED, call, told)


def _why(transfer: Transfer, last: Passage | None) -> str:
    if last is None:
        return transfer.conditions.reason
    if last.move in (TransferMove.FIND_SLOT, TransferMove.AGREE):
        return ""  # the slot, which has a place of its own
    return reason_words(last.move, last.reason, last.text)


def other_entry(
    transfer: Transfer, what: str, call: str, desk: str, at: datetime, before: str = ""
) -> JournalEntry:
    """Something happened to a transfer that is no step; `before` is the desk that had it."""
    told: dict[str, object] = {TRANSFER: transfer.id, LINE: transfer.line.name, WHAT: what}
    if before:
        told[DESK] = before
    return JournalEntry(desk, at, journal.TRANSFERRED, call, told)


def transfer_words(about: Facts) -> str:
    """An entry in a few words: `AccèsS refuse (plus de place avant demain)`."""
    line = str(about.get(LINE) or "la ligne")
    try:
        said = _STATE_WORDS[TransferState(about.get(STATE))].format(line=line)
    except ValueError:
        said = _OTHER_WORDS.get(str(about.get(WHAT)), "transfert").format(line=line)
    slot = about.get(SLOT) if about.get(STATE) in _WITH_SLOT else None
    said = f"{said}\u202f: {slot}" if slot else said
    return f"{said} ({about[REASON]})" if about.get(REASON) else said


_WITH_SLOT = frozenset(
    {TransferState.SLOT_FOUND.value, TransferState.AGREED.value, TransferState.REGISTERED.value}
)
