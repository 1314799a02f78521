"""What the proof of regulation says: who decided what, when, for whom, on which grounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.booking.booked_card import STATE_NAMES
from osnp_console.app.calls.sheet_words import CallSheetWords, Knowledge
from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.checklist import Judgement
from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import SHOWN_MONTHS, WEEKDAYS
from osnp_console.domain.desk import Desk
from osnp_console.domain.phone import read_phone
from osnp_console.domain.regulator import NOBODY, Regulator
from osnp_console.domain.roles import NAMES
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.states import State, Verdict

NOT_NOTED = "non noté"
VERDICTS: Mapping[Verdict, str] = {
    Verdict.ELIGIBLE: "éligible",
    Verdict.TO_CHECK: "à vérifier",
    Verdict.NOT_ELIGIBLE: "non éligible",
    Verdict.OUT_OF_SERVICE: "hors service",
}
STATES: Mapping[State, str] = {
    State.MET: "oui",
    State.UNMET: "non",
    State.UNKNOWN: "inconnu",
    State.NOT_APPLICABLE: "sans objet",
}
_SHOWN_PARTS = ("Patient", "Besoin", "Soins habituels", "Déplacement", "Réponses")


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ProofCriterion:
    """One criterion of the dispositif: what is judged, its state, what was found, where the rule stands."""

    label: str
    state: str
    found: str
    source: str


@dataclass(frozen=True, slots=True)
class ProofOfRegulation:
    """One page or more; the same content always gives the same file.

    `parts` are the fields of the call as they were typed, by title. `criteria` is empty where no dispositif
    is known: `decision` then says so.
    """

    title: str
    reference: str
    decided_by: tuple[ProofLine, ...]
    parts: tuple[tuple[str, tuple[ProofLine, ...]], ...]
    decision: tuple[ProofLine, ...]
    criteria: tuple[ProofCriterion, ...]
    slot: tuple[ProofLine, ...]
    appointment: tuple[ProofLine, ...]
    catalogue: tuple[ProofLine, ...]


def proof_of(
    record: CallRecord,
    appointment: Appointment,
    desk: Desk,
    words: CallSheetWords,
    judgement: Judgement | None,
    catalogue: tuple[str, str],
    source_name: str,
    regulator: Regulator = NOBODY,
) -> ProofOfRegulation:
    """The proof of an appointment.

    `judgement` is the dispositif's as the call stood when it was decided, None where none is known;
    `catalogue` its version and fingerprint.
    """
    decided = in_paris(appointment.asked_at)
    version, fingerprint = catalogue
    return ProofOfRegulation(
        "Preuve de régulation",
        f"{record.title} du {in_paris(record.taken_at):%d/%m/%Y}, {desk.shown}",
        _kept(
            ("Poste", desk.shown),
            ("Rôle", NAMES.get(desk.role, desk.role)),
            ("Par", " ".join(part for part in (regulator.first_name, regulator.name) if part) or NOT_NOTED),
            ("Identifiant", regulator.identifier),
            ("Décidé le", f"{decided:%d/%m/%Y} à {decided:%H:%M:%S}"),
        ),
        _parts(record, words),
        _decision(judgement),
        _criteria(judgement),
        slot_lines(appointment.slot, source_name),
        _kept(
            ("État", STATE_NAMES[appointment.state]),
            ("Depuis le", f"{in_paris(appointment.state_since):%d/%m/%Y à %H:%M:%S}"),
            ("Référence", appointment.reference or ""),
            ("Demande", appointment.id),
            ("Réponse de l’agenda", appointment.message or ""),
            ("Noté à la main", appointment.typed),
        ),
        _kept(("Version", version), ("Empreinte", fingerprint)),
    )


def full_day(instant: datetime) -> str:
    """`mercredi 25 novembre 2026 à 14:20`, on the clock of Paris."""
    local = in_paris(instant)
    number = "1er" if local.day == 1 else str(local.day)
    day = f"{WEEKDAYS[local.weekday()]} {number} {SHOWN_MONTHS[local.month - 1]} {local.year}"
    return f"{day} à {local:%H:%M}"


def slot_lines(slot: Slot, source_name: str) -> tuple[ProofLine, ...]:
    """When, who, where, from which agenda; what is not said is left out."""
    place = slot.place
    city = " ".join(part for part in (place.postcode, place.city) if part)
    where = ", ".join(part for part in (place.name, place.address, city) if part)
    return _kept(
        ("Début", full_day(slot.start)),
        ("Praticien", slot.practitioner.name or ""),
        ("RPPS", slot.practitioner.rpps or ""),
        ("Lieu", "téléconsultation" if slot.is_remote else where),
        ("Téléphone", read_phone(place.phone).shown if place.phone else ""),
        ("Types", ", ".join(sorted(slot.types))),
        ("Agenda", source_name),
    )


def _kept(*pairs: tuple[str, str]) -> tuple[ProofLine, ...]:
    return tuple(ProofLine(label, text) for label, text in pairs if text)


def _parts(record: CallRecord, words: CallSheetWords) -> tuple[tuple[str, tuple[ProofLine, ...]], ...]:
    taken = in_paris(record.taken_at).date()
    found = []
    for part in words.parts(record.sheet, taken):
        if part.title not in _SHOWN_PARTS:
            continue
        lines = tuple(
            ProofLine(line.label, line.text)
            for line in part.lines
            if line.knowledge is not Knowledge.NOT_ASKED or part.title in ("Patient", "Besoin")
        )
        if lines:
            found.append((part.title, lines))
    return tuple(found)


def _decision(judgement: Judgement | None) -> tuple[ProofLine, ...]:
    if judgement is None:
        return (ProofLine("Dispositif", "aucun dispositif connu pour ce créneau"),)
    dispositif = judgement.dispositif
    return _kept(
        ("Dispositif", dispositif_title(dispositif.cpts, dispositif.nature)),
        ("Identifiant", dispositif.id),
        ("Source", refers(dispositif.source)),
        ("Verdict", VERDICTS[judgement.verdict]),
    )


def _criteria(judgement: Judgement | None) -> tuple[ProofCriterion, ...]:
    lines: Iterable[ProofCriterion] = (
        ProofCriterion(line.rule.label, STATES[line.finding.state], line.text or "", refers(line.rule.source))
        for line in (judgement.lines if judgement is not None else ())
    )
    return tuple(lines)
