"""Slots are proposed in one order: usable, the regular doctor's own, the soonest, the nearest known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.slots.ranking import (
    Group,
    RankedSlot,
    Whereabouts,
    distance_km,
    group_of,
    rank,
)
from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import Slot
from tests.unit.slot_doubles import PRACTICE, made_slot

FREE = Ruling(Standing.FREE, ("a",))
TO_CHECK = Ruling(Standing.TO_CHECK, ("a",), missing=("x",))
NANTES, REDON, PARIS_CITY = (
    Whereabouts(47.218, -1.554),
    Whereabouts(47.651, -2.085),
    Whereabouts(48.857, 2.352),
)


def order(*decided: tuple[Slot, Ruling], doctor: str = "", patient: Whereabouts | None = None) -> list[str]:
    """References of the slots, in their order."""
    return [one.slot.origins[0].reference for one in rank(decided, doctor, patient)]


def named(
    reference: str,
    minutes: int = 40,
    *,
    doctor: str | None = "Dr Camille ESSAI",
    where: Whereabouts | None = None,
    over_booking: bool = False,
) -> Slot:
    """A slot known by that reference, at a place of which the position may be known."""
    place = (
        PRACTICE if where is None else replace(PRACTICE, latitude=where.latitude, longitude=where.longitude)
    )
    slot = made_slot(minutes, name=doctor, place=place, reference=reference, over_booking=over_booking)
    return replace(slot, id=reference)


def test_what_can_be_had_for_sure_goes_before_what_is_to_check_then_over_bookings() -> None:
    over = named("over", 10, over_booking=True)
    found = order((over, FREE), (named("check", 20), TO_CHECK), (named("free", 300), FREE))
    assert found == ["free", "check", "over"]


def test_in_a_group_the_regular_doctors_own_slot_comes_first_though_it_is_later() -> None:
    own = named("own", 300, doctor="Dr Anne MAURY")
    slots = [(named("soon", 20), FREE), (own, FREE), (named("check", 10), TO_CHECK)]
    assert order(*slots, doctor="Maury") == ["own", "soon", "check"]
    assert order(*slots) == ["soon", "own", "check"]


def test_then_the_soonest_then_the_nearest_whose_distance_is_known() -> None:
    slots = [
        (named("later", 60), FREE),
        (named("unknown"), FREE),
        (named("redon", where=REDON), FREE),
        (named("nantes", where=NANTES), FREE),
    ]
    assert order(*slots, patient=NANTES) == ["nantes", "redon", "unknown", "later"]


def test_a_distance_is_there_only_where_both_ends_are_known() -> None:
    placed, unplaced = named("p", where=REDON), named("u")
    km = {one.slot.id: one.km for one in rank([(placed, FREE), (unplaced, FREE)], patient=NANTES)}
    assert km["u"] is None
    assert km["p"] == pytest.approx(62.3, abs=1)
    assert rank([(placed, FREE)])[0].km is None


@pytest.mark.parametrize(
    ("typed", "shown", "own"),
    [
        ("Dr Maury", "Dr Anne MAURY", True),
        ("cabinet du Dr Maury, Savenay", "Dr Anne MAURY", True),
        ("Bréhault", "Dr Luc BREHAULT", True),
        ("Le Goff", "Dr Yann LE GOFF", True),
        ("Dr Anne", "Dr Anne MAURY", False),
        ("Maurice", "Dr Anne MAURY", False),
        ("docteur", "Docteur Docteur", False),
        ("Maury", None, False),
        ("", "Dr Anne MAURY", False),
    ],
)
def test_the_regular_doctor_is_known_by_the_family_name(typed: str, shown: str | None, own: bool) -> None:
    slot = named("x", doctor=shown)
    assert rank([(slot, FREE)], typed)[0].own_doctor is own


def test_a_slot_that_closed_while_it_was_under_reserve_stays_in_its_group() -> None:
    assert group_of(named("x"), replace(TO_CHECK, standing=Standing.CLOSED)) is Group.TO_CHECK
    assert group_of(named("x"), replace(FREE, standing=Standing.CLOSED)) is Group.USABLE


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(NANTES, PARIS_CITY) == pytest.approx(343, abs=3)
    assert distance_km(NANTES, NANTES) == 0


_positions = st.builds(Whereabouts, st.floats(-90, 90), st.floats(-180, 180))


@given(_positions, _positions)
def test_a_distance_is_the_same_both_ways_and_never_beyond_the_antipodes(
    one: Whereabouts, other: Whereabouts
) -> None:
    there, back = distance_km(one, other), distance_km(other, one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there < 20_016


_ranked = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from([FREE, TO_CHECK]),
        st.booleans(),
        st.sampled_from([None, REDON, NANTES]),
    ),
    max_size=8,
)


@given(_ranked, st.randoms(use_true_random=False))
def test_the_order_does_not_hang_on_what_came_first(
    drawn: list[tuple[int, Ruling, bool, Whereabouts | None]], chance: object
) -> None:
    slots = [
        (named(f"{n}", 20 * minutes, over_booking=over, where=where), ruling)
        for n, (minutes, ruling, over, where) in enumerate(drawn)
    ]
    mixed = list(slots)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a Random
    found: list[RankedSlot] = rank(mixed, patient=NANTES)
    assert found == rank(slots, patient=NANTES)
    groups = [one.group for one in found]
    assert groups == sorted(groups)
    for one, following in pairwise(found):
        if one.group is following.group:
            assert one.slot.start <= following.slot.start


def placed_in(reference: str, postcode: str | None, city: str | None, minutes: int = 40) -> Slot:
    """A slot at a place of which only the commune is said."""
    place = replace(PRACTICE, postcode=postcode, city=city)
    return replace(made_slot(minutes, place=place, reference=reference), id=reference)


class Communes:
    """Where communes are, and what was asked of it."""

    def __init__(self, **known: Whereabouts) -> None:
        self.known = known
        self.asked: list[tuple[str, str]] = []

    def locate(self, postcode: str, city: str) -> Whereabouts | None:
        self.asked.append((postcode, city))
        return self.known.get(city)


AT_HOME = replace(NANTES, is_centre=True)


def test_a_place_that_says_no_position_is_at_its_commune_and_the_distance_is_an_estimate() -> None:
    communes = Communes(Redon=replace(REDON, is_centre=True))
    (one,) = rank([(placed_in("r", "35600", "Redon"), FREE)], patient=AT_HOME, locate=communes.locate)
    assert one.km == pytest.approx(62.3, abs=1)
    assert one.km_is_estimate


def test_a_position_that_a_directory_gives_is_not_asked_for_and_is_exact_between_exact_ends() -> None:
    communes = Communes()
    slots = [(named("exact", where=REDON), FREE)]
    (from_a_spot,) = rank(slots, patient=NANTES, locate=communes.locate)
    (from_a_commune,) = rank(slots, patient=AT_HOME, locate=communes.locate)
    assert (from_a_spot.km_is_estimate, from_a_commune.km_is_estimate) == (False, True)
    assert from_a_spot.km == from_a_commune.km is not None
    assert communes.asked == []


def test_each_commune_is_asked_for_once_and_none_while_the_patients_is_not_known() -> None:
    communes = Communes()
    slots = [(placed_in(str(n), "35600", "Redon" if n % 2 else "Bains"), FREE) for n in range(50)]
    rank(slots, locate=communes.locate)
    assert communes.asked == []
    rank(slots, patient=AT_HOME, locate=communes.locate)
    assert sorted(communes.asked) == [("35600", "Bains"), ("35600", "Redon")]


@pytest.mark.parametrize(("postcode", "city"), [(None, "Redon"), ("35600", None), ("", "Redon")])
def test_a_place_of_no_commune_is_nowhere(postcode: str | None, city: str | None) -> None:
    communes = Communes(Redon=REDON)
    slot = placed_in("r", postcode, city)
    assert rank([(slot, FREE)], patient=AT_HOME, locate=communes.locate)[0].km is None
    assert communes.asked == []


def test_a_consultation_from_afar_has_no_distance() -> None:
    communes = Communes(Redon=REDON)
    slot = replace(placed_in("r", "35600", "Redon"), modalities=frozenset({"VR"}))
    assert rank([(slot, FREE)], patient=AT_HOME, locate=communes.locate)[0].km is None


def test_the_patients_own_commune_comes_before_a_farther_one_at_the_same_hour() -> None:
    communes = Communes(Redon=replace(REDON, is_centre=True), Nantes=AT_HOME)
    slots = [(placed_in("far", "35600", "Redon"), FREE), (placed_in("here", "44000", "Nantes"), FREE)]
    assert [one.slot.id for one in rank(slots, patient=AT_HOME, locate=communes.locate)] == ["here", "far"]
