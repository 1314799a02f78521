"""Invented slots, and agendas that answer when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from osnp_console.app.slots.search_events import Asking, Finished, Landed, SearchEvent, Settled
from osnp_console.app.sources.agendas import (
    Connector,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceTools,
)
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.slot import (
    SNP,
    BookingMode,
    Origin,
    Place,
    Practitioner,
    Slot,
    slot_id,
)
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.strategies import INSTANT

PRACTICE = Place(
    "1440000001", "Cabinet des Essais", "1 rue du Test", "44990", "Lande-le-Bourg", "02 61 91 00 01"
)
WINDOW = SlotQuery(INSTANT, INSTANT + timedelta(hours=72))


def made_slot(
    minutes: int = 40,
    *,
    source: str = "a",
    rpps: str | None = "10000000001",
    name: str | None = "Dr Camille ESSAI",
    place: Place = PRACTICE,
    reference: str = "",
    mode: BookingMode | None = BookingMode.DIRECT,
    **more: object,
) -> Slot:
    """A slot of 20 minutes, so many minutes after the tests' instant."""
    practitioner, start = Practitioner(name, rpps), INSTANT + timedelta(minutes=minutes)
    origin = Origin(source, reference or f"Slot/{source}-{minutes}", INSTANT, mode)
    told: dict[str, object] = {"types": frozenset({SNP}), **more}
    return Slot(
        slot_id(practitioner, place, start),
        start,
        start + timedelta(minutes=20),
        practitioner,
        place,
        (origin,),
        **told,  # type: ignore[arg-type]  # the names are those of Slot, checked when it is made
    )


def made_source(name: str, kind: SourceKind = SourceKind.FHIR_AGENDA, **more: object) -> AgendaSource:
    """A declared source."""
    return AgendaSource(name, kind, f"Agenda {name}", **more)  # type: ignore[arg-type]  # as for slots


Step = Sequence[Slot] | Reading | Exception | Callable[[], object]
"""Slots handed over, an ending, or something that happens meanwhile."""


@dataclass
class Scripted:
    """What one source does at each reading: hands over chunks, then ends with a reading or a failure."""

    script: deque[Sequence[Step]] = field(default_factory=deque)
    asked: list[SlotQuery] = field(default_factory=list)
    opened: int = 0
    closed: int = 0

    def then(self, *steps: Step) -> Scripted:
        """Do this at the next reading."""
        self.script.append(steps)
        return self

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Play the next part of the script; without one, an agenda with nothing free."""
        self.asked.append(query)
        for step in self.script.popleft() if self.script else ():
            if isinstance(step, Reading):
                return step
            if isinstance(step, Exception):
                raise step
            if callable(step):
                step()
            else:
                found(step)
        return Reading(0)

    def close(self) -> None:
        """Count the closing."""
        self.closed += 1


class ManyAgendas:
    """Scripted sources by id, and the connector that opens them."""

    def __init__(self) -> None:
        self.of: dict[str, Scripted] = {}

    def __getitem__(self, source: str) -> Scripted:
        return self.of.setdefault(source, Scripted())

    def connector(self, kind: SourceKind = SourceKind.FHIR_AGENDA) -> Connector:
        """How these sources present themselves."""
        return Connector(kind, "Essai", (), open=self._open)

    def _open(self, source: AgendaSource, tools: SourceTools) -> SlotReader:
        scripted = self[source.id]
        scripted.opened += 1
        return scripted


class HandTurned:
    """A clock, threads and a timer that move when the test says so."""

    def __init__(self, now: datetime = INSTANT) -> None:
        self.now = now
        self.works: list[Callable[[], None]] = []
        self.timers: list[Callable[[], None]] = []

    def tools(self) -> SourceTools:
        """What sources are opened with."""
        return SourceTools(lambda: self.now, lambda name: None)

    def spawn(self, work: Callable[[], None]) -> None:
        """Keep the work until `turn`."""
        self.works.append(work)

    def later(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Keep the action until `ring`; returns what calls it off."""
        self.timers.append(action)

        def call_off() -> None:
            if action in self.timers:
                self.timers.remove(action)

        return call_off

    def turn(self, place: int = 0) -> None:
        """Do one of the works that wait."""
        self.works.pop(place)()

    def turn_all(self) -> None:
        """Do all that waits, and what that brings."""
        while self.works:
            self.turn()

    def ring(self) -> None:
        """The deadline is there."""
        for action in list(self.timers):
            self.timers.remove(action)
            action()


@dataclass
class Heard:
    """What a search reported."""

    events: list[SearchEvent] = field(default_factory=list)

    def __call__(self, event: SearchEvent) -> None:
        self.events.append(event)

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the sources that were asked."""
        return next(event.sources for event in self.events if isinstance(event, Asking))

    @property
    def landed(self) -> list[tuple[str, tuple[Slot, ...]]]:
        """What landed, chunk by chunk."""
        return [(event.source, event.slots) for event in self.events if isinstance(event, Landed)]

    @property
    def settled(self) -> list[SourceAnswer]:
        """How the sources ended."""
        return [event.answer for event in self.events if isinstance(event, Settled)]

    def answer(self, source: str) -> SourceAnswer:
        """How one source ended."""
        return next(answer for answer in self.settled if answer.source == source)

    @property
    def is_finished(self) -> bool:
        """Whether the last event says that all is over."""
        return bool(self.events) and isinstance(self.events[-1], Finished)
