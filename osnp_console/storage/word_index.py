"""Keeps the words of calls beside their rows: a keystroke of the search reads no sheet."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from osnp_console.domain.call_record import CallRecord
from osnp_console.storage import tables
from osnp_console.storage.rows import columns_of, record_of
from osnp_console.storage.server_engine import is_server
from osnp_console.storage.words import VERSION, indexed

_CHUNK = 2000
_c, _w, _n = tables.calls.c, tables.words.c, tables.notes.c
_NOTE = "mots"
DERIVED = ("person", "commune", "reason", "found_by")
"""Columns made from the sheet, for lists and for the search."""


def split(found_by: str) -> frozenset[str]:
    """The words of a `found_by` column."""
    return frozenset(found_by.split())


def put_words(connection: Connection, key: int, before: str, after: str) -> None:
    """Bring the index up to date for one call, given its `found_by` before and after."""
    if before == after:
        return
    had, wanted = indexed(split(before)), indexed(split(after))
    for gone in sorted(had - wanted):
        connection.execute(delete(tables.words).where(_w.word == gone, _w.key == key))
    new = [{"word": one, "key": key} for one in sorted(wanted - had)]
    if new:
        connection.execute(insert(tables.words), new)


def index_is_current(connection: Connection) -> bool:
    """Whether the words in the base were made the way this console makes them."""
    return connection.execute(select(_n.value).where(_n.name == _NOTE)).scalar() == VERSION


def rebuild_index(connection: Connection) -> None:
    """Make what calls are found by again from their sheets, within a transaction."""
    if is_server(connection):
        # Other desks go on reading; a call they save meanwhile would be in the index twice, or not at all.
        connection.execute(text("LOCK TABLE call IN SHARE ROW EXCLUSIVE MODE"))
    connection.execute(delete(tables.words))
    fill = update(tables.calls).where(_c.key == bindparam("call_key"))
    fill = fill.values({name: bindparam(f"new_{name}") for name in DERIVED})
    for rows in _chunks(connection):
        derived = [(key, columns_of(record)) for key, record in rows]
        connection.execute(
            fill,
            [{"call_key": key, **{f"new_{name}": one[name] for name in DERIVED}} for key, one in derived],
        )
        new = sorted((word, key) for key, one in derived for word in indexed(split(str(one["found_by"]))))
        if new:
            connection.execute(insert(tables.words), [{"word": word, "key": key} for word, key in new])
    connection.execute(delete(tables.notes).where(_n.name == _NOTE))
    connection.execute(insert(tables.notes), {"name": _NOTE, "value": VERSION})


def _chunks(connection: Connection) -> Iterator[list[tuple[int, CallRecord]]]:
    last = 0
    while True:
        rows = connection.execute(
            select(tables.calls).where(_c.key > last).order_by(_c.key).limit(_CHUNK)
        ).all()
        if not rows:
            return
        yield [(row.key, record_of(row)) for row in rows]
        last = rows[-1].key
