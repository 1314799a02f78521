"""Accounts in memory, and a password hash that costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from osnp_console.app.accounts_records import AccountTaken, KeptAccount
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.account import Account
from osnp_console.domain.account_attempts import Attempts


class MemoryAccounts:
    """The accounts of a base (`app.accounts_records.AccountRecords`)."""

    def __init__(self, kept: Iterable[KeptAccount] = ()) -> None:
        self.kept = {one.account.id: one for one in kept}
        self.wrong: dict[str, Attempts] = {}
        self.held = 0

    def any(self) -> bool:
        return bool(self.kept)

    def all(self) -> Sequence[Account]:
        found = (one.account for one in self.kept.values())
        return sorted(found, key=lambda account: account.identifier)

    def get(self, account: str) -> KeptAccount | None:
        return self.kept.get(account)

    def of(self, identifier: str) -> KeptAccount | None:
        return next((one for one in self.kept.values() if one.account.identifier == identifier), None)

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
