"""The encrypted file in which a desk keeps what the shared base has not taken yet (`app.kept_aside`).

A power cut while the link is down, or while a save is under way, thus loses nothing. One row, written by a
thread of its own: a server that does not answer never keeps a letter from the disk.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from osnp_console.app.calls.kept_aside import NOTHING_WAITS, Waiting, WaitingCall
from osnp_console.storage.call_documents import (
    call_document,
    entry_document,
    json_text,
    read_call_document,
    read_entry_document,
)
from osnp_console.storage.engine import connect
from osnp_console.storage.failures import told

_PURPOSE = b"osnp-console: ce qui attend la base partagee"
_log = logging.getLogger(__name__)


class KeptAside:
    """One desk's file; `site_key` is the shared base's, the file has a key of its own made from it."""

    def __init__(self, file: Path, site_key: bytes) -> None:
        self._file = file
        self._key = hmac.new(site_key, _PURPOSE, hashlib.sha256).digest()
        self._changed = Condition()
        self._newest: Waiting | None = None
        self._ended = False
        self._thread: Thread | None = None

    def read(self) -> Waiting:
        """What was kept when the program last stopped.

        Raises StoreFailure where the file cannot be read: it is left as it is.
        """
        if not self._file.exists():
            return NOTHING_WAITS
        with told():
            connection = self._connect()
            try:
                row = connection.execute("SELECT body FROM waiting").fetchone()
            finally:
                connection.close()
        return _read(json.loads(row[0])) if row is not None else NOTHING_WAITS

    def keep(self, waiting: Waiting) -> None:
        """Keep this in place of what was kept before; returns at once."""
        with self._changed:
            self._newest = waiting
            if self._thread is None:
                self._thread = Thread(target=self._run, name="copie-de-secours", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Write the last of it, and end the thread."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        connection: Any = None
        while True:
            with self._changed:
                while self._newest is None and not self._ended:
                    self._changed.wait()
                waiting, self._newest = self._newest, None
            if waiting is None:
                break
            try:
                connection = connection if connection is not None else self._connect()
                _write(connection, waiting)
            except Exception as error:  # whatever the disk does: what is typed is in memory and goes on
                _log.error("copie_de_secours_non_ecrite", extra={"raison": type(error).__name__})
                connection = None
        if connection is not None:
            connection.close()

    def _connect(self) -> Any:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file.touch(mode=0o600)
        connection = connect(self._file, self._key)
        connection.execute("CREATE TABLE IF NOT EXISTS waiting (one INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        return connection


def _write(connection: Any, waiting: Waiting) -> None:
    if waiting:
        body = json_text(_document(waiting))
        connection.execute("INSERT OR REPLACE INTO waiting (one, body) VALUES (1, ?)", (body,))
    else:
        connection.execute("DELETE FROM waiting")


def _document(waiting: Waiting) -> dict[str, object]:
    return {
        "calls": [
            [call_document(one.record), call_document(one.stored) if one.stored is not None else None]
            for one in waiting.calls
        ],
        "entries": [entry_document(entry) for entry in waiting.entries],
    }


def _read(document: dict[str, Any]) -> Waiting:
    return Waiting(
        tuple(
            WaitingCall(read_call_document(record), read_call_document(stored) if stored else None)
            for record, stored in document["calls"]
        ),
        tuple(read_entry_document(entry) for entry in document["entries"]),
    )
