"""Whether the person of a call is one who called before: what warns of a duplicate.

Only a likeness is said, never an identity: the operator opens the other call and decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from osnp_console.domain.commune import fold
from osnp_console.domain.dates import PartialDate

SHORTEST_BEGINNING = 3
"""Letters of a name from which its beginning looks like it (interface, intake, row 3)."""

_SHORTEST_PHONE = 8


class Likeness(IntEnum):
    """How much two persons look like one; a greater one is nearer."""

    NONE = 0
    SAME_NAME = 1
    SAME_PHONE_AND_NAME = 2
    SAME_NAME_AND_BIRTH = 3


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody, as typed; an empty text, None or no phone is not known.

    `phones` are national digits (`domain.phone.phone_digits`), the caller's and the patient's.
    """

    birth_name: str
    first_names: str = ""
    born: PartialDate | None = None
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The person of another call, and that call. `taken_at` is aware."""

    person: Person
    call_id: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A known person who looks like the one in hand.

    `whole` is False while only the beginning of a name is the same, as when one is still typing it: no
    sentence may then speak of the same name.
    """

    known: KnownPerson
    likeness: Likeness
    whole: bool


def likeness(typed: Person, known: Person) -> Likeness:
    """How much the person who is being typed looks like a known one.

    Names are compared folded, hyphens and apostrophes as blanks. From its third letter what is typed looks
    like a name that begins so; the whole name of somebody known also looks like a typed name that goes on
    after it (`Martin` known, `Martin-Duval` typed; not `Martineau`). The first given name is enough and a
    missing one never contradicts. A missing birth date never contradicts; dates that have no day in common
    do, whatever else is the same.
    """
    if not _names_alike(typed, known) or _births_contradict(typed.born, known.born):
        return Likeness.NONE
    if typed.born is not None and typed.born == known.born and typed.born.first == typed.born.last:
        return Likeness.SAME_NAME_AND_BIRTH
    if any(len(phone) >= _SHORTEST_PHONE for phone in typed.phones & known.phones):
        return Likeness.SAME_PHONE_AND_NAME
    return Likeness.SAME_NAME


def look_alikes(person: Person, candidates: Iterable[KnownPerson]) -> tuple[LookAlike, ...]:
    """The candidates who look like the person, best first: likeness, then whole names, then the latest call.

    The person's own call is not to be among the candidates.
    """
    found = (
        LookAlike(known, likeness(person, known.person), _whole_names(person, known.person))
        for known in candidates
    )
    alike = [one for one in found if one.likeness is not Likeness.NONE]
    alike.sort(key=lambda one: (one.likeness, one.whole, one.known.taken_at), reverse=True)
    return tuple(alike)


def _names_alike(typed: Person, known: Person) -> bool:
    name, known_name = fold(typed.birth_name), fold(known.birth_name)
    if not name or not known_name:
        return False
    alike = name == known_name or (
        min(len(name), len(known_name)) >= SHORTEST_BEGINNING and _goes_on(name, known_name)
    )
    return alike and _first_names_alike(typed.first_names, known.first_names)


def _first_names_alike(typed: str, known: str) -> bool:
    """`Léa Marie` and `LEA`, `Jean-Pierre` and `Jean Pierre`; but not `Jean-Pierre` and `Jean-Paul`."""
    if not fold(typed) or not fold(known):
        return True
    return _goes_on(_first(typed), fold(known)) or _goes_on(fold(typed), _first(known))


def _goes_on(typed: str, known: str) -> bool:
    """Whether what is typed is the beginning of what is known, or begins with all of its words."""
    return known.startswith(typed) or f"{typed} ".startswith(f"{known} ")


def _first(first_names: str) -> str:
    """The first given name, the parts of a compound one together."""
    return next(filter(None, map(fold, first_names.replace(",", " ").split())), "")


def _births_contradict(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and (one.last < other.first or other.last < one.first)


def _whole_names(typed: Person, known: Person) -> bool:
    """Whether the name, and the first given name of one of them, are those of the other, none only begun."""
    if fold(typed.birth_name) != fold(known.birth_name):
        return False
    first, known_first = _first(typed.first_names), _first(known.first_names)
    if not first or not known_first:
        return False
    given, known_given = f"{fold(typed.first_names)} ", f"{fold(known.first_names)} "
    return given.startswith(f"{known_first} ") or known_given.startswith(f"{first} ")
