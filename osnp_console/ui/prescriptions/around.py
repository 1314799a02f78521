"""What a prescription is shown with: its dispositif, its faults, the doctors, whom to call, its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.prescription.doctors import NOT_YOU, bears_name, doctor_called, doctors_known
from osnp_console.app.prescription.finess import KnownFiness
from osnp_console.app.prescription.paper import (
    PaperSize,
    PaperWords,
    PrescriptionPaper,
    paper_of_prescription,
)
from osnp_console.app.prescription.write import CANCELLED_ELSEWHERE
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.checks import (
    AFTER_VALIDATION,
    NURSES,
    Fault,
    ToReadAgain,
    faults,
    warnings,
)
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer, ToCall, call_order
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.slots.ranking import distance_km
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.form import Shown
from osnp_console.ui.prescriptions.ports import PrescriptionOffice
from osnp_console.ui.prescriptions.said import said_of
from osnp_console.ui.prescriptions.told_readings import ToldReadings

Distances = Callable[[str, tuple[Nurse, ...]], dict[str, float]]
NOT_TO_CALL = "Une ordonnance annulée n’envoie personne."


def no_distance(commune: str, nurses: tuple[Nurse, ...]) -> dict[str, float]:
    """Nobody knows how far."""
    return {}


def distances_by(positions: Positions) -> Distances:
    """Between the communes of the patient and of each nurse, where both are known and the desk may ask."""

    def distances(commune: str, nurses: tuple[Nurse, ...]) -> dict[str, float]:
        here, found = positions.of_commune(commune), {}
        for nurse in nurses:
            there = positions.of_commune(nurse.commune)
            if here is not None and there is not None:
                found[nurse.id] = distance_km(here, there)
        return found

    return distances


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where it is looked up. `distances` gives km by nurse, from a commune, as far as they are known.

    `readings` is told what is read of patients, None where there is no journal.
    """

    desk: DeskPrescriptions
    office: PrescriptionOffice
    dispositifs: Mapping[str, Dispositif]
    living: Callable[[str], Commune | None]
    clock: Callable[[], datetime]
    distances: Distances = no_distance
    readings: ToldReadings | None = None

    def dispositif(self, prescription: Prescription) -> Dispositif | None:
        """By which dispositif the nurse is sent."""
        return self.dispositifs.get(prescription.content.dispositif)

    def faults(self, prescription: Prescription) -> tuple[Fault, ...]:
        """What keeps it from being valid; nothing does once it is."""
        if not prescription.may_change:
            return ()
        return faults(prescription.content, self.dispositif(prescription), self.dispositifs.values())

    def to_read_again(self, prescription: Prescription) -> tuple[ToReadAgain, ...]:
        """What is to be read again and was not confirmed here."""
        if not prescription.may_change:
            return ()
        dispositif = self.dispositif(prescription)
        settled = dispositif is not None and self.desk.finess(dispositif).prefix_settled
        found = list(warnings(prescription.content, dispositif, prefix_settled=settled))
        who = self.desk.session().name
        prescriber = prescription.content.prescriber
        if self.desk.validates and prescriber.name.strip() and not bears_name(prescriber, who):
            found.append(ToReadAgain("prescripteur.nom", NOT_YOU))
        return tuple(one for one in found if (prescription.id, one.message) not in self.desk.confirmed)

    def doctors(self) -> tuple[Prescriber, ...]:
        """Those who can be chosen; whoever is signed in and validates is one."""
        known = doctors_known(self.desk.site.doctors, self.desk.all)
        if not self.desk.validates:
            return known
        own = self.own_doctor()
        return known if own in known else (own, *known)

    def own_doctor(self) -> Prescriber:
        """Whoever is signed in, as they prescribe."""
        known = doctors_known(self.desk.site.doctors, self.desk.all)
        return doctor_called(self.desk.session().name, known)

    def first_doctor(self) -> Prescriber:
        """Who prescribes unless another one is chosen: whoever validates here, else the only one known."""
        if self.desk.validates:
            return self.own_doctor()
        known = self.doctors()
        return known[0] if len(known) == 1 else Prescriber("")

    def order(self, prescription: Prescription) -> tuple[ToCall, ...]:
        """Whom to call, in order."""
        commune = prescription.content.patient.commune
        nurses = self.desk.nurses
        usual = self.desk.usual.get(prescription.call, "")
        return call_order(nurses, commune, usual, self.distances(commune, nurses), prescription.tries)

    def nurse(self, prescription: Prescription) -> Nurse | None:
        """Who accepted."""
        return next((one for one in self.desk.nurses if one.id == prescription.nurse), None)

    def nurse_name(self, prescription: Prescription) -> str:
        """The name of who accepted, as it was then."""
        accepted = [one for one in prescription.tries if one.answer is NurseAnswer.ACCEPTED]
        return accepted[-1].name if accepted else ""

    def why_closed(self, prescription: Prescription) -> str:
        """Why its content may not be changed here; empty when it may."""
        if not prescription.may_change:
            return AFTER_VALIDATION if prescription.number is not None else CANCELLED_ELSEWHERE
        return "" if self.desk.may(Act.PREPARE_PRESCRIPTION) else who_may(Act.PREPARE_PRESCRIPTION)

    def shown(self, prescription: Prescription, note: str, *, asked: bool) -> Shown:
        """The prescription with what the form says around it."""
        dispositif = self.dispositif(prescription)
        known = self.desk.finess(dispositif) if dispositif is not None else None
        no_calls = "" if self.desk.may(Act.PREPARE_PRESCRIPTION) else who_may(Act.PREPARE_PRESCRIPTION)
        if prescription.number is None and not prescription.may_change:
            no_calls = NOT_TO_CALL
        return Shown(
            prescription,
            known if known is not None else KnownFiness(""),
            self.doctors(),
            said_of(
                self.faults(prescription),
                self.to_read_again(prescription),
                asked=asked,
                confirmable=self.desk.may(Act.PREPARE_PRESCRIPTION),
            ),
            self.order(prescription),
            note,
            self.why_closed(prescription),
            no_calls,
            self.paper(prescription, PaperSize.A4) if self.why_closed(prescription) else None,
        )

    def paper(self, prescription: Prescription, size: PaperSize) -> PrescriptionPaper | None:
        """Its paper; None while no dispositif says what is printed."""
        dispositif = self.dispositif(prescription)
        if dispositif is None:
            return None
        words = PaperWords(dispositif, self.living, self.desk.site.header)
        return paper_of_prescription(prescription, words, size)


def nurse_dispositifs(dispositifs: Mapping[str, Dispositif], now: datetime) -> tuple[Dispositif, ...]:
    """Those that send a nurse and are in service."""
    day = in_paris(now).date()
    found = (one for one in dispositifs.values() if one.nature == NURSES)
    return tuple(one for one in found if one.out_of_service(day) is None)
