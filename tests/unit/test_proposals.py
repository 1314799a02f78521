"""A slot proposed at one desk is told at the others, for three minutes, under one name everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.slots.proposal_words import proposed_sentence, row_words, who_proposes
from osnp_console.domain.desk import Desk, desk_told
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.proposal import (
    LASTS,
    RENEWED_AFTER,
    Elsewhere,
    Proposal,
    latest,
    proposed,
    seen_from,
    slot_key,
)
from osnp_console.domain.slots.slot import NO_PLACE, Capacity, Place, Slot
from tests.unit.slot_doubles import PRACTICE, made_slot
from tests.unit.strategies import INSTANT

OWN, FIFTH, SEVENTH, ELSEWHERE = "44-3", "44-5", "44-7", "35-5"
OTHER_PLACE = Place("1440000002", "Maison de santé", "3 rue du Port", "44991", "Grandville")
SLOT = made_slot()


def at(desk: str, person: str = "", now: datetime = INSTANT, slot: Slot = SLOT) -> Proposal:
    return proposed(slot, desk, person, now)


DESKS = st.sampled_from([OWN, FIFTH, SEVENTH, ELSEWHERE])
MADE = st.lists(
    st.builds(
        lambda desk, minutes, slot: at(desk, now=INSTANT + timedelta(minutes=minutes), slot=made_slot(slot)),
        DESKS,
        st.integers(-6, 6),
        st.sampled_from([40, 60]),
    )
)


# --- the rules ------------------------------------------------------------------------------------------


def test_a_proposal_counts_for_three_minutes_and_no_longer() -> None:
    one = at(FIFTH)
    assert one.counts(INSTANT)
    assert one.counts(INSTANT + LASTS - timedelta(seconds=1))
    assert not one.counts(INSTANT + LASTS)


def test_a_desk_whose_clock_is_an_hour_ahead_holds_nothing_for_an_hour() -> None:
    assert not at(FIFTH, now=INSTANT + timedelta(hours=1)).counts(INSTANT)
    assert at(FIFTH, now=INSTANT + timedelta(minutes=2)).counts(INSTANT)


def test_two_renewals_may_fail_before_a_proposal_is_over() -> None:
    assert at(FIFTH).counts(INSTANT + 2 * RENEWED_AFTER)


@given(MADE)
def test_a_desk_has_one_proposal_its_last(made: Sequence[Proposal]) -> None:
    found = latest(made)
    assert set(found) == {one.desk for one in made}
    for desk, one in found.items():
        assert one == [other for other in made if other.desk == desk][-1]


@given(MADE, st.integers(0, 12))
def test_a_desk_is_shown_the_others_while_they_count_and_never_its_own(
    made: Sequence[Proposal], minutes: int
) -> None:
    now = INSTANT + timedelta(minutes=minutes)
    seen = seen_from(OWN, made, now)
    shown = {one.desk: one for one in seen.proposals}
    assert len(shown) == len(seen.proposals)
    for desk, one in latest(made).items():
        assert (shown.get(desk) == one) is (desk != OWN and one.counts(now))


@given(MADE, st.integers(0, 12))
def test_what_is_over_takes_no_place_whenever_it_was_read(made: Sequence[Proposal], minutes: int) -> None:
    seen, now = seen_from(OWN, made, INSTANT), INSTANT + timedelta(minutes=minutes)
    assert all(one.counts(now) for one in (*seen.of(SLOT, now), *seen.at(now)))
    assert seen.take_all(SLOT, now) is bool(seen.of(SLOT, now))
    if minutes >= 9:
        assert not seen.at(now)


def test_a_range_with_room_for_two_is_not_taken_by_one_proposal() -> None:
    wide = made_slot(capacity=Capacity(places=3, taken=1))
    one, two = Elsewhere(OWN, (at(FIFTH),)), Elsewhere(OWN, (at(FIFTH), at(SEVENTH)))
    assert not one.take_all(wide, INSTANT)
    assert two.take_all(wide, INSTANT)
    assert one.take_all(SLOT, INSTANT)
    assert not one.take_all(made_slot(60), INSTANT)


def test_a_range_said_to_be_full_that_nobody_proposes_is_not_taken_by_proposals() -> None:
    full = made_slot(capacity=Capacity(places=1, taken=1))
    assert not Elsewhere(OWN, (at(FIFTH, slot=made_slot(60)),)).take_all(full, INSTANT)


# --- the same slot at every desk ------------------------------------------------------------------------

SAID = st.sampled_from(
    [
        made_slot(source="a"),
        made_slot(source="b", name=None),
        made_slot(source="c", place=NO_PLACE),
        made_slot(source="d", place=OTHER_PLACE),
        made_slot(source="e", place=Place(address="3, RUE DU PORT", postcode="44991")),
    ]
)


@given(st.lists(SAID, min_size=1, max_size=6), st.lists(SAID, min_size=1, max_size=6))
def test_two_desks_that_read_other_agendas_in_another_order_name_a_slot_alike(
    here: list[Slot], there: list[Slot]
) -> None:
    keys = {slot_key(slot) for read in (here, there) for slot in merge_slots(read)}
    assert keys == {slot_key(SLOT)}


def test_a_doctor_announced_at_two_places_at_once_is_proposed_at_both() -> None:
    alone = made_slot(place=PRACTICE)
    both = merge_slots([made_slot(source="a"), made_slot(source="d", place=OTHER_PLACE)])
    assert len({slot.id for slot in both}) == 2
    seen = seen_from(OWN, [at(FIFTH, slot=alone)], INSTANT)
    assert all(seen.of(slot, INSTANT) for slot in both)


def test_other_people_other_hours_and_other_sites_are_other_slots() -> None:
    site = Place("1440000002", "Centre")
    slots = [
        SLOT,
        made_slot(60),
        made_slot(rpps="10000000002"),
        made_slot(rpps=None, name=None, place=site),
        made_slot(rpps=None, name=None),
    ]
    assert len({slot_key(slot) for slot in slots}) == len(slots)


# --- the words ------------------------------------------------------------------------------------------


def test_the_sentence_names_the_desk_and_until_when() -> None:
    sentence = proposed_sentence([at(FIFTH)], OWN)
    assert sentence == "Le poste 5 propose ce créneau jusqu’à 10:03."
    assert row_words([at(FIFTH)], OWN) == "proposé au poste 5"


def test_several_desks_are_all_named_until_the_last_is_over() -> None:
    later = at(SEVENTH, now=INSTANT + timedelta(minutes=1))
    assert proposed_sentence([at(FIFTH), later], OWN) == (
        "Les postes 5 et 7 proposent ce créneau jusqu’à 10:04."
    )
    assert row_words([at(FIFTH), later], OWN) == "proposé aux postes 5 et 7"
    assert row_words([at(FIFTH), later, at(ELSEWHERE)], OWN) == "proposé à 3 postes"


def test_nobody_proposing_is_no_sentence() -> None:
    assert proposed_sentence([], OWN) == ""
    assert who_proposes([at(FIFTH)], OWN) == ""


def test_who_proposes_is_named_where_people_are_known() -> None:
    assert who_proposes([at(FIFTH, "É. Tessier"), at(SEVENTH)], OWN) == "Poste 5\u202f: É. Tessier."


def test_a_desk_of_another_room_is_told_with_its_room() -> None:
    assert desk_told(Desk(sas="44", number=5).code, OWN) == "5"
    assert desk_told(Desk(sas="35", number=5).code, OWN) == "5 (SAS 35)"
    assert desk_told(Desk(number=2).code, OWN) == "2 (ligne)"
    assert row_words([at(ELSEWHERE)], OWN) == "proposé au poste 5 (SAS 35)"
