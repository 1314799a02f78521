"""What a search has come to, in numbers: how the agendas answered, and what became of every slot read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from osnp_console.domain.slots.answers import SourceAnswer, SourceState

USUALLY = timedelta(days=7)
"""How long ago a source that answers zero may have had slots for its zero to be said doubtful."""


class Where(Enum):
    """What became of a slot that was read: exactly one of these."""

    SHOWN = "montré"
    WAITING = "à afficher"
    FILTERED = "écarté par les filtres"
    OTHER_DESK = "réservé à d’autres adresseurs"
    REFUSED = "chez un dispositif qui ne prend pas ce patient"
    OVER = "ne peut plus être pris"


@dataclass(frozen=True, slots=True)
class Answers:
    """How the agendas that the program asks answered.

    `silent` did not say all they had, `stale` show old data, the oldest read at `data_at`. `answered_at` is
    when the last one ended. `doubtful` are the names of those that answer zero and when they last had slots.
    """

    asking: int = 0
    answered: int = 0
    silent: int = 0
    stale: int = 0
    answered_at: datetime | None = None
    data_at: datetime | None = None
    doubtful: tuple[tuple[str, datetime], ...] = ()


NO_ANSWER = Answers()


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a column.

    `agendas` are those the program asks itself. `just_closed` counts the rows that closed lately, the last
    one at `closed_at`.
    """

    is_linked: bool = False
    has_searched: bool = False
    agendas: int = 0
    answers: Answers = NO_ANSWER
    slots: Mapping[Where, int] = field(default_factory=dict)
    just_closed: int = 0
    closed_at: datetime | None = None

    @property
    def read(self) -> int:
        """How many slots were read, merged across sources."""
        return sum(self.slots.values())

    def count(self, where: Where) -> int:
        """How many of them became that."""
        return self.slots.get(where, 0)


NOTHING_LINKED = Tally()


def count_answers(
    answers: Iterable[SourceAnswer], asking: int, names: Mapping[str, str], now: datetime
) -> Answers:
    """Count how agendas ended; `asking` of them are still at work."""
    settled = list(answers)
    stale = [one for one in settled if one.state is SourceState.STALE]
    complete = [one for one in settled if one.is_complete]
    doubtful = tuple(
        (names.get(one.source, one.source), one.had_slots_at)
        for one in complete
        if one.state is SourceState.EMPTY
        and one.had_slots_at is not None
        and now - one.had_slots_at < USUALLY
    )
    return Answers(
        asking,
        len(complete),
        len(settled) - len(complete) - len(stale),
        len(stale),
        max((one.at for one in complete), default=None),
        min((one.data_at or one.at for one in stale), default=None),
        doubtful,
    )
