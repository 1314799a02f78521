"""What the journal keeps of a booking: which slot, at which source, how it went; never who the patient is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.app.slots.recheck_slot import Recheck
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import Facts, JournalEntry
from osnp_console.domain.slots.slot import Slot

_KINDS: Mapping[AppointmentState, str] = {
    AppointmentState.ASKED: journal.ASKED_FOR,
    AppointmentState.BOOKED: journal.BOOKED,
    AppointmentState.UNKNOWN: journal.BOOKING_UNKNOWN,
    AppointmentState.LOST: journal.BOOKING_REFUSED,
    AppointmentState.CANCELLED: journal.CANCELLED,
}
_STATE_WORDS: Mapping[str, str] = {
    AppointmentState.PENDING.value: "à confirmer",
    AppointmentState.UNKNOWN.value: "d’issue inconnue, passé outre",
    AppointmentState.FULFILLED.value: "honoré",
    AppointmentState.NO_SHOW.value: "non honoré, patient absent",
    AppointmentState.LOST.value: "non obtenu",
}
APPOINTMENT, SLOT, SOURCE, START, STATE = "rendez_vous", "creneau", "source", "debut", "etat"
WHO, WHERE, REASON, MESSAGE, CHECKED = "praticien", "lieu", "motif", "message", "verifie"
NUMBER, ANSWER, WHAT = "numero", "reponse", "quoi"


def slot_facts(slot: Slot) -> dict[str, object]:
    """Which slot: its id, its instant with its offset, who and where."""
    told: dict[str, object] = {SLOT: slot.id, START: in_paris(slot.start).isoformat()}
    if slot.practitioner.name:
        told[WHO] = slot.practitioner.name
    if slot.place.city or slot.place.name:
        told[WHERE] = slot.place.city or slot.place.name
    return told


def proposed_entry(desk: str, call: str, slot: Slot, recheck: Recheck) -> JournalEntry:
    """A slot was proposed to the caller; `recheck` says how sure it was."""
    told = {**slot_facts(slot), CHECKED: recheck.state.value, SOURCE: ", ".join(slot.sources)}
    return JournalEntry(desk, recheck.at, journal.PROPOSED, call, told)


def conflict_entry(desk: str, call: str, slot: Slot, source: str, at: datetime) -> JournalEntry:
    """A slot turned out to be taken."""
    return JournalEntry(desk, at, journal.SLOT_TAKEN, call, {**slot_facts(slot), SOURCE: source})


def state_entry(
    appointment: Appointment, at: datetime, *, kind: str | None = None, reason: str = ""
) -> JournalEntry:
    """An appointment came to its state; `reason` is what was typed, where something was.

    `kind` is the journal's when the state alone does not tell it.
    """
    told = {
        APPOINTMENT: appointment.id,
        **slot_facts(appointment.slot),
        SOURCE: appointment.source,
        STATE: appointment.state.value,
    }
    if appointment.reference:
        told["reference"] = appointment.reference
    if appointment.message:
        told[MESSAGE] = appointment.message
    if reason.strip():
        told[REASON] = reason.strip()
    chosen = kind or _KINDS.get(appointment.state, journal.FOLLOWED)
    return JournalEntry(appointment.desk, at, chosen, appointment.call, told)


def paper_entry(desk: str, call: str, paper: str, at: datetime) -> JournalEntry:
    """A document of a booking left the console; `paper` is what it is, never what stands in it."""
    return JournalEntry(desk, at, journal.EXPORTED, call, {WHAT: paper})


def booking_words(what: str, about: Facts) -> str:
    """An entry in a few words: `rendez-vous pris : 24/11 10:40, Dr Bréhault, Redon`.

    A phone call says its number and what it gave; a follow-up, the state that was reached.
    """
    if NUMBER in about:
        return f"appel au {about[NUMBER]}\u202f: {about.get(ANSWER)}"
    state = _STATE_WORDS.get(str(about.get(STATE))) if about.get(STATE) else None
    if what == "suivi du rendez-vous" and state is not None:
        what = f"rendez-vous {state}"
    start = _instant(about.get(START))
    parts = [f"{start:%d/%m %H:%M}" if start is not None else "", about.get(WHO), about.get(WHERE)]
    which = ", ".join(str(part) for part in parts if part)
    said = f"{what}\u202f: {which}" if which else what
    return f"{said} ({about[REASON]})" if about.get(REASON) else said


def _instant(text: object) -> datetime | None:
    try:
        return in_paris(datetime.fromisoformat(text)) if isinstance(text, str) else None
    except ValueError:
        return None
