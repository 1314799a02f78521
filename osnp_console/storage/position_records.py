"""The centres of communes that were answered, in the base."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from osnp_console.app.places.position_records import KnownCentre
from osnp_console.domain.slots.ranking import Whereabouts
from osnp_console.storage import slot_tables
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction


class StoredPositions:
    """The centres within a transaction (`app.position_records.PositionRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Mapping[str, KnownCentre]:
        """Every answer kept."""
        rows = self._transaction.reading.execute(select(slot_tables.centres))
        return {
            row.commune: KnownCentre(
                Whereabouts(row.latitude, row.longitude, is_centre=True)
                if row.latitude is not None and row.longitude is not None
                else None,
                row.read_at,
            )
            for row in rows
        }

    def put(self, commune: str, answer: KnownCentre) -> None:
        """Keep an answer, in place of an earlier one."""
        where = answer.where
        values = {
            "commune": commune,
            "latitude": where.latitude if where is not None else None,
            "longitude": where.longitude if where is not None else None,
            "read_at": answer.read_at,
        }
        connection = self._transaction.writing()
        put_row(connection, slot_tables.centres, slot_tables.centres.c.commune == commune, values)
