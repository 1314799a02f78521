"""A prescription as the window shows it: its steps, its clock, the patient in one line, who was called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from osnp_console.app.prescription.finess import KnownFiness
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.prescription.birth import birth_text
from osnp_console.domain.prescription.content import ACTS, PatientIdentity, Prescriber
from osnp_console.domain.prescription.delay import Delay, Nearness, delay_of
from osnp_console.domain.prescription.moves import STATE_NAMES, STEPS, PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import NurseAnswer, NurseTry, Rank, ToCall
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.typed_ages import age_said

ON_CALL_RULE = "L’astreinte se règle sur attestation\u202f; l’acte demandé se prescrit."
"""Exact line of the interface (section 8), in on-call hours."""
SHORT_ACTS = {**ACTS, "bilan_clinique": "Bilan clinique de proximité à domicile"}
"""As the form shows them; the paper has them in full."""
ON_CALL = "astreinte"
ANSWER_WORDS = {
    NurseAnswer.ACCEPTED: "accepté",
    NurseAnswer.REFUSED: "refusé",
    NurseAnswer.NO_ANSWER: "sans réponse",
}
_RANK_WORDS = {Rank.USUAL: "habituel", Rank.GOES_THERE: "se déplace dans la commune"}
_STATES = PrescriptionState


class StepLook(Enum):
    """How a step stands; the value is what a screen reader hears."""

    DONE = "fait"
    SKIPPED = "sans objet"
    NOW = "en cours"
    TO_COME = "à venir"


@dataclass(frozen=True, slots=True)
class PrescriptionStep:
    """A step of the row at the head: its name, how it stands, when it was reached where it was."""

    name: str
    look: StepLook
    words: str = ""


def steps_of(prescription: Prescription) -> tuple[PrescriptionStep, ...]:
    """The seven steps; of a cancelled one, those it went through, and where it ended."""
    reached = {one.state: one.at for one in prescription.history}
    now = prescription.state
    if now is _STATES.CANCELLED:
        went = [state for state in STEPS if state is _STATES.DRAFT or state in reached]
        done = [_step(state, StepLook.DONE, reached.get(state)) for state in went]
        return (*done, _step(now, StepLook.NOW, reached.get(now)))
    place = STEPS.index(now)
    shown = []
    for n, state in enumerate(STEPS):
        # A doctor validates their own draft; a signature by key takes no paper.
        was_there = state is _STATES.DRAFT or state in reached
        before = StepLook.DONE if was_there else StepLook.SKIPPED
        look = StepLook.NOW if n == place else before if n < place else StepLook.TO_COME
        shown.append(_step(state, look, reached.get(state) if n <= place else None))
    return tuple(shown)


def _step(state: PrescriptionState, look: StepLook, at: datetime | None) -> PrescriptionStep:
    return PrescriptionStep(STATE_NAMES[state], look, clock(at) if at is not None else "")


def clock(at: datetime) -> str:
    """`10:12`, in Paris."""
    return f"{in_paris(at):%H:%M}"


# --- the delay ------------------------------------------------------------------------------------------


def asked_words(prescription: Prescription, dispositif: Dispositif | None) -> str:
    """`demandée à 10:12 · passage avant 14:12`; without a delay only when it was asked."""
    delay = delay_now(prescription, dispositif, prescription.asked_at)
    asked = f"demandée à {clock(prescription.asked_at)}"
    return f"{asked} · passage avant {clock(delay.until)}" if delay is not None else asked


def delay_now(prescription: Prescription, dispositif: Dispositif | None, now: datetime) -> Delay | None:
    """The delay, as long as the visit was not reported and the prescription is not cancelled."""
    visit = dispositif.nurse_visit if dispositif is not None else None
    over = prescription.reported_at is not None or prescription.state is _STATES.CANCELLED
    return delay_of(visit, prescription.asked_at, now) if visit is not None and not over else None


def left_words(delay: Delay) -> str:
    """`reste 3 h 52`, `reste 12 min`, `délai dépassé de 12 min`."""
    if delay.nearness is Nearness.PAST:
        return f"délai dépassé de {_span(-delay.left)}"
    return f"reste {_span(delay.left)}"


def _span(left: timedelta) -> str:
    minutes = max(0, int(left.total_seconds() // 60))
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02}"


# --- people ---------------------------------------------------------------------------------------------


def doctor_words(prescriber: Prescriber) -> str:
    """`Dr Paul DURAND`; empty without a name."""
    return " ".join(part for part in ("Dr", prescriber.first_name, prescriber.name) if part) * bool(
        prescriber.name
    )


def name_words(patient: PatientIdentity) -> str:
    """`BOUVET Odette`, with the name used where it is another."""
    used = f" (utilisé\u202f: {patient.used_name})" if patient.used_name else ""
    return f"{patient.birth_name}{used} {patient.first_names}".strip()


def identity_words(patient: PatientIdentity, now: datetime) -> str:
    """`née le 02/05/1950 · 76 ans · F`, what is not known left out."""
    told = []
    if patient.birth is not None:
        born = {"F": "née", "M": "né"}.get(patient.sex, "né(e)")
        day, age = born_words(patient), age_said(patient.birth, None, in_paris(now).date())
        told.append(f"{born} {'le' if day.count('/') == 2 else 'en'} {day}")
        told.append(age)
    told.append(patient.sex)
    return " · ".join(part for part in told if part)


def born_words(patient: PatientIdentity) -> str:
    """`02/05/1950`; `05/1950` or `1950` where the day or the month is not known."""
    if patient.birth is None:
        return ""
    year, month, day = birth_text(patient.birth).split("-")
    return "/".join(part for part in (day, month, year) if part != "00")


def commune_words(code: str, living: Callable[[str], Commune | None]) -> str:
    """`72000 Le Mans`; of several postal codes none is shown."""
    found = living(code) if code else None
    if found is None:
        return code
    postal = found.codes_postaux[0] if len(found.codes_postaux) == 1 else ""
    return f"{postal} {found.nom}".strip()


# --- dispositif, acts -----------------------------------------------------------------------------------


def regime_words(dispositif: Dispositif) -> str:
    """Its regime and hours, as the source has them: `jour\u202f: du lundi au vendredi de 8 h à 20 h`."""
    visit, hours = dispositif.nurse_visit, dispositif.reception.hours
    regime = {"jour": "de jour", "astreinte": "astreinte", "propre": "régime propre"}
    said = regime.get(visit.regime, visit.regime) if visit is not None else ""
    return " · ".join(part for part in (said, (hours.text or "") if hours is not None else "") if part)


def dispositif_words(dispositif: Dispositif) -> str:
    """Its name as a row shows it."""
    return cpts_name(dispositif.cpts)


def acts_words(prescription: Prescription) -> str:
    """The acts in a few words: `Pansement, Perfusion`; `aucun acte` without any."""
    names = [act.detail or SHORT_ACTS.get(act.code, act.code) for act in prescription.content.acts]
    return ", ".join(names) or "aucun acte"


def source_words(dispositif: Dispositif, known: KnownFiness) -> str:
    """Where a dispositif stands in the sources, and whence its FINESS where the site settled one."""
    source = dispositif.nurse_visit.source if dispositif.nurse_visit is not None else dispositif.source
    page = f", p. {source.page}" if source.page else ""
    told = f"{dispositif_words(dispositif)}\u202f: {source.document}{page}."
    if known.settled is None:
        return told
    return f"{told} FINESS\u202f: {known.settled.source}, saisi par {known.settled.person}."


# --- nurses ---------------------------------------------------------------------------------------------


def try_words(one: NurseTry) -> str:
    """`Mme Hubert · sans réponse à 10:15`; `appel en cours depuis 10:14` while nothing is noted."""
    if one.answer is None:
        return f"{one.name} · appel en cours depuis {clock(one.called_at)}"
    return f"{one.name} · {ANSWER_WORDS[one.answer]} à {clock(one.answered_at or one.called_at)}"


def candidate_words(one: ToCall) -> str:
    """Why this one, and where: `habituel · Cabinet des Lilas · 3,2 km`."""
    far = f"{one.distance_km:.1f} km".replace(".", ",") if one.distance_km is not None else ""
    told = (_RANK_WORDS.get(one.rank, ""), one.nurse.practice, far)
    return " · ".join(part for part in told if part)


def past_words(prescription: Prescription) -> str:
    """What its state does not say: why it came back or was cancelled, who saw it signed, where it went."""
    last = prescription.history[-1] if prescription.history else None
    if last is not None and last.move in (PrescriptionMove.SEND_BACK, PrescriptionMove.CANCEL):
        what = "Renvoyée" if last.move is PrescriptionMove.SEND_BACK else "Annulée"
        by = f" par {last.person}" if last.person else ""
        return f"{what}{by} à {clock(last.at)}\u202f: {last.text}"
    told = []
    for one in prescription.history:
        at = f"{in_paris(one.at):%d/%m à %H:%M}"
        if one.move is PrescriptionMove.SIGN and one.electronic:
            told.append(f"Signature électronique le {at}.")
        elif one.move is PrescriptionMove.SIGN:
            told.append(f"Signature manuscrite constatée par {one.text or one.person}, le {at}.")
        elif one.move is PrescriptionMove.SEND:
            told.append(f"Transmise à {one.text} le {at}." if one.text else f"Transmise le {at}.")
    if prescription.reported_at is not None:
        told.append(f"Compte rendu reçu le {in_paris(prescription.reported_at):%d/%m à %H:%M}.")
    return " ".join(told)
