"""The encrypted file in which a desk keeps what the base has not taken yet.

A power cut while the link is down, or while a save is under way, thus loses nothing. One row for the calls
(`app.calls.kept_aside`), one for what is typed in forms (`app.base.drafts`), written by a thread of its own:
a server that does not answer never keeps a letter from the disk.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from osnp_console.app.base.drafts import NO_DRAFTS, Drafts
from osnp_console.app.calls.kept_aside import NOTHING_WAITS, Waiting, WaitingCall
from osnp_console.storage.call_documents import (
    call_document,
    entry_document,
    json_text,
    read_call_document,
    read_entry_document,
)
from osnp_console.storage.draft_documents import drafts_document, read_drafts_document
from osnp_console.storage.engine import connect
from osnp_console.storage.failures import told

_PURPOSE = b"osnp-console: ce qui attend la base partagee"
_CALLS, _DRAFTS = 1, 2
"""The rows."""
FIRST_SECONDS = 1.0
"""How long a save waits for this disk (ours): a slow one never keeps the others from what was typed."""
_log = logging.getLogger(__name__)


class KeptAside:
    """One desk's file; `site_key` is the base's, the file has a key of its own made from it."""

    def __init__(self, file: Path, site_key: bytes) -> None:
        self._file = file
        self._key = hmac.new(site_key, _PURPOSE, hashlib.sha256).digest()
        self._changed = Condition()
        self._newest: dict[int, Waiting | Drafts] = {}
        self._ended = False
        self._thread: Thread | None = None
        # The newest mark of what was to be kept; how often something was, and how much of it was dealt with.
        self._mark = self._asked = self._done = 0

    def read(self) -> Waiting:
        """The calls that were kept when the program last stopped.

        Raises StoreFailure where the file cannot be read: it is left as it is.
        """
        body = self._body(_CALLS)
        return _read(json.loads(body)) if body is not None else NOTHING_WAITS

    def read_drafts(self) -> Drafts:
        """What was typed in forms and kept when the program last stopped.

        Raises StoreFailure where the file cannot be read: it is left as it is.
        """
        body = self._body(_DRAFTS)
        return read_drafts_document(json.loads(body)) if body is not None else NO_DRAFTS

    def _body(self, row: int) -> str | None:
        if not self._file.exists():
            return None
        with told():
            connection = self._connect()
            try:
                found = connection.execute("SELECT body FROM waiting WHERE one = ?", (row,)).fetchone()
            finally:
                connection.close()
        return str(found[0]) if found is not None else None

    def keep(self, waiting: Waiting) -> None:
        """Keep these calls in place of those kept before; returns at once. Older ones change nothing."""
        self._keep_calls(waiting)

    def keep_first(self, waiting: Waiting) -> None:
        """The same; returns once they are on the disk or could not be written, or `FIRST_SECONDS` later."""
        asked = self._keep_calls(waiting)
        with self._changed:
            self._changed.wait_for(lambda: self._done >= asked, FIRST_SECONDS)

    def _keep_calls(self, waiting: Waiting) -> int:
        with self._changed:
            if not waiting.mark or waiting.mark > self._mark:
                self._mark = waiting.mark or self._mark
                self._keep(_CALLS, waiting)
            return self._asked

    def keep_drafts(self, drafts: Drafts) -> None:
        """Keep what is typed in forms in place of what was kept before; returns at once."""
        self._keep(_DRAFTS, drafts)

    def _keep(self, row: int, newest: Waiting | Drafts) -> None:
        with self._changed:
            self._newest[row] = newest
            self._asked += 1
            if self._thread is None:
                self._ended = False
                self._thread = Thread(target=self._run, name="copie-de-secours", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """Write the last of it, and end the thread; what is kept afterwards begins another one."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        connection: Any = None
        while True:
            with self._changed:
                while not self._newest and not self._ended:
                    self._changed.wait()
                newest, self._newest, asked = self._newest, {}, self._asked
            if not newest:
                break
            try:
                connection = connection if connection is not None else self._connect()
                for row, what in newest.items():
                    _write(connection, row, what)
            except Exception as error:  # whatever the disk does: what is typed is in memory and goes on
                _log.error("copie_de_secours_non_ecrite", extra={"raison": type(error).__name__})
                connection = None
            with self._changed:
                self._done = asked
                self._changed.notify_all()
        if connection is not None:
            connection.close()

    def _connect(self) -> Any:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file.touch(mode=0o600)
        connection = connect(self._file, self._key)
        connection.execute("CREATE TABLE IF NOT EXISTS waiting (one INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        return connection


def _write(connection: Any, row: int, what: Waiting | Drafts) -> None:
    if what:
        body = json_text(drafts_document(what) if isinstance(what, Drafts) else _document(what))
        connection.execute("INSERT OR REPLACE INTO waiting (one, body) VALUES (?, ?)", (row, body))
    else:
        connection.execute("DELETE FROM waiting WHERE one = ?", (row,))


def _document(waiting: Waiting) -> dict[str, object]:
    return {
        "calls": [
            [
                call_document(one.record),
                call_document(one.stored) if one.stored is not None else None,
                *(call_document(record) for record in one.tried),
            ]
            for one in waiting.calls
        ],
        "entries": [entry_document(entry) for entry in waiting.entries],
    }


def _read(document: dict[str, Any]) -> Waiting:
    return Waiting(
        tuple(
            WaitingCall(
                read_call_document(record),
                read_call_document(stored) if stored else None,
                tuple(read_call_document(one) for one in tried),
            )
            for record, stored, *tried in document["calls"]
        ),
        tuple(read_entry_document(entry) for entry in document["entries"]),
    )
