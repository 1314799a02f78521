"""A week of a local agenda, row by row: what is free, what is held and by which call, what is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from osnp_console.app.checklist.opening_words import spoken
from osnp_console.app.local_agenda.agenda import view
from osnp_console.app.ports import OpenUnit, StoreFailure, Unit
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Closure, Plan, who_of
from osnp_console.domain.agenda.slots import PlannedSlot, planned_between
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import SHOWN_MONTHS, WEEKDAYS

WEEK = timedelta(days=7)
_LAST_MOMENT = timedelta(microseconds=1)
NOTHING_OPEN = "rien d’ouvert"


class RowState(Enum):
    """What a row of the week says: its mark and the mark's colour."""

    DAY = ("", "")
    FREE = ("ring", "eligible")
    PARTLY = ("target", "eligible")
    TAKEN = ("disc", "muted")
    OVER = ("plus", "verify")
    CLOSED = ("off", "muted")
    ASTRAY = ("warning", "verify")

    @property
    def mark(self) -> str:
        """The mark before the words."""
        return self.value[0]

    @property
    def role(self) -> str:
        """The colour of the mark."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row: a day's heading, or a slot. `key` is the row's own through the week's changes.

    `hours` is `14:00–14:20`, for a day its date; `who` the practitioner, empty for nobody in particular;
    `words` what the slot is, call numbers included. `bookings` hold a place of it. `begun`: in the past.
    """

    key: str
    day: date
    state: RowState
    hours: str
    who: str = ""
    words: str = ""
    slot: PlannedSlot | None = None
    bookings: tuple[Booking, ...] = ()
    begun: bool = False

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        said = (spoken(self.hours), self.who, self.words.replace(" · ", ", "))
        return ", ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class Week:
    """An agenda's week from a Monday: its plan, its rows, and the numbers of the calls by their ids."""

    monday: date
    plan: Plan
    rows: tuple[WeekRow, ...]
    numbers: Mapping[str, int]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    """`Semaine 48 · 23 au 29 novembre 2026`."""
    sunday = monday + timedelta(days=6)
    first = f"{monday.day}"
    if monday.month != sunday.month:
        first += f" {SHOWN_MONTHS[monday.month - 1]}"
    if monday.year != sunday.year:
        first += f" {monday.year}"
    last = f"{sunday.day} {SHOWN_MONTHS[sunday.month - 1]} {sunday.year}"
    return f"Semaine {monday.isocalendar().week} · {first} au {last}"


def day_name(day: date) -> str:
    """`mardi 24 novembre`."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {SHOWN_MONTHS[day.month - 1]}"


def read_week(agenda: str, monday: date, now: datetime) -> Callable[[OpenUnit], Week]:
    """Work for the store: the week of an agenda; raises StoreFailure (`introuvable`)."""

    def work(open_unit: OpenUnit) -> Week:
        start = in_paris(datetime.combine(monday, time()))
        end = in_paris(datetime.combine(monday + WEEK, time())) - _LAST_MOMENT
        with open_unit() as unit:
            seen = view(unit, agenda, start, end)
            numbers = call_numbers(unit, seen.bookings)
        rows = week_rows(monday, seen.plan, seen.slots, seen.bookings, numbers, now)
        return Week(monday, seen.plan, rows, numbers)

    return work


def call_numbers(unit: Unit, bookings: Iterable[Booking]) -> dict[str, int]:
    """The numbers of the calls that hold places; one that is not in the base is left out."""
    numbers: dict[str, int] = {}
    for call in {one.call for one in bookings if one.call is not None}:
        try:
            numbers[call] = unit.calls.get(call).number
        except StoreFailure:
            continue
    return numbers


def week_rows(
    monday: date,
    plan: Plan,
    slots: Sequence[PlannedSlot],
    bookings: Sequence[Booking],
    numbers: Mapping[str, int],
    now: datetime,
) -> tuple[WeekRow, ...]:
    """A heading a day, each with what is laid out in it, closed hours included, by time."""
    start = in_paris(datetime.combine(monday, time()))
    end = in_paris(datetime.combine(monday + WEEK, time())) - _LAST_MOMENT
    held = [one for one in bookings if one.is_held and start <= one.start <= end]
    rows = [_slot_row(one, held, numbers, now) for one in slots]
    open_keys = {(one.start, one.who) for one in slots}
    laid = planned_between(replace(plan, closures=()), bookings, start, end)
    rows += [
        _closed_row(one, held, numbers, plan.closures, now)
        for one in laid
        if (one.start, one.who) not in open_keys
    ]
    shown = {one.key for row in rows for one in row.bookings}
    rows += [_astray_row(one, numbers, now) for one in held if one.key not in shown]
    by_day: dict[date, list[WeekRow]] = {monday + timedelta(days=n): [] for n in range(7)}
    for row in rows:
        by_day[row.day].append(row)
    found: list[WeekRow] = []
    for day, of_day in by_day.items():
        words = "" if of_day else NOTHING_OPEN
        found.append(WeekRow(f"jour/{day.isoformat()}", day, RowState.DAY, day_name(day), words=words))
        found += sorted(of_day, key=lambda row: (row.hours, row.who))
    return tuple(found)


def hours_of(start: datetime, end: datetime) -> str:
    """`14:00–14:20`."""
    return f"{in_paris(start):%H:%M}–{in_paris(end):%H:%M}"


def call_words(bookings: Iterable[Booking], numbers: Mapping[str, int]) -> str:
    """`appel 12`, `appels 12, 14`; a booking without a call that is known says so."""
    said: list[str] = []
    for one in bookings:
        number = numbers.get(one.call or "")
        said.append(str(number) if number is not None else "sans appel")
    known = [text for text in said if text != "sans appel"]
    words = [f"appel{'s' if len(known) > 1 else ''} {', '.join(known)}"] if known else []
    if len(known) < len(said):
        words.append("sans appel connu")
    return ", ".join(words)


def _slot_row(
    slot: PlannedSlot, held: Sequence[Booking], numbers: Mapping[str, int], now: datetime
) -> WeekRow:
    mine = _of_slot(slot, held)
    state, words = _slot_words(slot, mine)
    calls = call_words(mine, numbers)
    if calls:
        words = f"{words} · {calls}"
    return _row(slot.reference, slot.start, slot.end, _name(slot), state, words, now, slot, mine)


def _slot_words(slot: PlannedSlot, mine: Sequence[Booking]) -> tuple[RowState, str]:
    room, offer = slot.room, slot.offer
    if offer.places > 1 and room.left:
        taken = RowState.PARTLY if room.taken else RowState.FREE
        return taken, f"{room.left} place{'s' if room.left > 1 else ''} sur {offer.places}"
    if room.left:
        return RowState.FREE, "libre"
    waiting = any(one.state is AppointmentState.PENDING for one in mine)
    held = "complet" if offer.places > 1 else "à confirmer" if waiting and len(mine) == 1 else "réservé"
    if not offer.places:
        held = "surnuméraire"
    if room.over_left:
        over = f"{room.over_left} en surnombre" if held != "surnuméraire" else f"{room.over_left} au plus"
        return RowState.OVER, f"{held} · {over}"
    return RowState.TAKEN, held


def _closed_row(
    slot: PlannedSlot,
    held: Sequence[Booking],
    numbers: Mapping[str, int],
    closures: Sequence[Closure],
    now: datetime,
) -> WeekRow:
    mine = _of_slot(slot, held)
    why = next((one.why for one in closures if _closes(one, slot) and one.why), "")
    words = f"fermé · {why}" if why else "fermé"
    calls = call_words(mine, numbers)
    state = RowState.CLOSED
    if calls:
        state, words = RowState.ASTRAY, f"{words} · encore réservé, {calls}"
    return _row(f"ferme/{slot.reference}", slot.start, slot.end, _name(slot), state, words, now, slot, mine)


def _astray_row(booking: Booking, numbers: Mapping[str, int], now: datetime) -> WeekRow:
    words = f"réservé hors ouverture · {call_words((booking,), numbers)}"
    return _row(
        f"place/{booking.key}", booking.start, booking.end, "", RowState.ASTRAY, words, now, None, (booking,)
    )


def _row(
    key: str,
    start: datetime,
    end: datetime,
    who: str,
    state: RowState,
    words: str,
    now: datetime,
    slot: PlannedSlot | None,
    bookings: tuple[Booking, ...],
) -> WeekRow:
    day = in_paris(start).date()
    return WeekRow(key, day, state, hours_of(start, end), who, words, slot, bookings, start <= now)


def _of_slot(slot: PlannedSlot, held: Sequence[Booking]) -> tuple[Booking, ...]:
    return tuple(one for one in held if one.who == slot.who and one.start < slot.end and one.end > slot.start)


def _closes(closure: Closure, slot: PlannedSlot) -> bool:
    whose = closure.practitioner
    mine = whose is None or who_of(whose) == slot.who
    return mine and closure.start < slot.end and closure.end > slot.start


def _name(slot: PlannedSlot) -> str:
    practitioner = slot.offer.practitioner
    return practitioner.name or practitioner.rpps or ""
