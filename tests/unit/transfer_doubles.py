"""Transfers of a store that is only memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import cast

from osnp_console.app.people.session import UNNAMED, Session, Standing
from osnp_console.app.ports import Conflict, OpenUnit, StoreFailure
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from tests.unit.desk_calls import MemoryJournal


class MemoryTransfers:
    """Transfers in a dictionary, with optimistic versions; what is written shows at once."""

    def __init__(self) -> None:
        self.kept: dict[str, Transfer] = {}
        self.held: list[str] = []

    def hold(self, *names: str) -> None:
        self.held.extend(names)

    def save(self, transfer: Transfer) -> Transfer:
        known = self.kept.get(transfer.id)
        if (known.version if known is not None else 0) != transfer.version:
            raise Conflict(transfer.call)
        self.kept[transfer.id] = replace(transfer, version=transfer.version + 1)
        return self.kept[transfer.id]

    def get(self, transfer: str) -> Transfer:
        if transfer not in self.kept:
            raise StoreFailure("introuvable", "Ce transfert n’est pas dans la base.")
        return self.kept[transfer]

    def of_call(self, call: str) -> Sequence[Transfer]:
        return [one for one in self.kept.values() if call in (one.call, one.line_call)]

    def going_on(self, desk: str) -> Sequence[Transfer]:
        return [one for one in self.kept.values() if not one.is_settled and desk in _desks(one)]

    def of_lines(self, dispositifs: Collection[str], since: datetime) -> Sequence[Transfer]:
        return [
            one
            for one in self.kept.values()
            if one.line.dispositif in dispositifs and (_is_waited_for(one) or one.since >= since)
        ]


def _is_waited_for(transfer: Transfer) -> bool:
    here = transfer.taken is not None or transfer.state is not TransferState.HANDED_OVER
    return here and not transfer.is_settled


def _desks(transfer: Transfer) -> tuple[str, ...]:
    taken = transfer.taken
    sent = () if transfer.state is TransferState.HANDED_OVER else (transfer.prepared_by.desk,)
    return (*sent, *((taken.by.desk,) if taken is not None else ()))


class TransferStore:
    """A store of transfers and a journal, for whoever is signed in as `session`."""

    def __init__(self) -> None:
        self.transfers = MemoryTransfers()
        self.journal: list[JournalEntry] = []
        self.session = UNNAMED

    def signed(self, person: str, *roles: str) -> None:
        """Whoever acts from now on."""
        self.session = Session(Standing.SIGNED_IN, person=person, name=person, roles=frozenset(roles))

    @property
    def unit(self) -> OpenUnit:
        """Opens a transaction that knows transfers and the journal, and nothing else."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[TransferUnit]:
        yield TransferUnit(self)


class TransferUnit:
    """One transaction: leaving it without `commit` writes nothing."""

    def __init__(self, store: TransferStore) -> None:
        self._store = store
        self.session = store.session
        self.transfers = MemoryTransfers()
        self.transfers.kept = dict(store.transfers.kept)
        self.journal = MemoryJournal(store.journal)

    def commit(self) -> None:
        """Write for good."""
        self._store.transfers.kept = self.transfers.kept
        self._store.journal += self.journal.waiting
