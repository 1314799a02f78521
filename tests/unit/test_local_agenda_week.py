"""A week of a local agenda as its rows say it, and places given back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place
from osnp_console.app.local_agenda.cancel import NO_REASON, OVER, cancel_place
from osnp_console.app.local_agenda.edit import DropEntry, preview
from osnp_console.app.local_agenda.week import RowState, WeekRow, call_words, monday_of, week_name, week_rows
from osnp_console.app.local_agenda.words import (
    closure_words,
    entry_words,
    preview_words,
    stranded_words,
)
from osnp_console.domain import journal
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import (
    Agenda,
    Closure,
    Offer,
    Parity,
    Plan,
    SingleOpening,
    WeeklyOpening,
)
from osnp_console.domain.agenda.slots import planned_between
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.clock import PARIS
from osnp_console.domain.dates import Validity
from osnp_console.domain.journal import JournalEntry, JournalLine
from osnp_console.domain.slots.slot import Origin, Place, Practitioner, Slot
from tests.unit.local_agendas import AgendaStore, AgendaUnit

NOW = datetime(2026, 11, 24, 10, 2, tzinfo=PARIS)
MONDAY = date(2026, 11, 23)
REDON = Agenda("redon", "Carnet de Redon")
MORNINGS = WeeklyOpening(
    "matins", frozenset({1}), time(9), time(10), Offer(20, practitioner=Practitioner("Dr Inventé"))
)
RANGE = WeeklyOpening("plage", frozenset({3}), time(14), time(18), Offer(None, 3, 1))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 in Paris."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def booked(key: str, start: datetime, end: datetime, who: str = "dr invente", seat: int = 1) -> Booking:
    """A place that is held by the call of the same key."""
    return Booking(key, "redon", who, start, end, seat, False, AppointmentState.BOOKED, NOW, NOW, "44-3", key)


def rows(plan: Plan, *bookings: Booking) -> tuple[WeekRow, ...]:
    """The week's rows; calls are numbered from 12."""
    start, end = at(23, 0), at(29, 23, 59)
    slots = planned_between(plan, bookings, start, end)
    numbers = {one.key: 12 + index for index, one in enumerate(bookings)}
    return week_rows(MONDAY, plan, slots, bookings, numbers, NOW)


def said(found: tuple[WeekRow, ...], day: int) -> list[str]:
    """What the rows of a day say."""
    of_day = [row for row in found if row.day.day == day and row.state is not RowState.DAY]
    return [f"{row.hours} {row.words}" for row in of_day]


def test_each_day_has_its_heading_and_a_day_without_anything_says_so() -> None:
    found = rows(Plan(REDON, (MORNINGS,)))
    headings = [row for row in found if row.state is RowState.DAY]
    assert [row.hours for row in headings][:2] == ["lundi 23 novembre", "mardi 24 novembre"]
    assert [row.words for row in headings] == ["rien d’ouvert", "", *["rien d’ouvert"] * 5]


def test_a_slot_is_free_or_held_by_the_number_of_a_call_and_nobodys_name() -> None:
    found = rows(Plan(REDON, (MORNINGS,)), booked("a", at(24, 9, 20), at(24, 9, 40)))
    assert said(found, 24) == ["09:00–09:20 libre", "09:20–09:40 réservé · appel 12", "09:40–10:00 libre"]
    assert next(row.who for row in found if row.slot) == "Dr Inventé"
    assert found[2].begun


def test_a_range_says_how_many_places_are_left_then_full_then_what_may_be_over_booked() -> None:
    plan = Plan(REDON, (RANGE,))
    held = [booked(name, at(26, 14), at(26, 18), "", seat) for seat, name in enumerate("abcd", 1)]
    assert said(rows(plan), 26) == ["14:00–18:00 3 places sur 3"]
    assert said(rows(plan, held[0]), 26) == ["14:00–18:00 2 places sur 3 · appel 12"]
    assert said(rows(plan, *held[:3]), 26) == ["14:00–18:00 complet · 1 en surnombre · appels 12, 13, 14"]
    assert said(rows(plan, *held), 26) == ["14:00–18:00 complet · appels 12, 13, 14, 15"]


def test_closed_hours_stay_in_place_with_why_and_a_booking_left_in_them_is_told() -> None:
    closure = Closure("c", at(24, 9, 20), at(24, 12), "formation")
    plan = Plan(REDON, (MORNINGS,), closures=(closure,))
    assert said(rows(plan), 24) == [
        "09:00–09:20 libre",
        "09:20–09:40 fermé · formation",
        "09:40–10:00 fermé · formation",
    ]
    found = rows(plan, booked("a", at(24, 9, 40), at(24, 10)))
    assert said(found, 24)[2] == "09:40–10:00 fermé · formation · encore réservé, appel 12"
    assert found[4].state is RowState.ASTRAY


def test_a_booking_whose_slot_is_gone_has_a_row_of_its_own() -> None:
    found = rows(Plan(REDON), booked("a", at(27, 11), at(27, 11, 20)))
    assert said(found, 27) == ["11:00–11:20 réservé hors ouverture · appel 12"]


def test_a_place_to_be_confirmed_is_not_said_to_be_booked() -> None:
    waiting = replace(booked("a", at(24, 9), at(24, 9, 20)), state=AppointmentState.PENDING)
    assert said(rows(Plan(REDON, (MORNINGS,)), waiting), 24)[0] == "09:00–09:20 à confirmer · appel 12"


def test_a_booking_without_a_known_call_says_so() -> None:
    one = booked("a", at(24, 9), at(24, 9, 20))
    assert call_words((one,), {}) == "sans appel connu"
    assert call_words((one, replace(one, call="b")), {"b": 7}) == "appel 7, sans appel connu"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 24), "Semaine 48 · 23 au 29 novembre 2026"),
        (date(2026, 12, 2), "Semaine 49 · 30 novembre au 6 décembre 2026"),
        (date(2027, 1, 1), "Semaine 53 · 28 décembre 2026 au 3 janvier 2027"),
    ],
)
def test_a_week_is_named_by_its_number_and_its_days(day: date, name: str) -> None:
    assert week_name(monday_of(day)) == name


# --- words ----------------------------------------------------------------------------------------------


def test_what_an_agenda_is_made_of_is_said_in_french() -> None:
    weekly = replace(
        MORNINGS,
        weekdays=frozenset({0, 1, 2}),
        parity=Parity.EVEN,
        validity=Validity(date(2026, 12, 1), None),
    )
    single = SingleOpening("s", at(28, 14), at(28, 18), Offer(None, 3, 1))
    past = SingleOpening("p", at(2, 14), at(2, 18))
    closure = Closure(
        "c", at(30, 0), datetime(2026, 12, 7, tzinfo=PARIS), "congés", Practitioner("Dr Inventé")
    )
    found = entry_words(Plan(REDON, (weekly,), (single, past), (closure,)), NOW)
    assert [(one.kind, one.title, one.second) for one in found] == [
        (
            "hebdomadaire",
            "Lundi-mercredi 9h–10h",
            "créneaux de 20 min · Dr Inventé · semaines paires · du 01/12/2026",
        ),
        ("date", "Samedi 28 novembre 14h–18h", "plage de 3 places, 1 en surnombre"),
        ("fermeture", "Fermé du 30/11/2026 au 06/12/2026", "congés · Dr Inventé seulement"),
    ]


def test_a_closure_of_some_hours_says_them() -> None:
    assert closure_words(Closure("c", at(24, 9), at(24, 12, 30))) == "Fermé le 24/11/2026 de 9h à 12h30"


def test_a_change_is_said_week_by_week_and_names_the_calls_it_strands() -> None:
    store = AgendaStore(Plan(REDON, (MORNINGS,)))
    asked = PlaceAsked("a", "redon", "20261201T080000Z/dr invente", "44-3", "appel-a")
    assert book_place(store.units, asked, NOW).reference == "a"
    seen = preview(store.units, "redon", DropEntry("matins"), NOW)
    assert preview_words(seen)[:2] == (
        "Semaine du lundi 30 novembre\u202f: 3 créneaux de moins",
        "Semaine du lundi 7 décembre\u202f: 3 créneaux de moins",
    )
    assert preview_words(seen)[-1] == "En tout, 0 créneau en 4 semaines."
    assert stranded_words(seen, {"appel-a": 12}).startswith(
        "1 rendez-vous reste sans créneau\u202f: 01/12 09:00 (appel 12)."
    )


# --- giving back ----------------------------------------------------------------------------------------


class KeptEntries:
    """A journal in a list."""

    def __init__(self, entries: list[JournalEntry]) -> None:
        self._entries = entries

    def append(self, entry: JournalEntry) -> JournalLine:
        self._entries.append(entry)
        return JournalLine(entry.desk, len(self._entries), entry.at, entry.kind, entry.call, "", "")


class JournalledStore(AgendaStore):
    """Local agendas, appointments, and a journal."""

    def __init__(self, *plans: Plan) -> None:
        super().__init__(*plans)
        self.entries: list[JournalEntry] = []

    @contextmanager
    def _unit(self) -> Iterator[AgendaUnit]:
        unit = AgendaUnit(self)
        vars(unit)["journal"] = KeptEntries(self.entries)
        yield unit


def _store_with_a_booking() -> JournalledStore:
    store = JournalledStore(Plan(REDON, (MORNINGS,)))
    asked = PlaceAsked("a", "redon", "20261201T080000Z/dr invente", "44-3", "appel-a")
    assert book_place(store.units, asked, NOW).reference == "a"
    return store


def test_a_place_given_back_without_a_reason_is_refused() -> None:
    store = _store_with_a_booking()
    with pytest.raises(Refusal, match=NO_REASON):
        cancel_place("a", "  ", NOW)(store.units)
    assert store.agendas.booked["a"].is_held


def test_a_place_given_back_twice_is_refused_the_second_time() -> None:
    store = _store_with_a_booking()
    assert not cancel_place("a", "le patient a rappelé", NOW)(store.units).is_held
    with pytest.raises(Refusal, match=OVER):
        cancel_place("a", "encore", NOW)(store.units)


def test_the_appointment_is_cancelled_with_its_place_and_the_journal_says_why() -> None:
    store = _store_with_a_booking()
    slot = Slot(
        "s",
        datetime(2026, 12, 1, 9, tzinfo=PARIS),
        datetime(2026, 12, 1, 9, 20, tzinfo=PARIS),
        Practitioner("Dr Inventé"),
        Place(city="Redon"),
        (Origin("carnet", "20261201T080000Z/dr invente", NOW),),
    )
    store.appointments.save(
        Appointment("a", "appel-a", "44-3", "carnet", slot, AppointmentState.BOOKED, NOW, NOW)
    )
    cancel_place("a", "le patient a rappelé", NOW)(store.units)
    assert store.appointments.get("a").state is AppointmentState.CANCELLED
    (entry,) = store.entries
    assert (entry.kind, entry.call) == (journal.CANCELLED, "appel-a")
    assert entry.facts["motif"] == "le patient a rappelé"
