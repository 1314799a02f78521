"""Transfers to lines, in the base."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import Conflict
from osnp_console.domain.transfer.moves import SETTLED, TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.storage import failures
from osnp_console.storage.failures import failure
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.transaction import Transaction
from osnp_console.storage.transfer_documents import read_transfer, transfer_text
from osnp_console.storage.transfer_tables import transfers

_t = transfers.c
_SETTLED = sorted(state.value for state in SETTLED)
_HANDED_OVER = TransferState.HANDED_OVER.value


class StoredTransfers:
    """The transfers within a transaction (`app.transfer.records.TransferRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def hold(self, *names: str) -> None:
        """Be the only one to change those transfers until the transaction ends."""
        for name in sorted(set(names)):  # in one order everywhere: two desks never wait for each other
            self._transaction.hold("transfert", name)

    def save(self, transfer: Transfer) -> Transfer:
        """Insert it (version 0) or update it; raises Conflict when it was saved elsewhere meanwhile."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.TRANSFER, transfer.id)
        saved = replace(transfer, version=transfer.version + 1)
        if transfer.version == 0:
            try:
                with attempt(connection):
                    connection.execute(insert(transfers).values(_columns(saved)))
            except IntegrityError as error:
                raise Conflict(transfer.call or transfer.line_call) from error
            return saved
        same = (_t.id == transfer.id, _t.version == transfer.version)
        if connection.execute(update(transfers).where(*same).values(_columns(saved))).rowcount != 1:
            raise Conflict(transfer.call or transfer.line_call)
        return saved

    def get(self, transfer: str) -> Transfer:
        """The transfer of that id; raises StoreFailure (`introuvable`)."""
        row = self._transaction.reading.execute(select(transfers).where(_t.id == transfer)).first()
        if row is None:
            raise failure("introuvable", failures.NO_TRANSFER)
        return _transfer(row)

    def of_call(self, call: str) -> Sequence[Transfer]:
        """Those of a call of either side, oldest first."""
        return self._found(or_(_t.call == call, _t.line_call == call))

    def going_on(self, desk: str) -> Sequence[Transfer]:
        """Those that a desk prepared or has in hand and that are not settled, oldest first.

        A patient who was handed over is in the hands of the line's desk alone.
        """
        sent = and_(_t.desk == desk, _t.state != _HANDED_OVER)
        return self._found(and_(or_(sent, _t.taken_desk == desk), _t.state.not_in(_SETTLED)))

    def of_lines(self, dispositifs: Collection[str], since: datetime) -> Sequence[Transfer]:
        """Those to these dispositifs that are not settled, or came to their state since, oldest first.

        Somebody handed over before that, whom no desk of the line has in hand, waits for nobody any more.
        """
        return self._found(
            and_(
                _t.dispositif.in_(sorted(dispositifs)),
                or_(
                    _t.state.not_in((*_SETTLED, _HANDED_OVER)),
                    and_(_t.state == _HANDED_OVER, _t.taken_desk != ""),
                    _t.state_since >= since,
                ),
            )
        )

    def _found(self, condition: ColumnElement[bool]) -> Sequence[Transfer]:
        statement = select(transfers).where(condition).order_by(_t.prepared_at, _t.key)
        return [_transfer(row) for row in self._transaction.reading.execute(statement)]


def _columns(one: Transfer) -> dict[str, object]:
    return {
        "id": one.id,
        "call": one.call,
        "line_call": one.line_call,
        "dispositif": one.line.dispositif,
        "desk": one.prepared_by.desk,
        "taken_desk": one.taken.by.desk if one.taken is not None else "",
        "prepared_at": one.prepared_at,
        "state": one.state.value,
        "state_since": one.since,
        "document": transfer_text(one),
        "version": one.version,
    }


def _transfer(row: AnyRow) -> Transfer:
    return read_transfer(
        row.document,
        key=row.id,
        call=row.call,
        line_call=row.line_call,
        dispositif=row.dispositif,
        desk=row.desk,
        taken_desk=row.taken_desk,
        prepared_at=row.prepared_at,
        state=row.state,
        state_since=row.state_since,
        version=row.version,
    )
