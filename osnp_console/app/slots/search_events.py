"""What a search says while it runs: who is asked, what lands, how each source ended, that all have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.slot import Slot


@dataclass(frozen=True, slots=True)
class Asking:
    """The search began; `sources` are the ids of those asked now. Always the first event."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """A source, still at work, found these slots: further ones, each once."""

    source: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """How a source ended: once for each source of the search; nothing of that source follows."""

    answer: SourceAnswer


@dataclass(frozen=True, slots=True)
class Finished:
    """Every source has ended: once, the last event; answers in the order the sources were given."""

    answers: tuple[SourceAnswer, ...]


SearchEvent = Asking | Landed | Settled | Finished
Report = Callable[[SearchEvent], None]
