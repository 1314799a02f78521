"""One search under way, and what is known of each of its sources."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from osnp_console.app.ports import SourceMemory
from osnp_console.app.slots.search_events import Report
from osnp_console.app.slots.search_threads import Work
from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.breaker import Breaker
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

Tie = Callable[[Slot, AgendaSource], Slot]
"""Gives a slot the dispositifs that the directory knows for its practitioner."""


class SearchRun:
    """One search under way. Its events go to the `report` it was started with; any thread may read it."""

    def __init__(self, number: int, report: Report, began_at: datetime) -> None:
        """`began_at` is the instant of the start; the deadline counts from now."""
        self.number = number
        self.began_at = began_at
        self.began = time.monotonic()
        self.report = report
        self.over = threading.Event()
        self.asks: dict[str, Ask] = {}
        self.call_off: Work = _nothing

    @property
    def is_over(self) -> bool:
        """True once it has finished or was given up."""
        return self.over.is_set()

    @property
    def answers(self) -> tuple[SourceAnswer, ...]:
        """The answers settled so far, in the order the sources were given."""
        return tuple(ask.answer for ask in self.asks.values() if ask.answer is not None)

    @property
    def took_ms(self) -> int:
        """Milliseconds since the start."""
        return round((time.monotonic() - self.began) * 1000)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over; False when it is not after so many seconds."""
        return self.over.wait(seconds)


@dataclass(slots=True, eq=False)
class Place:
    """What is known of one source from search to search; only under the search's lock."""

    source: AgendaSource
    memory: SourceMemory | None = None
    breaker: Breaker = field(default_factory=Breaker)
    under_way: int = 0
    waiting: Ask | None = None


@dataclass(slots=True, eq=False)
class Ask:
    """One source of one search; only under the search's lock."""

    run: SearchRun
    place: Place
    query: SlotQuery
    tie: Tie
    landed: list[Slot] = field(default_factory=list)
    answer: SourceAnswer | None = None

    @property
    def source(self) -> AgendaSource:
        """The source as it was declared when the search began."""
        return self.place.source


def _nothing() -> None:
    """There is nothing to call off."""
