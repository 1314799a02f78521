"""Looking a kept call up: what was typed, what happened to it; that it was read is journaled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.ports import OpenUnit, PastEntry
from osnp_console.domain import journal
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call as it is kept, with its journal in order, and what was booked for it, oldest first."""

    record: CallRecord
    entries: tuple[PastEntry, ...]
    appointments: tuple[Appointment, ...] = ()


def read_call_record(call: str, desk: str, now: datetime) -> Callable[[OpenUnit], PastCall]:
    """Work for the store: the call of that id with its journal, the reading itself being its last line.

    `desk` is the code of the desk that reads. The work raises StoreFailure; a call that cannot be shown is
    not journaled as read.
    """

    def work(open_unit: OpenUnit) -> PastCall:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            record = unit.calls.get(call)
            unit.journal.append(JournalEntry(desk, now, journal.READ, call))
            entries = tuple(unit.journal.of_call(call))
            appointments = tuple(unit.appointments.of_call(call))
            unit.commit()
        return PastCall(record, entries, appointments)

    return work
