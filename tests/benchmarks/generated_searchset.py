"""An invented searchset as an editor would send one: 10 000 slots of 250 agendas, and what they point to."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import Any

SEED = 7
FIRST = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
_BASE = "https://agenda.exemple.invalid/fhir"
_CODES = "http://terminology.hl7.org/CodeSystem"
_NOS = "https://mos.esante.gouv.fr/NOS"
_TYPES = f"{_NOS}/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau"
_SPECIALTIES = f"{_NOS}/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale"

Json = dict[str, Any]


def searchset(slots: int, agendas: int) -> bytes:
    """`slots` free slots of `agendas` schedules, each with its practitioner and its place, shuffled."""
    order = random.Random(SEED)
    resources = [resource for number in range(agendas) for resource in _agenda(number)]
    resources += [_slot(number, number % agendas, number // agendas, order) for number in range(slots)]
    order.shuffle(resources)
    entries = [_entry(resource) for resource in resources]
    links = [{"relation": "self", "url": f"{_BASE}/Slot?_include=Slot:schedule&status=free"}]
    document = {
        "resourceType": "Bundle",
        "id": "essai",
        "type": "searchset",
        "total": slots,
        "link": links,
        "entry": entries,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _entry(resource: Json) -> Json:
    mode = "match" if resource["resourceType"] == "Slot" else "include"
    url = f"{_BASE}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": url, "resource": resource, "search": {"mode": mode}}


def _meta(profile: str, second: int) -> Json:
    profiles = [f"http://sas.fr/fhir/StructureDefinition/{profile}"]
    updated = datetime.fromisoformat("2026-11-24T06:30:00.123+01:00") + timedelta(seconds=second)
    return {"lastUpdated": updated.isoformat(timespec="milliseconds"), "profile": profiles}


def _agenda(number: int) -> list[Json]:
    location = {
        "resourceType": "Location",
        "id": f"lieu{number}",
        "identifier": [{"system": "https://editeur.exemple.invalid", "value": str(number)}],
        "address": {"line": [f"{number} rue des Essais"], "city": "Redon", "postalCode": "35600"},
    }
    return [
        {
            "resourceType": "Schedule",
            "id": f"a{number}",
            "meta": _meta("FrScheduleAgregateur", number),
            "actor": [{"reference": f"Practitioner/p{number}"}, {"reference": f"PractitionerRole/r{number}"}],
        },
        {
            "resourceType": "Practitioner",
            "id": f"p{number}",
            "meta": _meta("FrPractitionerAgregateur", number),
            "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": f"8{number:011d}"}],
            "name": [{"family": f"ESSAI {number}", "given": ["Élise"]}],
        },
        {
            "resourceType": "PractitionerRole",
            "id": f"r{number}",
            "meta": _meta("FrPractitionerRoleExerciceAgregateur", number),
            "contained": [location],
            "practitioner": {"reference": f"Practitioner/p{number}"},
            "organization": {
                "identifier": {"system": "urn:oid:1.2.250.1.71.4.2.2", "value": f"1{350000000 + number}"}
            },
            "location": [{"reference": f"#lieu{number}"}],
            "telecom": [{"system": "phone", "value": "+33261910000"}],
        },
    ]


def _slot(number: int, agenda: int, turn: int, order: random.Random) -> Json:
    start = FIRST + timedelta(minutes=15 * turn)
    types = order.choice((["PUBLIC"], ["SNP"], ["PUBLIC", "PRO"], ["SNP", "CPTS"]))
    return {
        "resourceType": "Slot",
        "id": f"c{number}",
        "meta": {
            **_meta("FrSlotAgregateur", number),
            "security": [{"system": _TYPES, "code": code} for code in types],
        },
        "identifier": [{"system": "urn:oid:1.2.250.1.999", "value": str(number)}],
        "serviceType": [
            {"coding": [{"system": f"{_CODES}/v3-ActCode", "code": order.choice(("AMB", "VR"))}]},
            {"text": "Consultation"},
        ],
        "specialty": [{"coding": [{"system": _SPECIALTIES, "code": "SM54"}]}],
        "appointmentType": {"coding": [{"system": f"{_CODES}/v2-0276", "code": "ROUTINE"}]},
        "schedule": {"reference": f"Schedule/a{agenda}"},
        "status": "free",
        "start": start.isoformat(timespec="milliseconds"),
        "end": (start + timedelta(minutes=15)).isoformat(timespec="milliseconds"),
        "comment": f"https://rdv.exemple.invalid/agenda/{agenda}",
    }
