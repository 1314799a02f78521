"""Prescriptions as tests need them; invented people only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from osnp_console.domain.clock import PARIS
from osnp_console.domain.dispositif import Dispositif, NurseVisit, Status
from osnp_console.domain.prescription.birth import read_birth_date
from osnp_console.domain.prescription.content import Content, OrderedAct, PatientIdentity, Prescriber
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Number, Prescription
from osnp_console.domain.sources import Source

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
SOURCE = Source("S5", 81)
FINESS = "291991081"
SARTHE = Dispositif(
    "72-sarthe-ide", "Sarthe", "72", "infirmier", Status.IN_SERVICE, "Infirmier", SOURCE,
    nurse_visit=NurseVisit(SOURCE, "jour", 4, finess=FINESS),
)  # fmt: skip
VENDEE = Dispositif(
    "85-vendee-ide", "Vendée", "85", "infirmier", Status.IN_SERVICE, "Infirmier", SOURCE,
    nurse_visit=NurseVisit(SOURCE, "jour", 4),
)  # fmt: skip
DISPOSITIFS = (SARTHE, VENDEE)
DOCTOR = Prescriber("DURAND", "Paul", "10002909371", "Médecin régulateur")
PATIENT = PatientIdentity("MARTIN", "LEA", read_birth_date("1950-05-02"), sex="F", commune="72181")
CONTENT = Content(
    "72-sarthe-ide", DOCTOR, PATIENT, (OrderedAct("bilan_clinique"),), NOW, FINESS, at_home=True
)


def draft(content: Content = CONTENT) -> Prescription:
    """A prescription that was just begun."""
    return Prescription("p-1", "call-1", content, "72-1", NOW, NOW, state_since=NOW)


def validated(content: Content = CONTENT) -> Prescription:
    """One that a doctor validated."""
    return draft(content).validated(Number(content.dispositif, 2026, 17), NOW, "72-2", "Dr Durand")


def after(prescription: Prescription, *moves: PrescriptionMove) -> Prescription:
    """The prescription after these moves, a minute apart."""
    for place, move in enumerate(moves, start=1):
        at = prescription.since + timedelta(minutes=place)
        if move is PrescriptionMove.VALIDATE:
            number = Number(prescription.content.dispositif, 2026, 17)
            prescription = prescription.validated(number, at, "72-2", "Dr Durand")
        else:
            prescription = prescription.moved(move, at, "72-1", text="motif")
    return prescription


def other(**changes: object) -> Content:
    """The content with something else in it."""
    return replace(CONTENT, **changes)  # type: ignore[arg-type]  # the tests name its fields
