"""What the journal keeps of a booking: which slot, at which source, how it went; never who the patient is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.app.recheck_slot import Recheck
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.slot import Slot

_KINDS: Mapping[AppointmentState, str] = {
    AppointmentState.ASKED: journal.ASKED_FOR,
    AppointmentState.BOOKED: journal.BOOKED,
    AppointmentState.UNKNOWN: journal.BOOKING_UNKNOWN,
    AppointmentState.LOST: journal.BOOKING_REFUSED,
    AppointmentState.CANCELLED: journal.CANCELLED,
}
APPOINTMENT, SLOT, SOURCE, START, STATE = "rendez_vous", "creneau", "source", "debut", "etat"
WHO, WHERE, REASON, MESSAGE, CHECKED = "praticien", "lieu", "motif", "message", "verifie"
NUMBER, ANSWER = "numero", "reponse"


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
