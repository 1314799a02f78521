"""What the line's desk reads of a transfer, and the call it keeps for the patient."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import VITAL_EMERGENCY, CallSheet
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.transfer.transfer import Transfer


def record_of(transfer: Transfer) -> str:
    """The call that says who the patient is: the sending desk's, else the line's own."""
    return transfer.call or transfer.line_call


def read_calls(
    calls: Collection[str], told: Collection[str], desk: str, now: datetime
) -> Callable[[OpenUnit], Mapping[str, CallRecord]]:
    """Work for the store: the calls of transfers that are shown, by id; those that are gone are left out.

    That a person's record was shown is journaled, once: not for those in `told`, read again because their
    desk goes on typing. Nothing for whoever may not read calls. The work raises StoreFailure.
    """

    def work(open_unit: OpenUnit) -> Mapping[str, CallRecord]:
        with open_unit() as unit:
            if not unit.session.may(Act.READ_CALLS):
                return {}
            found: dict[str, CallRecord] = {}
            for call in calls:
                try:
                    found[call] = unit.calls.get(call)
                except StoreFailure as failure:
                    if failure.code != "introuvable":
                        raise
            first = [call for call in found if call not in told]
            for call in first:
                unit.journal.append(JournalEntry(desk, now, journal.READ, call))
            if first:
                unit.commit()
            return found

    return work


def prefilled(sent: CallSheet) -> CallSheet:
    """The sheet of the line's own call: all that the sending desk typed, nothing to be typed again.

    Answers, what was asked in vain and texts being typed alike. A vital emergency stays with the call in
    which it was declared.
    """
    return sent.put(VITAL_EMERGENCY, None)


def completed(own: CallSheet, sent: CallSheet) -> CallSheet:
    """The sheet of a call that was being typed here when it was joined: what it lacks is what the desk typed.

    What was answered here stays; a text that is being typed here too.
    """
    filled = own
    for code in (*sent.values, *sorted(sent.asked)):
        if code != VITAL_EMERGENCY and own.answer(code) is None and code not in own.pending:
            filled = filled.put(code, sent.answer(code))
    for code, text in sent.pending.items():
        if own.answer(code) is None and code not in own.pending:
            filled = filled.type(code, text)
    return filled
