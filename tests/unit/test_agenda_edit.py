"""A change to a local agenda is looked at before it is made, and says whom it leaves without a slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place
from osnp_console.app.local_agenda.edit import (
    NO_ENTRY,
    WEEKS,
    CloseAgenda,
    DropEntry,
    SaveOpening,
    make,
    preview,
    remove_agenda,
    save_agenda,
)
from osnp_console.app.local_agenda.forms import AgendaForm, ClosureForm, OpeningForm, form_of_opening
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.domain.clock import in_paris
from tests.unit.agendas import CSNP, MAURY, NOW, hours, weekly
from tests.unit.local_agendas import AgendaStore

SLOT = "20261124T130000Z/10002673899"
TUESDAYS = OpeningForm(weekdays="mardi", start="9h", end="10h", minutes="30", practitioner="Dr Le Gall")


def new_id() -> str:
    return "nouveau"


def open_store() -> AgendaStore:
    """Dr Maury on working days, 14:00 to 14:40."""
    return AgendaStore(Plan(CSNP, (weekly(time(14), time(14, 40)),)))


def book(store: AgendaStore, key: str = "essai", reference: str = SLOT) -> None:
    book_place(store.units, PlaceAsked(key, CSNP.id, reference, "44-3"), NOW)


def test_an_opening_shows_the_four_weeks_that_it_makes_before_it_is_made() -> None:
    store = open_store()
    seen = preview(store.units, CSNP.id, SaveOpening(TUESDAYS), NOW)
    # Today's has begun; four Tuesdays are to come.
    assert hours(list(seen.added)) == [
        f"{day} 09:{minute}" for day in ("01/12", "08/12", "15/12", "22/12") for minute in ("00", "30")
    ]
    assert (seen.removed, seen.stranded) == ((), ())
    assert seen.offered == 8 + 2 * 5 * WEEKS
    assert store.commits == 0


def test_what_was_looked_at_is_what_is_made() -> None:
    store = open_store()
    seen = preview(store.units, CSNP.id, SaveOpening(TUESDAYS), NOW)
    made = make(store.units, CSNP.id, SaveOpening(TUESDAYS), NOW, new_id)
    assert (made.entry, made.preview.removed, made.preview.offered) == ("nouveau", seen.removed, seen.offered)
    assert [one.reference for one in made.preview.added] == [one.reference for one in seen.added]
    assert [one.id for one in store.agendas.plans[CSNP.id].weekly] == ["o1", "nouveau"]


def test_an_opening_that_is_changed_says_what_it_no_longer_offers_and_whose_slot_that_was() -> None:
    store = open_store()
    book(store)
    later = replace(form_of_opening(store.agendas.plans[CSNP.id].weekly[0]), start="14h20")
    made = make(store.units, CSNP.id, SaveOpening(later), NOW, new_id)
    assert made.entry == "o1"
    assert {f"{in_paris(one.start):%H:%M}" for one in made.preview.removed} == {"14:00"}
    assert made.preview.added == ()
    assert [one.key for one in made.preview.stranded] == ["essai"]
    assert store.agendas.booked["essai"].is_held


def test_a_slot_that_takes_more_patients_is_told_as_changed_and_strands_nobody() -> None:
    store = open_store()
    book(store)
    more = replace(form_of_opening(store.agendas.plans[CSNP.id].weekly[0]), places="2")
    seen = preview(store.units, CSNP.id, SaveOpening(more), NOW)
    assert len(seen.added) == len(seen.removed) == seen.offered
    assert seen.stranded == ()


def test_a_closure_says_what_it_closes_and_a_reopening_gives_it_back() -> None:
    store = open_store()
    book(store)
    closed = make(
        store.units, CSNP.id, CloseAgenda(ClosureForm(first="24/11/2026", why="réunion")), NOW, new_id
    )
    assert hours(list(closed.preview.removed)) == ["24/11 14:00", "24/11 14:20"]
    assert [one.key for one in closed.preview.stranded] == ["essai"]
    opened = make(store.units, CSNP.id, DropEntry(closed.entry), NOW, new_id)
    assert hours(list(opened.preview.added)) == ["24/11 14:00", "24/11 14:20"]
    assert opened.preview.stranded == ()
    assert store.agendas.plans[CSNP.id].closures == ()


def test_a_closure_far_ahead_still_names_those_who_are_booked_then() -> None:
    store = open_store()
    book(store, "loin", "20270302T130000Z/10002673899")
    closing = CloseAgenda(ClosureForm(first="1/3/2027", last="5/3/2027"))
    seen = preview(store.units, CSNP.id, closing, NOW)
    assert (seen.removed, [one.key for one in seen.stranded]) == ((), ["loin"])


def test_a_booking_that_lost_its_slot_before_is_not_told_again() -> None:
    store = open_store()
    book(store)
    make(store.units, CSNP.id, CloseAgenda(ClosureForm(first="24/11/2026")), NOW, new_id)
    seen = preview(store.units, CSNP.id, DropEntry("o1"), NOW)
    assert seen.stranded == ()


def test_an_opening_is_removed() -> None:
    store = open_store()
    made = make(store.units, CSNP.id, DropEntry("o1"), NOW, new_id)
    assert made.preview.offered == 0
    assert store.agendas.plans[CSNP.id].weekly == ()


def test_what_is_not_in_the_agenda_cannot_be_removed() -> None:
    store = open_store()
    with pytest.raises(Refusal) as refused:
        make(store.units, CSNP.id, DropEntry("rien"), NOW, new_id)
    assert (refused.value.code, refused.value.message) == ("introuvable", NO_ENTRY)
    with pytest.raises(Refusal, match="n’est pas dans le carnet"):
        preview(store.units, CSNP.id, DropEntry("rien"), NOW)


def test_a_form_that_cannot_be_changes_nothing() -> None:
    store = open_store()
    with pytest.raises(Refusal) as refused:
        make(store.units, CSNP.id, SaveOpening(replace(TUESDAYS, end="9h")), NOW, new_id)
    assert (refused.value.field, store.commits) == ("fin", 0)


def test_a_change_to_an_agenda_that_is_not_there_is_told() -> None:
    for change in (SaveOpening(TUESDAYS), CloseAgenda(ClosureForm(first="24/11/2026")), DropEntry("o1")):
        with pytest.raises(StoreFailure):
            preview(AgendaStore().units, CSNP.id, change, NOW)
        with pytest.raises(StoreFailure):
            make(AgendaStore().units, CSNP.id, change, NOW, new_id)


def test_an_agenda_is_created_once_and_then_changed() -> None:
    store = open_store()
    made = save_agenda(store.units, AgendaForm(name="Garde de Pornic"), new=True)
    assert made == Agenda("garde-de-pornic", "Garde de Pornic")
    with pytest.raises(Refusal) as refused:
        save_agenda(store.units, AgendaForm(name="Garde de Pornic"), new=True)
    assert (refused.value.code, refused.value.field) == ("conflit", "id")
    save_agenda(store.units, AgendaForm(name="CSNP", id=CSNP.id), new=False)
    assert len(store.agendas.plans[CSNP.id].weekly) == 1


def test_an_agenda_is_removed_once_nobody_is_booked_ahead_in_it() -> None:
    store = open_store()
    book(store)
    with pytest.raises(Refusal) as refused:
        remove_agenda(store.units, CSNP.id, NOW)
    assert refused.value.code == "conflit"
    assert "1 réservation " in refused.value.message
    assert remove_agenda(store.units, CSNP.id, NOW + timedelta(hours=9)) is True
    assert remove_agenda(store.units, CSNP.id, NOW) is False


def test_one_practitioner_may_be_closed_alone() -> None:
    store = open_store()
    make(store.units, CSNP.id, SaveOpening(TUESDAYS), NOW, new_id)
    closing = CloseAgenda(ClosureForm(first="1/12/2026", rpps=MAURY.rpps or ""))
    seen = preview(store.units, CSNP.id, closing, NOW)
    assert hours(list(seen.removed)) == ["01/12 14:00", "01/12 14:20"]
