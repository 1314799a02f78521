"""The resources of a searchset of slots, as msgspec decodes them: only what is read, all of it optional.

Unknown fields are ignored. What repeats from slot to slot stays raw bytes: it is read once and remembered.
"""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct

NOTHING = Raw(b"")
"""An element that is absent."""


class Coding(Struct, gc=False):
    """A code of a system."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Struct, gc=False):
    """Codings that mean one thing, and its text: a CodeableConcept."""

    coding: list[Coding] | None = None
    text: str | None = None


class Identifier(Struct, gc=False):
    """A number within a system."""

    type: Concept | None = None
    system: str | None = None
    value: str | None = None


class Reference(Struct, gc=False):
    """A pointer to a resource, by address, by identifier, or by name only."""

    reference: str | None = None
    identifier: Identifier | None = None
    display: str | None = None


class Extension(Struct, rename="camel", gc=False):
    """An extension that points somewhere."""

    url: str | None = None
    value_reference: Reference | None = None


class ServiceType(Struct, gc=False):
    """A modality, a reason, or the link to a CPTS."""

    coding: list[Coding] | None = None
    text: str | None = None
    extension: list[Extension] | None = None


class Meta(Struct, gc=False):
    """The security labels: the slot's types."""

    security: Raw = NOTHING


class HumanName(Struct, gc=False):
    """A name."""

    text: str | None = None
    family: str | None = None
    given: list[str | None] | None = None


class ContactPoint(Struct, gc=False):
    """A phone, an e-mail."""

    system: str | None = None
    value: str | None = None


class Address(Struct, rename="camel", gc=False):
    """A postal address."""

    text: str | None = None
    line: list[str | None] | None = None
    city: str | None = None
    postal_code: str | None = None


class Position(Struct, gc=False):
    """Degrees."""

    latitude: float | None = None
    longitude: float | None = None


class Resource(Struct, tag_field="resourceType", rename="camel", gc=False):
    """What every resource has."""

    id: str | None = None


class SlotResource(Resource, tag="Slot", rename="camel", gc=False):
    """A slot as it travels (section 5.2)."""

    schedule: Reference | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None
    comment: str | None = None
    meta: Meta | None = None
    service_type: Raw = NOTHING
    specialty: Raw = NOTHING
    appointment_type: Raw = NOTHING


class Schedule(Resource, tag="Schedule", gc=False):
    """One agenda: one practitioner at one place."""

    actor: list[Reference] | None = None


class Practitioner(Resource, tag="Practitioner", gc=False):
    """Who."""

    identifier: list[Identifier] | None = None
    name: list[HumanName] | None = None


class ContainedLocation(Struct, rename="camel", gc=False):
    """A resource inside another; only a Location is looked for."""

    resource_type: str | None = None
    id: str | None = None
    identifier: list[Identifier] | None = None
    name: str | None = None
    address: Address | None = None
    telecom: list[ContactPoint] | None = None
    position: Position | None = None


class Location(Resource, tag="Location", rename="camel", gc=False):
    """A place of its own."""

    identifier: list[Identifier] | None = None
    name: str | None = None
    address: Address | None = None
    telecom: list[ContactPoint] | None = None
    position: Position | None = None
    managing_organization: Reference | None = None


class PractitionerRole(Resource, tag="PractitionerRole", gc=False):
    """A practitioner at a place, which it contains or points to."""

    contained: list[Raw] | None = None
    practitioner: Reference | None = None
    organization: Reference | None = None
    location: list[Reference] | None = None
    telecom: list[ContactPoint] | None = None


class Organization(Resource, tag="Organization", gc=False):
    """A CPTS, an association, a practice."""

    identifier: list[Identifier] | None = None
    name: str | None = None
    telecom: list[ContactPoint] | None = None


class HealthcareService(Resource, tag="HealthcareService", rename="camel", gc=False):
    """The link from a slot to its CPTS."""

    provided_by: Reference | None = None
    name: str | None = None
    location: list[Reference] | None = None
    telecom: list[ContactPoint] | None = None


class Issue(Struct, gc=False):
    """One thing that went wrong."""

    code: str | None = None
    diagnostics: str | None = None
    details: Concept | None = None


class OperationOutcome(Resource, tag="OperationOutcome", gc=False):
    """What went wrong, in the server's words."""

    issue: list[Issue] | None = None


Known = (
    SlotResource
    | Schedule
    | Practitioner
    | PractitionerRole
    | Location
    | Organization
    | HealthcareService
    | OperationOutcome
)


class Entry(Struct, rename="camel", gc=False):
    """One entry, its resource still raw."""

    full_url: str | None = None
    resource: Raw = NOTHING


class Link(Struct, gc=False):
    """An address of this page or the next."""

    relation: str | None = None
    url: str | None = None


class Bundle(Resource, tag="Bundle", gc=False):
    """A searchset, its entries still raw. `total` is not read: it counts what the server likes."""

    link: list[Link] | None = None
    entry: list[Raw] | None = None


RESOURCE = msgspec.json.Decoder(Known)
ENTRY = msgspec.json.Decoder(Entry)
BUNDLE = msgspec.json.Decoder(Bundle | OperationOutcome)
CODINGS = msgspec.json.Decoder(list[Coding] | None)
CONCEPT = msgspec.json.Decoder(Concept | None)
CONCEPTS = msgspec.json.Decoder(list[Concept] | None)
SERVICE_TYPES = msgspec.json.Decoder(list[ServiceType] | None)
CONTAINED = msgspec.json.Decoder(ContainedLocation)
