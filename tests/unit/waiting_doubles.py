"""Entries of waiting lists of a store that is only memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from osnp_console.app.people.session import UNNAMED, Session, Standing
from osnp_console.app.ports import Conflict, OpenUnit, StoreFailure
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.waiting_entry import WaitingEntry
from tests.unit.desk_calls import MemoryJournal


class MemoryWaiting:
    """Entries in a dictionary, with optimistic versions; what is written shows at once."""

    def __init__(self) -> None:
        self.kept: dict[str, WaitingEntry] = {}
        self.held: list[str] = []

    def hold(self, entry: str) -> None:
        self.held.append(entry)

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        known = self.kept.get(entry.id)
        if (known.version if known is not None else 0) != entry.version:
            raise Conflict(entry.call)
        self.kept[entry.id] = replace(entry, version=entry.version + 1)
        return self.kept[entry.id]

    def get(self, entry: str) -> WaitingEntry:
        if entry not in self.kept:
            raise StoreFailure("introuvable", "Cette inscription n’est pas dans la base.")
        return self.kept[entry]

    def of_call(self, call: str) -> Sequence[WaitingEntry]:
        return [one for one in self.kept.values() if one.call == call]

    def of_list(self, dispositif: str) -> Sequence[WaitingEntry]:
        return [one for one in self.kept.values() if one.dispositif == dispositif]

    def all(self) -> Sequence[WaitingEntry]:
        return list(self.kept.values())


class WaitingStore:
    """A store of entries and a journal, for whoever is signed in as `session`."""

    def __init__(self) -> None:
        self.waiting = MemoryWaiting()
        self.journal: list[JournalEntry] = []
        self.session = UNNAMED

    def signed(self, person: str, *roles: str) -> None:
        """Whoever acts from now on."""
        self.session = Session(Standing.SIGNED_IN, person=person, name=person, roles=frozenset(roles))

    @property
    def unit(self) -> OpenUnit:
        """Opens a transaction that knows entries and the journal, and nothing else."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[WaitingUnit]:
        yield WaitingUnit(self)


class WaitingUnit:
    """One transaction: leaving it without `commit` writes nothing."""

    def __init__(self, store: WaitingStore) -> None:
        self._store = store
        self.session = store.session
        self.waiting = MemoryWaiting()
        self.waiting.kept = dict(store.waiting.kept)
        self.journal = MemoryJournal(store.journal)

    def commit(self) -> None:
        """Write for good."""
        self._store.waiting.kept = self.waiting.kept
        self._store.journal += self.journal.waiting
