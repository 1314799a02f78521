"""A store whose answers the test hands out itself, to see what a panel does while it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from osnp_console.app.people.session import UNNAMED
from osnp_console.app.ports import CallSummary, OpenUnit, PastEntry, StoreFailure, Unit
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_search import CallSearch, SearchKind
from osnp_console.domain.call_sheet import BIRTH_NAME, FIRST_NAMES
from osnp_console.domain.commune import fold
from osnp_console.domain.facts import REASON, RESIDENCE
from osnp_console.domain.journal import JournalEntry, JournalLine
from osnp_console.domain.same_person import KnownPerson
from tests.unit.account_doubles import MemoryAccounts
from tests.unit.local_agendas import MemoryAgendas
from tests.unit.prescription_doubles import (
    MemoryNurses,
    MemoryPrescriptions,
    MemoryPrints,
    MemorySitePapers,
)
from tests.unit.proposal_doubles import MemoryProposals
from tests.unit.slot_records import (
    MemoryAppointments,
    MemoryEffecteurs,
    MemoryPositions,
    MemorySources,
)
from tests.unit.transfer_doubles import MemoryTransfers
from tests.unit.waiting_doubles import MemoryWaiting

T = TypeVar("T")


class ListedStore:
    """Calls and journal entries in lists; `failure`, when set, is raised by everything asked."""

    def __init__(self, records: Sequence[CallRecord] = ()) -> None:
        self.records = {record.id: record for record in records}
        self.entries: list[JournalEntry] = []
        self.searches: list[str] = []
        self.failure: StoreFailure | None = None
        self.sources = MemorySources()
        self.effecteurs = MemoryEffecteurs()
        self.appointments = MemoryAppointments()
        self.agendas = MemoryAgendas()
        self.positions = MemoryPositions()
        self.accounts = MemoryAccounts()
        self.proposals = MemoryProposals()
        self.transfers = MemoryTransfers()
        self.waiting = MemoryWaiting()
        self.prescriptions = MemoryPrescriptions()
        self.nurses = MemoryNurses()
        self.site_papers = MemorySitePapers()
        self.prints = MemoryPrints()
        self.session = UNNAMED

    @contextmanager
    def open_unit(self) -> Iterator[Unit]:
        """A transaction; the test's own thread has it all to itself."""
        if self.failure is not None:
            raise self.failure
        yield ListedUnit(self)


class ListedUnit:
    """One transaction of a ListedStore; what it writes shows at once."""

    def __init__(self, store: ListedStore) -> None:
        self.calls = ListedCalls(store)
        self.journal = ListedJournal(store)
        self.sources = store.sources
        self.effecteurs = store.effecteurs
        self.appointments = store.appointments
        self.agendas = store.agendas
        self.positions = store.positions
        self.accounts = store.accounts
        self.proposals = store.proposals
        self.transfers = store.transfers
        self.waiting = store.waiting
        self.prescriptions = store.prescriptions
        self.nurses = store.nurses
        self.site_papers = store.site_papers
        self.prints = store.prints
        self.session = store.session

    def commit(self) -> None:
        """Nothing more to do."""


class ListedCalls:
    """The calls of a ListedStore; a search only looks at names."""

    def __init__(self, store: ListedStore) -> None:
        self._store = store

    def save(self, record: CallRecord) -> CallRecord:
        self._store.records[record.id] = record
        return record

    def get(self, call: str) -> CallRecord:
        try:
            return self._store.records[call]
        except KeyError:
            raise StoreFailure("introuvable", "Cet appel n’est pas dans la base.") from None

    def held(self, call: str) -> CallRecord:
        return self.get(call)

    def still_open(self, desk: str) -> Sequence[CallRecord]:
        return [record for record in self._store.records.values() if record.is_open]

    def last_number(self, desk: str, day: date) -> int:
        return max((record.number for record in self._store.records.values()), default=0)

    def search(self, search: CallSearch, limit: int) -> Sequence[CallSummary]:
        self._store.searches.append(search.line)
        names = [str(term.value) for term in search.terms if term.kind is SearchKind.NAME]
        found = map(summary, self._store.records.values())
        return [one for one in found if all(name in fold(one.person) for name in names)][:limit]

    def follow_up(self, today: date, limit: int) -> Sequence[CallSummary]:
        self._store.searches.append("")
        return [summary(record) for record in self._store.records.values()][:limit]

    def persons_like(self, name: str, phone: str, limit: int) -> Sequence[KnownPerson]:
        return ()


class ListedJournal:
    """The journal of a ListedStore."""

    def __init__(self, store: ListedStore) -> None:
        self._store = store

    def append(self, entry: JournalEntry) -> JournalLine:
        self._store.entries.append(entry)
        return _line(len(self._store.entries), entry)

    def of_call(self, call: str) -> Sequence[PastEntry]:
        numbered = enumerate(self._store.entries, 1)
        return [PastEntry(_line(n, one), dict(one.facts)) for n, one in numbered if one.call == call]


def _line(number: int, entry: JournalEntry) -> JournalLine:
    return JournalLine(entry.desk, number, entry.at, entry.kind, entry.call, "x" if entry.facts else "", "")


def summary(record: CallRecord) -> CallSummary:
    """The line of a call in the list."""
    sheet = record.sheet
    person = f"{sheet.text(BIRTH_NAME)} {sheet.text(FIRST_NAMES)}".strip()
    return CallSummary(
        record.id, record.number, record.desk, record.taken_at, record.state.value, person,
        sheet.text(RESIDENCE) or None, sheet.text(REASON) or None, record.outcome, record.call_back_at,
    )  # fmt: skip


class HandedBackground:
    """Does the work when the test says so, in the order the test chooses."""

    def __init__(self, store: ListedStore, *, at_once: bool = True) -> None:
        self._store = store
        self.at_once = at_once
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        future: Future[T] = Future()

        def do() -> None:
            try:
                future.set_result(work(self._store.open_unit))
            except StoreFailure as failure:
                future.set_exception(failure)

        if self.at_once:
            do()
        else:
            self.waiting.append(do)
        return future
