"""The transfers of this desk, as the window sees them: what is asked for goes to the store, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.transfer import acts, read
from osnp_console.app.transfer.acts import Done, Late, MoveAsked, Outcome
from osnp_console.app.transfer.prepare import AlreadyGoingOn, prepare
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Actor, IllegalTransferMove, Transfer
from osnp_console.ui.background import OnBehalf, StoreDoor, nobody_else
from osnp_console.ui.burst import Burst
from osnp_console.ui.live import Live

RETRY_MS = 5_000
"""After a failure of the store, how long until what waits is tried again."""
REST_MS = 100
"""The first change heard is read at once, those that follow together, not more often than that."""
_NOT_FOR_LATER = frozenset({"interdit", "introuvable", "conflit"})
"""Failures that trying again would not mend."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[T]):
    """Work about a transfer for the store, and what to do with its answer on this thread."""

    key: str
    work: Callable[[OpenUnit], T]
    then: Callable[[T], None]


class DeskTransfers(QObject):
    """One for the window. A step is on screen at once; one at a time goes to the store, in order.

    While the store does not answer, what was marked stays on screen and waits (`waits`); it is tried again by
    itself. What became of the transfer meanwhile at another desk is told by `late`, never overwritten.

    Signals:
        changed(str): a transfer, by its id, is not what it was (`get`).
        queue_changed(): transfers came to the watched lines, or left them.
        late(object): a Late: what was asked was not done.
        taken(object): the Transfer that this desk asked for and now has.
        failed(object): the StoreFailure that keeps something from being done.
    """

    changed = Signal(str)
    queue_changed = Signal()
    late = Signal(object)
    taken = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        door: StoreDoor,
        live: Live,
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        on_behalf: Callable[[], OnBehalf] = nobody_else,
    ) -> None:
        """`desk` gives the code of this desk, `on_behalf` signs work for whoever asks for it now."""
        super().__init__(parent)
        self._on_behalf = on_behalf
        self._door, self._live, self._desk, self._clock = door, live, desk, clock
        self._known: dict[str, Transfer] = {}
        self._lines: frozenset[str] = frozenset()
        self._in_queue: tuple[str, ...] = ()
        self._waiting: deque[_Waiting[object]] = deque()
        self._is_asking = False
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._next)
        self._heard: set[str] = set()
        self._news = Burst(REST_MS, self)
        self._news.due.connect(self._read_changed)
        live.changed.connect(self._changed)
        live.linked.connect(self._linked)

    # --- what is known ----------------------------------------------------------------------------------

    @property
    def waits(self) -> bool:
        """Whether something marked on screen is not in the store yet."""
        return bool(self._waiting) or self._is_asking

    @property
    def queue(self) -> tuple[Transfer, ...]:
        """The transfers to the watched lines, oldest first."""
        return tuple(self._known[key] for key in self._in_queue)

    @property
    def all(self) -> tuple[Transfer, ...]:
        """Every transfer that is known here."""
        return tuple(self._known.values())

    def get(self, key: str) -> Transfer | None:
        """A transfer as it stands now."""
        return self._known.get(key)

    def of_call(self, call: str) -> Transfer | None:
        """The transfer of a call of either side: the one that goes on, else the last one."""
        found = [one for one in self._known.values() if call and call in (one.call, one.line_call)]
        found.sort(key=lambda one: (not one.is_settled, one.prepared_at))
        return found[-1] if found else None

    def calls_with(self, call: str) -> frozenset[str]:
        """The calls of both desks about the transfer of a call: its patient did not call twice."""
        transfer = self.of_call(call)
        return frozenset((transfer.call, transfer.line_call)) if transfer is not None else frozenset()

    # --- reading ----------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Read what this desk had in hand when it stopped: it goes on where it was."""
        self._read(read.going_on(self._desk()))

    def look_up(self, call: str) -> None:
        """Read the transfers of a call."""
        self._read(read.of_call(call))

    def watch(self, dispositifs: Collection[str]) -> None:
        """Follow the queue of the lines of these dispositifs from now on."""
        self._lines = frozenset(dispositifs)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the queue again."""
        if self._lines:
            self._door.ask(read.queue(self._lines, self._clock()), self._queue_read, self._not_read)

    def _read(self, work: Callable[[OpenUnit], read.Transfers]) -> None:
        self._door.ask(work, self._take_all, self._not_read)

    def _not_read(self, failure: StoreFailure) -> None:
        # What is on screen stays; it is read again when the link is back.
        self.failed.emit(failure)

    def _queue_read(self, transfers: read.Transfers) -> None:
        self._take_all(transfers)
        keys = tuple(one.id for one in transfers)
        if keys != self._in_queue:
            self._in_queue = keys
            self.queue_changed.emit()

    def _take_all(self, transfers: Iterable[Transfer]) -> None:
        for one in transfers:
            self._take_in(one)

    def _take_in(self, transfer: Transfer) -> None:
        """What the store holds; what was marked here and is not there yet stays on screen."""
        known = self._known.get(transfer.id)
        if known is not None and self._is_waiting(transfer.id):
            self._heard.add(transfer.id)  # read again once all is written
            return
        if known is not None and known.version > transfer.version:
            return
        self._known[transfer.id] = transfer
        if known != transfer:
            self.changed.emit(transfer.id)
            if known is not None and transfer.id in self._in_queue:
                self.queue_changed.emit()

    # --- acts -------------------------------------------------------------------------------------------

    def prepare(self, transfer: Transfer, answering: str = "") -> None:
        """Begin a transfer; `answering` is this desk's call for a patient whom nobody announced."""
        self._show(transfer)
        work = prepare(transfer, answering)

        def begin(open_unit: OpenUnit) -> Outcome:
            try:
                return Done(work(open_unit))
            except AlreadyGoingOn as going_on:
                return Late(going_on.transfer, "Cet appel a déjà un transfert en cours.")

        self._ask(transfer.id, begin, lambda outcome: self._settled(outcome, instead=transfer.id))

    def move(
        self, key: str, move: TransferMove, *, reason: str = "", text: str = "", appointment: str = ""
    ) -> bool:
        """Mark a step; False when the transfer as it stands here does not allow it, or its reason lacks."""
        transfer, now = self._known[key], self._clock()
        asked = MoveAsked(key, move, self._desk(), now, reason, text, appointment, seen=transfer.state)
        try:
            moved = transfer.moved(move, Actor(asked.desk), now, reason=reason, text=text)
        except IllegalTransferMove:
            return False
        self._show(moved)
        self._ask(key, acts.move(asked), self._settled)
        return True

    def patient_left(self, key: str) -> None:
        """The patient is not on the phone any more."""
        self._ask(key, acts.patient_left(key, self._desk(), self._clock()), self._settled)

    def patient_back(self, key: str) -> None:
        """The patient is on the phone again."""
        self._ask(key, acts.patient_back(key, self._desk(), self._clock()), self._settled)

    def take(self, key: str, *, over: bool = False) -> None:
        """Take a transfer of a line; `taken` once this desk has it, `late` when another has."""
        self._ask(key, acts.take(key, self._desk(), self._clock(), over=over), self._was_taken)

    def give_back(self, key: str) -> None:
        """Put it back into the queue."""
        self._ask(key, acts.give_back(key, self._desk(), self._clock()), self._settled)

    def keep_line_call(self, key: str, call: str) -> None:
        """Say which call of this desk is the patient's."""
        self._ask(key, acts.keep_line_call(key, call, self._desk()), self._settled)

    def join(self, unannounced: str, announced: str) -> None:
        """The caller taken without an announcement is the patient of one that came."""
        work = acts.join(unannounced, announced, self._desk(), self._clock())

        def joined(outcome: Outcome) -> None:
            self._was_taken(outcome)
            self.refresh()

        self._ask(announced, work, joined)

    def _is_waiting(self, key: str) -> bool:
        return any(one.key == key for one in self._waiting)

    # --- with the store ---------------------------------------------------------------------------------

    def _show(self, transfer: Transfer) -> None:
        self._known[transfer.id] = transfer
        self.changed.emit(transfer.id)

    def _ask(self, key: str, work: Callable[[OpenUnit], Outcome], then: Callable[[Outcome], None]) -> None:
        # What waits is written for whoever marked it, also once the desk is locked or somebody else's.
        mine = self._on_behalf()
        signed = _Waiting(key, lambda units: work(mine(units)), then)
        self._waiting.append(signed)  # type: ignore[arg-type]  # kept as any answer
        self._next()

    @Slot()
    def _next(self) -> None:
        if self._is_asking or not self._waiting:
            return
        self._is_asking = True
        self._retry.stop()
        self._door.ask(self._waiting[0].work, self._answered, self._failed)

    def _answered(self, answer: object) -> None:
        waiting = self._waiting.popleft()
        self._is_asking = False
        waiting.then(answer)
        if self._waiting:
            self._next()
        elif self._heard:
            self._news.tell()

    def _failed(self, failure: StoreFailure) -> None:
        self._is_asking = False
        self.failed.emit(failure)
        if failure.code in _NOT_FOR_LATER:
            key = self._waiting[0].key
            self._waiting = deque(one for one in self._waiting if one.key != key)
            known = self._known.get(key)
            if known is not None and not known.version:  # never kept: there is nothing to read again
                self._known.pop(key)
                self.changed.emit(key)
            else:
                self._heard.add(key)
            self._news.tell()
            self._next()
        else:
            self._retry.start()

    def _settled(self, outcome: Outcome, instead: str = "") -> None:
        """Take in what the store says; `instead` is shown no more when it holds another in its place."""
        transfer = outcome.transfer
        if instead and transfer.id != instead:
            self._known.pop(instead, None)
        if isinstance(outcome, Late):
            # What was marked after it rests on what did not happen.
            gone = {transfer.id, instead}
            self._waiting = deque(one for one in self._waiting if one.key not in gone)
        if not any(one.key == transfer.id for one in self._waiting):
            self._known[transfer.id] = transfer
            self.changed.emit(transfer.id)
        if isinstance(outcome, Late):
            self.late.emit(outcome)
        if transfer.line.dispositif in self._lines:
            self._news.tell()

    def _was_taken(self, outcome: Outcome) -> None:
        self._settled(outcome)
        if isinstance(outcome, Done):
            self.taken.emit(outcome.transfer)

    # --- the other desks --------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, change: Change) -> None:
        if change.subject is Subject.TRANSFER:
            self._heard.add(change.id)
            self._news.tell()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        self._heard.update(self._known)
        self._news.tell()
        self._next()

    @Slot()
    def _read_changed(self) -> None:
        if self.waits:
            return  # once it is written
        heard, self._heard = self._heard, set()
        for key in sorted(heard & set(self._known)):
            self._door.ask(read.by_id(key), self._take_in, self._not_read)
        self.refresh()
