"""The accounts in the base, and the wrong passwords of late."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from osnp_console.app.base.live import Subject
from osnp_console.app.people.account_records import AccountTaken, KeptAccount
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.account_attempts import Attempts
from osnp_console.storage import account_tables, tables
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

_a, _t, _j = account_tables.accounts.c, account_tables.attempts.c, tables.journal.c
CHANGED = "Ce compte a été changé ailleurs entre-temps. Rien n’a été écrasé."


class StoredAccounts:
    """The accounts within a transaction (`app.accounts_records.AccountRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def any(self) -> bool:
        """Whether there is any account, removed ones included."""
        return self._transaction.reading.execute(select(_a.id).limit(1)).first() is not None

    def all(self) -> Sequence[Account]:
        """Every account, by identifier, removed ones included."""
        statement = select(account_tables.accounts).order_by(_a.identifier)
        return [_kept(row).account for row in self._transaction.reading.execute(statement)]

    def get(self, account: str) -> KeptAccount | None:
        """The account of that id; None when there is none."""
        row = self._transaction.reading.execute(
            select(account_tables.accounts).where(_a.id == account)
        ).first()
        return _kept(row) if row is not None else None

    def of(self, identifier: str) -> KeptAccount | None:
        """The account of that identifier; None when there is none."""
        statement = select(account_tables.accounts).where(_a.identifier == identifier)
        row = self._transaction.reading.execute(statement).first()
        return _kept(row) if row is not None else None

    def last_sign_ins(self) -> Mapping[str, datetime]:
        """When each account last signed in, by its id, as the journal tells."""
        statement = (
            select(_j.person, func.max(_j.at).label("at"))
            .where(tables.SIGN_INS, _j.person.is_not(None))
            .group_by(_j.person)
        )
        return {row.person: row.at for row in self._transaction.reading.execute(statement)}

    def hold(self) -> None:
        """Keep others from changing accounts until the transaction ends, also before the first one."""
        self._transaction.hold("accounts", "")

    def save(self, account: Account, password: str) -> Account:
        """Insert it (version 0) or update it; returns it with its new version."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.ACCOUNTS, account.id)
        values = {
            "identifier": account.identifier,
            "name": account.name,
            "roles": json.dumps(sorted(account.roles)),
            "state": account.state.value,
            "password": password,
            "made_at": account.made_at,
            "version": account.version + 1,
        }
        same = select(_a.id).where(_a.identifier == account.identifier, _a.id != account.id)
        if connection.execute(same).first() is not None:
            raise AccountTaken
        if account.version == 0:
            connection.execute(insert(account_tables.accounts), {"id": account.id, **values})
        else:
            statement = update(account_tables.accounts).where(
                _a.id == account.id, _a.version == account.version
            )
            if connection.execute(statement.values(values)).rowcount == 0:
                raise StoreFailure("conflit", CHANGED)
        return replace(account, version=account.version + 1)

    def attempts(self, subject: str) -> Attempts:
        """The wrong passwords of a subject."""
        row = self._transaction.reading.execute(
            select(_t.failures, _t.last_at).where(_t.subject == subject)
        ).first()
        return Attempts(row.failures, row.last_at) if row is not None else Attempts()

    def count(self, subject: str, attempts: Attempts) -> None:
        """Keep them."""
        values = {"subject": subject, "failures": attempts.count, "last_at": attempts.last_at}
        put_row(self._transaction.writing(), account_tables.attempts, _t.subject == subject, values)

    def forget(self, subject: str) -> None:
        """A right password: the wrong ones of before no longer count."""
        self._transaction.writing().execute(delete(account_tables.attempts).where(_t.subject == subject))

    def forget_before(self, instant: datetime) -> None:
        """Drop what is older."""
        self._transaction.writing().execute(delete(account_tables.attempts).where(_t.last_at < instant))


def _kept(row: AnyRow) -> KeptAccount:
    account = Account(
        row.id,
        row.identifier,
        row.name,
        frozenset(json.loads(row.roles)),
        AccountState(row.state),
        row.made_at,
        row.version,
    )
    return KeptAccount(account, row.password)
