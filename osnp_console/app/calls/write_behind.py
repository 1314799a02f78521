"""Keeps what the operator types until the store has it: typing never waits for a disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from osnp_console.app.calls.kept_aside import Waiting, WaitingCall
from osnp_console.app.calls.written_once import is_written
from osnp_console.app.ports import CallRecords, Conflict, OpenUnit
from osnp_console.domain.call_merging import CallMerge, as_far_as_written, merge_calls
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.journal import JournalEntry


@dataclass(frozen=True, slots=True, eq=False)
class ChangedElsewhere:
    """A call that another desk had changed meanwhile: as it was handed over here, and what it became."""

    mine: CallRecord
    merge: CallMerge


@dataclass(frozen=True, slots=True)
class Flushed:
    """What a flush did: whether something was written, and the calls that another desk had changed."""

    wrote: bool
    elsewhere: tuple[ChangedElsewhere, ...] = ()

    def __bool__(self) -> bool:
        return self.wrote


class WriteBehind:
    """The newest state of each call and the journal entries that the store does not hold yet.

    `keep` and `log` are called on the window's thread and return at once; `flush` runs on the store's
    thread and writes all of it in one transaction. What a failed flush could not write stays here, and the
    next flush takes it with whatever came meanwhile: nothing typed is lost while the program runs.

    A call that another desk saved meanwhile is merged (`domain.call_merging`), never written over. Until the
    window has taken the merge in, what it goes on handing over is merged again.

    A commit whose answer is lost on the way may have been done, or be done later: what it wrote is looked
    for before it is written again, so that no journal line is there twice and nobody is told of a
    difference with what was typed here.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: dict[str, CallRecord] = {}
        self._entries: deque[JournalEntry] = deque()
        self._stored: dict[str, CallRecord] = {}
        self._unseen: dict[str, ChangedElsewhere] = {}
        self._look_at: set[str] = set()
        # Of commits that brought no answer; the entries' are the flush's alone.
        self._tried: dict[str, list[CallRecord]] = {}
        self._tried_entries: set[int] = set()
        # What a flush that is under way may have written already.
        self._in_flight: dict[str, CallRecord] = {}
        self._mark = 0
        self._keep_first: Callable[[Waiting], None] | None = None

    def write_first(self, keep: Callable[[Waiting], None] | None) -> None:
        """Hand what waits to `keep` before the store is given it; it returns once this desk's disk has it."""
        self._keep_first = keep

    def know(self, record: CallRecord) -> None:
        """Take note of a call as the store holds it: read from there, before anything is changed in it."""
        with self._lock:
            self._stored[record.id] = record
            # What came of it while it was not in hand any more is in that state.
            self._unseen.pop(record.id, None)

    def keep(self, record: CallRecord, seen: ChangedElsewhere | None = None) -> None:
        """Take the newest state of a call; it replaces the one that waits.

        `seen` is the change from elsewhere that this state takes in.
        """
        with self._lock:
            self._mark += 1
            self._calls[record.id] = record
            if seen is not None and self._unseen.get(record.id) is seen:
                del self._unseen[record.id]

    def log(self, entry: JournalEntry) -> None:
        """Take a journal entry."""
        with self._lock:
            self._mark += 1
            self._entries.append(entry)

    def look_again(self, call: str) -> None:
        """A call of this desk was saved elsewhere: let the next flush bring it."""
        with self._lock:
            if call in self._stored:
                self._look_at.add(call)

    def forget(self, call: str) -> None:
        """Take note that a call is another desk's now: what the store holds of it is not known any more."""
        with self._lock:
            self._stored.pop(call, None)
            self._unseen.pop(call, None)
            self._look_at.discard(call)

    @property
    def is_waiting(self) -> bool:
        """True while something is not in the store."""
        with self._lock:
            return bool(self._calls or self._entries or self._look_at)

    def waiting(self) -> Waiting:
        """All that is not in the store."""
        with self._lock:
            calls = tuple(
                WaitingCall(one, self._stored.get(one.id), self._given(one)) for one in self._calls.values()
            )
            return Waiting(calls, tuple(self._entries), self._mark)

    def _given(self, newest: CallRecord) -> tuple[CallRecord, ...]:
        """The other states of a call that the store may hold unconfirmed."""
        in_flight = self._in_flight.get(newest.id, newest)
        return (*self._tried.get(newest.id, ()), *((in_flight,) if in_flight is not newest else ()))

    def restore(self, waiting: Waiting) -> None:
        """Take back what waited when the program stopped: the next flush writes it, merged where needed."""
        with self._lock:
            self._mark += 1
            for one in waiting.calls:
                self._calls.setdefault(one.record.id, one.record)
                if one.tried:
                    self._tried.setdefault(one.record.id, []).extend(one.tried)
                if one.stored is not None:
                    self._stored.setdefault(one.record.id, one.stored)
            if self._tried_entries:
                # Commits that brought no answer are known by how many entries they began with.
                self._entries.extend(waiting.entries)
            else:
                self._entries.extendleft(reversed(waiting.entries))

    def flush(self, open_unit: OpenUnit) -> Flushed:
        """Write everything that waits, in one transaction, and read what is to be looked at again.

        Raises StoreFailure; what could not be written waits on.
        """
        self._take_off_written(open_unit)
        try:
            return self._flush(open_unit)
        finally:
            with self._lock:
                self._in_flight.clear()

    def _flush(self, open_unit: OpenUnit) -> Flushed:
        with self._lock:
            # In one order at every desk: two that save the same calls never wait for each other.
            calls = sorted(self._calls.values(), key=lambda one: one.id)
            entries = list(self._entries)
            stored, unseen = dict(self._stored), dict(self._unseen)
            look_at = self._look_at - self._calls.keys()
            self._in_flight = {one.id: one for one in calls}
        if not calls and not entries and not look_at:
            return Flushed(False)
        if self._keep_first is not None and (calls or entries):
            self._keep_first(self.waiting())
        with open_unit() as unit:
            saved = [
                _save(unit.calls, one, stored.get(one.id), unseen.get(one.id), self._tried.get(one.id, ()))
                for one in calls
            ]
            read = [unit.calls.get(call) for call in sorted(look_at)]
            for entry in entries:
                unit.journal.append(entry)
            if calls or entries:
                self._note_tried([merge.record for merge in saved], len(entries))
                unit.commit()
        self._tried_entries.clear()
        elsewhere: list[ChangedElsewhere] = []
        with self._lock:
            self._tried.clear()
            self._mark += 1
            for mine, merge in zip(calls, saved, strict=True):
                if merge.tells(mine):
                    elsewhere.append(self._came(mine, merge))
                self._written(mine, merge.record)
            for theirs in read:
                if theirs.version != stored[theirs.id].version:
                    before = unseen.get(theirs.id)
                    mine = before.mine if before is not None else stored[theirs.id]
                    elsewhere.append(self._came(mine, merge_calls(mine, mine, theirs)))
                    self._stored[theirs.id] = theirs
            self._look_at -= look_at | {one.id for one in calls}
            for _ in entries:
                self._entries.popleft()
        return Flushed(bool(calls or entries), tuple(elsewhere))

    def _note_tried(self, records: list[CallRecord], entries: int) -> None:
        with self._lock:
            for record in records:
                self._tried.setdefault(record.id, []).append(record)
        if entries:
            self._tried_entries.add(entries)

    def _take_off_written(self, open_unit: OpenUnit) -> None:
        """Let go of the entries that a commit without answer wrote after all."""
        if not self._tried_entries:
            return
        with self._lock:
            entries = list(self._entries)
        with open_unit() as unit:
            written = next(
                (
                    count
                    for count in sorted(self._tried_entries, reverse=True)
                    if is_written(unit.journal, entries[count - 1])
                ),
                0,
            )
        self._tried_entries.clear()
        with self._lock:
            for _ in range(written):
                self._entries.popleft()

    def _came(self, mine: CallRecord, merge: CallMerge) -> ChangedElsewhere:
        self._unseen[mine.id] = ChangedElsewhere(mine, merge)
        return self._unseen[mine.id]

    def _written(self, mine: CallRecord, record: CallRecord) -> None:
        self._stored[record.id] = record
        if self._calls.get(mine.id) is mine:
            del self._calls[mine.id]
            if record.state is CallState.CLOSED and mine.id not in self._unseen:
                # Taken up again, it is read from the store, with its version.
                del self._stored[record.id]


def _save(
    calls: CallRecords,
    mine: CallRecord,
    stored: CallRecord | None,
    unseen: ChangedElsewhere | None,
    tried: Sequence[CallRecord],
) -> CallMerge:
    """Write a call over the state that the store is known to hold; over another one, merged with it."""
    merge = CallMerge(mine)
    if stored is not None and unseen is not None:
        merge = merge_calls(unseen.mine, mine, stored)
    elif stored is not None:
        merge = CallMerge(replace(mine, version=stored.version))
    try:
        return replace(merge, record=calls.save(merge.record))
    except Conflict:
        # Nobody is quicker again: it is this desk's to save until the transaction ends.
        theirs = calls.held(mine.id)
    base = stored or CallRecord(mine.id, theirs.number, theirs.desk, theirs.taken_at)
    for one in tried:
        base = as_far_as_written(base, one, theirs)
    again = merge_calls(base, merge.record, theirs)
    return CallMerge(calls.save(again.record), merge.taken + again.taken, merge.both + again.both)
