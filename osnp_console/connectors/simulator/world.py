"""What an invented editor holds: who gives care, where, when; nothing about HTTP or FHIR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Doctor:
    """A practitioner. `rpps` is the 11 digits; `dispositif` an id of the catalogue, for declarations."""

    rpps: str
    family: str
    given: str
    dispositif: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """One practitioner at one place: one Schedule and one PractitionerRole (SAS note, section 2.3).

    `structure` is the national structure identifier with its prefix (1 FINESS, 3 SIRET, 4 RPPS rang).
    """

    id: str
    rpps: str
    structure: str
    line: str
    postcode: str
    city: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """A CPTS; `finess` is nine characters."""

    id: str
    finess: str
    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Association:
    """An association SOS Médecins; `siret` is 14 digits."""

    id: str
    siret: str
    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """A fixed consulting site of an association: one Schedule and one Location (SAS note, section 4).

    `days` are FHIR's (`mon` … `sun`), `opens` and `closes` `hh:mm:ss`.
    """

    id: str
    association: str
    name: str
    line: str
    postcode: str
    city: str
    phone: str
    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Specialty:
    """What a consultation is about: a code of TRE_R38, a text, or both."""

    code: str | None = None
    text: str | None = None


GENERAL_MEDICINE = Specialty("SM54")


@dataclass(frozen=True, slots=True)
class Opening:
    """A free slot. `agenda` is the id of a practice or of a site; instants are aware.

    `types` and `modalities` are the codes as sent, `communities` ids of the CPTS that show it.
    """

    id: str
    agenda: str
    start: datetime
    end: datetime
    types: tuple[str, ...]
    modalities: tuple[str, ...] = ("AMB",)
    reasons: tuple[str, ...] = ()
    specialties: tuple[Specialty, ...] = ()
    walk_in: bool = False
    communities: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """An editor's whole content, made at `made_at`. Nothing in here changes while it is served."""

    made_at: datetime
    doctors: tuple[Doctor, ...] = ()
    practices: tuple[Practice, ...] = ()
    communities: tuple[Community, ...] = ()
    associations: tuple[Association, ...] = ()
    sites: tuple[Site, ...] = ()
    openings: tuple[Opening, ...] = ()

    @cached_property
    def doctor(self) -> dict[str, Doctor]:
        """Practitioners by RPPS."""
        return {one.rpps: one for one in self.doctors}

    @cached_property
    def practice(self) -> dict[str, Practice]:
        """Practices by id."""
        return {one.id: one for one in self.practices}

    @cached_property
    def community(self) -> dict[str, Community]:
        """CPTS by id."""
        return {one.id: one for one in self.communities}

    @cached_property
    def association(self) -> dict[str, Association]:
        """Associations by id."""
        return {one.id: one for one in self.associations}

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by id."""
        return {one.id: one for one in self.sites}

    @cached_property
    def opening(self) -> dict[str, Opening]:
        """Slots by id."""
        return {one.id: one for one in self.openings}

    def owner(self, agenda: str) -> str:
        """The RPPS or the SIRET to whom a practice or a site belongs."""
        practice = self.practice.get(agenda)
        return (
            practice.rpps if practice is not None else self.association[self.site[agenda].association].siret
        )

    def of_owners(self, owners: frozenset[str] | None) -> Iterator[Opening]:
        """The slots of practitioners and associations, in order of start; None: of everybody."""
        for opening in sorted(self.openings, key=lambda one: (one.start, one.id)):
            if owners is None or self.owner(opening.agenda) in owners:
                yield opening
