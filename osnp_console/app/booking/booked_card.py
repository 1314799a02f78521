"""What the card of a booked slot shows: what to read out, whom to phone, what may become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.slots.cards import (
    NARROW,
    day_words,
    full_day_words,
    second_words,
    shown_number,
    slot_words,
    where_words,
)
from osnp_console.app.slots.words import hour_word, who
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.dispositif import Notice, notice_for
from osnp_console.domain.slots.slot import Slot

TO_BE_WARNED = f"Prévenir le cabinet{NARROW}: cet agenda ne lui envoie rien."
PERHAPS_WARNED = "Aucune source ne dit si cet agenda prévient le cabinet\u202f: l’appeler."
WARNED_BY_ITSELF = "Le cabinet est prévenu par l’agenda."

STATE_NAMES = {
    AppointmentState.ASKED: "demandé",
    AppointmentState.PENDING: "à confirmer",
    AppointmentState.UNKNOWN: "issue inconnue",
    AppointmentState.BOOKED: "réservé",
    AppointmentState.FULFILLED: "honoré",
    AppointmentState.NO_SHOW: "absent",
    AppointmentState.CANCELLED: "annulé",
    AppointmentState.LOST: "non obtenu",
}
_MOVE_LABELS = {
    AppointmentState.BOOKED: "Réservé",
    AppointmentState.FULFILLED: "Honoré",
    AppointmentState.NO_SHOW: "Absent",
    AppointmentState.CANCELLED: "Annulé",
    AppointmentState.LOST: "Non obtenu",
}


@dataclass(frozen=True, slots=True)
class ToWarn:
    """Whether the practice still has to be told by phone.

    `needed` is True when nothing is sent to it, False when the agenda tells it, None when no source says.
    `warned_at` is when the operator did. `source` is the place of the rule (`S5 p. 6`), empty without one.
    """

    needed: bool | None
    sentence: str
    phone: str | None
    source: str
    warned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A state that the appointment may go to, and its button."""

    state: AppointmentState
    label: str


@dataclass(frozen=True, slots=True)
class BookedShown:
    """An appointment that was made. `read_out` are the lines to read to the patient, none once it is over.

    `warn` is None when nobody is left to be told. `sheet_missing` and `export_missing` say why the document
    cannot be made; empty when it can.
    """

    title: str
    aside: str
    read_out: tuple[str, ...]
    warn: ToWarn | None
    state: AppointmentState
    state_words: str
    moves: tuple[Move, ...]
    sheet_missing: str = ""
    export_missing: str = ""


def to_warn(
    notices: Sequence[Notice], role: str, phone: str | None, warned_at: datetime | None = None
) -> ToWarn:
    """Whom to phone after a booking made by `role`, as the dispositif's source says (S5)."""
    notice = notice_for(notices, role)
    told = notice.doctor if notice is not None else None
    sentence = {True: WARNED_BY_ITSELF, False: TO_BE_WARNED, None: PERHAPS_WARNED}[told]
    source = refers(notice.source) if notice is not None else ""
    return ToWarn(None if told is None else not told, sentence, shown_number(phone), source, warned_at)


def read_out_lines(slot: Slot, now: datetime) -> tuple[str, ...]:
    """What is read to the patient, one fact a line: when, who, where. Nothing that no source says."""
    day = day_words(slot.start, now)
    full = full_day_words(slot.start, now)
    when = full if day == full else f"{day}, {full}"
    lines = [f"Votre rendez-vous{NARROW}: {when}, à {hour_word(slot.start)}.", f"Avec {who(slot)}."]
    if slot.is_remote:
        return (*lines, "En téléconsultation.")
    street = slot.place.address or ""
    city = " ".join(part for part in (slot.place.postcode, slot.place.city) if part)
    place = ", ".join(part for part in (slot.place.name, street, city) if part and part != who(slot))
    if place or where_words(slot):
        lines.append(f"Adresse{NARROW}: {place or where_words(slot)}.")
    number = shown_number(slot.place.phone)
    if number is not None:
        lines.append(f"Téléphone du cabinet{NARROW}: {number}.")
    return tuple(lines)


def booked_shown(
    appointment: Appointment,
    now: datetime,
    source_name: str,
    warn: ToWarn | None,
    *,
    read_out: Sequence[str] = (),
    sheet_missing: str = "",
    export_missing: str = "",
) -> BookedShown:
    """The card of a booked slot; `read_out` replaces the lines written from the slot.

    A cancelled appointment is still said to a practice that knows of it by phone only; a kept or a missed one
    is not.
    """
    slot, state = appointment.slot, appointment.state
    moves = tuple(Move(one, label) for one, label in _MOVE_LABELS.items() if appointment.may(one))
    return BookedShown(
        f"{_MOVE_LABELS.get(state, 'Réservé')}{NARROW}: {slot_words(slot, now)}.",
        f"{source_name} · {second_words(appointment.state_since)}",
        (tuple(read_out) or read_out_lines(slot, now)) if state is AppointmentState.BOOKED else (),
        warn if state in (AppointmentState.BOOKED, AppointmentState.CANCELLED) else None,
        state,
        STATE_NAMES[state],
        moves,
        sheet_missing,
        export_missing,
    )
