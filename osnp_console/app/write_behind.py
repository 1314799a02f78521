"""Keeps what the operator types until the store has it: typing never waits for a disk."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from threading import Lock

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.journal import JournalEntry


class WriteBehind:
    """The newest state of each call and the journal entries that the store does not hold yet.

    `keep` and `log` are called on the window's thread and return at once; `flush` runs on the store's
    thread and writes all of it in one transaction. What a failed flush could not write stays here, and the
    next flush takes it with whatever came meanwhile: nothing typed is lost while the program runs.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: dict[str, CallRecord] = {}
        self._entries: deque[JournalEntry] = deque()
        self._versions: dict[str, int] = {}

    def keep(self, record: CallRecord) -> None:
        """Take the newest state of a call; it replaces the one that waits."""
        with self._lock:
            self._calls[record.id] = record

    def log(self, entry: JournalEntry) -> None:
        """Take a journal entry."""
        with self._lock:
            self._entries.append(entry)

    @property
    def is_waiting(self) -> bool:
        """True while something is not in the store."""
        with self._lock:
            return bool(self._calls or self._entries)

    def flush(self, open_unit: OpenUnit) -> bool:
        """Write everything that waits, in one transaction; returns False when nothing waited.

        Raises StoreFailure; what could not be written waits on.
        """
        with self._lock:
            calls, entries = list(self._calls.values()), list(self._entries)
        if not calls and not entries:
            return False
        with open_unit() as unit:
            saved = [unit.calls.save(self._with_version(record)) for record in calls]
            for entry in entries:
                unit.journal.append(entry)
            unit.commit()
        with self._lock:
            for written, record in zip(calls, saved, strict=True):
                self._versions[record.id] = record.version
                if self._calls.get(written.id) is written:
                    del self._calls[written.id]
                    if record.state is CallState.CLOSED:
                        # Taken up again, it is read from the store, with its version.
                        del self._versions[record.id]
            for _ in entries:
                self._entries.popleft()
        return True

    def _with_version(self, record: CallRecord) -> CallRecord:
        """The record with the version the store holds: typing goes on while a save is under way."""
        return replace(record, version=self._versions.get(record.id, record.version))
