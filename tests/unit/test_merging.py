"""The same slot from several sources is one slot, whatever came first, and nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.slot import (
    NO_PLACE,
    BookingMode,
    Capacity,
    Origin,
    Place,
    Practitioner,
    Slot,
    slot_id,
)
from tests.unit.slot_doubles import PRACTICE, made_slot
from tests.unit.strategies import INSTANT

ELSEWHERE = Place("1440000002", "Maison de santé", "3 rue du Port", "44991", "Grandville")


def test_two_sources_that_announce_the_same_slot_make_one_with_both_origins() -> None:
    (one,) = merge_slots(
        [
            made_slot(source="b", types=frozenset({"CPTS"}), cpts=frozenset({"440000001"})),
            made_slot(source="a"),
        ]
    )
    assert one.sources == ("a", "b")
    assert [origin.reference for origin in one.origins] == ["Slot/a-40", "Slot/b-40"]
    assert one.types == {"CPTS", "SNP"}
    assert one.cpts == {"440000001"}


def test_the_same_address_written_otherwise_is_the_same_place() -> None:
    written = replace(PRACTICE, id=None, address="1, RUE DU TEST")
    assert len(merge_slots([made_slot(source="a"), made_slot(source="b", place=written)])) == 1


def test_a_place_of_which_nothing_is_said_is_the_one_place_that_is_known() -> None:
    (one,) = merge_slots([made_slot(source="a", place=NO_PLACE), made_slot(source="b")])
    assert one.place == PRACTICE


def test_a_doctor_announced_at_two_places_at_once_stays_two_slots_that_can_be_told_apart() -> None:
    slots = [made_slot(source="a"), made_slot(source="b", place=ELSEWHERE)]
    one, other = merge_slots(slots)
    assert one.id != other.id
    assert {one.place, other.place} == {PRACTICE, ELSEWHERE}
    unplaced = merge_slots([*slots, made_slot(source="c", place=NO_PLACE)])
    assert len({slot.id for slot in unplaced}) == 3


def test_other_doctors_other_hours_and_doctors_without_number_at_one_site_stay_apart() -> None:
    apart = [
        made_slot(),
        made_slot(60),
        made_slot(rpps="10000000002"),
        made_slot(rpps=None, name="Dr A"),
        made_slot(rpps=None, name="Dr B"),
    ]
    assert len(merge_slots(apart)) == len(apart)


def test_an_hour_is_the_same_hour_in_every_zone() -> None:
    slot = made_slot()
    abroad = replace(slot, start=slot.start.astimezone(ZoneInfo("Indian/Reunion")))
    assert len(merge_slots([slot, abroad])) == 1


def test_each_thing_that_one_source_knows_of_the_place_is_kept() -> None:
    numbered = Place("1440000001", phone="02 61 91 00 01")
    named = Place("1440000001", "Cabinet", "1 rue du Test", "44990")
    (one,) = merge_slots([made_slot(source="a", place=numbered), made_slot(source="b", place=named)])
    assert one.place == Place("1440000001", "Cabinet", "1 rue du Test", "44990", phone="02 61 91 00 01")


def test_a_slot_that_one_source_books_and_another_calls_walk_in_is_booked() -> None:
    (one,) = merge_slots([made_slot(source="a", walk_in=True), made_slot(source="b")])
    assert not one.walk_in
    (both,) = merge_slots(
        [made_slot(source="a", over_booking=True), made_slot(source="b", over_booking=True)]
    )
    assert both.over_booking


def test_a_source_that_sends_one_key_twice_with_another_content_makes_one_slot_in_any_order() -> None:
    twice = [made_slot(reasons=("otite",)), made_slot(reasons=("angine",))]
    assert merge_slots(twice) == merge_slots(twice[::-1])
    capacities = [made_slot(capacity=Capacity(2, 1)), made_slot(capacity=Capacity(3, 0))]
    assert merge_slots(capacities) == merge_slots(capacities[::-1])


# Properties ---------------------------------------------------------------------------------------------

_places = st.sampled_from(
    [
        NO_PLACE,
        PRACTICE,
        replace(PRACTICE, id=None),
        replace(PRACTICE, address=None, phone=None),
        ELSEWHERE,
        Place(name="Cabinet"),
    ]
)
_who = st.sampled_from(
    [
        Practitioner("Dr A", "10000000001"),
        Practitioner(None, "10000000001"),
        Practitioner("Dr B", "10000000002"),
        Practitioner("Dr C"),
        Practitioner(),
    ]
)


@st.composite
def _slots(draw: st.DrawFn) -> Slot:
    practitioner, place = draw(_who), draw(_places)
    start = INSTANT + timedelta(minutes=draw(st.sampled_from([40, 60])))
    source, number = draw(st.sampled_from("abc")), draw(st.integers(1, 3))
    seen = INSTANT - timedelta(minutes=draw(st.integers(0, 2)))
    return Slot(
        slot_id(practitioner, place, start),
        start,
        start + timedelta(minutes=draw(st.sampled_from([15, 20]))),
        practitioner,
        place,
        (Origin(source, f"Slot/{number}", seen, draw(st.sampled_from([None, *BookingMode]))),),
        types=draw(st.frozensets(st.sampled_from(["SNP", "CPTS", "PRO"]))),
        walk_in=draw(st.booleans()),
        reasons=tuple(draw(st.lists(st.sampled_from(["otite", "angine"]), max_size=2, unique=True))),
        capacity=draw(st.sampled_from([None, Capacity(2, 1), Capacity(3, 0)])),
        over_booking=draw(st.booleans()),
    )


def as_set(slots: list[Slot]) -> dict[str, Slot]:
    """The slots by id; each id is there once."""
    found = {slot.id: slot for slot in slots}
    assert len(found) == len(slots)
    return found


@given(st.lists(_slots(), max_size=8), st.randoms(use_true_random=False))
def test_what_comes_first_changes_nothing(slots: list[Slot], chance: object) -> None:
    mixed = list(slots)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a Random
    assert as_set(merge_slots(mixed)) == as_set(merge_slots(slots))


@given(st.lists(_slots(), max_size=8))
def test_merging_again_changes_nothing(slots: list[Slot]) -> None:
    merged = merge_slots(slots)
    assert as_set(merge_slots(merged)) == as_set(merged)


@given(st.lists(_slots(), max_size=8))
def test_the_same_announcement_twice_is_one(slots: list[Slot]) -> None:
    assert as_set(merge_slots([*slots, *slots])) == as_set(merge_slots(slots))


@given(st.lists(_slots(), max_size=8))
def test_no_origin_no_type_and_no_start_is_lost_or_made_up(slots: list[Slot]) -> None:
    merged = merge_slots(slots)
    assert {(slot.start, origin) for slot in merged for origin in slot.origins} == {
        (slot.start, origin) for slot in slots for origin in slot.origins
    }
    for slot in merged:
        parts = [one for one in slots if one.start == slot.start and set(one.origins) & set(slot.origins)]
        assert slot.types <= frozenset().union(*(one.types for one in parts))
        assert len(slot.origins) == len(set(slot.origins))
        rpps = {one.practitioner.rpps for one in parts} & {slot.practitioner.rpps}
        assert rpps == {slot.practitioner.rpps}
