"""From the resources of the Annuaire Santé to entries of the directory. Knows no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from osnp_console.connectors.annuaire import resources as fhir
from osnp_console.connectors.fhir.national_ids import rpps_of, structure_of
from osnp_console.connectors.fhir.resources import Reference
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import NO_PLACE, Place

_PROFESSION, _MODE = "TRE_G15", "TRE_R23"
_LIBERAL = "L"
NAMES: Mapping[str, str] = {
    "10": "Médecin",
    "21": "Pharmacien",
    "40": "Chirurgien-dentiste",
    "50": "Sage-femme",
    "60": "Infirmier",
    "70": "Masseur-kinésithérapeute",
    "80": "Pédicure-podologue",
    "91": "Orthophoniste",
}
"""Professions by their code of TRE_G15; answers carry the code alone."""


@dataclass(slots=True)
class Gathered:
    """What several pages hold, by technical id; `rejected` counts what could not be read."""

    practitioners: dict[str, fhir.Practitioner] = field(default_factory=dict)
    roles: dict[str, fhir.PractitionerRole] = field(default_factory=dict)
    organizations: dict[str, fhir.Organization] = field(default_factory=dict)
    rejected: int = 0

    def add(self, raw: msgspec.Raw) -> None:
        """Read one resource; one that cannot be read loses itself."""
        try:
            one = fhir.RESOURCE.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.rejected += 1
            return
        if isinstance(one, fhir.Outcome):
            return
        if not one.id:
            self.rejected += 1
        elif isinstance(one, fhir.Practitioner):
            self.practitioners[one.id] = one
        elif isinstance(one, fhir.PractitionerRole):
            self.roles[one.id] = one
        else:
            self.organizations[one.id] = one

    def effecteurs(self) -> Iterable[Effecteur]:
        """Every practitioner who has an RPPS and still practises, with their first place."""
        places: dict[str, list[fhir.PractitionerRole]] = {}
        for role in self.roles.values():
            whose = tail(role.practitioner)
            if whose is not None and role.active is not False:
                places.setdefault(whose, []).append(role)
        for name, one in self.practitioners.items():
            rpps = rpps_of(one.identifier)
            if rpps is not None and one.active is not False:
                yield Effecteur(
                    rpps, name_of(one) or rpps, profession_of(one), place=self._place(places.get(name, ()))
                )

    def _place(self, roles: Iterable[fhir.PractitionerRole]) -> Place:
        """The place of a liberal practice first, then one with an address."""
        found = []
        for role in roles:
            organization = self.organizations.get(tail(role.organization) or "")
            if organization is not None and organization.active is not False:
                place = place_of(organization)
                found.append((not is_liberal(role), place.city is None, place))
        return min(found, key=lambda one: one[:2])[2] if found else NO_PLACE


def tail(reference: Reference | None) -> str | None:
    """The technical id that a reference ends with."""
    if reference is None or not reference.reference:
        return None
    return reference.reference.rpartition("/")[2] or None


def name_of(practitioner: fhir.Practitioner) -> str | None:
    """`Arthur Saucier`: given names, then the family name."""
    for name in practitioner.name or ():
        parts = [*(part for part in name.given or () if part), *([name.family] if name.family else [])]
        if parts:
            return " ".join(parts)
        if name.text:
            return name.text
    return None


def profession_of(practitioner: fhir.Practitioner) -> str | None:
    """The profession, by its own words or by its code."""
    for qualification in practitioner.qualification or ():
        for coding in (qualification.code.coding or ()) if qualification.code is not None else ():
            if _PROFESSION in (coding.system or "") and coding.code:
                return coding.display or NAMES.get(coding.code)
    return None


def is_liberal(role: fhir.PractitionerRole) -> bool:
    """Whether one is in practice on one's own account there."""
    codings = (coding for concept in role.code or () for coding in concept.coding or ())
    return any(_MODE in (coding.system or "") and coding.code == _LIBERAL for coding in codings)


def place_of(organization: fhir.Organization) -> Place:
    """Where a structure is."""
    address = next(iter(organization.address or ()), fhir.Address())
    phones = (one.value for one in organization.telecom or () if one.system == "phone")
    return Place(
        id=structure_of(organization.identifier),
        name=organization.name or next(iter(organization.alias or ()), None),
        address=", ".join(line for line in address.line or () if line) or None,
        postcode=address.postal_code,
        city=address.city,
        phone=next((phone for phone in phones if phone), None),
    )
