"""Who and where a schedule is: the chain of section 2.3, with what stands in for a link that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from osnp_console.connectors.fhir import resources as fhir
from osnp_console.connectors.fhir.national_ids import own_of, rpps_of, structure_of
from osnp_console.connectors.fhir.references import References
from osnp_console.domain.slots.slot import NO_PLACE, Place, Practitioner

AnyLocation = fhir.Location | fhir.ContainedLocation
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Party:
    """Who and where; both may be unknown."""

    practitioner: Practitioner
    place: Place

    @property
    def is_known(self) -> bool:
        """Whether anything tells this agenda from another."""
        return self.practitioner != Practitioner() or self.place != NO_PLACE


def party_of(schedule: fhir.Schedule, references: References) -> Party:
    """The practitioner and the place of a schedule."""
    actors = schedule.actor or []
    role = _first(references.get(actor, fhir.PractitionerRole) for actor in actors)
    service = _first(references.get(actor, fhir.HealthcareService) for actor in actors)
    location: AnyLocation | None = _first(references.get(actor, fhir.Location) for actor in actors)
    if location is None and role is not None:
        location = _location_of(role, references)
    if location is None and service is not None:
        location = _first(references.get(one, fhir.Location) for one in service.location or ())
    return Party(_practitioner(actors, role, references), _place(location, role, service, references))


def _practitioner(
    actors: Sequence[fhir.Reference], role: fhir.PractitionerRole | None, references: References
) -> Practitioner:
    pointers = [*actors, *([role.practitioner] if role is not None and role.practitioner is not None else [])]
    found = _first(references.get(one, fhir.Practitioner) for one in pointers)
    if found is not None:
        return Practitioner(_name(found.name), rpps_of(found.identifier))
    for pointer in pointers:
        # A reference may name its practitioner by identifier alone, with nothing included.
        rpps = rpps_of([pointer.identifier]) if pointer.identifier is not None else None
        if rpps is not None:
            return Practitioner(text_of(pointer.display), rpps)
    return Practitioner()


def _name(names: Iterable[fhir.HumanName] | None) -> str | None:
    """Given names then family name."""
    for name in names or ():
        words = [*(given for given in name.given or () if given), name.family]
        said = text_of(" ".join(word.strip() for word in words if word)) or text_of(name.text)
        if said:
            return said
    return None


def _location_of(role: fhir.PractitionerRole, references: References) -> AnyLocation | None:
    for pointer in role.location or ():
        name = pointer.reference or ""
        found = _contained(role, name[1:]) if name.startswith("#") else references.get(pointer, fhir.Location)
        if found is not None:
            return found
    return _contained(role, None)


def _contained(role: fhir.PractitionerRole, wanted: str | None) -> fhir.ContainedLocation | None:
    """The contained location of that id; any where None is wanted and there is one only."""
    found = []
    for raw in role.contained or ():
        try:
            one = fhir.CONTAINED.decode(raw)
        except (msgspec.ValidationError, RecursionError):
            continue
        if one.resource_type == "Location" and (wanted is None or one.id == wanted):
            found.append(one)
    return found[0] if len(found) == 1 or (found and wanted is not None) else None


def _place(
    location: AnyLocation | None,
    role: fhir.PractitionerRole | None,
    service: fhir.HealthcareService | None,
    references: References,
) -> Place:
    pointer = role.organization if role is not None else None
    manager = location.managing_organization if isinstance(location, fhir.Location) else None
    organization = references.get(pointer, fhir.Organization) or references.get(manager, fhir.Organization)
    of_role = structure_of([pointer.identifier]) if pointer is not None and pointer.identifier else None
    if of_role is None and pointer is not None and organization is not None:
        # That of a site's managing organisation is no identifier of the site: it has several sites.
        of_role = structure_of(organization.identifier)
    address = location.address if location is not None else None
    position = location.position if location is not None else None
    identifiers = location.identifier if location is not None else None
    phones = [one.telecom for one in (role, location, service, organization) if one is not None]
    return Place(
        id=structure_of(identifiers) or of_role or own_of(identifiers),
        name=text_of(location.name if location is not None else None)
        or text_of(service.name if service is not None else None)
        or text_of(organization.name if organization is not None else None)
        or text_of(pointer.display if pointer is not None else None),
        address=_street(address),
        postcode=text_of(address.postal_code) if address is not None else None,
        city=text_of(address.city) if address is not None else None,
        phone=_phone(phones),
        latitude=position.latitude if position is not None else None,
        longitude=position.longitude if position is not None else None,
    )


def _street(address: fhir.Address | None) -> str | None:
    if address is None:
        return None
    lines = ", ".join(line.strip() for line in address.line or () if line and line.strip())
    return text_of(lines) or text_of(address.text)


def _phone(telecoms: Iterable[list[fhir.ContactPoint] | None]) -> str | None:
    """The first phone said; a contact without a system is one too when it looks like a number."""
    for points in telecoms:
        for point in points or ():
            value = text_of(point.value)
            if value and (
                point.system == "phone" or (point.system is None and value.lstrip("+")[:1].isdigit())
            ):
                return value
    return None


def text_of(text: str | None) -> str | None:
    """The text without what surrounds it; None where nothing is said."""
    return (text or "").strip() or None


def _first(found: Iterable[_Kind | None]) -> _Kind | None:
    return next((one for one in found if one is not None), None)
