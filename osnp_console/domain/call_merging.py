"""Two desks changed one call since both had it: what it becomes, and what is to be asked.

Field by field, against what both knew. What one side alone changed is taken. Where both changed the same
field otherwise, one's own stays under one's fingers and the other's is kept beside it: nothing typed at
either desk is lost, and nobody's answer is replaced without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import Answer, CallSheet

OUTCOME = "issue"
"""The code of a BothChanged that speaks of how the call ended, not of a field."""


@dataclass(frozen=True, slots=True)
class BothChanged:
    """A field that both sides changed, each otherwise.

    `mine` and `theirs` are answers, or the text that stood in the field and was no answer yet; for OUTCOME
    the code of the outcome, None for a call that was not ended. The merged call holds `mine`, for OUTCOME
    the outcome that was kept first, `theirs`. `is_typed` says that `theirs` is such a text, typed over the
    answer `over`.
    """

    code: str
    mine: Answer
    theirs: Answer
    is_typed: bool = False
    over: Answer = None


@dataclass(frozen=True, slots=True)
class CallMerge:
    """The call as it becomes, the codes of the fields taken from the other side, and what is to be asked."""

    record: CallRecord
    taken: tuple[str, ...] = ()
    both: tuple[BothChanged, ...] = ()

    def tells(self, mine: CallRecord) -> bool:
        """Whether whoever has `mine` on screen lacks something of it, the store's version apart."""
        return bool(self.both) or replace(self.record, version=mine.version) != mine


@dataclass(frozen=True, slots=True)
class _Field:
    """What a field of a sheet holds: its answer, and what is being typed there."""

    answer: Answer
    pending: str | None

    @property
    def shown(self) -> Answer:
        return self.pending if self.pending is not None else self.answer


def merge_calls(base: CallRecord, mine: CallRecord, theirs: CallRecord) -> CallMerge:
    """`mine` and `theirs`, both made from `base`, as one call with the version of `theirs`.

    Raises ValueError for records of different calls.
    """
    if not base.id == mine.id == theirs.id:
        raise ValueError("records of different calls")
    sheet, taken, both = _merge_sheets(base.sheet, mine.sheet, theirs.sheet)
    with_state, outcome_taken, outcomes = _merge_states(base, mine, theirs)
    number = theirs.number if mine.number == base.number else mine.number
    owner = theirs.owner if theirs.owner != base.owner else mine.owner
    record = replace(with_state, sheet=sheet, number=number, owner=owner, version=theirs.version)
    record = _merge_alarms(base, mine, theirs, record)
    alarm_taken = (facts.VITAL_EMERGENCY,) if record.alarm_at != mine.alarm_at else ()
    return CallMerge(record, taken + outcome_taken + alarm_taken, both + outcomes)


def as_far_as_written(base: CallRecord, tried: CallRecord, theirs: CallRecord) -> CallRecord:
    """What one's own desk knew of `theirs`, when a save of `tried` over `base` brought no answer.

    Whatever of `theirs` is as it was tried is one's own and nobody else's: it may have been written after
    all. The rest is as in `base`.
    """
    sheet = base.sheet
    for code in _codes(tried.sheet, theirs.sheet, base.sheet):
        held = _field(theirs.sheet, code)
        if held == _field(tried.sheet, code):
            sheet = _with(sheet, code, held)
    found = replace(base, sheet=sheet)
    if _state(tried) == _state(theirs):
        found = _in_state_of(theirs, found)
    if _alarm(tried) == _alarm(theirs):
        found = _alarmed_as(theirs, found)
    number = tried.number if tried.number == theirs.number else base.number
    owner = tried.owner if tried.owner == theirs.owner else base.owner
    return replace(found, number=number, owner=owner)


def _merge_sheets(
    base: CallSheet, mine: CallSheet, theirs: CallSheet
) -> tuple[CallSheet, tuple[str, ...], tuple[BothChanged, ...]]:
    merged, taken, both = mine, [], []
    for code in _codes(mine, theirs, base):
        before, own, other = (_field(sheet, code) for sheet in (base, mine, theirs))
        if other in (own, before):
            continue
        if own == before:
            merged = _with(merged, code, other)
            taken.append(code)
        else:
            is_typed = other.pending is not None
            both.append(
                BothChanged(code, own.shown, other.shown, is_typed, other.answer if is_typed else None)
            )
    return merged, tuple(taken), tuple(both)


def _codes(*sheets: CallSheet) -> Iterable[str]:
    """Every code that one of them holds, each once, in an order that does not change."""
    found: dict[str, None] = {}
    for sheet in sheets:
        found.update(dict.fromkeys((*sheet.values, *sorted(sheet.asked), *sheet.pending)))
    found.pop(facts.VITAL_EMERGENCY, None)  # goes with the alarm
    return found


def _field(sheet: CallSheet, code: str) -> _Field:
    return _Field(sheet.answer(code), sheet.pending.get(code))


def _with(sheet: CallSheet, code: str, held: _Field) -> CallSheet:
    return sheet.put(code, held.answer).type(code, held.pending or "")


def _merge_states(
    base: CallRecord, mine: CallRecord, theirs: CallRecord
) -> tuple[CallRecord, tuple[str, ...], tuple[BothChanged, ...]]:
    """One's own record in the state that wins: what one side alone did; an end over a hold; the first end.

    Of a call that was taken over and is open at both, the desk that took it says whether it is on the line:
    there the patient is spoken with.
    """
    if mine.is_open and theirs.is_open:
        if theirs.owner != base.owner:
            return _in_state_of(theirs, mine), (), ()
        if mine.owner != base.owner:
            return mine, (), ()
    own, other = _state(mine), _state(theirs)
    if other in (own, _state(base)) or (own != _state(base) and theirs.is_open and not mine.is_open):
        return mine, (), ()
    record = _in_state_of(theirs, mine)
    if own != _state(base) and not (mine.is_open or theirs.is_open):
        asked = (
            (BothChanged(OUTCOME, mine.outcome, theirs.outcome),) if mine.outcome != theirs.outcome else ()
        )
        return record, (), asked
    return record, (OUTCOME,) if mine.is_open is not theirs.is_open else (), ()


def _state(record: CallRecord) -> tuple[CallState, str | None, datetime | None, datetime | None]:
    return record.state, record.outcome, record.call_back_at, record.closed_at


def _in_state_of(one: CallRecord, other: CallRecord) -> CallRecord:
    """`other` in the state of `one`, with how it ended."""
    return replace(
        other,
        state=one.state,
        state_since=one.state_since,
        outcome=one.outcome,
        call_back_at=one.call_back_at,
        closed_at=one.closed_at,
    )


def _merge_alarms(base: CallRecord, mine: CallRecord, theirs: CallRecord, merged: CallRecord) -> CallRecord:
    """The merged call with its alarm: one that either side raised stands, whatever the other did."""
    if _alarm(theirs) == _alarm(base):
        return _alarmed_as(mine, merged)
    if _alarm(mine) == _alarm(base):
        return _alarmed_as(theirs, merged)
    raised = [one for one in (theirs, mine) if one.alarm_at is not None]
    if not raised:
        return _alarmed_as(theirs, merged)
    first = min(raised, key=lambda one: one.alarm_at or one.taken_at)
    return replace(_alarmed_as(first, merged), alarm_seen=any(one.alarm_seen for one in raised))


def _alarm(record: CallRecord) -> tuple[datetime | None, bool, Answer]:
    return record.alarm_at, record.alarm_seen, record.sheet.answer(facts.VITAL_EMERGENCY)


def _alarmed_as(one: CallRecord, merged: CallRecord) -> CallRecord:
    sheet = merged.sheet.put(facts.VITAL_EMERGENCY, one.sheet.answer(facts.VITAL_EMERGENCY))
    return replace(merged, alarm_at=one.alarm_at, alarm_seen=one.alarm_seen, sheet=sheet)
