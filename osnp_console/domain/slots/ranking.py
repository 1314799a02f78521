"""The order in which slots are proposed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt

from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import Place, Slot

EARTH_KM = 6371.0
_WORD = re.compile(r"[a-z]+")
_NOT_A_NAME = frozenset(
    {"dr", "docteur", "cabinet", "medical", "maison", "sante", "centre", "de", "du", "la", "le"}
)


class Group(IntEnum):
    """The groups of the column, in their order (interface, section 5)."""

    USABLE = 0
    TO_CHECK = 1
    OVER_BOOKING = 2


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the patient is, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class RankedSlot:
    """A slot with what was decided of it and what orders it. `km` is None where an end is not known."""

    slot: Slot
    ruling: Ruling
    group: Group
    own_doctor: bool
    km: float | None


def group_of(slot: Slot, ruling: Ruling) -> Group:
    """Which group of the column a slot stands in."""
    if slot.over_booking:
        return Group.OVER_BOOKING
    if ruling.standing is Standing.TO_CHECK or (not ruling.is_proposed and ruling.missing):
        return Group.TO_CHECK
    return Group.USABLE


def rank(
    decided: Iterable[tuple[Slot, Ruling]], own_doctor: str = "", patient: Whereabouts | None = None
) -> list[RankedSlot]:
    """Usable dispositif first, then the regular doctor's own, the soonest, the nearest known.

    `own_doctor` is what was typed of the regular doctor: a slot is theirs when the practitioner's family
    name stands in it.
    """
    named = frozenset(_words(own_doctor)) - _NOT_A_NAME
    ranked = [
        RankedSlot(slot, ruling, group_of(slot, ruling), _is_own(slot, named), _km(slot.place, patient))
        for slot, ruling in decided
    ]
    ranked.sort(key=_key)
    return ranked


def _key(one: RankedSlot) -> tuple[int, bool, datetime, float, str]:
    far = one.km if one.km is not None else float("inf")
    return (one.group, not one.own_doctor, one.slot.start, far, one.slot.id)


def _is_own(slot: Slot, named: frozenset[str]) -> bool:
    name = slot.practitioner.name
    if not named or not name:
        return False
    # Names come as given then family name: the family name is what tells two doctors apart.
    own = [word for word in _words(name) if word not in _NOT_A_NAME]
    return bool(own) and own[-1] in named


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def _km(place: Place, patient: Whereabouts | None) -> float | None:
    if patient is None or place.latitude is None or place.longitude is None:
        return None
    return distance_km(patient, Whereabouts(place.latitude, place.longitude))


def distance_km(one: Whereabouts, other: Whereabouts) -> float:
    """The great-circle distance, in kilometres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    half = (
        sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
