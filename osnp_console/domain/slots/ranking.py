"""The order in which slots are proposed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt

from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import Place, Slot

EARTH_KM = 6371.0
_NOT_KNOWN = (None, False)
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
    """A spot, in degrees. `is_centre` where only the commune is known: it is then the commune's centre."""

    latitude: float
    longitude: float
    is_centre: bool = False


Locate = Callable[[str, str], Whereabouts | None]
"""Where the commune of a postcode and a name is, None when that is not known; answers at once."""


@dataclass(frozen=True, slots=True)
class RankedSlot:
    """A slot with what was decided of it and what orders it.

    `km` is None where an end is not known. `km_is_estimate` where an end is the centre of a commune: 0 then
    is the same commune, not the same spot.
    """

    slot: Slot
    ruling: Ruling
    group: Group
    own_doctor: bool
    km: float | None
    km_is_estimate: bool = False


def group_of(slot: Slot, ruling: Ruling) -> Group:
    """Which group of the column a slot stands in."""
    if slot.over_booking:
        return Group.OVER_BOOKING
    if ruling.standing is Standing.TO_CHECK or (not ruling.is_proposed and ruling.missing):
        return Group.TO_CHECK
    return Group.USABLE


def rank(
    decided: Iterable[tuple[Slot, Ruling]],
    own_doctor: str = "",
    patient: Whereabouts | None = None,
    locate: Locate | None = None,
) -> list[RankedSlot]:
    """Usable dispositif first, then the regular doctor's own, the soonest, the nearest known.

    `own_doctor` is what was typed of the regular doctor: a slot is theirs when the practitioner's family
    name stands in it. `locate` is asked once for each commune of a place whose own position is not said,
    and not at all while the patient's is not known.
    """
    named = frozenset(_words(own_doctor)) - _NOT_A_NAME
    far = _Distances(patient, locate)
    ranked = [
        RankedSlot(slot, ruling, group_of(slot, ruling), _is_own(slot, named), *far.of(slot))
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


class _Distances:
    """How far places are from the patient, and whether that is an estimate; each place is measured once."""

    def __init__(self, patient: Whereabouts | None, locate: Locate | None) -> None:
        self._patient = patient
        self._locate = locate
        self._measured: dict[object, tuple[float | None, bool]] = {}

    def of(self, slot: Slot) -> tuple[float | None, bool]:
        """No distance where the patient goes nowhere."""
        if self._patient is None or slot.is_remote:
            return _NOT_KNOWN
        place = slot.place
        key = (place.latitude, place.longitude, place.postcode, place.city)
        measured = self._measured.get(key)
        if measured is None:
            measured = self._measured[key] = self._measure(self._patient, place)
        return measured

    def _measure(self, patient: Whereabouts, place: Place) -> tuple[float | None, bool]:
        where = self._where(place)
        if where is None:
            return _NOT_KNOWN
        return distance_km(patient, where), patient.is_centre or where.is_centre

    def _where(self, place: Place) -> Whereabouts | None:
        if place.latitude is not None and place.longitude is not None:
            return Whereabouts(place.latitude, place.longitude)
        if self._locate is None or not place.postcode or not place.city:
            return None
        return self._locate(place.postcode, place.city)


def distance_km(one: Whereabouts, other: Whereabouts) -> float:
    """The great-circle distance, in kilometres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    half = (
        sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
