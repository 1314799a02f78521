"""Looking into the local shared agendas, and booking in them: one transaction, never twice the same place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from osnp_console.app.local_agenda.records import SeatTaken
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit, StoreFailure, Unit
from osnp_console.app.sources.agendas import BookingResult, Outcome
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Plan
from osnp_console.domain.agenda.slots import PlannedSlot, planned_between, slots_between
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.journal import AGENDA_CHANGED
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.slot import Slot

LONGEST = timedelta(hours=25)
"""No slot and no range is longer, also in autumn: what begins in a window ends that much after it."""

_SETTLED = frozenset(
    {
        AppointmentState.BOOKED,
        AppointmentState.FULFILLED,
        AppointmentState.NO_SHOW,
        AppointmentState.CANCELLED,
        AppointmentState.LOST,
    }
)
NO_SUCH_SLOT = "Ce créneau n’est plus ouvert dans le carnet."
TAKEN = "Ce créneau vient d’être pris dans le carnet."
OVER_ONLY = "Il ne reste qu’une place en surnombre\u202f: l’accord du médecin est à demander d’abord."
AGREEMENT = "Place en surnombre\u202f: l’accord du médecin est à obtenir."
BEGUN = "Ce créneau a déjà commencé."
GIVEN_BACK = "Cette réservation a été annulée dans le carnet."
NOTHING_BOOKED = "Rien n’a été réservé dans le carnet."
NO_BOOKING = "Cette réservation n’est pas dans le carnet."


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """One attempt to book in a local agenda.

    `key` is the attempt's own: sent again, it never books twice. `reference` is the slot's
    (`PlannedSlot.reference`). `over_booking` says that a place beyond the regular ones was meant. Without a
    `call` it is that of the appointment which bears the same key, if there is one.
    """

    key: str
    agenda: str
    reference: str
    desk: str
    call: str | None = None
    over_booking: bool = False


@dataclass(frozen=True, slots=True)
class AgendaView:
    """An agenda in a window: what is laid out in it, and the bookings that touch it."""

    plan: Plan
    slots: tuple[PlannedSlot, ...]
    bookings: tuple[Booking, ...]


def view(unit: Unit, agenda: str, start: datetime, end: datetime) -> AgendaView:
    """What an agenda holds from `start` to `end` included; raises StoreFailure (`introuvable`), Forbidden."""
    unit.session.require(Act.SEE_AGENDA)
    plan = unit.agendas.plan(agenda, start, end + LONGEST)
    bookings = tuple(unit.agendas.bookings(agenda, start, end + LONGEST))
    return AgendaView(plan, tuple(planned_between(plan, bookings, start, end)), bookings)


def free_slots(
    unit: Unit, agenda: str, start: datetime, end: datetime, source: str, seen_at: datetime
) -> list[Slot]:
    """The slots to propose, as the source of that id announces them; raises StoreFailure (`introuvable`)."""
    plan = unit.agendas.plan(agenda, start, end + LONGEST)
    bookings = unit.agendas.bookings(agenda, start, end + LONGEST)
    return slots_between(plan, bookings, start, end, source, seen_at)


class Unconfirmed(StoreFailure):
    """The server went away as the booking was committed: it may be there, now or in a moment."""


def book_place(units: OpenUnit, asked: PlaceAsked, now: datetime) -> BookingResult:
    """Book once, for good when this returns; raises StoreFailure, and then nothing was booked.

    Unconfirmed is the one failure after which something may have been. BOOKED, WAITING for a place whose
    doctor has to agree, TAKEN when the slot is gone, REFUSED when it has begun or the attempt was given back.
    """
    try:
        with units() as unit:
            result = _book(unit, asked, now)
            if result.outcome in (Outcome.BOOKED, Outcome.WAITING):
                _commit(unit)
            return result
    except SeatTaken:
        return BookingResult(Outcome.TAKEN, message=TAKEN)


def _commit(unit: Unit) -> None:
    try:
        unit.commit()
    except StoreFailure as failure:
        if failure.code != "reseau":
            raise
        raise Unconfirmed(failure.code, failure.message) from failure


def what_became_of(unit: Unit, agenda: str, key: str) -> BookingResult:
    """What became of an attempt, once whatever was still under way in the agenda has ended.

    Raises StoreFailure; the transaction is not to be committed.
    """
    try:
        # Whoever books holds the agenda: a commit that is still on its way is waited for.
        unit.agendas.hold(agenda)
    except StoreFailure as failure:
        if failure.code != "introuvable":
            raise
    return result_of(unit.agendas.booking(key))


def _book(unit: Unit, asked: PlaceAsked, now: datetime) -> BookingResult:
    unit.session.require(Act.BOOK)
    # Before anything is read: what is read stays true until the booking is written.
    unit.agendas.hold(asked.agenda)
    known = unit.agendas.booking(asked.key)
    if known is not None:
        return result_of(known)
    slot = _slot(unit, asked)
    if slot is None:
        return BookingResult(Outcome.TAKEN, message=NO_SUCH_SLOT)
    if slot.start <= now:
        return BookingResult(Outcome.REFUSED, message=BEGUN)
    room = slot.room
    seat = room.seat if room.seat is not None else room.over_seat
    if seat is None:
        return BookingResult(Outcome.TAKEN, message=TAKEN)
    over = room.seat is None
    if over and not asked.over_booking:
        return BookingResult(Outcome.TAKEN, message=OVER_ONLY)
    state = AppointmentState.PENDING if over else AppointmentState.BOOKED
    booking = Booking(
        asked.key, asked.agenda, slot.who, slot.start, slot.end, seat, over, state, now, now, asked.desk,
        _call_of(unit, asked),
    )  # fmt: skip
    unit.agendas.save_booking(booking)
    if not _has_appointment(unit, asked.key):
        # Whoever books for a call journals that; a place taken by hand has no other line.
        note_place(unit, booking)
    return result_of(booking)


def _slot(unit: Unit, asked: PlaceAsked) -> PlannedSlot | None:
    start = start_of(asked.reference)
    if start is None:
        return None
    found = view(unit, asked.agenda, start, start).slots
    return next((one for one in found if one.reference == asked.reference), None)


def start_of(reference: str) -> datetime | None:
    """When the slot of a reference begins; None for a text that is no reference."""
    try:
        return datetime.strptime(reference.partition("/")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def result_of(booking: Booking | None) -> BookingResult:
    """What became of an attempt, as the agenda knows it; None is an attempt that never came through."""
    if booking is None:
        return BookingResult(Outcome.REFUSED, message=NOTHING_BOOKED)
    if not booking.is_held:
        return BookingResult(Outcome.REFUSED, booking.key, GIVEN_BACK)
    if booking.state is AppointmentState.PENDING:
        return BookingResult(Outcome.WAITING, booking.key, AGREEMENT)
    return BookingResult(Outcome.BOOKED, booking.key)


def move_booking(unit: Unit, key: str, state: AppointmentState, now: datetime) -> Booking:
    """Confirm, give back or settle a booking, within the caller's transaction.

    Raises StoreFailure (`introuvable`), IllegalAppointmentMove, Forbidden.
    """
    unit.session.require(Act.CANCEL if state is AppointmentState.CANCELLED else Act.BOOK)
    return _move(unit, key, state, now)


def move_place(units: OpenUnit, key: str, state: AppointmentState, now: datetime) -> Booking:
    """The same for good, where nothing else says so: the journal does.

    Raises StoreFailure (`introuvable`), IllegalAppointmentMove, Forbidden.
    """
    with units() as unit:
        booking = move_booking(unit, key, state, now)
        note_place(unit, booking)
        unit.commit()
    return booking


def note_place(unit: Unit, booking: Booking) -> None:
    """Journal what became of a place, where no appointment's line does."""
    told = {"carnet": booking.agenda, "quoi": "place", "etat": booking.state.value, "cle": booking.key}
    note(unit, AGENDA_CHANGED, told, booking.call)


def _move(unit: Unit, key: str, state: AppointmentState, now: datetime) -> Booking:
    booking = unit.agendas.booking(key)
    if booking is None:
        raise StoreFailure("introuvable", NO_BOOKING)
    unit.agendas.hold(booking.agenda)
    # Once more, now that nobody else can change it.
    moved = (unit.agendas.booking(key) or booking).moved(state, now)
    unit.agendas.save_booking(moved)
    return moved


def follow_appointment(unit: Unit, appointment: Appointment, now: datetime) -> Booking | None:
    """Bring the place in the agenda to where its appointment stands, in the same transaction.

    None when nothing is to be done: the appointment is of another agenda, its outcome is still open, or the
    place stands there already. One that was not obtained after all gives its place back.
    """
    booking = unit.agendas.booking(appointment.id)
    if booking is None or appointment.state not in _SETTLED:
        return None
    state = appointment.state
    if state is AppointmentState.LOST and not booking.may(state):
        state = AppointmentState.CANCELLED
    return _move(unit, booking.key, state, now) if booking.may(state) else None


def _call_of(unit: Unit, asked: PlaceAsked) -> str | None:
    """The call that was named, or that of the appointment which bears the attempt's key."""
    if asked.call is not None:
        return asked.call
    appointment = _appointment(unit, asked.key)
    return appointment.call if appointment is not None else None


def _has_appointment(unit: Unit, key: str) -> bool:
    return _appointment(unit, key) is not None


def _appointment(unit: Unit, key: str) -> Appointment | None:
    """The appointment that bears the key of an attempt."""
    try:
        return unit.appointments.get(key)
    except StoreFailure as failure:
        if failure.code != "introuvable":
            raise
        return None
