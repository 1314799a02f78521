"""After a booking: what the patient is told, read out, copied or printed, and whom the desk has to phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.booking.booked_card import ToWarn, to_warn
from osnp_console.app.booking.journal import APPOINTMENT, state_entry
from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.ports import PastEntry
from osnp_console.app.slots.cards import day_words, full_day_words, shown_number
from osnp_console.app.slots.words import hour_word
from osnp_console.domain import journal
from osnp_console.domain.access import Access, Mode, ways_in
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.slot import Slot

NARROW = "\u202f"
WARNED, WARNED_FACT = "cabinet prévenu", "prevenu"


@dataclass(frozen=True, slots=True)
class PatientText:
    """What the patient is told, one fact a line; no name of theirs is in it."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines, to be copied."""
        return "\n".join((self.title, *self.lines))


@dataclass(frozen=True, slots=True)
class ToKnow:
    """A line of the dispositif's source on what follows a booking, for the operator."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class AfterBooking:
    """All that follows. `warn` is None where nothing was booked (one comes without an appointment)."""

    patient: PatientText
    warn: ToWarn | None
    to_know: tuple[ToKnow, ...] = ()


def after_booking(
    appointment: Appointment,
    role: str,
    now: datetime,
    dispositif: Dispositif | None = None,
    entry: Effecteur | None = None,
    told_at: datetime | None = None,
) -> AfterBooking:
    """What follows an appointment made by a desk of that role.

    `dispositif` is the one through which it was had, `entry` who gives the care in the directory: its phone
    is the desk's own, and serves to warn, never to be given to the patient. `told_at` is when the practice
    was phoned.
    """
    slot = appointment.slot
    phone = (entry.phone if entry is not None else None) or slot.place.phone
    warn = to_warn(dispositif.notices if dispositif is not None else (), role, phone, told_at)
    return AfterBooking(patient_text(slot, now), warn, to_know(dispositif, role))


def patient_text(slot: Slot, now: datetime) -> PatientText:
    """When, who, where, and whom to call to cancel; nothing that no source says.

    A teleconsultation has no address. Where one comes without an appointment, the hours of the session.
    """
    if slot.walk_in:
        return _walk_in(slot, now)
    remote = " en téléconsultation" if slot.is_remote else ""
    title = f"Votre rendez-vous{remote}{NARROW}: {_day(slot, now)}, à {hour_word(slot.start)}."
    lines = [] if slot.practitioner.name is None else [f"Avec {slot.practitioner.name}."]
    if slot.is_remote:
        lines.append("Le médecin est joint à distance\u202f: il n’y a pas à se déplacer.")
    else:
        lines += _where(slot)
    number = shown_number(slot.place.phone)
    if number is not None:
        lines.append(f"Pour annuler ou prévenir d’un retard{NARROW}: {number}.")
    return PatientText(title, tuple(lines))


def _walk_in(slot: Slot, now: datetime) -> PatientText:
    title = (
        f"Sans rendez-vous{NARROW}: {_day(slot, now)}, de {hour_word(slot.start)} à {hour_word(slot.end)}."
    )
    lines = [*_where(slot), "Il n’y a rien à réserver\u202f: il suffit d’y aller."]
    number = shown_number(slot.place.phone)
    if number is not None:
        lines.append(f"Téléphone{NARROW}: {number}.")
    return PatientText(title, tuple(lines))


def _day(slot: Slot, now: datetime) -> str:
    near, full = day_words(slot.start, now), full_day_words(slot.start, now)
    return full if near == full else f"{near}, {full}"


def _where(slot: Slot) -> list[str]:
    place = slot.place
    city = " ".join(part for part in (place.postcode, place.city) if part)
    parts = [part for part in (place.name, place.address, city) if part]
    return [f"Adresse{NARROW}: {', '.join(parts)}."] if parts else []


def to_know(dispositif: Dispositif | None, role: str) -> tuple[ToKnow, ...]:
    """What the source says of after a booking made this way, and of where patients are seen."""
    if dispositif is None:
        return ()
    way = _booking_way(dispositif.accesses, role)
    said = [] if way is None else [ToKnow(text, refers(way.source)) for text in way.afterwards]
    place = dispositif.reception.place
    if place:
        source = dispositif.reception.source
        said.append(ToKnow(f"Les patients sont vus{NARROW}: {place}", refers(source)))
    return tuple(said)


def _booking_way(accesses: Iterable[Access], role: str) -> Access | None:
    """The way by which the desk books itself, else the first way open to it."""
    ways = ways_in(accesses, role)
    return next((way for way in ways if way.mode is Mode.AGENDA), ways[0] if ways else None)


def warned_entry(appointment: Appointment, now: datetime) -> JournalEntry:
    """The operator has phoned the practice: it knows of the appointment."""
    entry = state_entry(appointment, now, kind=journal.FOLLOWED, reason=WARNED)
    return replace(entry, facts={**entry.facts, WARNED_FACT: True})


def warned_at(entries: Iterable[PastEntry], appointment: str) -> datetime | None:
    """When the practice was last told of an appointment, out of the call's journal; None before."""
    found = [
        entry.line.at
        for entry in entries
        if entry.facts and entry.facts.get(WARNED_FACT) and entry.facts.get(APPOINTMENT) == appointment
    ]
    return max(found, default=None)
