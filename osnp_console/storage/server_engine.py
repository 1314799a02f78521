"""The engine on a PostgreSQL server: pool, patience, locks that several desks share."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.pool import QueuePool

from osnp_console.app.base.address import ServerAddress

POOL_SIZE, POOL_MORE, POOL_SECONDS = 2, 3, 10
"""The store's thread keeps one; a verification and the like take the others for a moment."""


def open_server_engine(address: ServerAddress, password: str | None) -> Engine:
    """The engine on a server; it connects when first used, and its errors never show parameters.

    A connection is asked whether it lives before each unit: after the server was away, the next unit works.
    """

    def connect() -> Any:
        from osnp_console.storage.server_link import open_link

        return open_link(address, password)

    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=POOL_MORE,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,
    )
    event.listen(engine, "checkin", _usual_patience)
    return engine


def _usual_patience(connection: Any, _record: object) -> None:
    if connection is not None:
        connection.__dict__.pop("patience", None)


def be_patient(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: a migration, a check, a copy."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.patience = None
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def is_server(connection: Connection) -> bool:
    """Whether it goes to a server, where several desks write at once."""
    return connection.dialect.name == "postgresql"


def attempt(connection: Connection) -> AbstractContextManager[object]:
    """What a constraint may refuse without ending the transaction: on a server, in a savepoint.

    An encrypted file goes on by itself, and a disk that is full takes the savepoints away.
    """
    return connection.begin_nested() if is_server(connection) else nullcontext()


def hold(connection: Connection, kind: str, name: str) -> None:
    """Be the only desk that has this name of that kind, until the transaction ends.

    On an encrypted file the right to write is exclusive already. Two names may share a lock (64 bits of
    their hash): they then wait for each other, nothing else.
    """
    if is_server(connection):
        connection.execute(select(func.pg_advisory_xact_lock(lock_number(kind, name))))


def lock_number(kind: str, name: str = "") -> int:
    """The advisory lock of a name, as PostgreSQL numbers them."""
    digest = hashlib.sha256(f"osnp-console\0{kind}\0{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
