"""`base copier`: every table from an encrypted file to a server, or back, all of it or nothing.

The copy keeps the source's key, for the seals of the journal are copied as they are: the lines verify in
both, and a head noted for one holds for the other. What was read is one instant of the source; what was
written is compared, counted and verified before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, Table, delete, func, insert, select

from osnp_console.app.base.care import BaseReport
from osnp_console.domain.journal import Head
from osnp_console.storage import tables
from osnp_console.storage.failures import failure, told
from osnp_console.storage.files import HEAD as HEAD_FILE
from osnp_console.storage.files import beside, settle
from osnp_console.storage.heads import HeadFile, heads_beside, journal_key
from osnp_console.storage.journal_records import ends_of
from osnp_console.storage.server_engine import be_patient, is_server
from osnp_console.storage.server_store import (
    MARK,
    WITNESS,
    Server,
    create_server_store,
    open_server_store,
)
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.store import Store, create_store, open_store
from osnp_console.storage.upgrade import HEAD, revision_of
from osnp_console.storage.verify import report_of, verify_base

_CHUNK = 500
_UNFINISHED = ".copie"
_n = tables.notes.c
OLDER = "La base à copier est d’une version plus ancienne : la mettre à jour d’abord (base migrer)."
DAMAGED = "La base à copier est abîmée, rien n’a été copié. {}"
NOT_THE_SAME = "La copie n’est pas pareille à la base : rien n’a été gardé. Recommencer."


@dataclass(frozen=True, slots=True)
class FileBase:
    """An encrypted file, and the key that opens it."""

    file: Path
    key: bytes


AnyBase = FileBase | Server


def copy_between(source: AnyBase, target: AnyBase) -> tuple[dict[str, int], dict[str, int]]:
    """Copy a base into a place where there is none: rows by table, lines by desk.

    Both have the same key. Raises StoreFailure: `interdit` for a target that holds something or a source
    that is older than this console, `base_endommagee` for a source with faults.
    """
    assert source.key == target.key
    _check(_verified(source))
    opened = _open(source)
    try:
        with told(), _instant(opened.engine) as connection:
            if revision_of(connection) != HEAD:
                raise failure("interdit", OLDER)
            ends = {end.desk: end for end in ends_of(connection)}
            counts = _filled(connection, ends, target)
    finally:
        opened.close()
    return counts, {desk: end.number for desk, end in ends.items()}


def _filled(source: Connection, ends: dict[str, Head], target: AnyBase) -> dict[str, int]:
    counts: dict[str, int] = {}

    def fill(connection: Connection) -> dict[str, Head]:
        counts.update(_copy_tables(source, connection))
        report = report_of(connection, HeadFile("", "", ends), journal_key(target.key))
        if report.faults or {end.desk: end for end in ends_of(connection)} != ends:
            raise failure("base_endommagee", NOT_THE_SAME)
        return ends

    if isinstance(target, FileBase):
        _into_file(target, fill)
    else:
        create_server_store(target, fill=fill).close()
    return counts


def _into_file(target: FileBase, fill: Callable[[Connection], dict[str, Head]]) -> None:
    """Make the file under another name: it takes its own once it is complete."""
    new = beside(target.file, _UNFINISHED)
    with told():
        if target.file.exists():
            raise failure("interdit", "Une base existe déjà à cet endroit. Rien n’a été modifié.")
        _remove(new)
        try:
            store = create_store(new, target.key)
            try:
                with store.engine.begin() as connection:
                    ends = fill(connection)
            finally:
                store.close()
            heads_beside(new).write(target.key, ends)
            beside(new, HEAD_FILE).replace(beside(target.file, HEAD_FILE))
            new.replace(target.file)
            settle(target.file.parent)
        except BaseException:
            _remove(new)
            raise


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", HEAD_FILE):
        beside(file, ending).unlink(missing_ok=True)


def _copy_tables(source: Connection, target: Connection) -> dict[str, int]:
    counts = {}
    for table in tables.metadata.sorted_tables:
        if table is tables.notes:
            # The words were copied as they are; what names a base stays its own.
            continue
        target.execute(delete(table))
        counts[table.name] = _copy_table(source, target, table)
        here = target.scalar(select(func.count()).select_from(table))
        there = source.scalar(select(func.count()).select_from(table))
        if not counts[table.name] == here == there:
            raise failure("base_endommagee", NOT_THE_SAME)
    _copy_notes(source, target)
    return counts


def _copy_table(source: Connection, target: Connection, table: Table) -> int:
    done = 0
    found = source.execution_options(yield_per=_CHUNK).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for rows in found.partitions():
        target.execute(insert(table), [dict(row._mapping) for row in rows])
        done += len(rows)
    _go_on_counting(target, table)
    return done


def _go_on_counting(target: Connection, table: Table) -> None:
    """On a server, rows that bring their key do not move the sequence that the next one is taken from."""
    key = table.autoincrement_column
    if not is_server(target) or key is None or not isinstance(key.type, Integer):
        return
    highest = target.scalar(select(func.max(key)))
    if highest is not None:
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        target.execute(select(func.setval(sequence, highest)))


def _copy_notes(source: Connection, target: Connection) -> None:
    own = {MARK, WITNESS}
    target.execute(delete(tables.notes).where(_n.name.not_in(own)))
    kept = select(tables.notes).where(_n.name.not_in(own))
    rows = [dict(row._mapping) for row in source.execute(kept)]
    if rows:
        target.execute(insert(tables.notes), rows)


def _open(base: AnyBase) -> Store:
    if isinstance(base, FileBase):
        return open_store(base.file, base.key, migrate=False)
    return open_server_store(base, migrate=False)


def _verified(base: AnyBase) -> BaseReport:
    return verify_base(base.file, base.key) if isinstance(base, FileBase) else verify_server(base)


def _check(report: BaseReport) -> None:
    if report.faults:
        raise failure("base_endommagee", DAMAGED.format(report.faults[0].message))


@contextmanager
def _instant(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one instant of the base, however long the copy takes."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        if is_server(connection):
            be_patient(connection)
        yield connection
