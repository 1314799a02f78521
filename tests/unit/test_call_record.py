"""A call as a whole: its moves, its clock, its end, its alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import facts
from osnp_console.domain.call_record import MOVES, OUTCOMES, CallRecord, CallState, IllegalMove, Move
from tests.unit.strategies import INSTANT

CALL = CallRecord("a1", 14, "44-3", INSTANT)
LATER = INSTANT + timedelta(minutes=5)


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_a_call_only_ever_makes_moves_that_the_table_lists(moves: list[Move]) -> None:
    call = CALL
    for move in moves:
        before = call.state
        if call.may(move):
            call = call.moved(move, LATER)
            assert MOVES[before, move] is call.state
        else:
            with pytest.raises(IllegalMove):
                call.moved(move, LATER)
            assert (before, move) not in MOVES


def test_a_held_call_can_be_closed_without_being_taken_again() -> None:
    closed = CALL.moved(Move.HOLD, LATER).closed("raccroche", LATER)
    assert (closed.state, closed.outcome, closed.closed_at) == (CallState.CLOSED, "raccroche", LATER)


def test_a_closed_call_is_not_closed_twice() -> None:
    closed = CALL.closed("conseil", LATER)
    with pytest.raises(IllegalMove):
        closed.closed("conseil", LATER)


def test_an_outcome_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="n_importe_quoi"):
        CALL.closed("n_importe_quoi", LATER)


def test_only_a_call_to_be_called_back_keeps_an_hour_for_it() -> None:
    assert CALL.closed("a_rappeler", LATER, LATER).call_back_at == LATER
    assert CALL.closed("conseil", LATER, LATER).call_back_at is None


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_a_reopened_call_has_no_outcome_any_more(outcome: str) -> None:
    reopened = CALL.closed(outcome, LATER, LATER).moved(Move.REOPEN, LATER)
    assert (reopened.outcome, reopened.closed_at, reopened.call_back_at) == (None, None, None)
    assert reopened.is_open


def test_the_clock_runs_until_the_call_is_closed() -> None:
    assert CALL.lasted(LATER) == timedelta(minutes=5)
    assert CALL.closed("conseil", LATER).lasted(LATER + timedelta(hours=1)) == timedelta(minutes=5)


def test_a_clock_that_was_set_back_never_shows_a_negative_time() -> None:
    assert CALL.lasted(INSTANT - timedelta(hours=1)) == timedelta()


def test_declaring_an_emergency_twice_keeps_the_first_instant() -> None:
    declared = CALL.raise_alarm(INSTANT).raise_alarm(LATER)
    assert declared.alarm_at == INSTANT
    assert declared.sheet.answer(facts.VITAL_EMERGENCY) is True


def test_an_emergency_taken_back_is_not_known_any_more_rather_than_no() -> None:
    dropped = CALL.raise_alarm(INSTANT).drop_alarm()
    assert dropped.alarm_at is None
    assert dropped.sheet.answer(facts.VITAL_EMERGENCY) is None


def test_a_tab_never_bears_a_name() -> None:
    assert CALL.put("patient.nom_naissance", "LEROUX").title == "Appel 14"
