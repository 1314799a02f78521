"""A desk in memory for the tests of the panels: a store that keeps nothing, a clock that one sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.people.session import UNNAMED, Session
from osnp_console.app.ports import CallSummary, OpenUnit, PastEntry, Unit
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.domain.desk import Desk
from osnp_console.domain.journal import JournalEntry, JournalLine
from osnp_console.domain.same_person import KnownPerson
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
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
NOW = datetime(2026, 11, 24, 10, 2, tzinfo=PARIS)


@dataclass
class Memory:
    """A store in memory: the calls and the journal entries that were committed."""

    records: dict[str, CallRecord] = field(default_factory=dict)
    entries: list[JournalEntry] = field(default_factory=list)
    sources: MemorySources = field(default_factory=MemorySources)
    effecteurs: MemoryEffecteurs = field(default_factory=MemoryEffecteurs)
    appointments: MemoryAppointments = field(default_factory=MemoryAppointments)
    agendas: MemoryAgendas = field(default_factory=MemoryAgendas)
    positions: MemoryPositions = field(default_factory=MemoryPositions)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    proposals: MemoryProposals = field(default_factory=MemoryProposals)
    transfers: MemoryTransfers = field(default_factory=MemoryTransfers)
    waiting: MemoryWaiting = field(default_factory=MemoryWaiting)
    prescriptions: MemoryPrescriptions = field(default_factory=MemoryPrescriptions)
    nurses: MemoryNurses = field(default_factory=MemoryNurses)
    site_papers: MemorySitePapers = field(default_factory=MemorySitePapers)
    prints: MemoryPrints = field(default_factory=MemoryPrints)
    session: Session = UNNAMED

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Do the work at once."""
        future: Future[T] = Future()
        future.set_result(work(self._open))
        return future

    @contextmanager
    def _open(self) -> Iterator[Unit]:
        yield _MemoryUnit(self)


class _MemoryUnit:
    """One transaction on a Memory, which is both halves of it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.calls = _MemoryCalls(memory)
        self.journal = _MemoryJournal(memory)
        self.sources = memory.sources
        self.effecteurs = memory.effecteurs
        self.appointments = memory.appointments
        self.agendas = memory.agendas
        self.positions = memory.positions
        self.accounts = memory.accounts
        self.proposals = memory.proposals
        self.transfers = memory.transfers
        self.waiting = memory.waiting
        self.prescriptions = memory.prescriptions
        self.nurses = memory.nurses
        self.site_papers = memory.site_papers
        self.prints = memory.prints
        self.session = memory.session

    def commit(self) -> None:
        self._memory.records.update(self.calls.saved)
        self._memory.entries.extend(self.journal.appended)


class _MemoryCalls:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.saved: dict[str, CallRecord] = {}

    def save(self, record: CallRecord) -> CallRecord:
        self.saved[record.id] = record
        return record

    def get(self, call: str) -> CallRecord:
        return self._memory.records[call]

    def held(self, call: str) -> CallRecord:
        return self.get(call)

    def still_open(self, desk: str) -> Sequence[CallRecord]:
        return [record for record in self._memory.records.values() if record.desk == desk]

    def last_number(self, desk: str, day: date) -> int:
        return max((record.number for record in self._memory.records.values()), default=0)

    def search(self, search: CallSearch, limit: int) -> Sequence[CallSummary]:
        return []

    def follow_up(self, today: date, limit: int) -> Sequence[CallSummary]:
        return []

    def persons_like(self, name: str, phone: str, limit: int) -> Sequence[KnownPerson]:
        return []


class _MemoryJournal:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.appended: list[JournalEntry] = []

    def append(self, entry: JournalEntry) -> JournalLine:
        self.appended.append(entry)
        return JournalLine(entry.desk, len(self.appended), entry.at, entry.kind, entry.call, "", "")

    def of_call(self, call: str) -> Sequence[PastEntry]:
        return [
            PastEntry(
                JournalLine(one.desk, number, one.at, one.kind, one.call, "", "", one.person), dict(one.facts)
            )
            for number, one in enumerate(self._memory.entries, 1)
            if one.call == call
        ]


class HandClock:
    """A clock that goes only when it is told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


@dataclass
class InventedDesk:
    """A desk with its calls, and what stands behind it."""

    calls: DeskCalls
    memory: Memory
    clock: HandClock
    catalogue: Catalogue
    gazetteer: Gazetteer

    def living(self, code: str) -> Commune | None:
        """The living commune of a code."""
        return self.gazetteer.living(code)


def invented_desk(catalogue: Catalogue, gazetteer: Gazetteer, desk: Desk | None = None) -> InventedDesk:
    """A desk over a catalogue and communes, with a store in memory and a clock that stands still."""
    memory, clock, kept = Memory(), HandClock(), WriteBehind()
    numbers = iter(range(1, 1000))
    in_hand = CallsInHand(
        desk or Desk(role="osnp", sas="44", number=3),
        CheckEligibility(catalogue, gazetteer),
        kept,
        lambda: f"appel-{next(numbers)}",
    )
    calls = DeskCalls(in_hand, kept, StoreDoor(memory), clock)
    return InventedDesk(calls, memory, clock, catalogue, gazetteer)
