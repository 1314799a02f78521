"""The appointment as it is sent to an agenda, and as it comes back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from osnp_console.app.sources.agendas import BookingPerson, BookingRequest, Outcome
from osnp_console.connectors.fhir import resources as fhir
from osnp_console.connectors.fhir.codes import UNREADABLE
from osnp_console.connectors.fhir.instants import written_instant
from osnp_console.connectors.fhir.national_ids import PRACTITIONERS

ATTEMPT = "urn:osnp-console:reservation"
"""The system of an attempt's own identifier."""
OPERATOR = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-appointment-operator"
_GENDERS = {"F": "female", "M": "male"}
_BOOKED = frozenset({"booked", "arrived", "checked-in", "fulfilled"})
_WAITING = frozenset({"proposed", "pending", "waitlist"})
_GONE = frozenset({"cancelled", "noshow", "entered-in-error"})


class Appointment(Struct, tag_field="resourceType", tag="Appointment", gc=False):
    """What is read of an appointment."""

    id: str | None = None
    identifier: list[fhir.Identifier] | None = None
    status: str | None = None

    @property
    def outcome(self) -> Outcome:
        """What its status means for who asked for it."""
        status = (self.status or "").lower()
        if status in _BOOKED:
            return Outcome.BOOKED
        if status in _WAITING:
            return Outcome.WAITING
        return Outcome.REFUSED if status in _GONE else Outcome.UNKNOWN

    @property
    def reference(self) -> str | None:
        """`Appointment/<id>`, None without an id."""
        return f"Appointment/{self.id}" if self.id else None


class _Slot(Struct, tag_field="resourceType", tag="Slot", gc=False):
    status: str | None = None


_APPOINTMENT = msgspec.json.Decoder(Appointment)
_SLOT = msgspec.json.Decoder(_Slot)
_OUTCOME = msgspec.json.Decoder(fhir.OperationOutcome)


def read_appointment(body: bytes) -> Appointment | None:
    """The appointment of an answer; None where it is something else."""
    try:
        return _APPOINTMENT.decode(body)
    except UNREADABLE:
        return None


def of_attempt(body: bytes, key: str) -> list[Appointment] | None:
    """The appointments of a searchset that bear the attempt's key; None where the body is no searchset.

    The key is looked at again here: a server that does not know the parameter returns everything.
    """
    try:
        bundle: fhir.Bundle | fhir.OperationOutcome = fhir.BUNDLE.decode(body)
        if not isinstance(bundle, fhir.Bundle):
            return None
        entries = [fhir.ENTRY.decode(raw) for raw in bundle.entry or ()]
    except UNREADABLE:
        return None
    found = [read_appointment(bytes(entry.resource)) for entry in entries]
    return [
        one
        for one in found
        if one is not None and any(identifier.value == key for identifier in one.identifier or ())
    ]


def raw_of_attempt(body: bytes, key: str) -> dict[str, object] | None:
    """The appointment of a searchset that bears the attempt's key, whole; None without one."""
    try:
        bundle: fhir.Bundle | fhir.OperationOutcome = fhir.BUNDLE.decode(body)
        entries = bundle.entry or () if isinstance(bundle, fhir.Bundle) else ()
        found = [msgspec.json.decode(fhir.ENTRY.decode(raw).resource) for raw in entries]
    except UNREADABLE:
        return None
    for one in found:
        appointment = read_appointment(json.dumps(one).encode())
        if appointment is not None and any(name.value == key for name in appointment.identifier or ()):
            assert isinstance(one, dict)
            return one
    return None


def is_free(body: bytes) -> bool | None:
    """Whether a slot that was read again is still free; None where it does not say."""
    try:
        status = _SLOT.decode(body).status
    except UNREADABLE:
        return None
    return status == "free" if status else None


def issue_codes(body: bytes) -> Sequence[str]:
    """The issue codes of an OperationOutcome."""
    try:
        return [issue.code for issue in _OUTCOME.decode(body).issue or () if issue.code]
    except UNREADABLE:
        return ()


def token_of(request: BookingRequest) -> str:
    """The attempt's identifier as a search takes it."""
    return f"{ATTEMPT}|{request.key}"


def written_appointment(request: BookingRequest, as_request: bool, now: datetime) -> bytes:
    """The appointment to post: `proposed` for a request that the practice confirms, `booked` otherwise."""
    slot = request.slot
    participants: list[dict[str, object]] = [{"actor": {"reference": "#patient"}, "status": "accepted"}]
    if slot.practitioner.rpps:
        actor = {"identifier": {"system": PRACTITIONERS, "value": f"8{slot.practitioner.rpps}"}}
        participants.append({"actor": actor, "status": "needs-action" if as_request else "accepted"})
    appointment: dict[str, object] = {
        "resourceType": "Appointment",
        "contained": [_patient(request.person)],
        "identifier": [{"system": ATTEMPT, "value": request.key}],
        "status": "proposed" if as_request else "booked",
        "start": written_instant(slot.start),
        "end": written_instant(slot.end),
        "created": written_instant(now),
        "slot": [{"reference": request.reference}],
        "participant": participants,
    }
    if request.reason:
        appointment["reasonCode"] = [{"text": request.reason}]
    if request.by:
        appointment["extension"] = [{"url": OPERATOR, "valueReference": {"display": request.by}}]
    return json.dumps(appointment, ensure_ascii=False).encode()


def _patient(person: BookingPerson | None) -> dict[str, object]:
    patient: dict[str, object] = {"resourceType": "Patient", "id": "patient"}
    if person is None:
        return patient
    given = person.first_names.split()
    name = {"use": "official", "family": person.birth_name}
    patient["name"] = [{**name, "given": given} if given else name]
    if person.birth_date:
        patient["birthDate"] = person.birth_date
    if person.sex:
        patient["gender"] = _GENDERS.get(person.sex, "unknown")
    if person.phone:
        patient["telecom"] = [{"system": "phone", "value": person.phone}]
    return patient
