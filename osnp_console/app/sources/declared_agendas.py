"""The agendas as the base declares them: sources, directory, and what each source last answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.ports import OpenUnit, SourceMemory
from osnp_console.app.slots.search_queries import queries_for, tied_by
from osnp_console.app.slots.search_slots import Queries, Tie
from osnp_console.domain.slots.source import AgendaSource


@dataclass(frozen=True, slots=True)
class DeclaredAgendas:
    """Read once for a search; `memories` are by source id."""

    sources: tuple[AgendaSource, ...] = ()
    directory: Directory = field(default_factory=Directory)
    memories: Mapping[str, SourceMemory] = field(default_factory=dict)

    def source(self, name: str) -> AgendaSource | None:
        """The source of that id."""
        return next((one for one in self.sources if one.id == name), None)

    def queries(self, start: datetime, end: datetime, among: Iterable[AgendaSource] | None = None) -> Queries:
        """What to ask of each source (of all, when `among` is None) for slots from `start` to `end`."""
        return queries_for(self.sources if among is None else among, self.directory, start, end)

    @property
    def tie(self) -> Tie:
        """Gives a slot the dispositifs that the directory knows for who gives the care."""
        return tied_by(self.directory)


def read_agendas(open_unit: OpenUnit) -> DeclaredAgendas:
    """What the base declares now; raises StoreFailure."""
    with open_unit() as unit:
        return DeclaredAgendas(
            tuple(unit.sources.all()), Directory(unit.effecteurs.all()), dict(unit.sources.memories())
        )


def keep_memories(open_unit: OpenUnit, learned: Mapping[str, SourceMemory]) -> None:
    """Keep what sources answered; raises StoreFailure."""
    with open_unit() as unit:
        for source, memory in learned.items():
            unit.sources.remember(source, memory)
        unit.commit()
