"""A prescription begun from a call: what the call knows, by the dispositif that sends a nurse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.finess import finess_of, read_settled
from osnp_console.app.prescription.write import begin
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.checks import NURSES
from osnp_console.domain.prescription.content import (
    SEXES,
    Content,
    OrderedAct,
    PatientIdentity,
    Prescriber,
)
from osnp_console.domain.prescription.prescription import Prescription

NO_NURSE = "Aucun dispositif infirmier, éligible ou à vérifier, ne prend ce patient."
ACT_OF_REASON: Mapping[str, str] = {
    "surveillance_clinique": "surveillance",
    "evaluation_plaie": "evaluation_plaie",
    "pansement": "pansement",
    "bilan_sanguin": "prelevement_sanguin",
    "perfusion": "perfusion",
    "reassurance": "reassurance",
}
"""Reasons that are one act (S5, page 81). « Plaie simple » is none: a wound is looked at, or dressed."""
_AT_HOME = ("domicile",)
_OPEN_ORDER = {True: 0, None: 1, False: 2}


def nurse_dispositif(call: OpenCall, selected: Dispositif | None, now: datetime) -> Dispositif | None:
    """By which dispositif a nurse is sent: the selected one, else the first that takes the patient or may.

    Those whose conditions are all met come before those to check, then those open now: by day the daytime
    regime, at night the on-call one. None where no nurse's dispositif takes the patient.
    """
    day = in_paris(now).date()
    if selected is not None and selected.nature == NURSES and selected.out_of_service(day) is None:
        return selected
    found = [
        (bool(row.unknown), _OPEN_ORDER[is_open_now(row.dispositif, now)], place, row.dispositif)
        for place, row in enumerate(call.checklist.rows)
        if row.dispositif.nature == NURSES and not row.unmet and row.dispositif.out_of_service(day) is None
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def is_open_now(dispositif: Dispositif, now: datetime) -> bool | None:
    """Whether its hours say that it is open; None where they say nothing."""
    hours = dispositif.reception.hours
    return hours.at(in_paris(now)).open if hours is not None else None


def reference_of(record: CallRecord) -> str:
    """How the paper names the call: its day and number, and the desk that counts them."""
    return f"{in_paris(record.taken_at):%Y-%m-%d}-{record.number}, poste {record.desk}"


def draft_from(
    call: OpenCall, dispositif: Dispositif, prescriber: Prescriber, key: str, desk: str, now: datetime
) -> Prescription:
    """The draft; what the call does not know stays empty, and nothing is made up."""
    record = call.record
    visit = dispositif.nurse_visit
    content = Content(
        dispositif=dispositif.id,
        prescriber=prescriber,
        patient=patient_of(call),
        acts=acts_of(call),
        written_at=now,
        finess=(visit.finess or "") if visit is not None else "",
        at_home=True if visit is not None and visit.places == _AT_HOME else None,
        call_reference=reference_of(record),
    )
    return Prescription(key, record.id, content, desk, now, now, state_since=now)


def patient_of(call: OpenCall) -> PatientIdentity:
    """Whom the call is about; the caller's phone where the patient calls themselves."""
    sheet, known = call.record.sheet, call.call.known
    residence, sex = known.get(facts.RESIDENCE), known.get(facts.SEX)
    own = sheet.text(fields.PATIENT_PHONE)
    calls_themselves = sheet.answer(fields.CALLER_LINK) == "patient"
    return PatientIdentity(
        birth_name=sheet.text(fields.BIRTH_NAME),
        first_names=sheet.text(fields.FIRST_NAMES),
        birth=call.call.date(facts.BIRTH),
        sex=sex if isinstance(sex, str) and sex in SEXES else "",
        commune=residence.code if isinstance(residence, Commune) else "",
        phone=own or (sheet.text(fields.CALLER_PHONE) if calls_themselves else ""),
    )


def acts_of(call: OpenCall) -> tuple[OrderedAct, ...]:
    """The act that the reason is, where it is one."""
    code = ACT_OF_REASON.get(call.call.text(facts.REASON) or "")
    return (OrderedAct(code),) if code is not None else ()


def begin_draft(
    draft: Prescription, dispositif: Dispositif, person: str | None = None
) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: keep a draft with the FINESS that the site settled, else the catalogue's.

    `person` is who began it, where somebody else brings it to the store. Raises StoreFailure, Forbidden.
    """

    def work(open_unit: OpenUnit) -> Prescription:
        finess = finess_of(dispositif, read_settled(dispositif.id)(open_unit)).finess
        begun = replace(draft, content=replace(draft.content, finess=finess))
        return begin(begun, person)(open_unit)

    return work


def usual_nurse(call: str) -> Callable[[OpenUnit], str]:
    """Work for the store: what a call says of the patient's usual nurse; empty where it says nothing."""

    def work(open_unit: OpenUnit) -> str:
        with open_unit() as unit:
            if not unit.session.may(Act.READ_CALLS):
                return ""
            return usual_said(unit.calls.get(call).sheet)

    return work


def usual_said(sheet: CallSheet) -> str:
    """What a sheet says of the patient's usual nurse; the same field names another one for another offer."""
    return sheet.text(fields.USUAL_PRACTICE) if sheet.text(facts.OFFER) in ("", NURSES) else ""
