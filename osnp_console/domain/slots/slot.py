"""A slot as a source announces it: who, where, when, for whom, and how it is booked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

PUBLIC, PRO, SNP, CPTS = "PUBLIC", "PRO", "SNP", "CPTS"
"""Slot types of the TRE_R314 nomenclature; a source may send others, which are kept."""
AT_PRACTICE, AT_HOME, REMOTE = "AMB", "HH", "VR"
"""Modalities of v3-ActCode."""


class BookingMode(Enum):
    """How a slot is taken (`reservation.mode` of the contract)."""

    PORTAL = "portail"
    DIRECT = "directe"
    LOCAL = "carnet_local"
    PHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who sees the patient; `rpps` is the 11 digits, without the prefix of the national identifier."""

    name: str | None = None
    rpps: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the patient goes. None is not said.

    `id` is the national structure identifier with its prefix (1 FINESS, 3 SIRET, 4 RPPS rang), or the
    editor's own. `phone` is as received. Latitude and longitude are in degrees, known from a directory
    only: no message of the SAS carries them.
    """

    id: str | None = None
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    phone: str | None = None
    latitude: float | None = None
    longitude: float | None = None


NO_PLACE = Place()
"""A place that nothing is said of."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a slot was read: which source, what the source calls it, when, and how it books it.

    `reference` is the source's own key (`Slot/123`, a UID): the one to book with.
    """

    source: str
    reference: str
    seen_at: datetime
    mode: BookingMode | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """A range for several patients: how many it takes, how many were sent there already."""

    places: int
    taken: int

    @property
    def left(self) -> int:
        """How many may still be sent, never below zero."""
        return max(self.places - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One free slot. Instants are aware; `start` is before `end`.

    `types` and `modalities` hold the codes received, unknown ones too; empty is not said. `cpts` are the
    FINESS numbers (nine characters) of the CPTS that show it. `dispositifs` are ids of the catalogue: those
    of the source that announces it, or of the practitioner where the directory knows them; empty is not
    known. `walk_in` is True where one comes without booking. `over_booking` is a place beyond the published
    slots: the doctor's agreement is still to be had.
    """

    id: str
    start: datetime
    end: datetime
    practitioner: Practitioner
    place: Place
    origins: tuple[Origin, ...]
    types: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    walk_in: bool = False
    reasons: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    cpts: frozenset[str] = frozenset()
    dispositifs: frozenset[str] = frozenset()
    capacity: Capacity | None = None
    over_booking: bool = False

    @property
    def seen_at(self) -> datetime:
        """When the most recent of its sources announced it."""
        return max(origin.seen_at for origin in self.origins)

    @property
    def is_remote(self) -> bool:
        """True when it is a teleconsultation and nothing else."""
        return self.modalities == {REMOTE}

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that announce it, each once, in a stable order."""
        return tuple(sorted({origin.source for origin in self.origins}))


def slot_id(practitioner: Practitioner, place: Place, start: datetime) -> str:
    """The same slot has the same id from every source and in every process.

    Practitioner or site, and start (SAS protocol note, section 15.3): nobody is at two places at once. A
    practitioner without RPPS is known by name and place: two of them may work at one site.
    """
    if practitioner.rpps or (practitioner.name is None and place.id):
        who = practitioner.rpps or place.id
    else:
        who = f"{practitioner.name}|{place.id or place.name}|{place.postcode}"
    return hashlib.sha256(f"{who}|{start.astimezone(UTC):%Y%m%d%H%M%S}".encode()).hexdigest()[:16]
