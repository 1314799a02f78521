"""Stops asking a source that fails again and again, and says until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from osnp_console.domain.slots.answers import SourceState

FAILURES_BEFORE_PAUSE = 3
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a source behaved lately. `paused_until` is None while it may be asked.

    After three failures in a row the source rests for 30 s; one try is then let through, and each further
    failure doubles the rest, up to 10 min. A rest that the source asked for (Retry-After) counts when longer.
    """

    failures: int = 0
    paused_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether the source may be asked at that instant."""
        return self.paused_until is None or now >= self.paused_until

    def after(self, state: SourceState, now: datetime, asked_rest: timedelta | None = None) -> Breaker:
        """The breaker once a source answered in `state`; `asked_rest` is what the source asked for."""
        if state in (SourceState.ANSWERED, SourceState.EMPTY):
            return Breaker()
        failures = self.failures + 1
        rest = asked_rest or timedelta()
        if failures >= FAILURES_BEFORE_PAUSE:
            doubled = FIRST_PAUSE * 2 ** min(failures - FAILURES_BEFORE_PAUSE, 10)
            rest = max(rest, min(doubled, LONGEST_PAUSE))
        return replace(self, failures=failures, paused_until=now + min(rest, LONGEST_PAUSE) if rest else None)
