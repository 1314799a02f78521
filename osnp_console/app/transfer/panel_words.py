"""What the sending side says: the question of the moment, its keys' labels, what else may happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from osnp_console.app.letters import letters_of
from osnp_console.app.transfer.next_ways import NextWay, WayKind
from osnp_console.app.transfer.stepper import nth_try
from osnp_console.app.transfer.words import MOVE_WORDS, stands_words
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.transfer.clocks import tries
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.reasons import OTHER, REASONS, reason_words
from osnp_console.domain.transfer.steps import STEP_NAMES, Step
from osnp_console.domain.transfer.transfer import Conditions, Transfer

_S, _M = TransferState, TransferMove
WHY_GO_ON = "Motif pour continuer malgré tout"
WHY_MISSING = "Le motif est à taper pour continuer."
LONGEST_NAME = 18
"""Beyond, a button says `la ligne`: the head of the panel has the name."""
FEMININE = frozenset({"patiente", "personne"})


class UsualAct(Enum):
    """What F8 does on a transfer."""

    MOVE = "étape suivante"
    CLOSE_CALL = "clore l’appel"
    ANEW = "transférer de nouveau"


def usual_act(transfer: Transfer) -> UsualAct:
    """What F8 does: the next step; once the patient is with the line, or nothing is left, the call is over.

    Whether the line registers the patient is for its own desk to say.
    """
    if transfer.state in (_S.HANDED_OVER, _S.REGISTERED):
        return UsualAct.CLOSE_CALL
    if transfer.is_settled:
        return UsualAct.ANEW
    return UsualAct.MOVE if transfer.usual is not None else UsualAct.CLOSE_CALL


def the(patient: str) -> str:
    """`la patiente`, `le patient`, `la personne`."""
    return f"{'la' if patient in FEMININE else 'le'} {patient}"


def called(name: str) -> str:
    """A line's name where room is short: as it is, `la ligne` for a long one."""
    return name if len(name) <= LONGEST_NAME else "la ligne"


def capitals(title: str, name: str) -> str:
    """A title in capitals, but for the line's name in it: `SI AccèsS N’A RIEN OU REFUSE`."""
    return name.join(part.upper() for part in title.split(name)) if name else title.upper()


def agreed(participle: str, patient: str) -> str:
    """A participle that goes with the patient: `remise`, `remis`."""
    return f"{participle}e" if patient in FEMININE else participle


# --- the footer -----------------------------------------------------------------------------------------


def question_words(transfer: Transfer, patient: str) -> str:
    """The question of the moment; empty when there is none."""
    name, who = called(transfer.line.name), the(patient)
    if transfer.state in (_S.HANDED_OVER, _S.REGISTERED):
        return f"{_capital(who)} est avec {name}."
    if transfer.is_settled:
        return ""
    asked = {
        _M.DIAL: f"Appeler {name}\u202f?",
        _M.ANSWER: f"{name} répond\u202f?",
        _M.PRESENT: f"{name} a entendu la situation\u202f?",
        _M.FIND_SLOT: f"{name} a un créneau\u202f?",
        _M.AGREE: f"{name} donne son accord\u202f?",
        _M.HAND_OVER: f"Passer {who} à {name}\u202f?",
        _M.REGISTER: f"{name} inscrit {who}\u202f?",
        None: f"La situation est présentée à {name}.",
    }
    if transfer.usual is None and transfer.state is not _S.PRESENTED:
        return f"{_capital(stands_words(transfer))}."
    if transfer.state in (_S.NO_ANSWER, _S.ENGAGED):
        return f"Rappeler {name}\u202f?"
    return _capital(asked[transfer.usual])


def usual_words(transfer: Transfer, patient: str) -> str:
    """What the button of F8 says; empty where another transfer would begin."""
    name, act, move = called(transfer.line.name), usual_act(transfer), transfer.usual
    if act is UsualAct.ANEW:
        return ""
    if act is UsualAct.CLOSE_CALL:
        return "Terminer\u202f: transféré"
    if move is _M.DIAL:
        return f"{'Rappeler' if tries(transfer) else 'Appeler'} {name}"
    looks = Step.SLOT in transfer.line.steps
    said = {
        _M.ANSWER: f"{name} répond",
        _M.PRESENT: f"Présenté, {name} cherche" if looks else "Présenté",
        _M.FIND_SLOT: f"{name} a un créneau",
        _M.AGREE: f"{name} est d’accord",
        _M.HAND_OVER: f"{_capital(patient)} {agreed('remis', patient)}",
        _M.REGISTER: f"{_capital(patient)} {agreed('inscrit', patient)}",
    }
    return _capital(said[move]) if move is not None else ""


def asks_slot(transfer: Transfer) -> bool:
    """Whether the usual move is the one that a slot, in the line's own words, goes with."""
    return transfer.usual is _M.FIND_SLOT or (transfer.usual is _M.AGREE and not transfer.slot)


@dataclass(frozen=True, slots=True)
class OtherMove:
    """One line of what else may happen: its letter, the move and the reason it notes.

    `heading` stands over the first of its group; `asks_text` when the reason is to be typed.
    """

    move: TransferMove
    words: str
    letter: str = ""
    reason: str = ""
    heading: str = ""

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return f"{self.move.value}.{self.reason}"

    @property
    def asks_text(self) -> bool:
        """Whether its reason is a text of its own."""
        return self.reason == OTHER


_NOT_LISTED = frozenset({_M.CANCEL, _M.DIAL})
"""They have a button of their own."""


def other_moves(transfer: Transfer, patient: str) -> tuple[OtherMove, ...]:
    """Everything that may be marked beside the usual step, each once, with the letter that chooses it."""
    usual = transfer.usual if usual_act(transfer) is UsualAct.MOVE else None
    found = [
        one
        for move in transfer.moves
        if move is not usual and move not in _NOT_LISTED
        for one in _lines_of(transfer, move, patient)
    ]
    letters = letters_of({one.key: one.words for one in found})
    return tuple(replace(one, letter=letters.get(one.key, "")) for one in found)


def _lines_of(transfer: Transfer, move: TransferMove, patient: str) -> Iterator[OtherMove]:
    reasons = REASONS.get(move)
    if reasons is None:
        yield OtherMove(move, _other_words(transfer, move, patient))
        return
    heading = _capital(f"{called(transfer.line.name)} refuse") if move is _M.REFUSE else "Le transfert échoue"
    for code, words in reasons.items():
        said = _about(words, patient)
        yield OtherMove(move, _capital(said), reason=code, heading=heading)
        heading = ""


def _other_words(transfer: Transfer, move: TransferMove, patient: str) -> str:
    name = called(transfer.line.name)
    said = {
        _M.ANSWER: f"{name} est en ligne",
        _M.GET_NO_ANSWER: "Pas de réponse",
        _M.FIND_ENGAGED: "Occupé",
        _M.FIND_NOTHING: "Rien de libre",
        _M.FIND_SLOT: f"{name} a un créneau",
        _M.AGREE: f"{name} est d’accord",
        _M.HAND_OVER: f"{_capital(patient)} {agreed('remis', patient)} à {name}",
        _M.REGISTER: f"{_capital(patient)} {agreed('inscrit', patient)} par {name}",
    }
    return _capital(said.get(move, MOVE_WORDS[move]))


def _about(words: str, patient: str) -> str:
    return words.replace("le patient ", f"{the(patient)} ") if words.startswith("le patient ") else words


def other_words(transfer: Transfer) -> str:
    """What the button of Maj+F8 says; empty when nothing else may happen."""
    moves = set(transfer.moves) - _NOT_LISTED
    if usual_act(transfer) is UsualAct.MOVE:
        moves -= {transfer.usual}
    if not moves:
        return ""
    if _M.GET_NO_ANSWER in moves:
        return "Pas de réponse, occupé…"
    if _M.FIND_NOTHING in moves:
        return "Refus ou rien de libre…"
    return "Autre suite…"


# --- sentences ------------------------------------------------------------------------------------------


def outcome_sentence(transfer: Transfer, slot: RankedSlot | None, ways: Sequence[NextWay]) -> str:
    """What went otherwise than hoped, and what can be done: empty while all goes well (interface, §10)."""
    name = transfer.line.name
    if transfer.state in (_S.NO_ANSWER, _S.ENGAGED):
        said = "ne répond pas" if transfer.state is _S.NO_ANSWER else "est occupé"
        made = len(tries(transfer))
        count = f" ({nth_try(made)})" if made > 1 else ""
        return f"{name} {said}{count}. Rappeler{_or_else(slot, ways)}."
    said = {
        _S.REFUSED: f"{name} refuse\u202f: {_why(transfer)}.",
        _S.NO_SLOT: f"{name} n’a rien de libre.",
        _S.FAILED: f"Transfert interrompu\u202f: {_why(transfer)}.",
        _S.CANCELLED: "Transfert annulé.",
    }.get(transfer.state, "")
    return f"{said}{_others_below(ways)}" if said else ""


def registered_sentence(transfer: Transfer, patient: str) -> str:
    """`AccèsS a inscrit la patiente à 10:08:12 : 10:45, Dr Bréhault.`; empty for another state."""
    if transfer.state is not _S.REGISTERED:
        return ""
    slot = f"\u202f: {transfer.slot.rstrip('.')}" if transfer.slot else ""
    return f"{transfer.line.name} a inscrit {the(patient)} à {_hour(transfer.since)}{slot}."


def resumed_words(transfer: Transfer) -> str:
    """After a stop: `Transfert repris à l’étape Présenté (10:04:58).`, the hour of what was marked last."""
    step = transfer.next_step
    where = f"à l’étape {STEP_NAMES[step]}" if step is not None else "où il en était"
    return f"Transfert repris {where} ({_hour(transfer.since)})."


def tab_words(transfer: Transfer) -> str:
    """What the call's tab says: `en transfert · AccèsS`; empty once it is over."""
    if transfer.state is _S.HANDED_OVER:
        return f"remis · {transfer.line.name}"
    return "" if transfer.is_settled else f"en transfert · {transfer.line.name}"


def announced_words(transfer: Transfer, patient: str) -> str:
    """Where it stands, for a screen reader."""
    return f"{_capital(_about_patient(stands_words(transfer), patient))}."


def conditions_words(conditions: Conditions) -> str:
    """`Conditions réunies`, `2 conditions non réunies`, `1 condition à vérifier`."""
    unmet, to_check = len(conditions.unmet), len(conditions.to_check)
    if unmet:
        return f"{unmet} condition{_s(unmet)} non réunie{_s(unmet)}"
    if to_check:
        return f"{to_check} condition{_s(to_check)} à vérifier"
    return "Conditions réunies"


def tries_words(transfer: Transfer) -> str:
    """`Essais : 10:03 sans réponse, 10:04 répondu`; empty before the first."""
    ends: Mapping[TransferMove | None, str] = {
        _M.GET_NO_ANSWER: "sans réponse",
        _M.FIND_ENGAGED: "occupé",
        _M.ANSWER: "répondu",
        None: "en cours" if not transfer.is_settled else "interrompu",
    }
    made = tries(transfer)
    told = ", ".join(f"{in_paris(one.dialled_at):%H:%M} {ends[one.outcome]}" for one in made)
    return f"{'Essais' if len(made) > 1 else 'Essai'}\u202f: {told}" if made else ""


def at_town(town: str) -> str:
    """`à Plessé`, `au Pellerin`, `aux Sorinières`."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if town.startswith(article):
            return contracted + town.removeprefix(article)
    return f"à {town}"


def _or_else(slot: RankedSlot | None, ways: Sequence[NextWay]) -> str:
    first = next(iter(ways), None)
    if first is None:
        return ""
    if first.kind is WayKind.SLOT and slot is not None:
        town = slot.slot.place.city
        where = f" {at_town(town)}" if town and not slot.slot.is_remote else ""
        return f", ou prendre {first.hour}{where}"
    return ", ou voir ci-dessous" if first.kind is WayKind.DISPOSITIF else ", ou voir le médecin régulateur"


def _others_below(ways: Sequence[NextWay]) -> str:
    count = len(ways)
    if not count:
        return ""
    many = {1: "Une autre solution", 2: "Deux autres solutions", 3: "Trois autres solutions"}
    return f" {many.get(count, f'{count} autres solutions')} ci-dessous."


def _why(transfer: Transfer) -> str:
    last = transfer.history[-1] if transfer.history else None
    return reason_words(last.move, last.reason, last.text).rstrip(".") if last is not None else ""


def _about_patient(words: str, patient: str) -> str:
    said = words.replace("le patient est remis", f"{the(patient)} est {agreed('remis', patient)}")
    return said.replace("a inscrit le patient", f"a inscrit {the(patient)}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _s(count: int) -> str:
    return "s" if count > 1 else ""


def _hour(at: datetime) -> str:
    return f"{in_paris(at):%H:%M:%S}"
