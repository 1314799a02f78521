"""A call that was ended at two desks, each otherwise: the first end stands until somebody chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.ports import OpenUnit
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act


@dataclass(frozen=True, slots=True)
class EndAsked:
    """Which end of a call stays: what is asked, the words of both answers, the call as it was ended here."""

    sentence: str
    keep: str
    take_back: str
    mine: CallRecord


def end_otherwise(mine: CallRecord, desk: str, now: datetime) -> Callable[[OpenUnit], bool]:
    """Work for the store: the call ends as it was ended here, not as the other desk ended it first.

    False, and nothing written, for a call that was taken up again since. Raises StoreFailure, Forbidden.
    """

    def work(open_unit: OpenUnit) -> bool:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            kept = unit.calls.get(mine.id)
            if kept.is_open:
                return False
            unit.calls.save(replace(kept, outcome=mine.outcome, call_back_at=mine.call_back_at))
            about = {"issue": mine.outcome}
            unit.journal.append(JournalEntry(desk, now, journal.CLOSED, mine.id, about))
            unit.commit()
        return True

    return work
