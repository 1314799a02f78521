"""What the use cases need kept for them; storage and the desk keep these promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from osnp_console.app.errors import StoreFailure as StoreFailure  # noqa: PLC0414 (most take it from here)
from osnp_console.app.local_agenda.records import LocalAgendaRecords
from osnp_console.app.people.account_records import AccountRecords
from osnp_console.app.people.session import Session
from osnp_console.app.places.position_records import PositionRecords
from osnp_console.app.prescription.print_records import PrintRecords
from osnp_console.app.prescription.records import NurseRecords, PrescriptionRecords
from osnp_console.app.prescription.site_records import SitePaperRecords
from osnp_console.app.slots.proposals import ProposalRecords
from osnp_console.app.transfer.records import TransferRecords
from osnp_console.app.waiting.records import WaitingRecords
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.journal import JournalEntry, JournalLine
from osnp_console.domain.same_person import KnownPerson
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

T = TypeVar("T")


class Conflict(StoreFailure):
    """Somebody else saved the call meanwhile; nothing was written."""

    def __init__(self, call: str) -> None:
        super().__init__("conflit", "Cet appel a été changé ailleurs entre-temps. Rien n’a été écrasé.")
        self.call = call


@dataclass(frozen=True, slots=True)
class PastEntry:
    """A journal line with the facts it speaks of; None once they were purged."""

    line: JournalLine
    facts: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class CallSummary:
    """One line of the list of calls; `commune` is an INSEE code, `reason` and `outcome` are codes.

    `desk` is the one that has the call (`CallRecord.owned_by`).
    """

    id: str
    number: int
    desk: str
    taken_at: datetime
    state: str
    person: str
    commune: str | None
    reason: str | None
    outcome: str | None
    call_back_at: datetime | None


class CallRecords(Protocol):
    """The calls of the store."""

    def save(self, record: CallRecord) -> CallRecord:
        """Insert it (version 0) or update it; returns it with its new version.

        Raises Conflict when the store holds another version than the record was read with.
        """

    def get(self, call: str) -> CallRecord:
        """The call of that id; raises StoreFailure (`introuvable`)."""

    def held(self, call: str) -> CallRecord:
        """The same, which no other desk saves until the unit ends: what is saved next meets no Conflict.

        Waits for a desk that is saving it. Several calls of one unit are held in the order of their ids.
        """

    def still_open(self, desk: str) -> Sequence[CallRecord]:
        """The calls not closed that are with the desk, oldest first."""

    def last_number(self, desk: str, day: date) -> int:
        """The highest number a call taken that day (in Paris) bears at the desk, 0 without one."""

    def search(self, search: CallSearch, limit: int) -> Sequence[CallSummary]:
        """The calls that match every term, most recent first."""

    def follow_up(self, today: date, limit: int) -> Sequence[CallSummary]:
        """What a desk looks at first: open calls, then to call back by time, then today's."""

    def persons_like(self, name: str, phone: str, limit: int) -> Sequence[KnownPerson]:
        """Persons of past and open calls whose name begins so, or of that phone (national digits)."""


class JournalRecords(Protocol):
    """The journal of the store: append-only."""

    def append(self, entry: JournalEntry) -> JournalLine:
        """Seal an entry at the end of its desk's chain."""

    def of_call(self, call: str) -> Sequence[PastEntry]:
        """What happened to a call, in order."""


@dataclass(frozen=True, slots=True)
class SourceMemory:
    """What is remembered of a source: when it last answered, what it then had, when it last had any."""

    answered_at: datetime
    slots: tuple[Slot, ...] = ()
    had_slots_at: datetime | None = None


class SourceRecords(Protocol):
    """The declared agenda sources, and what is remembered of each."""

    def all(self) -> Sequence[AgendaSource]:
        """Every declared source, in the order they were added."""

    def put(self, source: AgendaSource) -> None:
        """Add it, or replace the one of that id."""

    def remove(self, source: str) -> bool:
        """Remove it with its memory; False when there is none of that id."""

    def remember(self, source: str, memory: SourceMemory) -> None:
        """Keep what a source last answered; nothing for a source that is not declared."""

    def memories(self) -> Mapping[str, SourceMemory]:
        """What is remembered, by source id."""


class EffecteurRecords(Protocol):
    """The directory of effecteurs."""

    def all(self) -> Sequence[Effecteur]:
        """Everybody, by name."""

    def put(self, effecteur: Effecteur) -> None:
        """Add them, or replace the entry of that id."""

    def remove(self, effecteur: str) -> bool:
        """Remove them; False when there is no entry of that id."""


class AppointmentRecords(Protocol):
    """What was booked, from before it was sent."""

    def save(self, appointment: Appointment) -> Appointment:
        """Insert it (version 0) or update it; returns it with its new version. Raises Conflict."""

    def hold(self, call: str) -> None:
        """Be the only one to book for a call until the transaction ends: what is read then stays true."""

    def get(self, appointment: str) -> Appointment:
        """The appointment of that id; raises StoreFailure (`introuvable`)."""

    def of_call(self, call: str) -> Sequence[Appointment]:
        """Those of a call, oldest first."""

    def unsettled(self) -> Sequence[Appointment]:
        """Those asked, to be confirmed or of unknown outcome, oldest first."""


class Unit(Protocol):
    """One transaction of a session: leaving it without `commit` writes nothing."""

    @property
    def calls(self) -> CallRecords: ...

    @property
    def journal(self) -> JournalRecords: ...

    @property
    def sources(self) -> SourceRecords: ...

    @property
    def effecteurs(self) -> EffecteurRecords: ...

    @property
    def appointments(self) -> AppointmentRecords: ...

    @property
    def agendas(self) -> LocalAgendaRecords: ...

    @property
    def positions(self) -> PositionRecords: ...

    @property
    def accounts(self) -> AccountRecords: ...

    @property
    def proposals(self) -> ProposalRecords: ...

    @property
    def transfers(self) -> TransferRecords: ...

    @property
    def waiting(self) -> WaitingRecords: ...

    @property
    def prescriptions(self) -> PrescriptionRecords: ...

    @property
    def nurses(self) -> NurseRecords: ...

    @property
    def site_papers(self) -> SitePaperRecords: ...

    @property
    def prints(self) -> PrintRecords: ...

    @property
    def session(self) -> Session:
        """Who acts: every use case asks it for the right to do what it does."""

    def commit(self) -> None:
        """Write for good; raises StoreFailure when it cannot."""


OpenUnit = Callable[[], AbstractContextManager[Unit]]


class Background(Protocol):
    """Work on the store, one after the other, on its own single thread."""

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue `work`; the future fails with StoreFailure when the store cannot."""
