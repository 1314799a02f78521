"""Who the transfers of the queue are about: their calls, read when they are shown and kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.ports import StoreFailure
from osnp_console.app.transfer.receive import read_calls, record_of
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.burst import Burst
from osnp_console.ui.live import Live

REST_MS = 150
"""The first change heard is read at once, those that follow together, not more often than that."""


class QueuePeople(QObject):
    """The calls of transfers that are shown here. That one was read is journaled once while the window lives.

    Signals:
        changed(): another call was read, or one says something else.
        failed(object): the StoreFailure that kept them from being read; what was read stays.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        door: StoreDoor,
        live: Live,
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """`desk` gives the code of the desk that reads."""
        super().__init__(parent)
        self._door, self._desk, self._clock = door, desk, clock
        self._records: dict[str, CallRecord] = {}
        self._asked: set[str] = set()
        self._heard: set[str] = set()
        self._news = Burst(REST_MS, self)
        self._news.due.connect(self._read_again)
        live.changed.connect(self._changed_elsewhere)
        live.linked.connect(self._linked)

    @property
    def records(self) -> Mapping[str, CallRecord]:
        """What was read, by the id of the call."""
        return self._records

    def of(self, transfer: Transfer) -> CallRecord | None:
        """The call that says who a transfer is about; None while it is not read."""
        return self._records.get(record_of(transfer))

    def want(self, transfers: Iterable[Transfer]) -> None:
        """Read the calls of transfers that come on screen, those that are not read yet."""
        wanted = {call for call in map(record_of, transfers) if call} - self._asked
        if wanted:
            self._asked |= wanted
            self._read(wanted)

    def forget(self) -> None:
        """Somebody else sits here: what they see is read, and journaled, in their name."""
        self._records.clear()
        self._asked.clear()
        self.changed.emit()

    def _read(self, calls: set[str]) -> None:
        work = read_calls(sorted(calls), frozenset(self._records), self._desk(), self._clock())
        self._door.ask(work, self._were_read, lambda failure: self._not_read(calls, failure))

    def _were_read(self, found: Mapping[str, CallRecord]) -> None:
        changed = {call: record for call, record in found.items() if self._records.get(call) != record}
        self._records.update(changed)
        if changed:
            self.changed.emit()

    def _not_read(self, calls: set[str], failure: StoreFailure) -> None:
        self._asked -= calls - set(self._records)
        self.failed.emit(failure)

    @Slot(object)
    def _changed_elsewhere(self, change: Change) -> None:
        if change.subject is Subject.CALL and change.id in self._asked:
            self._heard.add(change.id)
            self._news.tell()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        if was_alone and self._asked:
            self._heard |= self._asked
            self._news.tell()

    @Slot()
    def _read_again(self) -> None:
        heard, self._heard = self._heard, set()
        if heard:
            self._read(heard)
