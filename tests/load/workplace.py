"""A desk without a window: its store, its calls in hand, what it saves and retries as the window does."""

from __future__ import annotations

import contextlib
import heapq
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar
from uuid import uuid4

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.base.live import Alone, Change, Heard, Linked, Subject
from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.kept_aside import not_there_yet
from osnp_console.app.calls.write_behind import ChangedElsewhere, Flushed, WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.people.permissions import SignedBackground
from osnp_console.app.people.sign_in import SignIn
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import OSNP, SECRETARY
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.live_feed import LiveFeed
from osnp_console.storage.server_link import open_link
from osnp_console.storage.server_store import Server, open_server_store
from osnp_console.storage.store import Store
from osnp_console.storage.thread import StoreThread
from tests.load.ledger import LedgerWriter

T = TypeVar("T")
PASSWORD = "une phrase d’essai assez longue"
PASSWORDS = ArgonPasswords(memory_kib=1024, passes=1, lanes=1)
"""Small on purpose: fifty people sign in at once on one machine, which a site's never do."""


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """One desk of the office. `address` goes through the desk's own link; durations are in seconds.

    `letter` passes between two letters, `rest` on average between two calls, `retry` before a failed save
    is tried again. `first_of` are the ids of calls taken here and opened at another desk too, `second_of`
    those that this desk opens beside the one that took them. `is_line` is a desk of the line; the others
    hand over `transfers` of their calls to it. A desk in a network of its own enters `network` before it
    connects.
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
    is_line: bool = False
    transfers: int = 0
    network: str = ""

    @property
    def desk(self) -> Desk:
        """The desk in the journal and in the numbers of its calls."""
        if self.is_line:
            return Desk(role="telesecretariat", cpts=("CPTS d’essai",), number=self.number)
        return Desk(role="osnp", sas="44", number=self.number)

    @property
    def identifier(self) -> str:
        """What its person types to sign in."""
        return f"p.exemple{self.number}"

    @property
    def person(self) -> str:
        """The name of its person, as shown."""
        return f"Personne Exemple {self.number}"

    @property
    def role(self) -> str:
        """What its person may do."""
        return SECRETARY if self.is_line else OSNP

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
        self._store = StoreThread(self._open)
        self.base = SignedBackground(self._store, lambda: self.in_hand.session)
        self.kept = WriteBehind()
        self.aside = KeptAside(Path(plan.folder) / f"attente-{plan.number}", bytes.fromhex(plan.key))
        self.kept.write_first(self.aside.keep_first)
        self.next_id: str | None = None
        self.in_hand = CallsInHand(plan.desk, check, self.kept, self._new_id, ledger.logged)
        self._link = ""
        self._feed: LiveFeed | None = None
        self._home: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._flushing = False
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._laters = 0
        self._watchers: list[Callable[[Heard], None]] = []
        self._is_retrying = False
        self._unsaved_since: float | None = None
        self.failures = 0
        """How often the store did not answer what was asked until it did."""

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

    def begin(self, *, again: bool = False) -> None:
        """Open the base, sign in, number on from where it stands; raises Refusal.

        `again` after a death: what was kept aside goes to the base first, then open calls are taken up.
        """
        while not self._is_signed_in():
            self.wait(self.plan.retry)
            self._store.reopen(self._open)
        if again:
            self._bring_back()
        today = in_paris(self.now()).date()
        self.in_hand.number_from(today, self.ask_until_answered(partial(_last_number, self.plan.desk, today)))
        server = self.plan.server
        self._feed = LiveFeed(lambda: open_link(server.address, server.password), self._link, self.now)
        self._feed.follow(lambda heard: self._home.put(lambda: self._hear(heard)))
        if again:
            records = self.ask_until_answered(partial(_still_open, self.plan.desk))
            self.in_hand.recover(records, self.now())
            self.save()

    def _is_signed_in(self) -> bool:
        now = self.now()
        sign_in = SignIn(self._store, PASSWORDS, lambda: now)
        try:
            signed = sign_in.sign_in(self.plan.identifier, PASSWORD, self.plan.desk.code)
        except StoreFailure as failure:
            self.ledger.failed(failure.code)
            self.ledger.may_have_logged(journal.SIGNED_IN, None, now.isoformat())
            return False
        self.in_hand.hand_over(signed.session, now)
        self.ledger.signed_in(signed.account.id)
        self.ledger.logged(JournalEntry(self.plan.desk.code, now, journal.SIGNED_IN, None))
        return True

    def _bring_back(self) -> None:
        aside = self.aside.read()
        self.kept.restore(self.ask_until_answered(lambda units: not_there_yet(units, aside)))
        self.ask_until_answered(self.kept.flush)
        self.aside.keep(self.kept.waiting())

    def watch(self, watcher: Callable[[Heard], None]) -> None:
        """Call it on the desk's own thread for whatever is heard of the others."""
        self._watchers.append(watcher)

    def end(self, seconds: float) -> bool:
        """Close feed and base; False when that took longer."""
        if self._feed is not None:
            self._feed.close()
        self.aside.close()
        return self._store.close(seconds)

    def _hear(self, heard: Heard) -> None:
        """As the window does: a call that is open here and changed elsewhere is looked at again."""
        match heard:
            case Change(subject=Subject.CALL, id=call):
                self.in_hand.look_again(call)
            case Linked():
                self.ledger.heard_again()
                for one in self.in_hand.calls:
                    self.in_hand.look_again(one.record.id)
            case Alone():
                self.ledger.hears_nothing()
        for watcher in self._watchers:
            watcher(heard)
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
            if self._later:
                left = min(left, max(self._later[0][0] - time.monotonic(), 0.0))
            with contextlib.suppress(Empty):
                self._home.get(timeout=left)()
            self._do_what_is_due()
        return True

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do it on the desk's own thread once so much time has passed."""
        self._laters += 1
        heapq.heappush(self._later, (time.monotonic() + seconds, self._laters, act))

    def _do_what_is_due(self) -> None:
        while self._later and self._later[0][0] <= time.monotonic():
            heapq.heappop(self._later)[2]()

    def _retry(self) -> None:
        self._is_retrying = False
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
                self.failures += 1
                self.ledger.failed(failure.code)
                self.wait(self.plan.retry)

    def submit(self, work: Callable[[OpenUnit], T], then: Callable[[T | StoreFailure], None]) -> None:
        """Ask the store, and go on: `then` is told the answer, or why there is none, on the desk's thread."""

        def come_home(done: Future[T]) -> None:
            try:
                then(done.result())
            except StoreFailure as failure:
                then(failure)

        self.base.submit(work).add_done_callback(lambda done: self._home.put(partial(come_home, done)))

    def save(self) -> None:
        """Hand what waits to the store's thread, unless it is busy with the last of it."""
        if self._unsaved_since is None and self.kept.is_waiting:
            self._unsaved_since = time.monotonic()
        if not self.kept.is_waiting:
            return
        self.aside.keep(self.kept.waiting())
        if self._flushing:
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
            if not self._is_retrying:
                self._is_retrying = True
                self.later(self.plan.retry, self._retry)
            return
        self.ledger.lasted("enregistrement", begun, ended)
        if since is not None:
            self.ledger.lasted("de la frappe à la base", since, ended)
        for one in flushed.elsewhere:
            self._take_elsewhere(one)
        if self.kept.is_waiting:
            self.save()
        else:
            # A letter that came while it was written may have gone with it.
            self._unsaved_since = None
            self.aside.keep(self.kept.waiting())

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


def _last_number(desk: Desk, today: date, units: OpenUnit) -> int:
    with units() as unit:
        return unit.calls.last_number(desk.code, today)


def _still_open(desk: Desk, units: OpenUnit) -> list[CallRecord]:
    with units() as unit:
        return list(unit.calls.still_open(desk.code))


def _shown(answer: object) -> str:
    return "" if answer is None else str(answer)
