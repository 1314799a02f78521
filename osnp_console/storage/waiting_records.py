"""People on waiting lists, in the base."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import ColumnElement, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import Conflict
from osnp_console.domain.waiting_entry import EntryMove, EntryState, EntryStep, Registered, WaitingEntry
from osnp_console.storage import failures
from osnp_console.storage.failures import failure
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.slot_documents import Document, instant_text, read_instant, text_of
from osnp_console.storage.transaction import Transaction
from osnp_console.storage.waiting_tables import entries

_w = entries.c


class StoredWaiting:
    """The entries within a transaction (`app.waiting.records.WaitingRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def hold(self, entry: str) -> None:
        """Be the only one to change that entry until the transaction ends."""
        self._transaction.hold("inscription", entry)

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        """Insert it (version 0) or update it; raises Conflict when it was saved elsewhere meanwhile."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.WAITING, entry.dispositif)
        saved = replace(entry, version=entry.version + 1)
        if entry.version == 0:
            try:
                with attempt(connection):
                    connection.execute(insert(entries).values(_columns(saved)))
            except IntegrityError as error:
                raise Conflict(entry.call) from error
            return saved
        same = (_w.id == entry.id, _w.version == entry.version)
        if connection.execute(update(entries).where(*same).values(_columns(saved))).rowcount != 1:
            raise Conflict(entry.call)
        return saved

    def get(self, entry: str) -> WaitingEntry:
        """The entry of that id; raises StoreFailure (`introuvable`)."""
        row = self._transaction.reading.execute(select(entries).where(_w.id == entry)).first()
        if row is None:
            raise failure("introuvable", failures.NO_ENTRY)
        return _entry(row)

    def of_call(self, call: str) -> Sequence[WaitingEntry]:
        """Those of a call, oldest first."""
        return self._found(_w.call == call)

    def of_list(self, dispositif: str) -> Sequence[WaitingEntry]:
        """All of a list, whatever became of them, oldest first."""
        return self._found(_w.dispositif == dispositif)

    def all(self) -> Sequence[WaitingEntry]:
        """All of every list, oldest first."""
        return self._found(true())

    def _found(self, condition: ColumnElement[bool]) -> Sequence[WaitingEntry]:
        statement = select(entries).where(condition).order_by(_w.made_at, _w.key)
        return [_entry(row) for row in self._transaction.reading.execute(statement)]


def _columns(one: WaitingEntry) -> dict[str, object]:
    return {
        "id": one.id,
        "dispositif": one.dispositif,
        "call": one.call,
        "desk": one.desk,
        "made_at": one.made_at,
        "state": one.state.value,
        "state_since": one.since,
        "document": _text(one),
        "version": one.version,
    }


def _text(one: WaitingEntry) -> str:
    consented = one.consented_at
    return text_of(
        {
            "person": asdict(one.person),
            "kept_here": one.kept_here,
            "consented_at": instant_text(consented) if consented is not None else None,
            "need": one.need,
            "priority": one.priority,
            "ends_on": one.ends_on.isoformat() if one.ends_on is not None else None,
            "steps": [
                {
                    "move": step.move.value,
                    "at": instant_text(step.at),
                    "desk": step.desk,
                    "person": step.person,
                    "text": step.text,
                }
                for step in one.steps
            ],
        }
    )


def _entry(row: AnyRow) -> WaitingEntry:
    document: Document = json.loads(row.document)
    person, consented, ends_on = document["person"], document["consented_at"], document["ends_on"]
    return WaitingEntry(
        id=row.id,
        dispositif=row.dispositif,
        call=row.call,
        person=Registered(
            person["name"],
            person["first_names"],
            person["birth"],
            person["commune"],
            person["phone"],
            person["mail"],
        ),
        desk=row.desk,
        made_at=row.made_at,
        kept_here=document["kept_here"],
        state=EntryState(row.state),
        state_since=row.state_since,
        consented_at=read_instant(consented) if consented is not None else None,
        need=document["need"],
        priority=document["priority"],
        ends_on=date.fromisoformat(ends_on) if ends_on is not None else None,
        steps=tuple(_step(one) for one in document["steps"]),
        version=row.version,
    )


def _step(document: Document) -> EntryStep:
    return EntryStep(
        EntryMove(document["move"]),
        read_instant(document["at"]),
        document["desk"],
        document["person"],
        document["text"],
    )
