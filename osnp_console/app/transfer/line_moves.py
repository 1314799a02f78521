"""What the line's desk can do with a transfer now: its buttons, their words and keys, read from the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from osnp_console.app.transfer.words import stands_words, taken_words
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.clock import in_paris
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.reasons import OTHER
from osnp_console.domain.transfer.transfer import Transfer

_M, _S = TransferMove, TransferState
ENTER, NEXT, NOTHING, REFUSAL = "Entrée", "F9", "Maj+F9", "Maj+F8"


class LineAct(Enum):
    """Something the line's desk does."""

    TAKE = "prendre"
    TAKE_OVER = "reprendre"
    GIVE_BACK = "rendre"
    REFUSE = "refuser"
    FAIL = "echouer"
    NOTHING_FREE = "rien_de_libre"
    PRESENT = "presenter"
    AGREE = "accorder"
    HAND_OVER = "prendre_en_ligne"
    REGISTER = "inscrire"
    UNBOOK = "annuler_rendez_vous"
    END_CALL = "terminer_appel"


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """A button: its words, its key (may be empty), whether it is the solid one, why it cannot be used now."""

    act: LineAct
    words: str
    key: str = ""
    is_next: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """The question of the moment and the buttons that answer it, the usual one last."""

    question: str
    acts: tuple[OfferedAct, ...] = ()

    @property
    def next(self) -> OfferedAct | None:
        """What F9 does."""
        return next((one for one in self.acts if one.is_next), None)

    def offers(self, act: LineAct) -> bool:
        """Whether there is a button for it that can be used."""
        return any(one.act is act and not one.reason for one in self.acts)


MOVES_OF: Mapping[LineAct, tuple[TransferMove, ...]] = {
    LineAct.REFUSE: (_M.REFUSE,),
    LineAct.FAIL: (_M.FAIL,),
    LineAct.NOTHING_FREE: (_M.FIND_NOTHING,),
    LineAct.PRESENT: (_M.PRESENT,),
    # To agree to a slot is to have found it.
    LineAct.AGREE: (_M.FIND_SLOT, _M.AGREE),
    LineAct.HAND_OVER: (_M.HAND_OVER,),
    LineAct.REGISTER: (_M.REGISTER,),
}
"""The moves each act marks, those that are legal of them; the other acts say who has the transfer."""

_FORWARD = (LineAct.PRESENT, LineAct.AGREE, LineAct.HAND_OVER, LineAct.REGISTER)
_WORDS: Mapping[LineAct, str] = {
    LineAct.PRESENT: "Situation présentée",
    LineAct.HAND_OVER: "Patient pris en ligne",
    LineAct.REGISTER: "Inscrit",
}
_QUESTIONS: Mapping[LineAct, str] = {
    LineAct.PRESENT: "La situation est-elle présentée\u202f?",
    LineAct.HAND_OVER: "Le patient est-il en ligne avec vous\u202f?",
    LineAct.REGISTER: "Le patient est-il inscrit\u202f?",
}


def is_legal(transfer: Transfer, act: LineAct) -> bool:
    """Whether the transfer's state allows at least the first of an act's moves that is still to be made."""
    return any(transfer.may(move) for move in MOVES_OF.get(act, ()))


def foot_of(
    transfer: Transfer,
    desk: str,
    *,
    answers: bool,
    hour: str = "",
    busy: str = "",
    left_open: bool = False,
    booked: str = "",
) -> Foot:
    """The foot of a transfer at a desk.

    `answers` says whether the desk answers its line; `hour` is that of the chosen slot (`10:45`), empty when
    none is; `busy` says what is under way with an agenda, which nothing may overtake. Of a transfer that is
    over, `left_open` says that this desk's call for its patient is not, and `booked` is the slot, in words,
    that is still booked for that call (empty when none is).
    """
    if transfer.is_settled:
        return Foot(_over(transfer)) if not left_open else _left_open(transfer, booked, busy)
    if not answers:
        return Foot(_stands(transfer))
    taken = transfer.taken
    if taken is None:
        return Foot(
            "Prendre ce transfert\u202f?", (OfferedAct(LineAct.TAKE, "Prendre", ENTER, is_next=True),)
        )
    if taken.by.desk != desk:
        return Foot(taken_words(taken, desk), (OfferedAct(LineAct.TAKE_OVER, "Reprendre à ce poste"),))
    acts = tuple(_mine(transfer, hour, busy))
    following = next((one for one in acts if one.is_next), None)
    return Foot(_question(following, hour) if following is not None else _stands(transfer), acts)


def moves_when_closed(transfer: Transfer, outcome: str) -> tuple[tuple[TransferMove, str, str], ...]:
    """The moves, with the code of their reason and its text, that follow from how the line ended its call.

    `outcome` is one of `OUTCOMES`. Whoever sends is told: a transfer is never left in the hands of a desk
    whose call is over (a convention of ours). Empty once it is settled.
    """
    if transfer.is_settled:
        return ()
    if outcome == "rendez_vous":
        return tuple((move, "", "") for move in _TO_THE_END)
    if outcome == "sans_solution" and transfer.may(_M.FIND_NOTHING):
        return ((_M.FIND_NOTHING, "", ""),)
    if outcome == "rendu_arm" and transfer.may(_M.REFUSE):
        return ((_M.REFUSE, "medecin_regulateur", ""),)
    if outcome == "raccroche":
        return ((_M.FAIL, "patient_parti", ""),)
    return ((_M.FAIL, OTHER, OUTCOMES.get(outcome, outcome)),)


_TO_THE_END = (_M.PRESENT, _M.FIND_SLOT, _M.AGREE, _M.HAND_OVER, _M.REGISTER)
"""Those of them that are legal when their turn comes: a line with fewer steps has fewer."""


def _question(following: OfferedAct, hour: str) -> str:
    if following.act is LineAct.AGREE:
        return f"Proposer {hour} au SAS\u202f?" if hour else "Quel créneau proposer au SAS\u202f?"
    return _QUESTIONS[following.act]


def _mine(transfer: Transfer, hour: str, busy: str) -> Iterator[OfferedAct]:
    if transfer.state is not _S.HANDED_OVER:
        yield OfferedAct(LineAct.GIVE_BACK, "Rendre à la file", reason=busy)
    if is_legal(transfer, LineAct.REFUSE):
        yield OfferedAct(LineAct.REFUSE, "Refuser…", REFUSAL, reason=busy)
    elif is_legal(transfer, LineAct.FAIL):
        yield OfferedAct(LineAct.FAIL, "Échec…", REFUSAL, reason=busy)
    if is_legal(transfer, LineAct.NOTHING_FREE):
        yield OfferedAct(LineAct.NOTHING_FREE, "Rien de libre", NOTHING, reason=busy)
    forward = [act for act in _FORWARD if is_legal(transfer, act)]
    # Where a line's steps say nothing more, the further ones are there to be marked, the first by its key.
    for act in reversed(forward):
        first = act is forward[0]
        yield OfferedAct(act, _words(act, hour), NEXT if first else "", is_next=first, reason=busy)


def _words(act: LineAct, hour: str) -> str:
    if act is LineAct.AGREE:
        return f"Accord pour {hour}" if hour else "Accord…"
    return _WORDS[act]


def left_open_words(transfer: Transfer, booked: str = "") -> str:
    """What is said of a transfer that is over while the line's call for its patient is open.

    `booked` is as in `foot_of`: what stands for a transfer that came to nothing is asked about.
    """
    if not booked:
        return f"{_over(transfer)} L’appel du patient est encore ouvert."
    ended = "le SAS a annulé" if transfer.state is _S.CANCELLED else stands_words(transfer)
    return f"Réservé\u202f: {booked}, mais {ended}\u202f: annuler le rendez-vous\u202f?"


def _left_open(transfer: Transfer, booked: str, busy: str) -> Foot:
    """The call is ended by whoever has it; before that, what is still booked is given back, or kept."""
    words = left_open_words(transfer, booked)
    if not booked:
        return Foot(
            words, (OfferedAct(LineAct.END_CALL, "Terminer l’appel…", NEXT, is_next=True, reason=busy),)
        )
    # Not with the key that books: pressed twice, it would give back what it has just booked.
    return Foot(
        words,
        (
            OfferedAct(LineAct.END_CALL, "Terminer l’appel…", reason=busy),
            OfferedAct(LineAct.UNBOOK, "Annuler le rendez-vous", REFUSAL, reason=busy),
        ),
    )


def _stands(transfer: Transfer) -> str:
    said = stands_words(transfer)
    return f"{said[:1].upper()}{said[1:]} depuis {in_paris(transfer.since):%H:%M:%S}."


def _over(transfer: Transfer) -> str:
    if transfer.joined_to:
        return f"Joint à l’annonce du SAS à {in_paris(transfer.since):%H:%M:%S}."
    said = stands_words(transfer)
    return f"{said[:1].upper()}{said[1:]}, à {in_paris(transfer.since):%H:%M:%S}."
