"""How a booking ended, with its sentence, and what that makes of the appointment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.booking.decision import BookingRefusal, clock, not_confirmed
from osnp_console.app.booking.ways import BookingWay
from osnp_console.app.errors import StoreFailure
from osnp_console.app.slots.cards import NOTHING_BOOKED, slot_words
from osnp_console.app.slots.recheck_slot import Recheck
from osnp_console.app.sources.agendas import BookingResult, Outcome
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.slot import Slot

STATES: Mapping[Outcome, AppointmentState] = {
    Outcome.BOOKED: AppointmentState.BOOKED,
    Outcome.WAITING: AppointmentState.PENDING,
    Outcome.UNKNOWN: AppointmentState.UNKNOWN,
    Outcome.TAKEN: AppointmentState.LOST,
    Outcome.REFUSED: AppointmentState.LOST,
}


def outcome_of(state: AppointmentState) -> Outcome:
    """What an appointment that stands there came to."""
    match state:
        case AppointmentState.ASKED | AppointmentState.UNKNOWN:
            return Outcome.UNKNOWN
        case AppointmentState.PENDING:
            return Outcome.WAITING
        case AppointmentState.LOST | AppointmentState.CANCELLED:
            return Outcome.REFUSED
        case AppointmentState.BOOKED | AppointmentState.FULFILLED | AppointmentState.NO_SHOW:
            return Outcome.BOOKED


@dataclass(frozen=True, slots=True)
class BookingDone:
    """How an attempt ended.

    `appointment` is None when nothing was sent: `refusal` says why, or the slot was taken. `way` is how it
    is booked (its `origin.url` is the portal's page). `entries` were written in the journal. `unsaved` is
    why the store could not write the outcome: it stays to be written, and the next start
    would find the attempt as one of unknown outcome.
    """

    outcome: Outcome
    sentence: str
    slot: Slot
    at: datetime
    appointment: Appointment | None = None
    way: BookingWay | None = None
    refusal: BookingRefusal | None = None
    recheck: Recheck | None = None
    entries: tuple[JournalEntry, ...] = ()
    unsaved: StoreFailure | None = None


def outcome_sentence(result: BookingResult, slot: Slot, source_name: str, now: datetime) -> str:
    """The sentence of an outcome (interface, section 10); what the agenda said goes with a refusal."""
    hour = clock(slot.start)
    match result.outcome:
        case Outcome.BOOKED:
            return f"Réservé\u202f: {slot_words(slot, now)}."
        case Outcome.TAKEN:
            return f"{hour} vient d’être pris. {NOTHING_BOOKED}"
        case Outcome.WAITING:
            return f"À confirmer sur {source_name}\u202f: noter ici ce qui a été pris."
        case Outcome.UNKNOWN:
            return not_confirmed(slot)
        case Outcome.REFUSED:
            why = f"\u202f: {result.message.rstrip('.')}" if result.message else ""
            return f"{source_name} refuse de réserver {hour}{why}. {NOTHING_BOOKED}"
