"""Prescriptions and nurses as JSON text, and back; instants are in UTC.

Each field is named here: what the base holds does not change when a class of the program does.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from osnp_console.domain.dates import PartialDate
from osnp_console.domain.hours import Hours
from osnp_console.domain.prescription.content import Content, OrderedAct, PatientIdentity, Prescriber
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer, NurseTry
from osnp_console.domain.prescription.prescription import DoneBy, Number, Prescription
from osnp_console.storage.slot_documents import Document, instant_text, read_instant, text_of


def prescription_text(one: Prescription) -> str:
    """A whole prescription, but its id, call, state and version, which are columns."""
    return text_of(
        {
            "content": content_document(one.content),
            "asked_at": instant_text(one.asked_at),
            "number": [one.number.dispositif, one.number.year, one.number.rank] if one.number else None,
            "sealed": one.sealed,
            "nurse": one.nurse,
            "tries": [_try(each) for each in one.tries],
            "history": [_done(each) for each in one.history],
            "replaces": one.replaces,
            "report": one.report,
            "reported_at": instant_text(one.reported_at) if one.reported_at is not None else None,
        }
    )


def read_prescription(
    text: str,
    *,
    key: str,
    call: str,
    desk: str,
    made_at: datetime,
    state: str,
    state_since: datetime,
    version: int,
) -> Prescription:
    """The prescription of `prescription_text` and its columns."""
    document: Document = json.loads(text)
    number, reported = document["number"], document["reported_at"]
    return Prescription(
        id=key,
        call=call,
        content=read_content_document(document["content"]),
        desk=desk,
        made_at=made_at,
        asked_at=read_instant(document["asked_at"]),
        state=PrescriptionState(state),
        state_since=state_since,
        number=Number(*number) if number else None,
        sealed=document["sealed"],
        nurse=document["nurse"],
        tries=tuple(_read_try(one) for one in document["tries"]),
        history=tuple(_read_done(one) for one in document["history"]),
        replaces=document["replaces"],
        report=document["report"],
        reported_at=read_instant(reported) if reported else None,
        version=version,
    )


def content_document(content: Content) -> Document:
    """What a prescription says, as JSON values."""
    prescriber, patient = content.prescriber, content.patient
    born = patient.birth
    return {
        "dispositif": content.dispositif,
        "finess": content.finess,
        "written_at": instant_text(content.written_at),
        "at_home": content.at_home,
        "sundays": content.sundays_and_holidays,
        "call": content.call_reference,
        "prescriber": [
            prescriber.name,
            prescriber.first_name,
            prescriber.rpps,
            prescriber.quality,
            prescriber.am_number,
        ],
        "patient": {
            "birth_name": patient.birth_name,
            "used_name": patient.used_name,
            "first_names": patient.first_names,
            "birth": [born.first.isoformat(), born.last.isoformat()] if born is not None else None,
            "sex": patient.sex,
            "address": patient.address,
            "commune": patient.commune,
            "phone": patient.phone,
        },
        "acts": [[act.code, act.detail, act.frequency, act.duration] for act in content.acts],
    }


def read_content_document(document: Document) -> Content:
    """The content of a document; raises KeyError, ValueError for another thing."""
    patient, born = document["patient"], document["patient"]["birth"]
    birth = PartialDate(date.fromisoformat(born[0]), date.fromisoformat(born[1])) if born else None
    return Content(
        dispositif=document["dispositif"],
        prescriber=Prescriber(*document["prescriber"]),
        patient=PatientIdentity(
            birth_name=patient["birth_name"],
            first_names=patient["first_names"],
            birth=birth,
            used_name=patient["used_name"],
            sex=patient["sex"],
            address=patient["address"],
            commune=patient["commune"],
            phone=patient["phone"],
        ),
        acts=tuple(OrderedAct(*act) for act in document["acts"]),
        written_at=read_instant(document["written_at"]),
        finess=document["finess"],
        at_home=document["at_home"],
        sundays_and_holidays=document["sundays"],
        call_reference=document["call"],
    )


def _try(one: NurseTry) -> Document:
    return {
        "nurse": one.nurse,
        "name": one.name,
        "called_at": instant_text(one.called_at),
        "answer": one.answer.value if one.answer is not None else None,
        "answered_at": instant_text(one.answered_at) if one.answered_at is not None else None,
    }


def _read_try(document: Document) -> NurseTry:
    answer, at = document["answer"], document["answered_at"]
    return NurseTry(
        document["nurse"],
        document["name"],
        read_instant(document["called_at"]),
        NurseAnswer(answer) if answer else None,
        read_instant(at) if at else None,
    )


def _done(one: DoneBy) -> Document:
    return {
        "move": one.move.value,
        "state": one.state.value,
        "at": instant_text(one.at),
        "desk": one.desk,
        "person": one.person,
        "text": one.text,
        "electronic": one.electronic,
    }


def _read_done(document: Document) -> DoneBy:
    return DoneBy(
        PrescriptionMove(document["move"]),
        PrescriptionState(document["state"]),
        read_instant(document["at"]),
        document["desk"],
        document["person"],
        document["text"],
        document["electronic"],
    )


def nurse_text(nurse: Nurse) -> str:
    """A nurse of the directory."""
    hours = nurse.hours
    return text_of(
        {
            "id": nurse.id,
            "name": nurse.name,
            "number": nurse.number,
            "practice": nurse.practice,
            "phone": nurse.phone,
            "mail": nurse.mail,
            "communes": sorted(nurse.communes),
            "commune": nurse.commune,
            "hours": [hours.osm, hours.text, hours.holidays] if hours is not None else None,
        }
    )


def read_nurse(text: str) -> Nurse:
    """The nurse of `nurse_text`."""
    document: Document = json.loads(text)
    return Nurse(
        id=document["id"],
        name=document["name"],
        number=document["number"],
        practice=document["practice"],
        phone=document["phone"],
        mail=document["mail"],
        communes=frozenset(document["communes"]),
        commune=document["commune"],
        hours=Hours(*document["hours"]) if document["hours"] else None,
    )
