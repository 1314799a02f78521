"""A desk without a window: its store, its calls in hand, what it saves and retries as the window does."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar
from uuid import uuid4

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.base.live import Change, Heard, Linked, Subject
from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.write_behind import ChangedElsewhere, Flushed, WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.storage.live_feed import LiveFeed
from osnp_console.storage.server_link import open_link
from osnp_console.storage.server_store import Server, open_server_store
from osnp_console.storage.store import Store
from osnp_console.storage.thread import StoreThread
from tests.load.ledger import LedgerWriter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """One desk of the office. `address` goes through the desk's own link; durations are in seconds.

    `letter` passes between two letters, `rest` on average between two calls, `retry` before a failed save
    is tried again. `first_of` are the ids of calls taken here and opened at another desk too, `second_of`
    those that this desk opens beside the one that took them.
    """

    number: int
    seed: int
    address: str
    key: str
    folder: str
    calls: int
    letter: float
    rest: float
    retry: float
    patience: float
    agenda: str
    first_of: tuple[str, ...] = ()
    second_of: tuple[str, ...] = ()

    @property
    def desk(self) -> Desk:
        """The desk in the journal and in the numbers of its calls."""
        return Desk(role="osnp", sas="44", number=self.number)

    @property
    def ledger(self) -> Path:
        """Where its ledger is."""
        return Path(self.folder) / f"poste-{self.number}.jsonl"

    @property
    def server(self) -> Server:
        """The base as this desk reaches it, with heads of its own as if on its own disk."""
        place = base_place(self.address)
        assert isinstance(place, ServerAddress)
        heads = Path(self.folder) / f"reperes-{self.number}"
        return Server(place, None, bytes.fromhex(self.key), heads, joins=True)


class Workplace:
    """What `ui.calls.DeskCalls` does, on an ordinary thread: acts in, saves out, answers home."""

    def __init__(self, plan: DeskPlan, check: CheckEligibility, ledger: LedgerWriter) -> None:
        self.plan = plan
        self.ledger = ledger
        self.base = StoreThread(self._open)
        self.kept = WriteBehind()
        self.next_id: str | None = None
        self.in_hand = CallsInHand(plan.desk, check, self.kept, self._new_id, ledger.logged)
        self._link = ""
        self._feed: LiveFeed | None = None
        self._home: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._flushing = False
        self._retry_at: float | None = None
        self._unsaved_since: float | None = None

    def _open(self) -> Store:
        store = open_server_store(self.plan.server)
        self._link = store.link
        return store

    def _new_id(self) -> str:
        chosen, self.next_id = self.next_id, None
        return chosen if chosen is not None else uuid4().hex

    @staticmethod
    def now() -> datetime:
        """The clock of the desk."""
        return datetime.now(UTC)

    def begin(self) -> None:
        """Open the base and number on from where it stands; raises StoreFailure."""
        today = in_paris(self.now()).date()

        def last(units: OpenUnit) -> int:
            with units() as unit:
                return unit.calls.last_number(self.plan.desk.code, today)

        self.in_hand.number_from(today, self.ask(last))
        server = self.plan.server
        self._feed = LiveFeed(lambda: open_link(server.address, server.password), self._link, self.now)
        self._feed.follow(lambda heard: self._home.put(lambda: self._hear(heard)))

    def end(self, seconds: float) -> bool:
        """Close feed and base; False when that took longer."""
        if self._feed is not None:
            self._feed.close()
        return self.base.close(seconds)

    def _hear(self, heard: Heard) -> None:
        """As the window does: a call that is open here and changed elsewhere is looked at again."""
        match heard:
            case Change(subject=Subject.CALL, id=call):
                self.in_hand.look_again(call)
            case Linked():
                for one in self.in_hand.calls:
                    self.in_hand.look_again(one.record.id)
        self.save()

    # --- time -------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Let time pass, dealing with what comes home meanwhile."""
        self.until(lambda: False, seconds)

    def until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Deal with what comes home until it is so; False when it is not within so many seconds."""
        ends = time.monotonic() + seconds
        while not is_so():
            left = ends - time.monotonic()
            if left <= 0:
                return False
            if self._retry_at is not None:
                left = min(left, max(self._retry_at - time.monotonic(), 0.0))
            try:
                self._home.get(timeout=left)()
            except Empty:
                self._retry_when_due()
        return True

    def _retry_when_due(self) -> None:
        if self._retry_at is not None and time.monotonic() >= self._retry_at:
            self._retry_at = None
            self.save()

    # --- the store --------------------------------------------------------------------------------------

    def ask(self, work: Callable[[OpenUnit], T]) -> T:
        """What a work of the store answers; raises StoreFailure. What comes home meanwhile is dealt with."""
        return self.wait_for(self.base.submit(work))

    def wait_for(self, future: Future[T]) -> T:
        """The answer of a work, however long it takes."""
        future.add_done_callback(lambda done: self._home.put(lambda: None))
        self.until(future.done, self.plan.patience)
        return future.result(0)

    def ask_until_answered(self, work: Callable[[OpenUnit], T]) -> T:
        """The same, tried again while the store fails, as an operator does."""
        while True:
            try:
                return self.ask(work)
            except StoreFailure as failure:
                self.ledger.failed(failure.code)
                self.wait(self.plan.retry)

    def save(self) -> None:
        """Hand what waits to the store's thread, unless it is busy with the last of it."""
        if self._unsaved_since is None and self.kept.is_waiting:
            self._unsaved_since = time.monotonic()
        if self._flushing or not self.kept.is_waiting:
            return
        self._flushing = True
        begun, since = time.monotonic(), self._unsaved_since
        self._unsaved_since = None
        self.base.submit(self.kept.flush).add_done_callback(partial(self._flushed, begun, since))

    def _flushed(self, begun: float, since: float | None, done: Future[Flushed]) -> None:
        """On the store's thread."""
        ended = time.monotonic()
        self._home.put(lambda: self._come_home(done, begun, since, ended))

    def _come_home(self, done: Future[Flushed], begun: float, since: float | None, ended: float) -> None:
        self._flushing = False
        try:
            flushed = done.result()
        except StoreFailure as failure:
            self.ledger.failed(failure.code)
            self._unsaved_since = since
            self._retry_at = time.monotonic() + self.plan.retry
            return
        self._retry_at = None
        self.ledger.lasted("enregistrement", begun, ended)
        if since is not None:
            self.ledger.lasted("de la frappe à la base", since, ended)
        for one in flushed.elsewhere:
            self._take_elsewhere(one)
        self.save()

    def _take_elsewhere(self, one: ChangedElsewhere) -> None:
        merge = self.in_hand.take_elsewhere(one, self.now())
        if merge is None:
            return
        for code in merge.taken:
            self.ledger.saw(merge.record.id, code, _shown(merge.record.sheet.answer(code)), live=True)
        for had in merge.both:
            self.ledger.warned(merge.record.id, had.code, _shown(had.mine), _shown(had.theirs))
        self.save()

    @property
    def is_saved(self) -> bool:
        """True when nothing waits for the store."""
        return not self._flushing and not self.kept.is_waiting


def _shown(answer: object) -> str:
    return "" if answer is None else str(answer)
