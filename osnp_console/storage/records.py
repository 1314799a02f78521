"""The calls in the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import CallSummary, Conflict
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.same_person import KnownPerson
from osnp_console.storage import failures, tables
from osnp_console.storage.failures import failure
from osnp_console.storage.rows import SUMMARY, columns_of, owned_by, record_of, summary_of
from osnp_console.storage.search import CommuneCodes, find_calls, find_persons
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.transaction import Transaction
from osnp_console.storage.word_index import put_words

_c = tables.calls.c
_OPEN = tuple(state.value for state in CallState if state is not CallState.CLOSED)


class StoredCalls:
    """The calls within a transaction (`app.ports.CallRecords`)."""

    def __init__(self, transaction: Transaction, commune_codes: CommuneCodes) -> None:
        self._transaction = transaction
        self._commune_codes = commune_codes

    def save(self, record: CallRecord) -> CallRecord:
        """Insert it (version 0) or update it; raises Conflict when it was saved elsewhere meanwhile."""
        connection = self._transaction.writing()
        saved = replace(record, version=record.version + 1)
        values = {**columns_of(record), "version": saved.version}
        self._transaction.tell(Subject.CALL, record.id)
        known = connection.execute(select(_c.key, _c.version, _c.found_by).where(_c.id == record.id)).first()
        if (known.version if known is not None else 0) != record.version:
            raise Conflict(record.id)
        if known is None:
            try:
                with attempt(connection):
                    inserted = connection.execute(insert(tables.calls).values(values)).inserted_primary_key
            except IntegrityError as error:
                # On a server, another desk added it since it was looked for.
                raise Conflict(record.id) from error
            assert inserted is not None
            put_words(connection, inserted[0], "", str(values["found_by"]))
            return saved
        # The version once more: where the right to write is not exclusive, another desk may be quicker.
        done = connection.execute(
            update(tables.calls).where(_c.key == known.key, _c.version == record.version).values(values)
        )
        if done.rowcount != 1:
            raise Conflict(record.id)
        put_words(connection, known.key, known.found_by, str(values["found_by"]))
        return saved

    def get(self, call: str) -> CallRecord:
        """The call of that id; raises StoreFailure (`introuvable`)."""
        row = self._transaction.reading.execute(select(tables.calls).where(_c.id == call)).first()
        if row is None:
            raise failure("introuvable", failures.NO_CALL)
        return record_of(row)

    def held(self, call: str) -> CallRecord:
        """The call of that id, for this unit alone to save; raises StoreFailure (`introuvable`)."""
        # On an encrypted file the right to write is exclusive, and the words FOR UPDATE are left out.
        statement = select(tables.calls).where(_c.id == call).with_for_update()
        row = self._transaction.writing().execute(statement).first()
        if row is None:
            raise failure("introuvable", failures.NO_CALL)
        return record_of(row)

    def still_open(self, desk: str) -> Sequence[CallRecord]:
        """The calls not closed that are with the desk, oldest first."""
        statement = (
            select(tables.calls).where(_c.state.in_(_OPEN), owned_by == desk).order_by(_c.taken_at, _c.key)
        )
        return [record_of(row) for row in self._transaction.reading.execute(statement)]

    def last_number(self, desk: str, day: date) -> int:
        """The highest number a call taken that day (in Paris) bears at the desk, 0 without one."""
        statement = select(func.max(_c.number)).where(_c.desk == desk, _c.day == day)
        return self._transaction.reading.execute(statement).scalar() or 0

    def search(self, search: CallSearch, limit: int) -> Sequence[CallSummary]:
        """The calls that match every term, most recent first."""
        return find_calls(self._transaction.reading, search, self._commune_codes, limit)

    def follow_up(self, today: date, limit: int) -> Sequence[CallSummary]:
        """What a desk looks at first: open calls, then to call back by time, then today's."""
        is_open = _c.state.in_(_OPEN)
        to_call_back = (_c.outcome == "a_rappeler") & ~is_open
        of_today = (_c.day == today) & ~is_open & _c.outcome.is_distinct_from("a_rappeler")
        found: list[CallSummary] = []
        for condition, order in (
            (is_open, (_c.taken_at, _c.key)),
            (to_call_back, (_c.call_back_at.is_(None), _c.call_back_at, _c.key)),
            (of_today, (_c.taken_at.desc(), _c.key.desc())),
        ):
            left = limit - len(found)
            if left <= 0:
                break
            statement = select(*SUMMARY).where(condition).order_by(*order).limit(left)
            found += [summary_of(row) for row in self._transaction.reading.execute(statement)]
        return found

    def persons_like(self, name: str, phone: str, limit: int) -> Sequence[KnownPerson]:
        """Persons of past and open calls whose name begins so, or of that phone (national digits)."""
        return find_persons(self._transaction.reading, name, phone, limit)
