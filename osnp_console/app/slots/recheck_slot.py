"""Asking the agendas of one slot again, before it is proposed for good and before it is booked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial

from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.slots.search_queries import query_again, tied_by
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.slots.search_threads import AskingThreads, Work
from osnp_console.app.sources.agendas import SECONDS, SourceTools
from osnp_console.app.sources.asking import ask_once
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource


class Checked(Enum):
    """What a re-check found."""

    FREE = "libre"
    TAKEN = "pris"
    NOT_KNOWN = "non_verifiable"


@dataclass(frozen=True, slots=True)
class Recheck:
    """What became of a slot, and which sources said so (none when it is not known).

    `slot` is the slot as it was announced now, the one that was asked about when nobody announced it.
    `answers` are those of the sources that were asked, as far as they had come.
    """

    state: Checked
    at: datetime
    slot: Slot
    said_by: tuple[str, ...] = ()
    answers: tuple[SourceAnswer, ...] = ()


class SlotRecheck:
    """Re-checks slots with the readers of the search; for a thread that may wait, never the window's."""

    def __init__(
        self, search: SlotSearch, tools: SourceTools, spawn: Callable[[Work], None] | None = None
    ) -> None:
        """`spawn` runs a work on another thread."""
        self._search = search
        self._tools = tools
        self._spawn = AskingThreads().run if spawn is None else spawn

    def check(
        self, slot: Slot, sources: Mapping[str, AgendaSource], directory: Directory, seconds: float = SECONDS
    ) -> Recheck:
        """Ask every origin of the slot that the program can ask, and wait at most so many seconds.

        Free as soon as one origin still announces it. Taken when none does and one answered completely, with
        nothing unreadable in its answer. Else it is not known: a portal, a failure and silence say nothing.
        """
        began, now = time.monotonic(), self._tools.clock()
        asked = [
            sources[name] for name in slot.sources if name in sources and self._may_ask(sources[name], now)
        ]
        inquiry = _Inquiry(slot, len(asked))
        for source in asked:
            self._spawn(partial(self._ask, inquiry, source, directory, now, began))
        inquiry.wait(began + seconds)
        return inquiry.result(self._tools.clock())

    def _may_ask(self, source: AgendaSource, now: datetime) -> bool:
        search = self._search
        return search.readers.looks_itself(source) and search.breaker(source.id).lets_through(now)

    def _ask(
        self, inquiry: _Inquiry, source: AgendaSource, directory: Directory, now: datetime, began: float
    ) -> None:
        query, tie = query_again(inquiry.slot, source, directory), tied_by(directory)
        connector = self._search.readers.lending(source.kind)
        answer = ask_once(
            connector,
            source,
            query,
            self._tools,
            now,
            began=began,
            found=lambda slots: inquiry.saw(source.id, [tie(slot, source) for slot in slots]),
        )
        inquiry.ended(answer)


class _Inquiry:
    """What the origins of one slot said so far."""

    def __init__(self, slot: Slot, asked: int) -> None:
        self.slot = slot
        self._left = asked
        self._news = threading.Condition()
        self._seen: dict[str, Slot] = {}
        self._answers: list[SourceAnswer] = []

    def saw(self, source: str, slots: list[Slot]) -> None:
        """Some slots of an origin; perhaps the one that is looked for."""
        again = next((slot for slot in slots if is_same(slot, self.slot)), None)
        if again is not None and (again.capacity is None or again.capacity.left):
            with self._news:
                self._seen[source] = again
                self._news.notify_all()

    def ended(self, answer: SourceAnswer) -> None:
        """An origin said all that it says."""
        with self._news:
            self._answers.append(answer)
            self._left -= 1
            self._news.notify_all()

    def wait(self, until: float) -> None:
        """Until one announces it, all have ended, or that reading of the monotonic clock is passed."""
        with self._news:
            self._news.wait_for(lambda: self._seen or not self._left, max(until - time.monotonic(), 0.0))

    def result(self, now: datetime) -> Recheck:
        """What that makes."""
        with self._news:
            answers = tuple(sorted(self._answers, key=lambda answer: answer.source))
            seen = dict(self._seen)
        if seen:
            found = merge_slots(seen[name] for name in sorted(seen))[0]
            return Recheck(Checked.FREE, now, found, tuple(sorted(seen)), answers)
        denying = tuple(answer.source for answer in answers if answer.is_complete and not answer.rejected)
        return Recheck(Checked.TAKEN if denying else Checked.NOT_KNOWN, now, self.slot, denying, answers)


def is_same(one: Slot, other: Slot) -> bool:
    """Whether two announcements are of one slot: the source's own key and start, else as merging tells."""
    if one.start != other.start:
        return False
    keys = {(origin.source, origin.reference) for origin in other.origins}
    if any((origin.source, origin.reference) in keys for origin in one.origins):
        return True
    return len(merge_slots((one, other))) == 1
