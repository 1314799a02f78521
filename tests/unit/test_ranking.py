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
