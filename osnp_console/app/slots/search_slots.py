"""Searching slots in every agenda at once: one deadline for all, results as they land, one end a source."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from osnp_console.app.ports import SourceMemory
from osnp_console.app.slots.search_answers import failed_answer, memory_after, paused, with_past
from osnp_console.app.slots.search_events import Asking, Finished, Landed, Report, SearchEvent, Settled
from osnp_console.app.slots.search_readers import OpenedReaders
from osnp_console.app.slots.search_run import Ask, Place, SearchRun, Tie
from osnp_console.app.slots.search_threads import AskingThreads, Work, after
from osnp_console.app.sources.agendas import SECONDS, Connectors, SlotQuery, SourceTools
from osnp_console.app.sources.asking import ask_once, late_words
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.breaker import Breaker
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

__all__ = ["AT_ONCE", "Queries", "SearchRun", "SlotSearch", "Tie", "as_it_came"]

LOG = logging.getLogger(__name__)
AT_ONCE = 2
"""Requests under way at one source, those of searches given up included: a hanging one holds no more."""

Queries = Sequence[tuple[AgendaSource, SlotQuery]]


def as_it_came(slot: Slot, source: AgendaSource) -> Slot:
    """The slot with the dispositifs its source declares, and no others."""
    return slot


class SlotSearch:
    """Asks the sources, one search at a time; keeps their readers, memories and rests between searches.

    `start`, `cancel` and `close` may be called from any thread. `report` is called one event at a time, from
    the thread that has the news and under the search's lock: it hands the event on and returns. Once `start`
    or `cancel` has returned, nothing of an older search is reported any more.
    """

    def __init__(
        self,
        connectors: Connectors,
        tools: SourceTools,
        memories: Mapping[str, SourceMemory] | None = None,
        remember: Callable[[str, SourceMemory], None] = lambda source, memory: None,
        *,
        spawn: Callable[[Work], None] | None = None,
        later: Callable[[float, Work], Work] = after,
    ) -> None:
        """`remember` is told what to keep of a source: it hands it on and returns.

        `spawn` runs a work on another thread; `later` does one in so many seconds, and returns what calls it
        off.
        """
        self.readers = OpenedReaders(connectors, tools)
        self._tools = tools
        self._memories = dict(memories or {})
        self._remember = remember
        self._spawn = AskingThreads().run if spawn is None else spawn
        self._later = later
        self._lock = threading.RLock()
        self._places: dict[str, Place] = {}
        self._run: SearchRun | None = None
        self._number = 0

    # --- what the caller does ---------------------------------------------------------------------------

    def start(self, queries: Queries, report: Report, tie: Tie = as_it_came) -> SearchRun:
        """Ask every source that the program can ask; an older search is given up.

        Portals and phones are left out: a person looks there. A source at rest is settled at once.
        """
        with self._lock:
            self._give_up()
            self._number += 1
            run = self._run = SearchRun(self._number, report, self._tools.clock())
            for source, query in queries:
                if self.readers.looks_itself(source):
                    run.asks[source.id] = Ask(run, self._place(source), query, tie)
            asks = list(run.asks.values())
            asked = [ask for ask in asks if ask.place.breaker.lets_through(run.began_at)]
            run.call_off = self._later(SECONDS, partial(self._too_late, run))
            self._tell(run, Asking(tuple(ask.source.id for ask in asked)))
            for ask in asks:
                if ask not in asked:
                    self._settle_resting(ask)
            for ask in asked:
                self._dispatch(ask)
            if not asks:
                self._finish_if_done(run)
            return run

    def prepare(self, sources: Iterable[AgendaSource]) -> None:
        """Open the sources' readers on another thread, ahead of the first search: it loads what they need.

        Nobody is asked. The first search is as quick as those that follow it.
        """
        declared = list(sources)

        def work() -> None:
            for source in declared:
                self.readers.prepare(source)

        self._spawn(work)

    def cancel(self) -> None:
        """Give up the search under way, if there is one; it reports nothing more."""
        with self._lock:
            self._give_up()

    def recall(self, memories: Mapping[str, SourceMemory]) -> None:
        """Take in what the store remembers; what was learned since counts more."""
        with self._lock:
            self._memories = {**memories, **self._memories}
            for place in self._places.values():
                if place.memory is None:
                    place.memory = self._memories.get(place.source.id)

    def breaker(self, source: str) -> Breaker:
        """How a source behaved lately."""
        with self._lock:
            place = self._places.get(source)
            return place.breaker if place is not None else Breaker()

    def let_through(self, source: str) -> None:
        """Ask a source at the next search though it rests: somebody chose to try again."""
        with self._lock:
            place = self._places.get(source)
            if place is not None:
                place.breaker = replace(place.breaker, paused_until=None)

    def forget(self, source: str) -> None:
        """Let go of what is kept of a source that is no longer declared."""
        with self._lock:
            self._places.pop(source, None)
            self._memories.pop(source, None)
        self.readers.forget(source)

    def close(self) -> None:
        """Give up the search and close the readers; requests under way end by themselves."""
        self.cancel()
        self.readers.close()

    # --- one search -------------------------------------------------------------------------------------

    def _place(self, source: AgendaSource) -> Place:
        place = self._places.get(source.id)
        if place is None:
            place = self._places[source.id] = Place(source, self._memories.get(source.id))
        elif place.source != source:
            # Declared anew: neither its rest nor its last answer are those of this declaration.
            place = self._places[source.id] = Place(source)
        return place

    def _give_up(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.call_off()
            run.over.set()

    def _tell(self, run: SearchRun, event: SearchEvent) -> None:
        if self._run is run:
            run.report(event)

    def _dispatch(self, ask: Ask) -> None:
        if ask.place.under_way >= AT_ONCE:
            ask.place.waiting = ask  # what waited there belongs to a search that was given up
            return
        ask.place.under_way += 1
        self._spawn(partial(self._work, ask))

    def _work(self, ask: Ask) -> None:
        """On a thread of its own: ask one source, and say how it ended."""
        # Read without the lock, which `start` holds while forty of these begin: at worst one asks in vain.
        is_wanted = self._run is ask.run and ask.answer is None
        answer: SourceAnswer | None = None
        try:
            if is_wanted:
                answer = ask_once(
                    self.readers.lending(ask.source.kind),
                    ask.source,
                    ask.query,
                    self._tools,
                    ask.run.began_at,
                    began=ask.run.began,
                    found=partial(self._found, ask),
                )
        finally:
            with self._lock:
                ask.place.under_way -= 1
                following, ask.place.waiting = ask.place.waiting, None
                if following is not None:
                    self._dispatch(following)
                if answer is not None:
                    self._came(ask, answer)

    def _found(self, ask: Ask, slots: Sequence[Slot]) -> None:
        tied = tuple(ask.tie(slot, ask.source) for slot in slots)
        with self._lock:
            ask.landed += tied
            if ask.answer is None:
                self._tell(ask.run, Landed(ask.source.id, tied))

    # --- how a source ends ------------------------------------------------------------------------------

    def _came(self, ask: Ask, answer: SourceAnswer) -> None:
        """A source's own answer; after the deadline, or of an older search, it only teaches."""
        place = ask.place
        rest = answer.paused_until - answer.at if answer.paused_until is not None else None
        answer = replace(answer, at=self._tools.clock(), slots=tuple(ask.landed))
        memory = memory_after(answer, place.memory)
        if ask.answer is None:
            place.breaker = place.breaker.after(answer.state, answer.at, rest)
        else:
            LOG.info("agenda %s : arrivé après l’échéance, écarté", ask.source.id)
        if memory is not None:
            self._learn(place, memory)
        if ask.answer is None:
            self._settle(ask, answer)

    def _learn(self, place: Place, memory: SourceMemory) -> None:
        place.memory = memory
        if self._places.get(place.source.id) is place:
            self._memories[place.source.id] = memory
            self._remember(place.source.id, memory)

    def _settle_resting(self, ask: Ask) -> None:
        now = ask.run.began_at
        said = paused(ask.place.breaker.paused_until or now)
        self._settle(ask, failed_answer(ask.source.id, SourceState.FAILED, said, (), now, 0))

    def _too_late(self, run: SearchRun) -> None:
        """At the deadline every source still at work is late, whatever it still sends."""
        with self._lock:
            if self._run is not run:
                return
            now, late = self._tools.clock(), SourceState.LATE
            for ask in [ask for ask in run.asks.values() if ask.answer is None]:
                ask.place.breaker = ask.place.breaker.after(late, now)
                said = late_words(SECONDS)
                self._settle(ask, failed_answer(ask.source.id, late, said, ask.landed, now, run.took_ms))

    def _settle(self, ask: Ask, answer: SourceAnswer) -> None:
        place = ask.place
        ask.answer = with_past(answer, place.memory, ask.query, place.breaker)
        self._tell(ask.run, Settled(ask.answer))
        self._finish_if_done(ask.run)

    def _finish_if_done(self, run: SearchRun) -> None:
        if self._run is not run or any(ask.answer is None for ask in run.asks.values()):
            return
        self._run = None
        run.call_off()
        run.report(Finished(run.answers))
        run.over.set()
