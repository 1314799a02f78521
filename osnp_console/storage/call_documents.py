"""A call and a journal entry as one JSON text each, complete."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.journal import JournalEntry

_INSTANTS = ("taken_at", "state_since", "call_back_at", "closed_at", "alarm_at")
_PLAIN = ("id", "number", "desk", "outcome", "alarm_seen", "owner", "version")


def call_document(record: CallRecord) -> dict[str, Any]:
    """The call as JSON values."""
    sheet = record.sheet
    return {
        **{name: getattr(record, name) for name in _PLAIN},
        **{name: _text(getattr(record, name)) for name in _INSTANTS},
        "state": record.state.value,
        "values": dict(sheet.values),
        "asked": sorted(sheet.asked),
        "pending": dict(sheet.pending),
    }


def read_call_document(document: dict[str, Any]) -> CallRecord:
    """The call of a document; raises KeyError, ValueError for another thing."""
    sheet = CallSheet(document["values"], frozenset(document["asked"]), document["pending"])
    return CallRecord(
        **{name: document[name] for name in _PLAIN},
        **{name: _instant(document[name]) for name in _INSTANTS},
        state=CallState(document["state"]),
        sheet=sheet,
    )


def entry_document(entry: JournalEntry) -> dict[str, Any]:
    """The entry as JSON values."""
    return {
        "desk": entry.desk,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "call": entry.call,
        "facts": dict(entry.facts),
        "person": entry.person,
    }


def read_entry_document(document: dict[str, Any]) -> JournalEntry:
    """The entry of a document; raises KeyError, ValueError for another thing."""
    return JournalEntry(**{**document, "at": datetime.fromisoformat(document["at"])})


def json_text(document: object) -> str:
    """A document as it is kept."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _instant(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text is not None else None
