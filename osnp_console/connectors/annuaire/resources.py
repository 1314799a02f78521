"""The resources of the Annuaire Santé, as msgspec decodes them: only what is read, all of it optional."""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct

from osnp_console.connectors.fhir.resources import Concept, ContactPoint, HumanName, Identifier, Reference


class Address(Struct, rename="camel"):
    """A postal address."""

    line: list[str] | None = None
    city: str | None = None
    postal_code: str | None = None


class Qualification(Struct):
    """A diploma, a profession, a know-how."""

    code: Concept | None = None


class Practitioner(Struct, tag_field="resourceType", tag="Practitioner"):
    """Who practises."""

    id: str | None = None
    active: bool | None = None
    identifier: list[Identifier] | None = None
    name: list[HumanName] | None = None
    qualification: list[Qualification] | None = None


class PractitionerRole(Struct, tag_field="resourceType", tag="PractitionerRole"):
    """Who practises where."""

    id: str | None = None
    active: bool | None = None
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: list[Concept] | None = None


class Organization(Struct, tag_field="resourceType", tag="Organization"):
    """Where one practises."""

    id: str | None = None
    active: bool | None = None
    identifier: list[Identifier] | None = None
    name: str | None = None
    alias: list[str] | None = None
    address: list[Address] | None = None
    telecom: list[ContactPoint] | None = None


class Outcome(Struct, tag_field="resourceType", tag="OperationOutcome"):
    """What the server has to say of the search."""


class Entry(Struct):
    """One entry of a searchset."""

    resource: Raw = Raw(b"null")


class Link(Struct):
    """An address of a searchset: of itself, of its next page."""

    relation: str | None = None
    url: str | None = None


class Bundle(Struct, tag_field="resourceType", tag="Bundle"):
    """A page of a searchset."""

    entry: list[Entry] | None = None
    link: list[Link] | None = None


Known = Practitioner | PractitionerRole | Organization | Outcome
RESOURCE = msgspec.json.Decoder(Known)
BUNDLE = msgspec.json.Decoder(Bundle)
