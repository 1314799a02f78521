"""What a person booked at a portal or by phone, taken back from one typed line; and the log of the calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from osnp_console.app.booking.by_hand_cards import TakenRead, Try, TryAnswer
from osnp_console.app.booking.journal import ANSWER, NUMBER, SOURCE, state_entry
from osnp_console.app.ports import PastEntry
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.commune import fold
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.portal_line import LineRefused, PortalLine, read_portal_line
from osnp_console.domain.slots.slot import (
    BookingMode,
    Origin,
    Place,
    Practitioner,
    Slot,
    slot_id,
)
from osnp_console.domain.slots.source import AgendaSource, SourceKind

ASSUMED_DURATION = timedelta(minutes=15)
"""A typed line gives no end: the length of a consultation as most agendas cut it. Ours, shown nowhere."""
_NOT_A_NAME = frozenset({"dr", "docteur", "cabinet", "le", "la", "de", "du", "a"})


def taken_reader(clock: Callable[[], datetime]) -> Callable[[str], TakenRead]:
    """Reads the line as it is typed: in full, or the sentence of what is wrong."""

    def read(text: str) -> TakenRead:
        try:
            return TakenRead(read_portal_line(text, clock()).said)
        except LineRefused as refused:
            return TakenRead(error=refused.message)

    return read


def taken_by_hand(
    text: str,
    source: AgendaSource,
    call: str,
    desk: str,
    now: datetime,
    new_id: Callable[[], str],
    dispositif: str | None = None,
) -> tuple[Appointment, JournalEntry]:
    """What was taken without any slot shown before: booked. Raises LineRefused."""
    line = read_portal_line(text, now)
    name = new_id()
    practitioner, place = Practitioner(line.practitioner or None), Place(name=line.place or None)
    mode = BookingMode.PHONE if source.kind is SourceKind.PHONE else BookingMode.PORTAL
    slot = Slot(
        slot_id(practitioner, place, line.start),
        line.start,
        line.start + ASSUMED_DURATION,
        practitioner,
        place,
        (Origin(source.id, name, now, mode),),
        dispositifs=frozenset({dispositif} if dispositif else ()),
    )
    appointment = Appointment(
        name, call, desk, source.id, slot, AppointmentState.BOOKED, now, now, dispositif, typed=text.strip()
    )
    return appointment, state_entry(appointment, now)


def confirmed_by_hand(pending: Appointment, text: str, now: datetime) -> tuple[Appointment, JournalEntry]:
    """An appointment to be confirmed, booked as the line says; its slot becomes the one that was taken.

    Raises LineRefused, IllegalAppointmentMove.
    """
    line = read_portal_line(text, now)
    booked = replace(
        pending.moved(AppointmentState.BOOKED, now), slot=_as_taken(pending.slot, line), typed=text.strip()
    )
    return booked, state_entry(booked, now)


def _as_taken(slot: Slot, line: PortalLine) -> Slot:
    """The slot with what the line says otherwise; what it does not say stays."""
    practitioner, place = slot.practitioner, slot.place
    if line.practitioner and not _names(line.practitioner, slot.practitioner.name, slot.place.name):
        practitioner = Practitioner(line.practitioner)
    if line.place and not _names(line.place, place.name, place.city, place.address):
        place = Place(name=line.place)
    if line.start == slot.start and practitioner == slot.practitioner and place == slot.place:
        return slot
    return replace(
        slot,
        id=slot_id(practitioner, place, line.start),
        start=line.start,
        end=line.start + (slot.end - slot.start),
        practitioner=practitioner,
        place=place,
    )


def _names(typed: str, *known: str | None) -> bool:
    """Whether every word typed stands in what is known: `Dr Maury` is Anne MAURY."""
    words = set(fold(typed).split()) - _NOT_A_NAME
    there = {word for text in known if text for word in fold(text).split()}
    return words <= there


def try_entry(
    number: str, answer: TryAnswer, source: str, call: str, desk: str, now: datetime
) -> JournalEntry:
    """One call to a practice or a line, with what it gave; the number as typed by the site."""
    told = {NUMBER: number, ANSWER: answer.value, SOURCE: source}
    return JournalEntry(desk, now, journal.FOLLOWED, call, told)


def tries_of(entries: Iterable[PastEntry], number: str) -> tuple[Try, ...]:
    """The calls made to a number for a call, oldest first, out of its journal."""
    found = []
    for entry in entries:
        told = entry.facts or {}
        if entry.line.kind == journal.FOLLOWED and told.get(NUMBER) == number:
            found.append(Try(entry.line.at, TryAnswer(told[ANSWER])))
    return tuple(found)
