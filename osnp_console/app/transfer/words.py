"""A transfer in sentences: where it stands, who has it, why something was not done."""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import desk_told
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.reasons import reason_words
from osnp_console.domain.transfer.transfer import Actor, Taken, Transfer

MOVE_WORDS: Mapping[TransferMove, str] = {
    TransferMove.DIAL: "Appeler",
    TransferMove.GET_NO_ANSWER: "Pas de réponse",
    TransferMove.FIND_ENGAGED: "Occupé",
    TransferMove.ANSWER: "Répond",
    TransferMove.PRESENT: "Présenté",
    TransferMove.FIND_SLOT: "Créneau trouvé",
    TransferMove.FIND_NOTHING: "Rien de libre",
    TransferMove.AGREE: "Accord",
    TransferMove.REFUSE: "Refus",
    TransferMove.HAND_OVER: "Patient remis",
    TransferMove.REGISTER: "Inscrit",
    TransferMove.FAIL: "Échec",
    TransferMove.CANCEL: "Annuler",
}
_STANDS: Mapping[TransferState, str] = {
    TransferState.PREPARED: "le transfert à {line} est préparé",
    TransferState.CALLING: "{line} est en train d’être appelé",
    TransferState.NO_ANSWER: "{line} n’a pas répondu",
    TransferState.ENGAGED: "{line} était occupé",
    TransferState.ANSWERED: "{line} a répondu",
    TransferState.PRESENTED: "la situation est présentée à {line}",
    TransferState.SLOT_FOUND: "{line} a trouvé un créneau",
    TransferState.NO_SLOT: "{line} n’a rien de libre",
    TransferState.AGREED: "{line} a donné son accord",
    TransferState.REFUSED: "{line} a refusé",
    TransferState.HANDED_OVER: "le patient est remis à {line}",
    TransferState.REGISTERED: "{line} a inscrit le patient",
    TransferState.FAILED: "le transfert à {line} a échoué",
    TransferState.CANCELLED: "le transfert à {line} est annulé",
}


def stands_words(transfer: Transfer) -> str:
    """Where it stands, as the end of a sentence: `AccèsS a refusé (plus de place avant demain)`."""
    said = _STANDS[transfer.state].format(line=transfer.line.name)
    last = transfer.history[-1] if transfer.history else None
    why = reason_words(last.move, last.reason, last.text) if last is not None and last.reason else ""
    return f"{said} ({why})" if why else said


def actor_words(actor: Actor, own_desk: str) -> str:
    """Who, as the other desks see them: `Gaëlle Robin (poste 1)`, `le poste 1` where nobody is named."""
    number = desk_told(actor.desk, own_desk)
    return f"{actor.person} (poste {number})" if actor.person else f"Le poste {number}"


def taken_words(taken: Taken, own_desk: str) -> str:
    """Who took it, and when: `Gaëlle Robin (poste 1) l’a pris à 10:03:58.`."""
    return f"{actor_words(taken.by, own_desk)} l’a pris à {in_paris(taken.at):%H:%M:%S}."


def refused_words(transfer: Transfer, move: TransferMove | None, own_desk: str) -> str:
    """Why nothing was done: where the transfer stands now, since when, and by whom."""
    local = in_paris(transfer.since)
    said = stands_words(transfer)
    last = transfer.history[-1] if transfer.history else None
    elsewhere = last is not None and last.by.desk != own_desk
    by = f", {_lower(actor_words(last.by, own_desk))}" if last is not None and elsewhere else ""
    first = f"« {MOVE_WORDS[move]} » n’a pas été noté" if move is not None else "Rien n’a été changé"
    return f"{first}\u202f: {said} depuis {local:%H:%M:%S}{by}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith("Le ") else text
