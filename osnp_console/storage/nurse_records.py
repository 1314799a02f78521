"""The directory of nurses, in the base."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from osnp_console.app.base.live import Subject
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.storage.prescription_documents import nurse_text, read_nurse
from osnp_console.storage.prescription_tables import nurses
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

_n = nurses.c


class StoredNurses:
    """The nurses within a transaction (`app.prescription.records.NurseRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Nurse]:
        """Everybody, by name."""
        rows = self._transaction.reading.execute(select(_n.document))
        return sorted((read_nurse(row.document) for row in rows), key=lambda one: (one.name, one.id))

    def put(self, nurse: Nurse) -> None:
        """Add them, or replace the entry of that id."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.NURSES)
        put_row(connection, nurses, _n.id == nurse.id, {"id": nurse.id, "document": nurse_text(nurse)})

    def remove(self, nurse: str) -> bool:
        """Remove them; False when there is no entry of that id."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.NURSES)
        return connection.execute(delete(nurses).where(_n.id == nurse)).rowcount > 0
