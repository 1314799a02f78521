"""What the use cases need kept for them; storage and the desk keep these promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.journal import JournalEntry, JournalLine
from osnp_console.domain.same_person import KnownPerson

T = TypeVar("T")


class StoreFailure(Exception):
    """The store cannot do what was asked: its sentence says what happened and what is kept.

    `code` is one of the contract's (`base_verrouillee`, `base_plus_recente`, `base_endommagee`, `disque`,
    `conflit`, `introuvable`), or `cle` for a key that is lost or wrong.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


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
    """One line of the list of calls; `commune` is an INSEE code, `reason` and `outcome` are codes."""

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

    def still_open(self, desk: str) -> Sequence[CallRecord]:
        """The desk's calls that are not closed, oldest first."""

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


class Unit(Protocol):
    """One transaction: leaving it without `commit` writes nothing."""

    @property
    def calls(self) -> CallRecords: ...

    @property
    def journal(self) -> JournalRecords: ...

    def commit(self) -> None:
        """Write for good; raises StoreFailure when it cannot."""


OpenUnit = Callable[[], AbstractContextManager[Unit]]


class Background(Protocol):
    """Work on the store, one after the other, on its own single thread."""

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue `work`; the future fails with StoreFailure when the store cannot."""
