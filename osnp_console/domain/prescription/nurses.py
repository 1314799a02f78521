"""The directory of nurses, who is called first, and what each answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.hours import Hours


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse, or a practice of nurses. Texts are empty where not known.

    `number` is an RPPS or an ADELI number. `communes` (INSEE codes) are where they go; `hours` when they
    answer, None where nobody said.
    """

    id: str
    name: str
    number: str = ""
    practice: str = ""
    phone: str = ""
    mail: str = ""
    communes: frozenset[str] = frozenset()
    commune: str = ""
    hours: Hours | None = None


class NurseAnswer(Enum):
    """What a nurse who was called said; free to accept or not (S5, pages 16 and 81)."""

    ACCEPTED = "accepte"
    REFUSED = "refuse"
    NO_ANSWER = "sans_reponse"


ANSWER_LETTERS = {"O": NurseAnswer.ACCEPTED, "N": NurseAnswer.REFUSED, "S": NurseAnswer.NO_ANSWER}
"""The letters that note an answer (interface, section 8)."""


@dataclass(frozen=True, slots=True)
class NurseTry:
    """One call to a nurse: when it was made, what came of it (None while it rings), when."""

    nurse: str
    name: str
    called_at: datetime
    answer: NurseAnswer | None = None
    answered_at: datetime | None = None


class Rank(Enum):
    """Why somebody stands where they do in the list to call."""

    USUAL = "habituel"
    GOES_THERE = "secteur"
    NEAR = "proche"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to call: why in that place, how far (km, None where not known), what they said last."""

    nurse: Nurse
    rank: Rank
    distance_km: float | None = None
    last: NurseTry | None = None


def call_order(
    nurses: Iterable[Nurse],
    commune: str,
    usual: str,
    distances: dict[str, float],
    tries: Sequence[NurseTry],
    limit: int = 50,
) -> tuple[ToCall, ...]:
    """Whom to call, in order: the usual practice first, then the nearest (S5, page 81).

    `usual` is what was typed of it, matched by name or practice; `distances` are km by nurse. After the usual
    one come those who say that they go to the commune, then by distance; who is at an unknown distance comes
    last, never "near". Whoever refused or did not answer keeps their place: the eye finds the next one.
    """
    last = {one.nurse: one for one in tries}
    ranked = [_ranked(one, commune, usual, distances.get(one.id), last.get(one.id)) for one in nurses]
    order = list(Rank)
    ranked.sort(
        key=lambda one: (
            order.index(one.rank),
            one.distance_km is None,
            one.distance_km or 0.0,
            one.nurse.name,
            one.nurse.id,
        )
    )
    return tuple(ranked[:limit])


def _ranked(nurse: Nurse, commune: str, usual: str, distance: float | None, last: NurseTry | None) -> ToCall:
    bare = usual.casefold().strip()
    if bare and bare in (nurse.name.casefold().strip(), nurse.practice.casefold().strip(), nurse.id):
        rank = Rank.USUAL
    elif commune and commune in nurse.communes:
        rank = Rank.GOES_THERE
    else:
        rank = Rank.NEAR if distance is not None else Rank.OTHER
    return ToCall(nurse, rank, distance, last)


def next_to_call(order: Iterable[ToCall]) -> ToCall | None:
    """The first who was not called yet; None once everybody was, or somebody accepted."""
    found = list(order)
    if any(one.last is not None and one.last.answer is NurseAnswer.ACCEPTED for one in found):
        return None
    return next((one for one in found if one.last is None), None)
