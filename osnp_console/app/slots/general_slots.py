"""Whether general medicine has no slot left: the fact that only agendas can tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE, AnyOf, OthersExhausted
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import BY_HAND, AgendaSource
from osnp_console.domain.states import State


def general_slots_gone(
    answers: Mapping[str, SourceAnswer],
    sources: Iterable[AgendaSource],
    checklist: Checklist,
    now: datetime,
    taken: Collection[str] = (),
) -> bool | None:
    """The fact `creneaux_mg_epuises` of a call (contract, `reponses`); `answers` are by source id.

    Which dispositifs must have nothing left is named by the criteria that read the fact. True only when
    every source of theirs answered completely and none had a slot; False when one has; None otherwise: a
    dispositif that no source announces, a portal that a person must look at, an agenda that was late, two
    criteria that would get different answers. Places beyond the published slots, full ranges and slots whose
    ids are in `taken` do not count.
    """
    declared = list(sources)
    wanted = {
        others for node in checklist.nodes_reading(GENERAL_SLOTS_GONE) for others in _others(node.criterion)
    }
    found = {_gone(others, answers, declared, now, taken) for others in wanted}
    return found.pop() if len(found) == 1 else None


def waited_for(checklist: Checklist) -> frozenset[str]:
    """The dispositifs whose agendas decide for another one of this call, which refuses for nothing else."""
    return frozenset(
        name
        for node in checklist.nodes_reading(GENERAL_SLOTS_GONE)
        if any(row.unmet == (node.finding.state is State.UNMET) for row in node.rows)
        for others in _others(node.criterion)
        for name in others
    )


def _others(criterion: Criterion) -> Iterator[frozenset[str]]:
    if isinstance(criterion, OthersExhausted):
        yield frozenset(criterion.others)
    elif isinstance(criterion, AnyOf):
        for one in criterion.among:
            yield from _others(one)


def _gone(
    others: frozenset[str],
    answers: Mapping[str, SourceAnswer],
    declared: Sequence[AgendaSource],
    now: datetime,
    taken: Collection[str],
) -> bool | None:
    fresh = [one for one in answers.values() if one.state is not SourceState.STALE]
    announced = [slot for one in fresh for slot in one.slots if _counts(slot, now, taken)]
    if any(slot.dispositifs & others for slot in announced):
        return False
    concerned = [one for one in declared if not one.dispositifs or others.intersection(one.dispositifs)]
    served = frozenset(name for one in concerned for name in one.dispositifs)
    if not others <= served or not all(_is_complete(one, answers) for one in concerned):
        return None
    asked = {one.id for one in concerned}
    # A slot of which no dispositif is known may be one of theirs.
    return (
        None if any(not slot.dispositifs and asked.intersection(slot.sources) for slot in announced) else True
    )


def _counts(slot: Slot, now: datetime, taken: Collection[str]) -> bool:
    has_room = slot.capacity is None or slot.capacity.left > 0
    return slot.start > now and has_room and not slot.over_booking and slot.id not in taken


def _is_complete(source: AgendaSource, answers: Mapping[str, SourceAnswer]) -> bool:
    answer = answers.get(source.id)
    return source.kind not in BY_HAND and answer is not None and answer.is_complete
