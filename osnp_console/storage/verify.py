"""`base verifier`: is every page, line and fact as it was written?"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, func, select

from osnp_console.app.base.care import BaseFault, BaseReport
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.journal import PURGED, chain_faults, hash_facts
from osnp_console.storage import tables
from osnp_console.storage.failures import told
from osnp_console.storage.heads import HeadFile, journal_key, read_heads
from osnp_console.storage.journal_records import PURGED_LINES, desks_of, lines_of
from osnp_console.storage.store import open_store
from osnp_console.storage.upgrade import revision_of

_j, _f = tables.journal.c, tables.facts.c
HEAD_CHANGED = "Le repère de fin du journal a été changé."
HEAD_MISSING = "Le repère de fin du journal manque."
PAGES = "Le fichier de la base est abîmé."


def verify_base(file: Path, key: bytes) -> BaseReport:
    """Everything that is wrong with a base; nothing is changed, nothing migrated.

    Raises StoreFailure when it cannot be opened at all.
    """
    store = open_store(file, key, migrate=False)
    try:
        # Before the lines: what another program appends meanwhile is after this head, not missing.
        heads = read_heads(file, key)
        with told(), store.engine.connect() as connection:
            return report_of(connection, heads, journal_key(key))
    finally:
        store.close()


def report_of(connection: Connection, heads: HeadFile | None, key: bytes) -> BaseReport:
    """What is wrong with an open base, as one transaction sees it; `key` is the journal's."""
    revision = revision_of(connection) or ""
    counts = {"appels": 0, "lignes": 0, "postes": 0}
    try:
        with told():
            # The file first: lines read from damaged pages would only repeat it.
            if connection.dialect.name == "sqlite" and not _pages_are_whole(connection):
                return BaseReport(revision, counts, (BaseFault(None, None, PAGES),))
            counts = {
                "appels": connection.scalar(select(func.count()).select_from(tables.calls)) or 0,
                "lignes": connection.scalar(select(func.count()).select_from(tables.journal)) or 0,
                "postes": len(desks_of(connection)),
            }
            faults = tuple(_faults(connection, heads, key))
    except StoreFailure as error:
        if error.code != "base_endommagee":
            raise
        faults = (BaseFault(None, None, PAGES),)
    return BaseReport(revision, counts, faults)


def _pages_are_whole(connection: Connection) -> bool:
    """Each page's own HMAC, then the structure of tables and indexes."""
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").all():
        return False
    if [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")] != ["ok"]:
        return False
    return not connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def _faults(connection: Connection, heads: HeadFile | None, key: bytes) -> Iterator[BaseFault]:
    desks = desks_of(connection)
    if heads is None:
        yield BaseFault(None, None, HEAD_MISSING)
    elif not heads.sound:
        yield BaseFault(None, None, HEAD_CHANGED)
    trusted = heads if heads is not None and heads.sound else None
    for desk in sorted({*desks, *(trusted.heads if trusted is not None else ())}):
        if trusted is not None:
            chain = chain_faults(key, desk, lines_of(connection, desk), trusted.head(desk))
        else:
            # The missing head is told above: the chain is judged as far as it can be.
            chain = (
                one for one in chain_faults(key, desk, lines_of(connection, desk), None) if one.number > 0
            )
        for fault in chain:
            yield BaseFault(fault.desk, fault.number, fault.message)
    yield from _fact_faults(connection)


def _fact_faults(connection: Connection) -> Iterator[BaseFault]:
    """Facts that are not those of their line, and facts that went away without a purge line."""
    purged = _purged_lines(connection)
    joined = tables.journal.outerjoin(tables.facts, and_(_f.desk == _j.desk, _f.number == _j.number))
    statement = (
        select(_j.desk, _j.number, _j.facts_hash, _f.salt, _f.facts)
        .select_from(joined)
        .where((_j.facts_hash != "") | _f.facts.is_not(None))
        .order_by(_j.desk, _j.number)
    )
    for row in connection.execute(statement):
        if row.facts is None:
            if (row.desk, row.number) not in purged:
                yield BaseFault(
                    row.desk, row.number, f"Les faits de la ligne {row.number} du journal manquent."
                )
        elif not _is_its_hash(row):
            yield BaseFault(
                row.desk, row.number, f"Les faits de la ligne {row.number} du journal ont été changés."
            )


def _is_its_hash(row: Any) -> bool:
    try:
        known = json.loads(row.facts)
    except ValueError:
        return False
    return isinstance(known, dict) and hmac.compare_digest(hash_facts(row.salt, known), row.facts_hash)


def _purged_lines(connection: Connection) -> set[tuple[str, int]]:
    statement = (
        select(_f.salt, _f.facts, _j.facts_hash)
        .join(tables.journal, and_(_f.desk == _j.desk, _f.number == _j.number))
        .where(_j.kind == PURGED)
    )
    named: set[tuple[str, int]] = set()
    for row in connection.execute(statement):
        if _is_its_hash(row):
            named.update((desk, number) for desk, number in json.loads(row.facts)[PURGED_LINES])
    return named
