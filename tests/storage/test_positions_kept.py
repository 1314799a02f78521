"""Where communes are comes back as it was answered; so does that a commune is not known there."""

from __future__ import annotations

from dataclasses import replace

from osnp_console.app.places.position_records import KnownCentre
from osnp_console.domain.slots.ranking import Whereabouts
from osnp_console.storage.store import Store
from tests.storage.kept import NOW
from tests.storage.places import StorePlace

REDON = KnownCentre(Whereabouts(47.6512, -2.0847, is_centre=True), NOW)
NOT_KNOWN = KnownCentre(None, NOW)


def keep(store: Store, **answers: KnownCentre) -> None:
    with store.unit() as unit:
        for code, answer in answers.items():
            unit.positions.put(code.removeprefix("c"), answer)
        unit.commit()


def test_an_answer_and_that_there_was_none_are_kept_apart(store: Store, place: StorePlace) -> None:
    keep(store, c35236=REDON, c2A004=NOT_KNOWN)
    store.close()
    again = place.open()
    with again.unit() as unit:
        assert unit.positions.all() == {"35236": REDON, "2A004": NOT_KNOWN}
    again.close()


def test_a_later_answer_takes_the_place_of_an_earlier_one(store: Store) -> None:
    keep(store, c35236=NOT_KNOWN)
    keep(store, c35236=replace(REDON))
    with store.unit() as unit:
        assert unit.positions.all() == {"35236": REDON}


def test_what_is_not_committed_is_not_kept(store: Store) -> None:
    with store.unit() as unit:
        unit.positions.put("35236", REDON)
    with store.unit() as unit:
        assert unit.positions.all() == {}
