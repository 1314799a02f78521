"""Everything the agendas said to one call's searches: who is asked, how each ended, the slots of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from osnp_console.app.slots.search_events import Asking, Finished, Landed, SearchEvent, Settled
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import BY_HAND, AgendaSource


@dataclass(slots=True, eq=False)
class SlotPool:
    """The slots by source: those of the last answer until the source has answered the search under way.

    `asking` are the ids of the sources at work, `answers` how each source last ended, `typed` how much was
    written down by hand for a portal or a phone.
    """

    sources: tuple[AgendaSource, ...] = ()
    asking: set[str] = field(default_factory=set)
    answers: dict[str, SourceAnswer] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    has_searched: bool = False
    is_finished: bool = False
    _settled: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    _landed: dict[str, list[Slot]] = field(default_factory=dict)
    _merged: list[Slot] | None = None

    @property
    def names(self) -> dict[str, str]:
        """What each source is called."""
        return {source.id: source.name for source in self.sources}

    @property
    def asked(self) -> tuple[AgendaSource, ...]:
        """The sources that the program asks itself."""
        return tuple(source for source in self.sources if source.kind not in BY_HAND)

    def link(self, sources: Iterable[AgendaSource]) -> None:
        """Other sources are declared; what is no longer declared says nothing more."""
        self.sources = tuple(sources)
        gone = (self.answers.keys() | self._settled.keys() | self._landed.keys()) - self.names.keys()
        for name in gone:
            self.answers.pop(name, None)
            self._settled.pop(name, None)
            self._landed.pop(name, None)
        self.asking.difference_update(gone)
        self._merged = None

    def take(self, event: SearchEvent) -> bool:
        """Take in what a search says; returns whether the slots are others."""
        match event:
            case Asking(sources):
                self.asking = set(sources)
                self.has_searched, self.is_finished = True, False
                self._landed.clear()
            case Landed(source, slots):
                self._landed.setdefault(source, []).extend(slots)
            case Settled(answer):
                self.asking.discard(answer.source)
                self.answers[answer.source] = answer
                before = self._settled.get(answer.source, ())
                landed = self._landed.pop(answer.source, None)
                self._settled[answer.source] = answer.slots
                if not before and tuple(landed or ()) == answer.slots:
                    return False  # all of it had landed already
            case Finished():
                self.asking.clear()
                self.is_finished = True
                return False
        self._merged = None
        return True

    def merged(self) -> list[Slot]:
        """Every slot read, once, with all its origins."""
        if self._merged is None:
            self._merged = merge_slots(self._all())
        return self._merged

    def _all(self) -> Iterable[Slot]:
        for source, slots in self._settled.items():
            again = {slot.id for slot in self._landed.get(source, ())}
            yield from slots if not again else (slot for slot in slots if slot.id not in again)
        for landed in self._landed.values():
            yield from landed
