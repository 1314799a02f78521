"""Why a line refuses, why a transfer fails: short lists and free text (a convention of ours)."""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.domain.transfer.moves import TransferMove

OTHER = "autre"
"""The reason that needs a text of its own."""

REFUSALS: Mapping[str, str] = {
    "complet": "plus de place avant demain",
    "hors_territoire": "patient hors du territoire",
    "motif": "motif non pris",
    "medecin_traitant": "le médecin traitant peut le voir",
    "medecin_regulateur": "à voir avec le médecin régulateur",
    OTHER: "autre raison",
}
FAILURES: Mapping[str, str] = {
    "sans_reponse": "la ligne ne répond pas",
    "ligne_fermee": "la ligne a fermé",
    "patient_parti": "le patient a raccroché",
    "patient_refuse": "le patient ne veut plus",
    "coupure": "communication coupée",
    OTHER: "autre raison",
}
REASONS: Mapping[TransferMove, Mapping[str, str]] = {
    TransferMove.REFUSE: REFUSALS,
    TransferMove.FAIL: FAILURES,
}
"""The reasons of the moves that need one, in the order in which they are shown."""


def reason_words(move: TransferMove, reason: str, text: str = "") -> str:
    """The reason as it is said: the text typed, else the words of its code."""
    return text.strip() or REASONS.get(move, {}).get(reason, reason)
