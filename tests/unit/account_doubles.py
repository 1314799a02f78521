"""Accounts in memory, and a password hash that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, cast

from osnp_console.app.errors import Refusal
from osnp_console.app.people.account_records import AccountTaken, KeptAccount
from osnp_console.app.people.session import NOBODY, UNNAMED, Session
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.account import Account
from osnp_console.domain.account_attempts import Attempts
from osnp_console.domain.journal import JournalEntry

T = TypeVar("T")


class MemoryAccounts:
    """The accounts of a base (`app.accounts_records.AccountRecords`)."""

    def __init__(self, kept: Iterable[KeptAccount] = ()) -> None:
        self.kept = {one.account.id: one for one in kept}
        self.wrong: dict[str, Attempts] = {}
        self.held = 0
        self.signed_in: dict[str, datetime] = {}

    def any(self) -> bool:
        return bool(self.kept)

    def all(self) -> Sequence[Account]:
        found = (one.account for one in self.kept.values())
        return sorted(found, key=lambda account: account.identifier)

    def get(self, account: str) -> KeptAccount | None:
        return self.kept.get(account)

    def of(self, identifier: str) -> KeptAccount | None:
        return next((one for one in self.kept.values() if one.account.identifier == identifier), None)

    def last_sign_ins(self) -> Mapping[str, datetime]:
        return dict(self.signed_in)

    def hold(self) -> None:
        self.held += 1

    def save(self, account: Account, password: str) -> Account:
        same = self.of(account.identifier)
        if same is not None and same.account.id != account.id:
            raise AccountTaken
        known = self.kept.get(account.id)
        if (known.account.version if known is not None else 0) != account.version:
            raise StoreFailure("conflit", "Changé ailleurs.")
        saved = replace(account, version=account.version + 1)
        self.kept[account.id] = KeptAccount(saved, password)
        return saved

    def attempts(self, subject: str) -> Attempts:
        return self.wrong.get(subject, Attempts())

    def count(self, subject: str, attempts: Attempts) -> None:
        self.wrong[subject] = attempts

    def forget(self, subject: str) -> None:
        self.wrong.pop(subject, None)

    def forget_before(self, instant: datetime) -> None:
        self.wrong = {name: one for name, one in self.wrong.items() if one.last_at and one.last_at >= instant}


class PlainPasswords:
    """Implements `app.accounts.Passwords` without any cost; `looked_at` holds what was compared with."""

    def __init__(self) -> None:
        self.version = 1
        self.looked_at: list[str] = []
        self.meanwhile: Callable[[], object] | None = None

    def hashed(self, password: str) -> str:
        return f"{self.version}:{password}"

    def verify(self, kept: str, password: str) -> bool:
        self.looked_at.append(kept)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return kept.partition(":")[2] == password and bool(kept)

    def is_outdated(self, kept: str) -> bool:
        return not kept.startswith(f"{self.version}:")


class AccountUnit:
    """One transaction over accounts and journal; what it writes shows once it is committed."""

    def __init__(self, base: AccountBase) -> None:
        self._base = base
        self.accounts = MemoryAccounts(base.accounts.kept.values())
        self.accounts.wrong = dict(base.accounts.wrong)
        self.accounts.signed_in = base.accounts.signed_in
        self.journal = _Lines()

    @property
    def session(self) -> Session:
        """As the base has it: nobody's once there is an account."""
        return NOBODY if self.accounts.any() else UNNAMED

    def commit(self) -> None:
        """Keep what this transaction changed."""
        self._base.accounts = self.accounts
        self._base.journal += self.journal.lines


class AccountBase:
    """A base of accounts; work is done at once."""

    def __init__(self) -> None:
        self.accounts = MemoryAccounts()
        self.journal: list[JournalEntry] = []
        self.administrator = self.open
        self.failure: StoreFailure | None = None

    @property
    def open(self) -> OpenUnit:
        """Opens transactions that know accounts and journal only."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[AccountUnit]:
        yield AccountUnit(self)

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Do the work at once."""
        future: Future[T] = Future()
        if self.failure is not None:
            future.set_exception(self.failure)
            return future
        try:
            future.set_result(work(self.open))
        except (StoreFailure, Refusal) as error:
            future.set_exception(error)
        return future


class _Lines:
    def __init__(self) -> None:
        self.lines: list[JournalEntry] = []

    def append(self, entry: JournalEntry) -> None:
        self.lines.append(entry)
