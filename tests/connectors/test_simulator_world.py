"""The invented territory and the demonstration's world."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osnp_console.connectors.simulator.demonstration import demonstration_world
from osnp_console.connectors.simulator.territory import HOURS, TERRITORIES, invented_world
from osnp_console.connectors.simulator.world import World
from osnp_console.domain.clock import PARIS
from osnp_console.domain.identifiers import read_rpps, read_structure
from tests.connectors.kit import NOW

PUBLISHED = {"10101215225", "10002909371", "10001288385", "950047225", "950046227", "34173748400020"}
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 (made aware here)
    lambda naive: naive.replace(tzinfo=PARIS, fold=0)
)


def test_the_same_seed_and_instant_give_the_same_territory() -> None:
    assert invented_world(NOW, 7) == invented_world(NOW, 7)
    assert invented_world(NOW, 7) != invented_world(NOW, 8)
    assert invented_world(NOW, 7) != invented_world(NOW + timedelta(days=1), 7)


def test_a_territory_is_the_same_alone_and_among_others() -> None:
    alone, together = invented_world(NOW, territories=("redon",)), invented_world(NOW)
    assert set(alone.openings) <= set(together.openings)
    assert set(alone.doctors) <= set(together.doctors)


@settings(max_examples=40, deadline=None)
@given(moment=moments, seed=st.integers(0, 10_000))
def test_whatever_the_instant_and_the_seed_each_territory_has_all_that_is_promised(
    moment: datetime, seed: int
) -> None:
    for name in TERRITORIES:
        world = invented_world(moment, seed, (name,))
        assert all(moment <= opening.start <= moment + HOURS for opening in world.openings)
        assert all(opening.start < opening.end for opening in world.openings)
        assert len({opening.id for opening in world.openings}) == len(world.openings)
        places = Counter(practice.rpps for practice in world.practices)
        assert [places[doctor.rpps] for doctor in world.doctors][:3] == [1, 2, 3]
        ofdoctors = [one for one in world.openings if one.agenda in world.practice]
        assert sum(len(one.communities) == 2 for one in ofdoctors) == 2
        assert any(one.walk_in for one in ofdoctors)
        assert {("VR",), ("HH",), ("AMB",)} <= {one.modalities for one in ofdoctors}
        assert any("private" in one.types for one in ofdoctors)
        assert all(("CPTS" in one.types) == bool(one.communities) for one in world.openings)
        assert all(one in world.community for opening in world.openings for one in opening.communities)
        _nobody_is_at_two_places(world)


def _nobody_is_at_two_places(world: World) -> None:
    when = Counter(
        (world.owner(one.agenda), one.start) for one in world.openings if one.agenda in world.practice
    )
    assert set(when.values()) <= {1}


def test_practitioners_see_people_at_each_of_their_places() -> None:
    world = invented_world(NOW, territories=("redon",))
    count = Counter(opening.agenda for opening in world.openings)
    theirs = {practice.id for practice in world.practices if practice.rpps != world.doctors[3].rpps}
    assert all(count[practice] > 2 for practice in theirs)


def test_the_fourth_practitioner_has_nothing_free() -> None:
    world = invented_world(NOW, territories=("redon",))
    free = Counter(world.owner(opening.agenda) for opening in world.openings)
    assert [free[doctor.rpps] > 0 for doctor in world.doctors] == [True, True, True, False]


def test_invented_numbers_have_a_sound_key_and_published_ones_are_those_of_tests() -> None:
    for world in (invented_world(NOW), demonstration_world(NOW)):
        people = [doctor.rpps for doctor in world.doctors]
        structures = [one.finess for one in world.communities] + [one.siret for one in world.associations]
        assert len(set(people)) == len(people)
        for number in set(people) - PUBLISHED:
            assert number.startswith("1990000")
            assert (read_rpps(number).number, read_rpps(number).warning) == (number, None)
        for number in set(structures) - PUBLISHED:
            assert (read_structure(number).number, read_structure(number).warning) == (number, None)


def test_telephones_are_of_the_range_kept_for_fiction() -> None:
    for world in (invented_world(NOW), demonstration_world(NOW)):
        said = [
            *(one.phone for one in world.practices),
            *(one.phone for one in world.communities),
            *(one.phone for one in world.sites),
        ]
        phones = [phone for phone in said if phone is not None]
        assert phones
        assert all(phone.startswith("+3326191") and len(phone) == 12 for phone in phones)
        assert len(set(phones)) == len(phones)


def test_the_demonstration_has_the_five_slots_of_the_picture() -> None:
    world = demonstration_world(NOW)
    told = [
        (
            f"{opening.start:%H:%M}",
            world.doctor[world.owner(opening.agenda)].family,
            world.practice[opening.agenda].city,
            opening.types,
            world.doctor[world.owner(opening.agenda)].dispositif,
        )
        for opening in world.of_owners(None)
    ]
    assert told == [
        ("10:40", "Bréhault", "Redon", ("SNP",), "44-pays-de-redon-mg"),
        ("11:15", "Maury", "Savenay", ("CPTS",), "44-nord-estuaire-mg"),
        ("11:20", "Coudrais", "Plessé", ("SNP",), "44-pays-de-redon-mg"),
        ("14:00", "Bréhault", "Redon", ("SNP",), "44-pays-de-redon-mg"),
        ("14:30", "Gaudin", "Guérande", ("CPTS",), "44-pays-blanc-mg"),
    ]


@pytest.mark.parametrize("minute", [0, 2, 9])
def test_the_demonstrations_slots_stay_the_same_for_ten_minutes(minute: int) -> None:
    later = demonstration_world(NOW.replace(minute=minute, second=30))
    assert later.openings == demonstration_world(NOW).openings
