"""How the official kit asks an editor, and what it looks at in an answer: plain requests and JSON only.

Facts of the SAS protocol note, sections 2 to 9; nothing of the console's own clients is used here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import requests

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)  # a Tuesday
LATER = NOW + timedelta(hours=72)

PERSON = "urn:oid:1.2.250.1.71.4.2.1"
STRUCTURE = "urn:oid:1.2.250.1.71.4.2.2"
ONE_PLACE, TWO_PLACES, THREE_PLACES = "10101215225", "10002909371", "10001288385"
"""RPPS published for tests."""
NOBODY = "19999999995"
SOS = "34173748400020"
SECONDS = 10.0

Parameters = list[tuple[str, str]]
Json = dict[str, Any]


def encoded(parameters: Parameters) -> str:
    """A query in which the bar and the plus are coded, the comma and the colon kept (section 2.1)."""
    return "&".join(f"{name}={quote(value, safe=':,')}" for name, value in parameters)


def window(start: datetime = NOW, end: datetime = LATER) -> tuple[str, str]:
    """Both bounds as they are sent."""
    written = [instant.isoformat(timespec="milliseconds") for instant in (start, end)]
    return f"ge{written[0]}", f"le{written[1]}"


def slots_of(
    *rpps: str,
    includes: Sequence[str] = ("Slot:schedule",),
    further: Sequence[str] = ("Schedule:actor",),
    bounds: Sequence[str] | None = None,
) -> Parameters:
    """INT_R01 about practitioners, given by their eleven digits."""
    return [
        *(("_include", one) for one in includes),
        *(("_include:iterate", one) for one in further),
        *(("start", bound) for bound in (window() if bounds is None else bounds)),
        ("schedule.actor:Practitioner.identifier", ",".join(f"{PERSON}|8{one}" for one in rpps)),
        ("status", "free"),
    ]


def cpts_slots_of(*rpps: str) -> Parameters:
    """INT_R04 about practitioners."""
    return slots_of(
        *rpps,
        includes=("Slot:schedule", "Slot:service-type-reference"),
        further=("Schedule:actor", "HealthcareService:organization"),
    )


def sos_slots_of(*siret: str, organization: str = "Location:organization") -> Parameters:
    """The search of SOS Médecins sites."""
    start, end = window()
    return [
        ("_revinclude", "Slot:schedule"),
        ("_include", "Schedule:actor:Location"),
        ("_include:iterate", organization),
        ("_has:Slot:schedule:start", start),
        ("_has:Slot:schedule:start", end),
        ("_has:Slot:schedule:status", "free"),
        ("actor:Location.organization.identifier", ",".join(f"{STRUCTURE}|3{one}" for one in siret)),
    ]


def ask(
    address: str,
    parameters: Parameters,
    kind: str = "Slot",
    base: str = "fhir",
    headers: Mapping[str, str] | None = None,
) -> requests.Response:
    """One search over plain HTTP."""
    url = f"{address}/{base}/{kind}?{encoded(parameters)}"
    return requests.get(url, headers=headers, timeout=SECONDS, allow_redirects=False)


def bundle_of(response: requests.Response) -> Json:
    """The searchset of a right answer."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].startswith("application/fhir+json")
    bundle = response.json()
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "searchset")
    assert isinstance(bundle, dict)
    return bundle


def outcome_of(response: requests.Response) -> Json:
    """The one issue of a refusal."""
    assert 400 <= response.status_code < 600, response.text
    outcome = response.json()
    assert outcome["resourceType"] == "OperationOutcome"
    (issue,) = outcome["issue"]
    assert isinstance(issue, dict)
    return issue


def resources(bundle: Json, kind: str | None = None) -> list[Json]:
    """The resources of a searchset, of one kind or all."""
    found = [entry["resource"] for entry in bundle.get("entry", ())]
    return [one for one in found if kind is None or one["resourceType"] == kind]


def by_reference(bundle: Json) -> dict[str, Json]:
    """The resources by `Type/id`."""
    return {f"{one['resourceType']}/{one['id']}": one for one in resources(bundle)}


def codes_in(slot: Json) -> set[str]:
    """The types of a slot."""
    return {one["code"] for one in slot["meta"]["security"]}


def modalities_in(slot: Json) -> set[str]:
    """AMB, VR, HH."""
    found = [coding for one in slot["serviceType"] for coding in one.get("coding", ())]
    return {one["code"] for one in found if one["system"].endswith("v3-ActCode")}


def appointment_kind(slot: Json) -> str:
    """ROUTINE or WALKIN."""
    (coding,) = slot["appointmentType"]["coding"]
    return str(coding["code"])


def community_links(slot: Json) -> list[str]:
    """The HealthcareService that a slot is tied to, in order."""
    return [
        extension["valueReference"]["reference"]
        for one in slot["serviceType"]
        for extension in one.get("extension", ())
    ]


def empty_parts(part: Any, where: str = "") -> Iterator[str]:
    """Where something empty was sent, which must not be (section 5.2)."""
    if part in ("", [], {}, None):
        yield where
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from empty_parts(inner, f"{where}.{name}")
    elif isinstance(part, list):
        for inner in part:
            yield from empty_parts(inner, where)
