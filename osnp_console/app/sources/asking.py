"""Asks one source once: whatever it does, there is an answer with a state."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.app.sources.agendas import (
    SECONDS,
    Connector,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceFailure,
    SourceTools,
)
from osnp_console.app.sources.secrets import tools_of
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

UNREADABLE = "réponse illisible"
_log = logging.getLogger(__name__)


def late_words(seconds: float) -> str:
    """`pas de réponse après 7 s` (interface, section 10)."""
    return f"pas de réponse après {seconds:g} s"


def rejected_words(rejected: int, read: int) -> str | None:
    """`1 créneau écarté sur 14`: the resources that could not be read, of all there were; None without."""
    if not rejected:
        return None
    several = "s" if rejected > 1 else ""
    return f"{rejected} créneau{'x' if several else ''} écarté{several} sur {rejected + read}"


@dataclass(frozen=True, slots=True)
class _Ending:
    """How the asking ended, before it is timed."""

    state: SourceState
    read: int = 0
    rejected: int = 0
    message: str | None = None
    rest: timedelta | None = None


def ask_once(
    connector: Connector,
    source: AgendaSource,
    query: SlotQuery,
    tools: SourceTools,
    now: datetime,
    *,
    began: float | None = None,
    seconds: float = SECONDS,
    found: Found | None = None,
) -> SourceAnswer:
    """Open a source, read it, close it, and say how it went; never raises for what a source does.

    `now` is the search's start, `began` the same on the monotonic clock (this call, when None): the deadline
    of `seconds` and `took_ms` count from there. `tools.secret` reads the keyring by entry name: the source is
    given its own. `found` is handed slots as they are decoded, on this thread.
    What was read before a failure stays in `slots`: a batch that failed takes nothing from the others.
    `paused_until` is set when the source asked to be left alone, from the moment the state was settled.

    A source of which nothing at all could be read did not say that nothing is free: it failed. An answer
    complete only after the deadline is late. Raises ValueError for a kind that nobody asks.
    """
    if connector.open is None:
        raise ValueError(f"{connector.kind.value} is read by a person")
    start = time.monotonic() if began is None else began
    deadline = Deadline(seconds, start)
    slots: list[Slot] = []

    def take(some: Sequence[Slot]) -> None:
        slots.extend(some)
        if found is not None and some:
            found(some)

    try:
        reader = connector.open(source, tools_of(tools, source))
        ending = _read(source, reader, query, deadline, take, seconds)
    except SourceFailure as failure:
        ending = _Ending(failure.state, len(slots), message=failure.message, rest=failure.rest)
    except Exception as error:
        # Its text may hold an address or what was received: the type alone is told.
        _log.error("source %s: %s", source.id, type(error).__name__)
        ending = _Ending(SourceState.FAILED, len(slots), message=UNREADABLE)
    took = time.monotonic() - start
    at = now + timedelta(seconds=took)
    return SourceAnswer(
        source=source.id,
        state=ending.state,
        at=at,
        took_ms=round(took * 1000),
        read=ending.read,
        rejected=ending.rejected,
        message=ending.message,
        slots=tuple(slots),
        paused_until=at + ending.rest if ending.rest is not None else None,
    )


def _read(
    source: AgendaSource,
    reader: SlotReader,
    query: SlotQuery,
    deadline: Deadline,
    take: Found,
    seconds: float,
) -> _Ending:
    try:
        reading = reader.read(query, deadline, take)
    finally:
        _close(source, reader)
    if deadline.is_over:
        return _Ending(SourceState.LATE, reading.read, reading.rejected, late_words(seconds))
    return _settled(reading)


def _settled(reading: Reading) -> _Ending:
    read, rejected = reading.read, reading.rejected
    said = [words for words in (reading.message, rejected_words(rejected, read)) if words]
    message = " · ".join(said) or None
    if read:
        return _Ending(SourceState.ANSWERED, read, rejected, message)
    if rejected:
        return _Ending(SourceState.FAILED, 0, rejected, f"{UNREADABLE} · {message}")
    return _Ending(SourceState.EMPTY, message=message)


def _close(source: AgendaSource, reader: SlotReader) -> None:
    """A connection that does not let itself be closed takes nothing from what was read."""
    try:
        reader.close()
    except Exception as error:
        _log.warning("source %s, closing: %s", source.id, type(error).__name__)
