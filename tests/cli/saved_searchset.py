"""A saved searchset as a test writes it: invented practitioners, slots where it says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

RPPS = "10009990017"
"""Of nobody."""


def slot(name: str, start: datetime, *types: str, comment: str | None = None) -> dict[str, object]:
    """One Slot of twenty minutes."""
    resource: dict[str, object] = {
        "resourceType": "Slot",
        "id": name,
        "meta": {"security": [{"system": "urn:types", "code": code} for code in types]},
        "serviceType": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}]},
            {"text": "Consultation"},
        ],
        "schedule": {"reference": "Schedule/agenda"},
        "status": "free",
        "start": start.isoformat(timespec="milliseconds"),
        "end": (start + timedelta(minutes=20)).isoformat(timespec="milliseconds"),
    }
    if comment is not None:
        resource["comment"] = comment
    return resource


def included() -> list[dict[str, object]]:
    """The schedule, who and where."""
    place = {
        "resourceType": "Location",
        "id": "lieu",
        "name": "Cabinet des Essais",
        "address": {"line": ["1 rue des Essais"], "city": "Redon", "postalCode": "35600"},
    }
    return [
        {
            "resourceType": "Schedule",
            "id": "agenda",
            "actor": [{"reference": "Practitioner/qui"}, {"reference": "PractitionerRole/ou"}],
        },
        {
            "resourceType": "Practitioner",
            "id": "qui",
            "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": f"8{RPPS}"}],
            "name": [{"family": "Essai", "given": ["Camille"]}],
        },
        {
            "resourceType": "PractitionerRole",
            "id": "ou",
            "contained": [place],
            "practitioner": {"reference": "Practitioner/qui"},
            "location": [{"reference": "#lieu"}],
            "telecom": [{"system": "phone", "value": "+33299000000"}],
        },
    ]


def write_searchset(file: Path, *slots: dict[str, object], extra: tuple[object, ...] = ()) -> Path:
    """The searchset of those slots; `extra` entries stand as they are."""
    entries: list[object] = [
        {"fullUrl": f"https://editeur.example/{one['resourceType']}/{one['id']}", "resource": one}
        for one in (*slots, *included())
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(slots),
        "entry": [*entries, *extra],
    }
    file.write_text(json.dumps(bundle), encoding="utf-8")
    return file
