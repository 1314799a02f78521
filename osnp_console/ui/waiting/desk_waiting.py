"""The waiting lists as the window sees them: asked of the store, and followed at the other desks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.waiting import read, register
from osnp_console.app.waiting.read import Entries, ListCount, Table
from osnp_console.app.waiting.register import EntryMoved
from osnp_console.domain.clock import in_paris
from osnp_console.domain.waiting_entry import EntryMove, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.burst import Burst
from osnp_console.ui.live import Live

REST_MS = 150
"""The first change heard is read at once, those that follow together, not more often than that."""
T = TypeVar("T")


class DeskWaiting(QObject):
    """One for the window. An entry is shown as done once the store has it.

    Signals:
        changed(str): the entries of a call are not what they were; the call's id.
        done(object): an EntryMoved: what was asked for one entry is settled, done or refused.
        failed(object): the StoreFailure that kept something from being done or read.
        list_changed(): the entries of the watched list are other ones.
        counted(): how many wait on each list is known anew.
    """

    changed = Signal(str)
    done = Signal(object)
    failed = Signal(object)
    list_changed = Signal()
    counted = Signal()

    def __init__(
        self,
        door: StoreDoor,
        live: Live,
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`desk` gives the code of this desk, `new_id` an id that no entry has."""
        super().__init__(parent)
        self._door, self.desk, self.clock, self.new_id = door, desk, clock, new_id
        self._of_call: dict[str, dict[str, WaitingEntry]] = {}
        self._asked: set[str] = set()
        self._watched = self.last_watched = ""
        self._was_read = False
        self._run = 0
        self.entries: Entries = ()
        self.counts: Mapping[str, ListCount] = {}
        self._news = Burst(REST_MS, self)
        self._news.due.connect(self._read_again)
        live.changed.connect(self._heard)
        live.linked.connect(self._linked)

    # --- in a call --------------------------------------------------------------------------------------

    def of_call(self, call: str) -> tuple[WaitingEntry, ...]:
        """The entries that are known of a call."""
        return tuple(self._of_call.get(call, {}).values())

    def look_up(self, call: str) -> None:
        """Read the entries of a call."""
        self._door.ask(read.of_call(call), partial(self._take_call, call), self.failed.emit)

    def is_asking(self, key: str) -> bool:
        """Whether something asked for an entry, by its id, or begun in a call, has no answer yet."""
        return key in self._asked

    def enrol(self, entry: WaitingEntry, rules: WaitingList, *, again: bool = False) -> None:
        """Register somebody at once; `done` tells what came of it. A second asking waits for the first.

        `again` also beside somebody who looks like the same patient.
        """
        self._ask(entry.call or entry.id, register.enrol(entry, rules, again=again), self._settled)

    def keep(self, entry: WaitingEntry) -> None:
        """Keep somebody who is still to be registered."""

        def work(open_unit: OpenUnit) -> EntryMoved:
            return EntryMoved(register.keep(entry)(open_unit))

        self._ask(entry.call or entry.id, work, self._settled)

    def move(self, key: str, move: EntryMove, rules: WaitingList | None, text: str = "") -> None:
        """Note what became of an entry; `done` tells whether it was."""
        now = self.clock()
        self._ask(
            key,
            register.move_entry(key, move, self.desk(), now, text=text, rules=rules),
            self._settled,
        )

    def consent(self, key: str) -> None:
        """The patient said yes to being kept on the list."""
        work = register.consent(key, self.desk(), self.clock())

        def noted(open_unit: OpenUnit) -> EntryMoved:
            return EntryMoved(work(open_unit))

        self._ask(key, noted, self._settled)

    def _ask(self, key: str, work: Callable[[OpenUnit], T], then: Callable[[T], None]) -> None:
        if key in self._asked:
            return
        self._asked.add(key)

        def answered(answer: T) -> None:
            self._asked.discard(key)
            then(answer)

        def not_done(failure: StoreFailure) -> None:
            self._asked.discard(key)
            self.failed.emit(failure)

        self._door.ask(work, answered, not_done)

    def _settled(self, moved: EntryMoved) -> None:
        entry = moved.entry
        if entry.call and not moved.is_double:
            self._of_call.setdefault(entry.call, {})[entry.id] = entry
            self.changed.emit(entry.call)
        self.done.emit(moved)
        self._news.tell()

    def _take_call(self, call: str, entries: Iterable[WaitingEntry]) -> None:
        known = {one.id: one for one in entries}
        if known != self._of_call.get(call, {}):
            self._of_call[call] = known
            self.changed.emit(call)

    # --- the lists --------------------------------------------------------------------------------------

    @property
    def watched(self) -> str:
        """The list that is shown, empty while none is."""
        return self._watched

    def watch(self, dispositif: str) -> None:
        """Show a list, and follow it; an empty id shows none any more."""
        self.last_watched = dispositif or self.last_watched
        if dispositif != self._watched:
            self._watched, self.entries, self._was_read = dispositif, (), False
            self.list_changed.emit()
        self.refresh()

    def count(self) -> None:
        """Read how many wait on each list; nobody is named."""
        day = in_paris(self.clock()).date()
        self._door.ask(read.counts(day), self._counted, self.failed.emit)

    @Slot()
    def refresh(self) -> None:
        """Read the list that is shown, and the counts, again."""
        self.count()
        if not self._watched:
            return
        self._run += 1
        seen = frozenset(one.id for one in self.entries) if self._was_read else None
        work = read.of_list(self._watched, self.desk(), self.clock(), seen)
        self._door.ask(work, partial(self._take_list, self._run), self.failed.emit)

    def export(self, dispositif: str, commune: Callable[[str], str], then: Callable[[Table], None]) -> None:
        """A list as a table; `then` is called with it."""
        work = read.export_list(dispositif, self.desk(), self.clock(), commune)
        self._door.ask(work, then, self.failed.emit)

    def _take_list(self, run: int, entries: Entries) -> None:
        if run != self._run:
            return
        is_first, self._was_read = not self._was_read, True
        if entries != self.entries or is_first:
            self.entries = entries
            self.list_changed.emit()

    @property
    def was_read(self) -> bool:
        """Whether the watched list is known: an empty one that was not read yet says nothing."""
        return self._was_read

    def _counted(self, counts: Mapping[str, ListCount]) -> None:
        self.counts = counts
        self.counted.emit()

    # --- the other desks --------------------------------------------------------------------------------

    @Slot(object)
    def _heard(self, change: Change) -> None:
        if change.subject is Subject.WAITING:
            self._news.tell()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        self._news.tell()

    @Slot()
    def _read_again(self) -> None:
        for call in tuple(self._of_call):
            self.look_up(call)
        if self._watched or self.counts:
            self.refresh()
