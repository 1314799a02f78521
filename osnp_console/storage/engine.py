"""Opens the encrypted file: pragmas, pool, transactions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

KEY_BYTES = 32
BUSY_MS = 2000
"""How long a statement waits for another program before it gives up; the caller tries again later."""
_PLAIN_HEADER = b"SQLite format 3\x00"
_IMMEDIATE = "osnp_immediate"


def key_literal(key: bytes) -> str:
    """The key as SQLCipher takes a raw one; raises ValueError for another length than 256 bits."""
    if len(key) != KEY_BYTES:
        raise ValueError("a raw key has 32 bytes")
    return f"x'{key.hex()}'"


def connect(file: Path, key: bytes) -> Any:
    """A keyed connection of the driver, for what SQLAlchemy has no words for (backup, key, checks).

    `synchronous=FULL`: a commit is on the disk when it returns, a power cut loses nothing of it. Deleted
    content is overwritten, so that what was purged is not left in free pages.
    """
    connection = sqlcipher3.connect(
        str(file), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        # Else a wrong key writes its own lines on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key_literal(key)}"')
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(file: Path, key: bytes) -> Engine:
    """The engine on a file; it connects when first used, and its errors never show parameters.

    The dialect's own pool mixes threads up and loses inserts (SingletonThreadPool): ours is a QueuePool.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=lambda: connect(file, key),
        poolclass=QueuePool,
        pool_size=2,
        hide_parameters=True,
    )
    # The driver is left in autocommit: transactions begin where we say, also for reads and for DDL.
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def begin_writing(connection: Connection) -> None:
    """Ends the read transaction under way, if any, and takes the right to write before the next read.

    On an encrypted file, taking it later would fail at once when another program wrote meanwhile.
    """
    connection.rollback()
    if connection.dialect.name == "sqlite":
        connection.execution_options(**{_IMMEDIATE: True})
    connection.begin()


def file_header(file: Path) -> bytes:
    """The first 16 bytes: in an encrypted file its own random salt; empty when there is no file."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        return b""


def is_plain(header: bytes) -> bool:
    """True for the header of a base that is not encrypted."""
    return header == _PLAIN_HEADER
