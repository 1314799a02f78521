"""Whether a slot may be booked now: the ruling's word, and what other attempts of the call hold back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.appointment import HOLDING, Appointment, AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.ruling import Ruling, SlotRuling, Standing
from osnp_console.domain.slots.slot import Slot


class Why(Enum):
    """Why a slot is not booked as things stand."""

    RULING = "reglement"
    ANSWER_MISSING = "reponse_manquante"
    OUTCOME_UNKNOWN = "issue_inconnue"
    BOOKED_ALREADY = "deja_reserve"
    NO_WAY = "sans_acces"
    WALK_IN = "sans_rendez_vous"


@dataclass(frozen=True, slots=True)
class BookingRefusal:
    """A slot that is not booked, with the sentence to show.

    `fact` is the fact to ask first. `held_by` is the attempt that has to be settled first, or overridden
    with a reason.
    """

    why: Why
    sentence: str
    ruling: Ruling
    fact: str | None = None
    held_by: Appointment | None = None


def clock(instant: datetime) -> str:
    """`10:40`, on the clock of Paris."""
    return f"{in_paris(instant):%H:%M}"


def _closed(slot: Slot, ruling: Ruling) -> str:
    since = f" depuis {clock(ruling.closes_at)}" if ruling.closes_at is not None else ""
    return f"{clock(slot.start)} n’est plus réservable{since}."


_SENTENCES: Mapping[Standing, Callable[[Slot, Ruling], str]] = {
    Standing.CLOSED: _closed,
    Standing.STARTED: lambda slot, ruling: f"{clock(slot.start)} est passé.",
    Standing.FULL: lambda slot, ruling: f"La plage de {clock(slot.start)} est complète.",
    Standing.NOT_THIS_DESK: lambda slot, ruling: (
        f"{clock(slot.start)} est réservé à d’autres adresseurs que ce poste."
    ),
    Standing.REFUSED: lambda slot, ruling: (
        f"Le dispositif de {clock(slot.start)} ne prend pas ce patient avec les réponses actuelles."
    ),
}


def booking_refusal(
    slot: Slot, ruling: SlotRuling, now: datetime, go_on: str = ""
) -> tuple[Ruling, BookingRefusal | None]:
    """What `SlotRuling.decide` says of the slot now, and the refusal that follows from it, if one does.

    A slot under reserve asks the missing answer first, unless `go_on` says why one goes on without it. One
    of which no dispositif is known has no question to ask: it may be booked. Where one comes without a
    booking there is nothing to book (SAS protocol note, section 15.5).
    """
    decided = ruling.decide(slot, now)
    say = _SENTENCES.get(decided.standing)
    if say is not None:
        return decided, BookingRefusal(Why.RULING, say(slot, decided), decided)
    if slot.walk_in:
        sentence = "On y vient sans rendez-vous\u202f: donner l’adresse et les heures au patient."
        return decided, BookingRefusal(Why.WALK_IN, sentence, decided)
    if decided.standing is Standing.TO_CHECK and decided.missing and not go_on.strip():
        sentence = f"Avant de réserver {clock(slot.start)}, il manque une réponse."
        return decided, BookingRefusal(Why.ANSWER_MISSING, sentence, decided, fact=decided.missing[0])
    return decided, None


def held_by_another(
    appointments: Iterable[Appointment], ruling: Ruling, but_not: str | None = None
) -> BookingRefusal | None:
    """The refusal that an earlier attempt of the call stands for, the most pressing first.

    An attempt of unknown outcome has to be verified before another is made; one that is booked, or waits
    for its confirmation, is thought over. Both may be overridden with a reason. `but_not` is the attempt
    that is being made again.
    """
    holding = [one for one in appointments if one.state in HOLDING and one.id != but_not]
    for one in holding:
        if one.state in (AppointmentState.ASKED, AppointmentState.UNKNOWN):
            return BookingRefusal(Why.OUTCOME_UNKNOWN, not_confirmed(one.slot), ruling, held_by=one)
    for one in holding:
        words = "réservé" if one.state is AppointmentState.BOOKED else "à confirmer"
        sentence = f"{clock(one.slot.start)} est déjà {words} pour cet appel."
        return BookingRefusal(Why.BOOKED_ALREADY, sentence, ruling, held_by=one)
    return None


def not_confirmed(slot: Slot) -> str:
    """An attempt that got no answer (interface, section 10)."""
    return (
        f"L’agenda n’a pas confirmé\u202f: on ne sait pas si {clock(slot.start)} est réservé. "
        "Vérifier avant d’en prendre un autre."
    )
