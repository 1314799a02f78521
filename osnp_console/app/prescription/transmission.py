"""The nurse's sheet, left with the patient or sent back (S5, page 81); the message that carries papers.

The nurse who is not the usual one leaves it at home, or sends it by secure mail. What was asked is filled in;
what was found and done is for the nurse to write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.birth import birth_text
from osnp_console.domain.prescription.content import ACTS, OrderedAct
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription

TITLE = "Fiche de transmission"
MEASURES = (
    "Heure d’arrivée",
    "Pression artérielle",
    "Pouls",
    "Saturation",
    "Température",
    "Glycémie",
    "Douleur",
)
"""What the nurse has the means to measure (S5, page 81), and the hour of the visit."""
TO_WRITE = ("Observations", "Soins réalisés", "Conseils donnés, orientation, téléconsultation")
SUBJECT = "Prescription de soins infirmiers n° {number}"
"""The subject of the message: it names nobody."""


@dataclass(frozen=True, slots=True)
class TransmissionSheet:
    """The sheet, in words: pairs are a label and a text; `measures` and `to_write` are left blank."""

    title: str
    reference: str
    asked: tuple[tuple[str, str], ...]
    patient: tuple[tuple[str, str], ...]
    acts: tuple[str, ...]
    measures: tuple[str, ...] = MEASURES
    to_write: tuple[str, ...] = TO_WRITE


@dataclass(frozen=True, slots=True)
class SecureMessage:
    """A message for the user's own MSSanté client: to whom, and what it says; attachments go with it."""

    to: str
    subject: str
    text: str


def transmission_sheet_of(
    prescription: Prescription,
    dispositif: Dispositif,
    nurse: Nurse | None,
    living: Callable[[str], Commune | None],
) -> TransmissionSheet:
    """The sheet of a prescription; a draft's has no number."""
    content, patient = prescription.content, prescription.content.patient
    number = prescription.number.text if prescription.number is not None else "projet"
    asked, written = in_paris(prescription.asked_at), in_paris(content.written_at)
    doctor = " ".join(part for part in (content.prescriber.first_name, content.prescriber.name) if part)
    commune = living(patient.commune) if patient.commune else None
    return TransmissionSheet(
        title=TITLE,
        reference=f"Ordonnance n° {number}, établie le {written:%d/%m/%Y} à {written:%H:%M}",
        asked=_filled(
            ("Dispositif", cpts_name(dispositif.cpts)),
            ("Demandée le", f"{asked:%d/%m/%Y} à {asked:%H:%M}"),
            ("Médecin", f"Dr {doctor}"),
            ("Infirmier", _nurse(nurse)),
            ("Compte rendu", dispositif.nurse_visit.report or "" if dispositif.nurse_visit else ""),
        ),
        patient=_filled(
            ("Nom de naissance", patient.birth_name),
            ("Nom utilisé", patient.used_name),
            ("Prénoms", patient.first_names),
            ("Né(e) le", _born(prescription)),
            ("Adresse", patient.address),
            ("Commune", commune.nom if commune is not None else patient.commune),
            ("Téléphone", read_phone(patient.phone).shown if patient.phone else ""),
        ),
        acts=tuple(act_words(act) for act in content.acts),
    )


def _filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in pairs if text)


def _nurse(nurse: Nurse | None) -> str:
    if nurse is None:
        return ""
    return ", ".join(part for part in (nurse.name, nurse.practice) if part)


def _born(prescription: Prescription) -> str:
    birth = prescription.content.patient.birth
    if birth is None:
        return ""
    return "/".join(part for part in reversed(birth_text(birth).split("-")) if part != "00")


def act_words(act: OrderedAct) -> str:
    """An act in one line: its name, how, how often, how long."""
    told = [act.detail, act.frequency, f"pendant {act.duration}" if act.duration else ""]
    more = ", ".join(part for part in told if part)
    name = ACTS.get(act.code, act.code)
    return f"{name}\u202f: {more}" if more else name


def message_to(address: str, prescription: Prescription, delay_hours: int | None) -> SecureMessage:
    """What accompanies the papers; the patient is named in them alone."""
    number = prescription.number.text if prescription.number is not None else "projet"
    asked = in_paris(prescription.asked_at)
    lines = [
        "Bonjour,",
        "",
        "Vous trouverez ci-joint la prescription de soins infirmiers demandée par la régulation "
        f"le {asked:%d/%m/%Y} à {asked:%H:%M}.",
    ]
    if delay_hours is not None:
        lines.append(f"Passage attendu dans les {delay_hours} heures qui suivent cette demande.")
    lines += ["", "La fiche de transmission jointe peut nous être renvoyée par ce même canal.", ""]
    return SecureMessage(address, SUBJECT.format(number=number), "\r\n".join(lines))
