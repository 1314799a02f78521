"""From a call to its row and back."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row, func

from osnp_console.app.ports import CallSummary
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.storage import tables
from osnp_console.storage.words import words_of

AnyRow = Row[*tuple[Any, ...]]
_c = tables.calls.c
owned_by = func.coalesce(_c.owner, _c.desk)
"""The desk that has a call (`CallRecord.owned_by`)."""
SUMMARY = (
    _c.id, _c.number, owned_by.label("desk"), _c.taken_at, _c.state, _c.person, _c.commune, _c.reason,
    _c.outcome, _c.call_back_at,
)  # fmt: skip


def person_of(sheet: CallSheet) -> str:
    """Who the call is for, as lists show it; empty while no name was typed."""
    return " ".join(part for part in (sheet.text(fields.BIRTH_NAME), sheet.text(fields.FIRST_NAMES)) if part)


def columns_of(record: CallRecord) -> dict[str, object]:
    """The row of a call, without its version."""
    sheet = record.sheet
    return {
        "id": record.id,
        "desk": record.desk,
        "number": record.number,
        "day": in_paris(record.taken_at).date(),
        "taken_at": record.taken_at,
        "state": record.state.value,
        "state_since": record.state_since,
        "outcome": record.outcome,
        "call_back_at": record.call_back_at,
        "closed_at": record.closed_at,
        "alarm_at": record.alarm_at,
        "alarm_seen": record.alarm_seen,
        "owner": record.owner or None,
        "sheet_values": _text(dict(sheet.values)),
        "sheet_asked": _text(sorted(sheet.asked)),
        "sheet_pending": _text(dict(sheet.pending)),
        "person": person_of(sheet),
        "commune": sheet.text(facts.RESIDENCE) or None,
        "reason": sheet.text(facts.REASON) or None,
        "found_by": f" {' '.join(sorted(words_of(record)))} ",
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_of(row: AnyRow) -> CallRecord:
    """The call of a row, complete."""
    sheet = CallSheet(
        json.loads(row.sheet_values), frozenset(json.loads(row.sheet_asked)), json.loads(row.sheet_pending)
    )
    return CallRecord(
        id=row.id,
        number=row.number,
        desk=row.desk,
        taken_at=row.taken_at,
        state=CallState(row.state),
        state_since=row.state_since,
        sheet=sheet,
        outcome=row.outcome,
        call_back_at=row.call_back_at,
        closed_at=row.closed_at,
        alarm_at=row.alarm_at,
        alarm_seen=row.alarm_seen,
        owner=row.owner or "",
        version=row.version,
    )


def summary_of(row: AnyRow) -> CallSummary:
    """One line of the list of calls."""
    return CallSummary(
        row.id, row.number, row.desk, row.taken_at, row.state, row.person, row.commune, row.reason,
        row.outcome, row.call_back_at,
    )  # fmt: skip
