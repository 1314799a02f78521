"""The journal's lines and the facts they speak of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, inspect, null, select

from osnp_console.app.ports import PastEntry
from osnp_console.domain.journal import (
    FIRST_SEAL,
    PURGED,
    Head,
    JournalEntry,
    JournalLine,
    canonical,
    hash_facts,
    seal_of,
)
from osnp_console.storage import tables
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.transaction import Transaction

_SALT_BYTES = 16
_j, _f = tables.journal.c, tables.facts.c
_LINE = (_j.desk, _j.number, _j.at, _j.kind, _j.call, _j.facts_hash, _j.seal, _j.person)
PURGED_LINES = "lignes"
"""In a purge line's facts: the desk and number of each line whose facts it removed."""


class StoredJournal:
    """The journal within a transaction.

    `before` and `after` hold, for each desk written to, the chain's end before the transaction and now.
    """

    def __init__(self, transaction: Transaction, key: bytes) -> None:
        self._transaction = transaction
        self._key = key
        self.before: dict[str, Head] = {}
        self.after: dict[str, Head] = {}

    def append(self, entry: JournalEntry) -> JournalLine:
        """Seal an entry at the end of its desk's chain; its facts go into their own table."""
        connection = self._transaction.writing()
        end = self._end(entry.desk)
        salt = os.urandom(_SALT_BYTES)
        facts_hash = hash_facts(salt, entry.facts) if entry.facts else ""
        unsealed = JournalLine(
            entry.desk, end.number + 1, entry.at, entry.kind, entry.call, facts_hash, "", entry.person
        )
        line = replace(unsealed, seal=seal_of(self._key, unsealed, end.seal))
        connection.execute(insert(tables.journal), _columns(line))
        if entry.facts:
            connection.execute(
                insert(tables.facts),
                {
                    "desk": line.desk,
                    "number": line.number,
                    "salt": salt,
                    "facts": canonical(entry.facts).decode(),
                },
            )
        self.after[entry.desk] = Head(entry.desk, line.number, line.seal)
        return line

    def _end(self, desk: str) -> Head:
        known = self.after.get(desk)
        if known is not None:
            return known
        # Held from here on: two programs of one desk would both seal a line after this one.
        end = last_line(self._transaction.hold("journal", desk), desk)
        self.before[desk] = end
        return end

    def of_call(self, call: str) -> Sequence[PastEntry]:
        """What happened to a call, by time; facts that were purged are None."""
        joined = tables.journal.outerjoin(tables.facts, and_(_f.desk == _j.desk, _f.number == _j.number))
        statement = (
            select(*_LINE, _f.facts)
            .select_from(joined)
            .where(_j.call == call)
            .order_by(_j.at, _j.desk, _j.number)
        )
        return [_past(row) for row in self._transaction.reading.execute(statement)]

    def purge(self, call: str, desk: str, at: datetime) -> JournalLine | None:
        """Remove the facts of a call's lines, whatever desk wrote them; None when none are left.

        The lines stay, and a purge line names them: the journal still verifies.
        """
        connection = self._transaction.writing()
        of_call = (
            select(_f.desk, _f.number)
            .join(tables.journal, and_(_f.desk == _j.desk, _f.number == _j.number))
            .where(_j.call == call, _j.kind != PURGED)
            .order_by(_f.desk, _f.number)
        )
        lines = [(row.desk, row.number) for row in connection.execute(of_call)]
        if not lines:
            return None
        for place in lines:
            connection.execute(delete(tables.facts).where(_f.desk == place[0], _f.number == place[1]))
        named: list[object] = [list(place) for place in lines]
        return self.append(JournalEntry(desk, at, PURGED, call, {PURGED_LINES: named}))


def last_line(connection: Connection, desk: str) -> Head:
    """The end of a desk's chain; before its first line for a chain that does not exist."""
    row = connection.execute(
        select(_j.number, _j.seal).where(_j.desk == desk).order_by(_j.number.desc()).limit(1)
    ).first()
    return Head(desk, row.number, row.seal) if row is not None else Head(desk, 0, FIRST_SEAL)


def ends_of(connection: Connection) -> list[Head]:
    """Where every chain ends."""
    last = select(_j.desk, func.max(_j.number).label("number")).group_by(_j.desk).subquery()
    same = (last.c.desk == _j.desk) & (last.c.number == _j.number)
    rows = connection.execute(select(_j.desk, _j.number, _j.seal).join(last, same).order_by(_j.desk))
    return [Head(row.desk, row.number, row.seal) for row in rows]


def seal_at(connection: Connection, desk: str, number: int) -> str | None:
    """The seal of one line; None when there is no such line."""
    return connection.execute(select(_j.seal).where(_j.desk == desk, _j.number == number)).scalar()


def lines_of(connection: Connection, desk: str) -> Iterator[JournalLine]:
    """A desk's chain in order; a base that is older than the accounts names nobody."""
    person = _j.person if _names_people(connection) else null().label("person")
    for row in connection.execute(select(*_LINE[:-1], person).where(_j.desk == desk).order_by(_j.number)):
        yield _line(row)


def _names_people(connection: Connection) -> bool:
    columns = inspect(connection).get_columns(tables.journal.name)
    return any(column["name"] == _j.person.name for column in columns)


def desks_of(connection: Connection) -> list[str]:
    """The desks that have a chain."""
    return list(connection.execute(select(_j.desk).distinct().order_by(_j.desk)).scalars())


def _columns(line: JournalLine) -> dict[str, object]:
    return {
        "desk": line.desk,
        "number": line.number,
        "at": line.at,
        "kind": line.kind,
        "call": line.call,
        "facts_hash": line.facts_hash,
        "seal": line.seal,
        "person": line.person,
    }


def _line(row: AnyRow) -> JournalLine:
    return JournalLine(row.desk, row.number, row.at, row.kind, row.call, row.facts_hash, row.seal, row.person)


def _past(row: AnyRow) -> PastEntry:
    line = _line(row)
    if row.facts is None:
        return PastEntry(line, None if line.facts_hash else {})
    return PastEntry(line, json.loads(row.facts))
