"""Sources, effecteurs and appointments come back as they were given; nobody's booking is overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.app.booking.records import saving_unless_held
from osnp_console.app.ports import Conflict, SourceMemory, StoreFailure
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.storage.slot_documents import (
    effecteur_text,
    read_effecteur,
    read_slots,
    read_source,
    slots_text,
    source_text,
)
from osnp_console.storage.store import Store
from tests.storage import slots_kept as kept
from tests.storage.kept import NOW, rows
from tests.storage.places import StorePlace

RULED = Ruling(Standing.FREE)


@given(st.lists(kept.slots, max_size=3).map(tuple))
def test_any_slot_is_the_same_after_it_was_written_down(slots: tuple[Slot, ...]) -> None:
    read = read_slots(slots_text(slots))
    assert read == slots
    assert all(slot.start.tzinfo is UTC for slot in read)


@given(kept.sources)
def test_any_source_is_the_same_after_it_was_written_down(source: AgendaSource) -> None:
    assert read_source(source_text(source)) == source


@given(kept.effecteurs)
def test_any_effecteur_is_the_same_after_it_was_written_down(effecteur: Effecteur) -> None:
    assert read_effecteur(effecteur_text(effecteur)) == effecteur


def test_an_instant_without_zone_is_not_kept() -> None:
    slot = kept.a_slot()
    with pytest.raises(ValueError, match="aware"):
        slots_text([replace(slot, start=slot.start.replace(tzinfo=None))])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(source=kept.sources, effecteur=kept.effecteurs, slot=kept.slots)
def test_whatever_was_put_comes_back_from_the_base(
    store: Store, source: AgendaSource, effecteur: Effecteur, slot: Slot
) -> None:
    memory = SourceMemory(NOW, (slot,), NOW - timedelta(days=1))
    with store.unit() as unit:
        unit.sources.put(source)
        unit.sources.remember(source.id, memory)
        unit.effecteurs.put(effecteur)
        unit.commit()
    with store.unit() as unit:
        assert unit.sources.all() == [source]
        assert unit.sources.memories() == {source.id: memory}
        assert unit.effecteurs.all() == [effecteur]


def test_sources_keep_their_order_also_after_one_was_changed(store: Store) -> None:
    with store.unit() as unit:
        for name in ("b", "a", "c"):
            unit.sources.put(kept.a_source(name))
        unit.sources.put(replace(kept.a_source("b"), name="Autre nom"))
        unit.commit()
    with store.unit() as unit:
        assert [(one.id, one.name) for one in unit.sources.all()] == [
            ("b", "Autre nom"),
            ("a", "A"),
            ("c", "C"),
        ]


def test_a_source_is_removed_with_what_was_remembered_of_it(store: Store) -> None:
    with store.unit() as unit:
        unit.sources.put(kept.a_source("sas"))
        unit.sources.remember("sas", SourceMemory(NOW, (kept.a_slot(),), NOW))
        assert unit.sources.remove("sas") is True
        assert unit.sources.remove("sas") is False
        unit.commit()
    assert rows(store, "select count(*) from source_memory") == [(0,)]


def test_a_source_that_is_put_again_keeps_what_is_remembered_of_it(store: Store) -> None:
    memory = SourceMemory(NOW, (), NOW)
    with store.unit() as unit:
        unit.sources.put(kept.a_source("sas"))
        unit.sources.remember("sas", memory)
        unit.sources.put(replace(kept.a_source("sas"), name="SAS"))
        unit.commit()
    with store.unit() as unit:
        assert unit.sources.memories() == {"sas": memory}


def test_nothing_is_remembered_of_a_source_that_nobody_declared(store: Store) -> None:
    with store.unit() as unit:
        unit.sources.remember("inconnue", SourceMemory(NOW))
        unit.commit()
    with store.unit() as unit:
        assert unit.sources.memories() == {}


def test_effecteurs_come_by_name_as_french_sorts_it(store: Store) -> None:
    names = {"1": "Zoé Petit", "2": "Élise Amar", "3": "elise Zola", "4": "Bernard"}
    with store.unit() as unit:
        for number, name in names.items():
            unit.effecteurs.put(Effecteur(number, name))
        unit.commit()
    with store.unit() as unit:
        assert [one.name for one in unit.effecteurs.all()] == [
            "Bernard",
            "Élise Amar",
            "elise Zola",
            "Zoé Petit",
        ]
        assert unit.effecteurs.remove("4") is True
        assert unit.effecteurs.remove("4") is False


def test_an_appointment_comes_back_complete_after_closing_and_opening(
    store: Store, place: StorePlace
) -> None:
    with store.unit() as unit:
        asked = unit.appointments.save(kept.an_appointment("essai"))
        moved = asked.moved(AppointmentState.BOOKED, NOW, reference="rdv/9", message="Confirmé")
        saved = unit.appointments.save(moved)
        unit.commit()
    store.close()
    again = place.open()
    with again.unit() as unit:
        assert unit.appointments.get("essai") == saved
        assert saved.version == 2
    again.close()


def test_an_appointment_saved_elsewhere_meanwhile_is_not_overwritten(store: Store) -> None:
    with store.unit() as unit:
        first = unit.appointments.save(kept.an_appointment("essai"))
        theirs = unit.appointments.save(first.moved(AppointmentState.BOOKED, NOW))
        unit.commit()
    with store.unit() as unit, pytest.raises(Conflict) as conflict:
        unit.appointments.save(first.moved(AppointmentState.LOST, NOW))
    assert conflict.value.call == "appel-1"
    with store.unit() as unit:
        assert unit.appointments.get("essai") == theirs


def test_an_attempt_of_the_same_key_is_not_kept_twice(store: Store) -> None:
    with store.unit() as unit:
        unit.appointments.save(kept.an_appointment("essai"))
        with pytest.raises(Conflict):
            unit.appointments.save(kept.an_appointment("essai"))
        unit.commit()
    assert rows(store, "select count(*) from appointment") == [(1,)]


def test_an_appointment_that_was_read_elsewhere_is_not_added(store: Store) -> None:
    with store.unit() as unit, pytest.raises(Conflict):
        unit.appointments.save(replace(kept.an_appointment("essai"), version=3))
    assert rows(store, "select count(*) from appointment") == [(0,)]


def test_appointments_of_a_call_and_those_to_settle_come_oldest_first(store: Store) -> None:
    with store.unit() as unit:
        late = unit.appointments.save(kept.an_appointment("tard", minutes=9))
        unit.appointments.save(kept.an_appointment("autre", call="appel-2", minutes=5))
        unit.appointments.save(kept.an_appointment("tot"))
        unit.appointments.save(late.moved(AppointmentState.BOOKED, NOW))
        unit.commit()
    with store.unit() as unit:
        assert [one.id for one in unit.appointments.of_call("appel-1")] == ["tot", "tard"]
        assert [one.id for one in unit.appointments.unsettled()] == ["tot", "autre"]


def test_an_appointment_that_is_not_there_is_told(store: Store) -> None:
    with store.unit() as unit, pytest.raises(StoreFailure) as refused:
        unit.appointments.get("rien")
    assert refused.value.code == "introuvable"
    assert refused.value.message == "Ce rendez-vous n’est pas dans la base."


def test_of_many_desks_that_book_for_one_call_at_once_one_attempt_is_made(
    store: Store, place: StorePlace
) -> None:
    wanted = 8
    together = Barrier(wanted, timeout=60)

    def book(number: int) -> object:
        own = place.open()
        try:
            together.wait()
            while True:
                try:
                    return saving_unless_held(kept.an_appointment(f"essai-{number}"), RULED)(own.unit)
                except StoreFailure as failure:  # another one writes for longer than a statement waits
                    if failure.code != "base_verrouillee":
                        raise
        finally:
            own.close()

    with ThreadPoolExecutor(wanted) as pool:
        made = [one for one in pool.map(book, range(wanted)) if isinstance(one, Appointment)]
    assert len(made) == 1
    assert rows(store, "select id from appointment") == [(made[0].id,)]
