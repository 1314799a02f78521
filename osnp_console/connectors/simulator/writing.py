"""The invented world's people, places and slots as FHIR resources (SAS protocol note, sections 3 to 5)."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from osnp_console.connectors.simulator import codes
from osnp_console.connectors.simulator.asking import Json
from osnp_console.connectors.simulator.world import (
    Association,
    Community,
    Doctor,
    Opening,
    Practice,
    Site,
    Specialty,
)
from osnp_console.domain.clock import in_paris


def write_instant(instant: datetime) -> str:
    """An instant with milliseconds and the offset of Paris, as the kit demands."""
    return in_paris(instant).isoformat(timespec="milliseconds")


def write_slot(opening: Opening, schedule: str, profile: str, pages: str, *, status: str = "free") -> Json:
    """A Slot. With the CPTS profile it is tied to the HealthcareService of each of its communities.

    `pages` is the address of the editor's booking pages; a walk-in slot has none.
    """
    services: list[Json] = [
        {"coding": [{"system": codes.MODALITIES, "code": code}]} for code in opening.modalities
    ]
    if profile == codes.CPTS_SLOT:
        services += [_community_link(one) for one in opening.communities]
    services += [{"text": reason} for reason in opening.reasons]
    slot: Json = {
        "resourceType": "Slot",
        "id": opening.id,
        "meta": {
            "profile": [profile],
            "security": [{"system": codes.SLOT_TYPES, "code": code} for code in opening.types],
        },
        "serviceType": services,
        "specialty": [_specialty(one) for one in opening.specialties],
        "appointmentType": {
            "coding": [
                {"system": codes.APPOINTMENT_KINDS, "code": "WALKIN" if opening.walk_in else "ROUTINE"}
            ]
        },
        "schedule": {"reference": f"Schedule/{schedule}"},
        "status": status,
        "start": write_instant(opening.start),
        "end": write_instant(opening.end),
    }
    if not opening.walk_in:
        slot["comment"] = slot_page(opening, profile, pages)
    return {name: value for name, value in slot.items() if value != []}


def slot_page(opening: Opening, profile: str, pages: str) -> str:
    """The booking page: the practitioner's agenda, and for SOS the slot itself (SAS note, section 4)."""
    page = f"{pages}/{quote(opening.agenda)}"
    return f"{page}?creneau={quote(opening.id)}" if profile == codes.SOS_SLOT else page


def _community_link(community: str) -> Json:
    return {
        "extension": [
            {
                "url": codes.SERVICE_LINK,
                "valueReference": {"reference": f"HealthcareService/{community}"},
            }
        ],
        "coding": [{"system": codes.CATEGORIES, "code": codes.CPTS_CODE}],
    }


def _specialty(specialty: Specialty) -> Json:
    written: Json = {}
    if specialty.code is not None:
        written["coding"] = [{"system": codes.SPECIALTIES, "code": specialty.code}]
    if specialty.text is not None:
        written["text"] = specialty.text
    return written


def write_schedule(id_: str, profile: str, *actors: str) -> Json:
    """A Schedule of the actors given as references."""
    return {
        "resourceType": "Schedule",
        "id": id_,
        "meta": {"profile": [profile]},
        "actor": [{"reference": actor} for actor in actors],
    }


def practice_schedule(practice: Practice) -> Json:
    """The agenda of one practitioner at one place."""
    return write_schedule(
        practice.id, codes.SCHEDULE, f"Practitioner/{practice.rpps}", f"PractitionerRole/{practice.id}"
    )


def site_schedule(site: Site) -> Json:
    """The agenda of one SOS Médecins site."""
    return write_schedule(site.id, codes.SOS_SCHEDULE, f"Location/{site.id}")


def write_practitioner(doctor: Doctor) -> Json:
    """A Practitioner under the prefixed national identifier."""
    return {
        "resourceType": "Practitioner",
        "id": doctor.rpps,
        "meta": {"profile": [codes.PRACTITIONER]},
        "identifier": [identifier("IDNPS", codes.PERSON_SYSTEM, f"8{doctor.rpps}", types=codes.PERSON_TYPES)],
        "name": [{"family": doctor.family, "given": [doctor.given]}],
    }


def write_role(practice: Practice) -> Json:
    """A PractitionerRole with its contained Location."""
    role: Json = {
        "resourceType": "PractitionerRole",
        "id": practice.id,
        "meta": {"profile": [codes.ROLE]},
        "contained": [
            {
                "resourceType": "Location",
                "id": "lieu",
                "meta": {"profile": [codes.LOCATION]},
                "identifier": [identifier("INTRN", codes.EDITOR_SYSTEM, practice.id)],
                "address": _address(practice),
            }
        ],
        "practitioner": {"reference": f"Practitioner/{practice.rpps}"},
        "organization": {"identifier": identifier("IDNST", codes.STRUCTURE_SYSTEM, practice.structure)},
        "location": [{"reference": "#lieu"}],
    }
    if practice.phone is not None:
        role["telecom"] = [{"system": "phone", "value": practice.phone}]
    return role


def write_service(community: Community) -> Json:
    """The HealthcareService by which a slot is tied to a CPTS."""
    return {
        "resourceType": "HealthcareService",
        "id": community.id,
        "meta": {"profile": [codes.HEALTHCARE_SERVICE]},
        "providedBy": {"reference": f"Organization/{community.id}"},
    }


def write_community(community: Community) -> Json:
    """The Organization of a CPTS."""
    written: Json = {
        "resourceType": "Organization",
        "id": community.id,
        "meta": {"profile": [codes.CPTS_ORGANIZATION]},
        "identifier": [identifier("IDNST", codes.STRUCTURE_SYSTEM, f"1{community.finess}")],
        "name": community.name,
    }
    if community.phone is not None:
        written["telecom"] = [{"system": "phone", "value": community.phone}]
    return written


def write_association(association: Association) -> Json:
    """The Organization of an association SOS Médecins."""
    return {
        "resourceType": "Organization",
        "id": association.id,
        "meta": {"profile": [codes.SOS_ORGANIZATION]},
        "identifier": [identifier("IDNST", codes.STRUCTURE_SYSTEM, f"3{association.siret}")],
        "name": association.name,
    }


def write_site(site: Site) -> Json:
    """The Location of a SOS Médecins site."""
    return {
        "resourceType": "Location",
        "id": site.id,
        "meta": {"profile": [codes.SOS_LOCATION]},
        "identifier": [identifier("INTRN", codes.EDITOR_SYSTEM, site.id)],
        "name": site.name,
        "telecom": [{"system": "phone", "value": site.phone}],
        "address": _address(site),
        "managingOrganization": {"reference": f"Organization/{site.association}"},
        "hoursOfOperation": [
            {"daysOfWeek": list(site.days), "openingTime": site.opens, "closingTime": site.closes}
        ],
    }


def identifier(code: str, system: str, value: str, *, types: str = codes.LOCATION_TYPES) -> Json:
    """An Identifier with its type's code, as every SAS resource carries it."""
    return {"type": {"coding": [{"system": types, "code": code}]}, "system": system, "value": value}


def _address(place: Practice | Site) -> Json:
    return {"line": [place.line], "city": place.city, "postalCode": place.postcode}
