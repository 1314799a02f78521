"""What a search adds to how a source answered: its last good slots, its rest, what to remember of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from osnp_console.app.ports import SourceMemory
from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.breaker import Breaker
from osnp_console.domain.slots.slot import Slot


def paused(until: datetime) -> str:
    """What is said of a source that is left alone, until the first whole minute at which it may be asked."""
    whole = in_paris(until + timedelta(seconds=59, microseconds=999_999))
    return f"en pause jusqu’à {whole:%H:%M}"


def failed_answer(
    source: str, state: SourceState, message: str, slots: Sequence[Slot], at: datetime, took_ms: int
) -> SourceAnswer:
    """The answer of a source that did not say all it had; `slots` are those that came before."""
    return SourceAnswer(source, state, at, took_ms, read=len(slots), message=message, slots=tuple(slots))


def with_past(
    answer: SourceAnswer, memory: SourceMemory | None, query: SlotQuery, breaker: Breaker
) -> SourceAnswer:
    """The answer with what is known of its source: when it last had slots, its last good ones, its rest.

    The state becomes STALE only when slots of the last good answer still lie ahead in the window, and none
    of this search is there: old data that shows nothing would only hide the failure.
    """
    until = None if breaker.lets_through(answer.at) else breaker.paused_until
    answer = replace(answer, paused_until=until)
    if memory is None or answer.state is SourceState.ANSWERED:
        return answer
    answer = replace(answer, had_slots_at=memory.had_slots_at)
    kept = tuple(
        slot for slot in memory.slots if answer.at < slot.start and query.start <= slot.start <= query.end
    )
    if answer.is_complete or answer.slots or not kept:
        return answer
    return replace(answer, state=SourceState.STALE, slots=kept, data_at=memory.answered_at)


def memory_after(answer: SourceAnswer, memory: SourceMemory | None) -> SourceMemory | None:
    """What to remember of a source once it answered; None when the answer teaches nothing."""
    if not answer.is_complete or (memory is not None and memory.answered_at > answer.at):
        return None
    had = answer.at if answer.read else (memory.had_slots_at if memory is not None else None)
    return SourceMemory(answer.at, answer.slots, had)
