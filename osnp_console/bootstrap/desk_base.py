"""The calls' base as the window opens it: key, lock, store's thread, copies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.care import BaseReport
from osnp_console.app.base.drafts import DraftShelf
from osnp_console.app.base.leaving import open_calls
from osnp_console.app.base.live import Feed
from osnp_console.app.calls.kept_aside import Aside
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.bootstrap.bases import CommuneCodes
from osnp_console.bootstrap.desk_openings import NOT_OPEN, FileOpening, Opening, ServerOpening
from osnp_console.desk.keys import Secrets
from osnp_console.desk.server_keys import ServerSecrets
from osnp_console.desk.single_instance import BaseLock
from osnp_console.ui.frame.pieces import Look

if TYPE_CHECKING:
    from osnp_console.storage.store import Store
    from osnp_console.storage.thread import StoreThread

T = TypeVar("T")
CLOSING_SECONDS = 20.0


class DeskBase:
    """Implements `ui.frame.pieces.Base` over the workstation's encrypted file, or its base on a server.

    `data` is the workstation's folder.
    """

    def __init__(
        self,
        place: BasePlace,
        keyring: Secrets,
        now: Callable[[], datetime],
        commune_codes: CommuneCodes,
        data: Path,
    ) -> None:
        self._waits_for: str | None = None
        self._keyring = keyring
        self._now = now
        self._commune_codes = commune_codes
        self._data = data
        self._locked = False
        self._thread: StoreThread | None = None
        self.where = place
        """The base that is open or is opened next."""
        self._opening = self._opening_of(place, None)
        self._lock = BaseLock(self._opening.lock_beside)

    def _opening_of(self, place: BasePlace, given: ServerSecrets | None) -> Opening:
        if isinstance(place, ServerAddress):
            return ServerOpening(
                place, self._keyring, self._data, self._now, self._commune_codes, self._wait_for, given
            )
        return FileOpening(place, self._keyring, self._now, self._commune_codes)

    def choose(self, place: BasePlace, given: ServerSecrets | None = None) -> None:
        """Open another base next: the first start said which. No base is open, nor being opened."""
        assert not self._locked
        self.where = place
        self._opening = self._opening_of(place, given)
        self._lock = BaseLock(self._opening.lock_beside)

    @property
    def place(self) -> str:
        """Where it is, as shown."""
        return self._opening.place

    @property
    def key_kind(self) -> str:
        """Where its key comes from."""
        return self._opening.key_kind

    @property
    def waits_for(self) -> str | None:
        """What opening waits for: another desk that brings a server's base up to date."""
        return self._waits_for

    def _wait_for(self, sentence: str) -> None:
        self._waits_for = sentence

    def look(self) -> Future[Look]:
        """What opening takes. The keyring may be slow to answer: asked on a thread of its own."""
        return on_own_thread(self._opening.look)

    def open(self, passphrase: str | None) -> Future[None]:
        """Open the base on the store's thread, or open it another way after a failure."""
        from osnp_console.storage.thread import StoreThread

        open_base = self._opener(passphrase)
        if self._thread is None:
            self._thread = StoreThread(open_base)
            return self._thread.opened()
        return self._thread.reopen(open_base)

    def _opener(self, passphrase: str | None) -> Callable[[], Store]:
        def open_base() -> Store:
            if not self._locked:
                self._lock.take()
                self._locked = True
            try:
                return self._opening.open(passphrase)
            except BaseException:
                self._let_go()
                raise
            finally:
                self._waits_for = None

        return open_base

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue work on the store's thread."""
        if self._thread is None:
            future: Future[T] = Future()
            future.set_exception(StoreFailure("base_verrouillee", NOT_OPEN))
            return future
        return self._thread.submit(work)

    def verify(self) -> Future[BaseReport]:
        """What it holds and what is wrong with it; it stays open meanwhile."""
        return on_own_thread(self._opening.verify)

    def save_copy(self, path: str) -> Future[str]:
        """Write an encrypted copy that `base restaurer` takes; answers where."""

        def save() -> str:
            self._opening.save_copy(Path(path))
            return path

        return on_own_thread(save)

    def restore(self, path: str) -> Future[None]:
        """Put a verified copy in place of a base that did not open."""
        return on_own_thread(lambda: self._opening.restore(Path(path)))

    def feed(self) -> Feed | None:
        """What listens to the other desks, once the base is open; None for a file, which is one desk's."""
        return self._opening.feed()

    def aside(self) -> Aside | None:
        """Where what a server has not taken yet is kept; None for a file, which is on this disk itself."""
        return self._opening.aside()

    def drafts(self) -> DraftShelf | None:
        """Where what is typed in forms is kept until the base has it; None while the base is not open."""
        return self._opening.drafts()

    def still_open(self, desk: str) -> int | None:
        """How many calls of that desk are open in it; None while it is not open. Raises StoreFailure."""
        return self.submit(open_calls(desk)).result() if self._locked else None

    def kept_here(self) -> bool | None:
        """Whether this desk keeps something that the base does not have; None where that cannot be read."""
        return self._opening.kept_here()

    def leave_for(self, place: BasePlace) -> None:
        """Close it, if it is open, and open that one next. Waits for what is queued."""
        self.close()
        self._thread = None
        self.choose(place)

    def close(self) -> bool:
        """Finish what is queued and close; False when that took too long (what was typed is then lost)."""
        done = self._thread is None or self._thread.close(CLOSING_SECONDS)
        self._opening.close()
        self._let_go()
        return done

    def _let_go(self) -> None:
        if self._locked:
            self._lock.release()
            self._locked = False


def on_own_thread(work: Callable[[], T]) -> Future[T]:
    """Do something on a thread of its own: it ends with it, and never keeps the program from ending."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # whatever it is belongs to whoever asked
            future.set_exception(error)

    Thread(target=run, name="trousseau", daemon=True).start()
    return future
