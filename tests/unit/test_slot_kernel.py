"""What a slot, an answer, a band and an appointment are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.appointment import (
    HOLDING,
    MOVES,
    Appointment,
    AppointmentState,
    IllegalAppointmentMove,
)
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.bands import BANDS, band_of
from osnp_console.domain.slots.slot import (
    NO_PLACE,
    REMOTE,
    Capacity,
    Place,
    Practitioner,
    slot_id,
)
from tests.unit.slot_doubles import PRACTICE, made_slot
from tests.unit.strategies import INSTANT

DOCTOR = Practitioner("Dr Camille ESSAI", "10000000001")
ENDED = (
    AppointmentState.FULFILLED,
    AppointmentState.NO_SHOW,
    AppointmentState.CANCELLED,
    AppointmentState.LOST,
)


def test_a_slot_is_known_by_its_practitioner_and_start_wherever_it_was_read() -> None:
    one = slot_id(DOCTOR, PRACTICE, INSTANT)
    assert one == slot_id(Practitioner(None, "10000000001"), NO_PLACE, INSTANT)
    assert one == slot_id(DOCTOR, PRACTICE, INSTANT.astimezone(ZoneInfo("America/Martinique")))
    assert one != slot_id(DOCTOR, PRACTICE, INSTANT + timedelta(minutes=20))


def test_the_id_is_the_same_in_every_process() -> None:
    assert slot_id(DOCTOR, PRACTICE, INSTANT) == "9bea2e85f6f919f4"


def test_without_a_number_a_practitioner_is_known_by_name_and_place_a_site_by_its_own() -> None:
    nobody = Practitioner()
    assert slot_id(nobody, PRACTICE, INSTANT) == slot_id(nobody, Place(PRACTICE.id), INSTANT)
    assert slot_id(Practitioner("Dr A"), PRACTICE, INSTANT) != slot_id(
        Practitioner("Dr B"), PRACTICE, INSTANT
    )
    assert slot_id(Practitioner("Dr A"), NO_PLACE, INSTANT) != slot_id(
        Practitioner("Dr A"), PRACTICE, INSTANT
    )


def test_a_slot_is_as_fresh_as_its_freshest_source() -> None:
    slot = made_slot()
    (origin,) = slot.origins
    older = replace(origin, source="b", seen_at=origin.seen_at - timedelta(minutes=5))
    both = replace(slot, origins=(older, origin, replace(origin, reference="x")))
    assert both.seen_at == origin.seen_at
    assert both.sources == ("a", "b")


def test_a_teleconsultation_is_one_only_when_there_is_no_other_way() -> None:
    assert made_slot(modalities=frozenset({REMOTE})).is_remote
    assert not made_slot(modalities=frozenset({REMOTE, "AMB"})).is_remote
    assert not made_slot().is_remote


def test_a_range_never_has_fewer_than_no_places_left() -> None:
    assert [Capacity(3, taken).left for taken in (0, 3, 5)] == [3, 0, 0]


@pytest.mark.parametrize(("state", "complete"), [
    (SourceState.ANSWERED, True), (SourceState.EMPTY, True), (SourceState.LATE, False),
    (SourceState.REFUSED, False), (SourceState.FAILED, False), (SourceState.STALE, False),
])  # fmt: skip
def test_only_an_answer_says_that_nothing_is_free(state: SourceState, complete: bool) -> None:
    assert SourceAnswer("a", state, INSTANT).is_complete is complete


def test_the_words_of_the_states_are_those_of_the_contract() -> None:
    assert [state.value for state in SourceState] == [
        "repondu",
        "vide",
        "en_retard",
        "refuse",
        "erreur",
        "perime",
    ]


# Bands --------------------------------------------------------------------------------------------------


def test_the_bands_are_those_of_the_national_platform() -> None:
    assert [band.label for band in BANDS] == ["0–4 h", "4–8", "8–12", "12–24", "24–48", "48–72"]


@given(st.integers(-60, 80 * 60))
def test_each_hour_from_now_to_72_hours_is_in_one_band(minutes: int) -> None:
    start = INSTANT + timedelta(minutes=minutes)
    holding = [band for band in BANDS if band.holds(start, INSTANT)]
    assert len(holding) == int(0 <= minutes < 72 * 60)
    assert band_of(start, INSTANT) == (holding[0] if holding else None)


def test_a_band_counts_hours_that_pass_over_a_change_of_the_clocks() -> None:
    before = INSTANT.replace(month=10, day=24, hour=23)
    start = (before.astimezone(ZoneInfo("UTC")) + timedelta(hours=4)).astimezone(before.tzinfo)
    assert start.hour == 2
    assert band_of(start, before) is BANDS[1]


# Appointments -------------------------------------------------------------------------------------------


def test_an_appointment_that_is_over_stays_so_and_only_what_is_open_holds_back_another() -> None:
    assert all(not MOVES[state] for state in ENDED)
    assert HOLDING.isdisjoint(ENDED)
    assert set(MOVES) == set(AppointmentState)


@given(st.lists(st.sampled_from(AppointmentState), max_size=6))
def test_whatever_is_tried_an_appointment_only_makes_legal_moves(moves: list[AppointmentState]) -> None:
    appointment = Appointment("x", "c", "d", "a", made_slot(), AppointmentState.ASKED, INSTANT, INSTANT)
    for n, state in enumerate(moves, 1):
        later = INSTANT + timedelta(minutes=n)
        if not appointment.may(state):
            with pytest.raises(IllegalAppointmentMove):
                appointment.moved(state, later)
            continue
        moved = appointment.moved(state, later, reference="r", message="m")
        assert (moved.state, moved.state_since, moved.asked_at) == (state, later, INSTANT)
        again = moved.moved(next(iter(MOVES[state])), later) if MOVES[state] else moved
        assert (again.reference, again.message) == ("r", "m")
        appointment = moved


def test_a_practitioner_is_told_from_a_structure_by_the_length_of_the_number() -> None:
    assert Effecteur("10000000001", "Dr Camille ESSAI").is_practitioner
    assert not Effecteur("33417374840002", "Centre").is_practitioner
    assert not Effecteur("440000001", "Centre").is_practitioner
