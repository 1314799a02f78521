"""The declared sources and the directory of effecteurs, in the base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import SourceMemory
from osnp_console.domain.commune import fold
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.storage import slot_tables
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.slot_documents import (
    effecteur_text,
    read_effecteur,
    read_slots,
    read_source,
    slots_text,
    source_text,
)
from osnp_console.storage.transaction import Transaction

_s, _m, _e = slot_tables.sources.c, slot_tables.memories.c, slot_tables.effecteurs.c


def put_row(
    connection: Connection, table: Table, is_it: ColumnElement[bool], values: Mapping[str, object]
) -> None:
    """Change the row that `is_it` names, or add it: the same on every database."""
    change = update(table).where(is_it).values(values)
    if connection.execute(change).rowcount > 0:
        return
    try:
        with attempt(connection):
            connection.execute(insert(table).values(values))
    except IntegrityError:
        # On a server, another desk may have added it since: the later one stays, as on a file.
        if connection.execute(change).rowcount == 0:
            raise


class StoredSources:
    """The sources within a transaction (`app.ports.SourceRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[AgendaSource]:
        """Every declared source, in the order they were added."""
        statement = select(_s.document).order_by(_s.key)
        return [read_source(text) for text in self._transaction.reading.execute(statement).scalars()]

    def put(self, source: AgendaSource) -> None:
        """Add it, or replace the one of that id, which keeps its place and its memory."""
        values = {"id": source.id, "document": source_text(source)}
        self._transaction.tell(Subject.SOURCES, source.id)
        put_row(self._transaction.writing(), slot_tables.sources, _s.id == source.id, values)

    def remove(self, source: str) -> bool:
        """Remove it with its memory; False when there is none of that id."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.SOURCES, source)
        return connection.execute(delete(slot_tables.sources).where(_s.id == source)).rowcount > 0

    def remember(self, source: str, memory: SourceMemory) -> None:
        """Keep what a source last answered; nothing for a source that is not declared."""
        connection = self._transaction.writing()
        if connection.execute(select(_s.key).where(_s.id == source)).first() is None:
            return
        values = {
            "source": source,
            "answered_at": memory.answered_at,
            "had_slots_at": memory.had_slots_at,
            "slots": slots_text(memory.slots),
        }
        put_row(connection, slot_tables.memories, _m.source == source, values)

    def memories(self) -> Mapping[str, SourceMemory]:
        """What is remembered, by source id."""
        rows = self._transaction.reading.execute(select(slot_tables.memories))
        return {
            row.source: SourceMemory(row.answered_at, read_slots(row.slots), row.had_slots_at) for row in rows
        }


class StoredEffecteurs:
    """The directory within a transaction (`app.ports.EffecteurRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> Sequence[Effecteur]:
        """Everybody, by name as French sorts it: databases do not agree on accents."""
        texts = self._transaction.reading.execute(select(_e.document)).scalars()
        return sorted((read_effecteur(text) for text in texts), key=lambda one: (fold(one.name), one.id))

    def put(self, effecteur: Effecteur) -> None:
        """Add them, or replace the entry of that id."""
        values = {"id": effecteur.id, "document": effecteur_text(effecteur)}
        self._transaction.tell(Subject.DIRECTORY)
        put_row(self._transaction.writing(), slot_tables.effecteurs, _e.id == effecteur.id, values)

    def remove(self, effecteur: str) -> bool:
        """Remove them; False when there is no entry of that id."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.DIRECTORY)
        return connection.execute(delete(slot_tables.effecteurs).where(_e.id == effecteur)).rowcount > 0
