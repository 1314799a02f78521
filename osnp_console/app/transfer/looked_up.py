"""Transfers looked up outside the window; reading a patient's own data is journaled, a document too."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.errors import StoreFailure
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.transfer.transfer import Transfer

SHEET = "fiche de transfert"
"""What the journal calls the transfer sheet."""


@dataclass(frozen=True, slots=True)
class TransferredCall:
    """A transfer and the call it is of; None once the call is not kept any more."""

    transfer: Transfer
    record: CallRecord | None


def of_lines(dispositifs: Collection[str], since: datetime) -> Callable[[OpenUnit], tuple[Transfer, ...]]:
    """Work for the store: transfers to the lines of these dispositifs, oldest first.

    They are not settled, or came to their state at `since` or later. Raises StoreFailure, Forbidden.
    """

    def work(open_unit: OpenUnit) -> tuple[Transfer, ...]:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            return tuple(unit.transfers.of_lines(dispositifs, since))

    return work


def with_call(
    key: str, desk: str, at: datetime, deliver: Callable[[TransferredCall], None], paper: str = ""
) -> Callable[[OpenUnit], None]:
    """Work for the store: hand a transfer over with its call, the sender's where there is one.

    `deliver` tells or writes what was read; should it fail, no line of the journal says that it was done.
    `paper` names the document that leaves, empty where the call is only read. Raises StoreFailure,
    Forbidden, and whatever `deliver` raises.
    """

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            for act in (Act.TRANSFER, Act.READ_CALLS):
                unit.session.require(act)
            transfer = unit.transfers.get(key)
            record = _call_of(unit, transfer)
            kind, told = (journal.EXPORTED, {"quoi": paper}) if paper else (journal.READ, {})
            call = record.id if record is not None else None
            unit.journal.append(JournalEntry(desk, at, kind, call, told))
            deliver(TransferredCall(transfer, record))
            unit.commit()

    return work


def _call_of(unit: Unit, transfer: Transfer) -> CallRecord | None:
    try:
        return unit.calls.get(transfer.call or transfer.line_call)
    except StoreFailure as failure:
        if failure.code != "introuvable":
            raise
        return None
