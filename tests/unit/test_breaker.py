"""A source that fails again and again is left alone, ever longer, never for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.breaker import (
    FAILURES_BEFORE_PAUSE,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Breaker,
)
from tests.unit.strategies import INSTANT

FAILING = st.sampled_from([SourceState.LATE, SourceState.REFUSED, SourceState.FAILED])
ANSWERING = st.sampled_from([SourceState.ANSWERED, SourceState.EMPTY])


def failed(times: int, now: datetime = INSTANT) -> Breaker:
    """A source that failed so many times in a row."""
    breaker = Breaker()
    for _ in range(times):
        breaker = breaker.after(SourceState.FAILED, now)
    return breaker


def test_two_failures_are_bad_luck_the_third_is_a_pause() -> None:
    assert failed(2).lets_through(INSTANT)
    assert not failed(3).lets_through(INSTANT)
    assert failed(3).paused_until == INSTANT + timedelta(seconds=30)


def test_each_further_failure_doubles_the_pause_up_to_ten_minutes() -> None:
    rests = [failed(times).paused_until for times in range(3, 12)]
    seconds = [(rest - INSTANT).total_seconds() for rest in rests if rest is not None]
    assert seconds == [30, 60, 120, 240, 480, 600, 600, 600, 600]


def test_when_the_pause_is_over_one_try_is_let_through_and_decides() -> None:
    breaker, later = failed(3), INSTANT + FIRST_PAUSE
    assert breaker.lets_through(later)
    assert not breaker.after(SourceState.LATE, later).lets_through(later + FIRST_PAUSE)
    assert breaker.after(SourceState.EMPTY, later) == Breaker()


def test_a_rest_that_the_source_asks_for_counts_when_it_is_longer_and_is_never_without_end() -> None:
    asked = Breaker().after(SourceState.FAILED, INSTANT, timedelta(minutes=2))
    assert asked.paused_until == INSTANT + timedelta(minutes=2)
    short = failed(3).after(SourceState.FAILED, INSTANT, timedelta(seconds=5))
    assert short.paused_until == INSTANT + timedelta(minutes=1)
    endless = Breaker().after(SourceState.FAILED, INSTANT, timedelta(days=2))
    assert endless.paused_until == INSTANT + LONGEST_PAUSE


@given(st.integers(0, 2000))
def test_a_source_that_never_comes_back_breaks_nothing(times: int) -> None:
    paused = failed(times).paused_until
    assert paused is None or paused <= INSTANT + LONGEST_PAUSE


class AnyBehaviour(RuleBasedStateMachine):
    """A source that answers and fails, asked only when it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.now = INSTANT
        self.breaker = Breaker()
        self.in_a_row = 0

    @rule(state=FAILING)
    def fails(self, state: SourceState) -> None:
        if self.breaker.lets_through(self.now):
            self.breaker = self.breaker.after(state, self.now)
            self.in_a_row += 1

    @rule(state=ANSWERING)
    def answers(self, state: SourceState) -> None:
        if self.breaker.lets_through(self.now):
            self.breaker = self.breaker.after(state, self.now)
            self.in_a_row = 0

    @rule(seconds=st.integers(1, 900))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def it_rests_only_after_three_failures_in_a_row_and_at_most_ten_minutes(self) -> None:
        assert self.breaker.failures == self.in_a_row
        if self.in_a_row < FAILURES_BEFORE_PAUSE:
            assert self.breaker.lets_through(self.now)
        assert self.breaker.lets_through(self.now + LONGEST_PAUSE)


TestAnyBehaviour = AnyBehaviour.TestCase
