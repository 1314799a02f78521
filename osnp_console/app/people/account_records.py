"""What the accounts need kept for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from osnp_console.domain.account import Account
from osnp_console.domain.account_attempts import Attempts


class AccountTaken(Exception):
    """Another account has that identifier; nothing was written."""


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account with its password as it is hashed; empty for a removed one."""

    account: Account
    password: str


class AccountRecords(Protocol):
    """The accounts of the base, and the wrong passwords of late."""

    def any(self) -> bool:
        """Whether there is any account, removed ones included."""

    def all(self) -> Sequence[Account]:
        """Every account, by identifier, removed ones included."""

    def get(self, account: str) -> KeptAccount | None:
        """The account of that id; None when there is none."""

    def of(self, identifier: str) -> KeptAccount | None:
        """The account of that identifier (`read_identifier`); None when there is none."""

    def last_sign_ins(self) -> Mapping[str, datetime]:
        """When each account last signed in, by its id, as the journal tells; none for one that never did."""

    def hold(self) -> None:
        """Keep others from changing accounts until the transaction ends."""

    def save(self, account: Account, password: str) -> Account:
        """Insert it (version 0) or update it; returns it with its new version.

        Raises StoreFailure (`conflit`) for another version than it was read with, AccountTaken where another
        account has its identifier.
        """

    def attempts(self, subject: str) -> Attempts:
        """The wrong passwords of a subject (`accounts_sign_in`)."""

    def count(self, subject: str, attempts: Attempts) -> None:
        """Keep them."""

    def forget(self, subject: str) -> None:
        """A right password: the wrong ones of before no longer count."""

    def forget_before(self, instant: datetime) -> None:
        """Drop what is older."""
