"""What a source answered to a search: one table of states, the same on screen and in the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.slots.slot import Slot


class SourceState(Enum):
    """The contract's table. Nothing free, nobody answered, not let in, failed and old are five things."""

    ANSWERED = "repondu"
    EMPTY = "vide"
    LATE = "en_retard"
    REFUSED = "refuse"
    FAILED = "erreur"
    STALE = "perime"


COMPLETE = frozenset({SourceState.ANSWERED, SourceState.EMPTY})
"""States in which the source said all it had."""


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """How one source answered.

    `at` is when the state was settled, `took_ms` from the search's start. `read` counts the slots before
    any filter, `rejected` the resources that could not be read. `message` is a French sentence or None.
    `slots` are those shown: with `STALE` the last good ones, read at `data_at`. `had_slots_at` is when the
    source last had any, None where that is not known. `paused_until` is set while the breaker keeps the
    source from being asked.
    """

    source: str
    state: SourceState
    at: datetime
    took_ms: int = 0
    read: int = 0
    rejected: int = 0
    message: str | None = None
    slots: tuple[Slot, ...] = ()
    data_at: datetime | None = None
    had_slots_at: datetime | None = None
    paused_until: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """True when the source said all it had: only then zero means nothing free."""
        return self.state in COMPLETE
