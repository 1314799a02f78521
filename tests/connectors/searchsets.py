"""Invented searchsets of slots, as editors send them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]

FIRST = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
RPPS = "10009990011"
TYPES = "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PRACTITIONERS = "urn:oid:1.2.250.1.71.4.2.1"
STRUCTURES = "urn:oid:1.2.250.1.71.4.2.2"


def slot(number: int, **changed: Any) -> Json:
    """The slot of that number, 20 minutes after the one before; `changed` elements, None takes one away."""
    start = FIRST + timedelta(minutes=20 * number)
    made: Json = {
        "resourceType": "Slot",
        "id": f"c{number}",
        "meta": {"security": [{"system": TYPES, "code": "SNP"}]},
        "serviceType": [{"coding": [{"system": ACT_CODE, "code": "AMB"}]}],
        "schedule": {"reference": "Schedule/a1"},
        "status": "free",
        "start": start.isoformat(timespec="milliseconds"),
        "end": (start + timedelta(minutes=20)).isoformat(timespec="milliseconds"),
        "comment": "https://rdv.exemple.invalid/agenda",
        **changed,
    }
    return {name: value for name, value in made.items() if value is not None}


def schedule(**changed: Any) -> Json:
    actors = [{"reference": "Practitioner/p1"}, {"reference": "PractitionerRole/r1"}]
    return {"resourceType": "Schedule", "id": "a1", "actor": actors, **changed}


def practitioner(**changed: Any) -> Json:
    return {
        "resourceType": "Practitioner",
        "id": "p1",
        "identifier": [{"system": PRACTITIONERS, "value": f"8{RPPS}"}],
        "name": [{"family": "Bréhault", "given": ["Anne"]}],
        **changed,
    }


def role(**changed: Any) -> Json:
    return {
        "resourceType": "PractitionerRole",
        "id": "r1",
        "contained": [
            {
                "resourceType": "Location",
                "id": "lieu",
                "address": {"line": ["3 rue du Port"], "city": "Redon", "postalCode": "35600"},
            }
        ],
        "practitioner": {"reference": "Practitioner/p1"},
        "organization": {"identifier": {"system": STRUCTURES, "value": "1350000019"}},
        "location": [{"reference": "#lieu"}],
        "telecom": [{"system": "phone", "value": "+33261910000"}],
        **changed,
    }


def party() -> list[Json]:
    """What a slot points to."""
    return [schedule(), practitioner(), role()]


def bundle(resources: Sequence[Any], **changed: Any) -> Json:
    """A searchset of those resources."""
    entries = [
        {"fullUrl": f"https://agenda.exemple.invalid/fhir/{one['resourceType']}/{one['id']}", "resource": one}
        if isinstance(one, dict) and {"resourceType", "id"} <= one.keys()
        else {"resource": one}
        for one in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": entries, **changed}


def written(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def searchset(*slots: Json) -> bytes:
    """The bytes of a searchset of those slots with what they point to; three slots when none is given."""
    chosen = slots or (slot(0), slot(1), slot(2))
    return written(bundle([*chosen, *party()]))


def outcome(text: str, code: str = "exception") -> bytes:
    """An OperationOutcome."""
    issue = {"severity": "error", "code": code, "diagnostics": text}
    return written({"resourceType": "OperationOutcome", "issue": [issue]})
