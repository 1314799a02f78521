"""The site's directory says whom to ask for, and what a slot's practitioner takes part in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from osnp_console.app.effecteurs.directory import (
    Directory,
    Kept,
    dispositifs_of,
    get_effecteur,
    keep_effecteurs,
    remove_effecteur,
    search_effecteurs,
    whom_to_ask,
)
from osnp_console.app.errors import Refusal
from osnp_console.app.slots.search_queries import tied_by
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import NO_PLACE, Origin, Place, Practitioner, Slot, slot_id
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.agenda_records import MemoryStore

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BREHAULT = Effecteur(
    "10002909371",
    "Anne Bréhault",
    "Médecin généraliste",
    dispositifs=("44-pays-de-redon-mg",),
    sources=("sas", "libre"),
    place=Place(name="Maison de santé", city="Redon", postcode="35600", phone="02 61 91 00 01"),
    phone="+33261910002",
)
MAURY = Effecteur("10001288385", "Paul Maury", sources=("sas",))
SOS = Effecteur("34173748400020", "SOS Médecins", dispositifs=("44-nantaise-mg",), sources=("sos",))
EVERYBODY = (BREHAULT, MAURY, SOS)
SAS = AgendaSource(
    "sas",
    SourceKind.SAS_FHIR,
    "SAS 44",
    practitioners=("10001288385", "10100050075"),
    dispositifs=("44-erdre-cens-mg",),
)


def slot_of(rpps: str | None, place: Place = NO_PLACE) -> Slot:
    who = Practitioner("Quelqu’un", rpps)
    start = NOW + timedelta(hours=1)
    origin = Origin("sas", "Slot/1", NOW)
    return Slot(slot_id(who, place, start), start, start + timedelta(minutes=20), who, place, (origin,))


def test_a_source_is_asked_for_those_it_declares_then_for_those_who_name_it_each_once() -> None:
    assert whom_to_ask(SAS, EVERYBODY) == (("10001288385", "10100050075", "10002909371"), ())


def test_structures_are_asked_for_as_structures() -> None:
    sos = AgendaSource("sos", SourceKind.SAS_SOS, "SOS", structures=("92080466300010",))
    assert whom_to_ask(sos, EVERYBODY) == ((), ("92080466300010", "34173748400020"))


def test_the_dispositifs_of_a_practitioner_win_over_those_of_the_source() -> None:
    assert dispositifs_of(slot_of("10002909371"), SAS, EVERYBODY) == {"44-pays-de-redon-mg"}


@pytest.mark.parametrize("rpps", ["10001288385", "10100050075", None])
def test_where_the_directory_names_no_dispositif_the_source_says(rpps: str | None) -> None:
    assert Directory(EVERYBODY).dispositifs_of(slot_of(rpps), SAS) == {"44-erdre-cens-mg"}


@pytest.mark.parametrize("number", ["334173748400020", "34173748400020"])
def test_a_slot_without_practitioner_is_its_structures(number: str) -> None:
    assert dispositifs_of(slot_of(None, Place(id=number)), SAS, EVERYBODY) == {"44-nantaise-mg"}


LOCATED = replace(BREHAULT, place=replace(BREHAULT.place, latitude=47.6512, longitude=-2.0847))


@pytest.mark.parametrize(
    "place",
    [
        Place(postcode="35600", city="REDON"),
        Place(id="3123", name="Cabinet", address="1 rue du Test", postcode="35600", city="Redon"),
    ],
)
def test_a_slot_is_where_the_directory_says_that_its_practitioner_is(place: Place) -> None:
    slot = slot_of(BREHAULT.id, place)
    tied = tied_by(Directory([LOCATED]))(slot, SAS)
    assert tied.place == replace(place, latitude=47.6512, longitude=-2.0847)
    assert slot.place == place


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (LOCATED, Place(postcode="44630", city="Plessé")),
        (LOCATED, NO_PLACE),
        (LOCATED, Place(postcode="35600", city="Redon", latitude=47.6, longitude=-2.0)),
        (BREHAULT, Place(postcode="35600", city="Redon")),
        (MAURY, Place(postcode="35600", city="Redon")),
    ],
)
def test_another_place_or_one_that_says_its_position_stays_as_it_was_announced(
    entry: Effecteur, place: Place
) -> None:
    tied = tied_by(Directory([entry]))(slot_of(BREHAULT.id, place), SAS)
    assert tied.place is place


def test_a_structure_is_where_its_entry_says_whatever_its_commune_is_called() -> None:
    entry = replace(SOS, place=Place(postcode="44000", city="Nantes", latitude=47.2, longitude=-1.5))
    place = Place(id="334173748400020", postcode="44035", city="Nantes CEDEX 1")
    assert tied_by(Directory([entry]))(slot_of(None, place), SAS).place.latitude == 47.2


def test_a_practitioner_at_a_structure_is_not_that_structure() -> None:
    slot = slot_of("10100050075", Place(id="334173748400020"))
    assert dispositifs_of(slot, SAS, EVERYBODY) == {"44-erdre-cens-mg"}


def test_the_same_number_replaces() -> None:
    store = MemoryStore(effecteurs=[MAURY])
    changed = Effecteur(MAURY.id, "Paul Maury", note="le mardi")
    assert keep_effecteurs(store.open, [changed, SOS]) == Kept(added=1, replaced=1)
    assert store.effecteurs == {MAURY.id: changed, SOS.id: SOS}


def test_an_entry_is_found_and_removed_however_its_number_is_written() -> None:
    store = MemoryStore(effecteurs=EVERYBODY)
    assert get_effecteur(store.open, "8 1000 2909 371") == BREHAULT
    remove_effecteur(store.open, "334 173 748 400 020")
    assert SOS.id not in store.effecteurs


def test_a_number_that_nobody_has_is_told() -> None:
    store = MemoryStore(effecteurs=EVERYBODY)
    for act in (get_effecteur, remove_effecteur):
        with pytest.raises(Refusal) as caught:
            act(store.open, "10100050075")
        assert caught.value.code == "introuvable"
    assert len(store.effecteurs) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", EVERYBODY), ("brehault", (BREHAULT,)), ("BRÉHAULT an", (BREHAULT,)), ("redon", (BREHAULT,)),
        ("mau", (MAURY,)), ("hault", ()), ("anne maury", ()), ("10002909371", (BREHAULT,)),
        ("810002909371", (BREHAULT,)), ("2909371", (BREHAULT,)), ("02 61 91 00 02", (BREHAULT,)),
        ("0261910001", (BREHAULT,)), ("35600", (BREHAULT,)), ("nantaise", (SOS,)), ("02 61", (BREHAULT,)),
    ],
)  # fmt: skip
def test_people_are_found_by_words_numbers_and_phones(text: str, found: tuple[Effecteur, ...]) -> None:
    assert tuple(search_effecteurs(EVERYBODY, text)) == found
