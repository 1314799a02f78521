"""The calls' base as the window opens it: key, lock, store's thread, copies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from osnp_console.app.base_care import BaseReport
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.bootstrap.bases import CommuneCodes, DeskBases
from osnp_console.desk.keys import KeyNeed, KeySource, Secrets
from osnp_console.desk.passphrase import salt_file
from osnp_console.desk.single_instance import BaseLock
from osnp_console.ui.frame.pieces import Look, Situation

if TYPE_CHECKING:
    from osnp_console.storage.store import Store
    from osnp_console.storage.thread import StoreThread

T = TypeVar("T")
NOT_OPEN = "La base n’est pas ouverte : ce qui est tapé reste en mémoire."
CLOSING_SECONDS = 20.0


class DeskBase:
    """Implements `ui.frame.pieces.Base` over the encrypted file of this workstation."""

    def __init__(
        self, file: Path, keyring: Secrets, now: Callable[[], datetime], commune_codes: CommuneCodes
    ) -> None:
        self._file = file
        self._keyring = keyring
        self._now = now
        self._keys = KeySource(file, keyring)
        self._commune_codes = commune_codes
        self._lock = BaseLock(file)
        self._locked = False
        self._thread: StoreThread | None = None
        self._key: bytes | None = None

    @property
    def place(self) -> str:
        """The file's path."""
        return str(self._file)

    @property
    def key_kind(self) -> str:
        """`phrase` where the base has a salt file, else `trousseau`."""
        return "phrase" if salt_file(self._file).exists() else "trousseau"

    def look(self) -> Future[Look]:
        """What opening takes. The keyring may be slow to answer: asked on a thread of its own."""
        return _aside(self._look)

    def _look(self) -> Look:
        need = self._keys.need
        if not self._file.exists():
            asked = need is not KeyNeed.NOTHING
            return Look(Situation.FIRST_START, self._keys.message if asked else None)
        return Look(Situation.PASSPHRASE if need is KeyNeed.PASSPHRASE else Situation.KEY_AT_HAND)

    def open(self, passphrase: str | None) -> Future[None]:
        """Open the base on the store's thread, or open it another way after a failure."""
        from osnp_console.storage.thread import StoreThread

        open_base = self._opening(passphrase)
        if self._thread is None:
            self._thread = StoreThread(open_base)
            return self._thread.opened()
        return self._thread.reopen(open_base)

    def _opening(self, passphrase: str | None) -> Callable[[], Store]:
        def open_base() -> Store:
            # SQLAlchemy costs a third of a second: paid on this thread, beside the window.
            from osnp_console.storage.store import create_store, open_store
            from osnp_console.storage.swap import finish_swap

            if not self._locked:
                self._lock.take()
                self._locked = True
            try:
                finish_swap(self._file)
                exists = self._file.exists()
                key = self._keys.key(passphrase)
                make = open_store if exists else create_store
                store = make(self._file, key, commune_codes=self._commune_codes)
            except BaseException:
                self._let_go()
                raise
            self._key = key
            return store

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
        return _aside(self._verify)

    def _verify(self) -> BaseReport:
        from osnp_console.storage.verify import verify_base

        return verify_base(self._file, self._open_key())

    def save_copy(self, path: str) -> Future[str]:
        """Write an encrypted copy that `base restaurer` takes; answers where."""
        return _aside(lambda: self._save_copy(Path(path)))

    def _save_copy(self, target: Path) -> str:
        from osnp_console.storage.backup import back_up

        back_up(self._file, self._open_key(), target)
        return str(target)

    def restore(self, path: str) -> Future[None]:
        """Put a verified copy in place of a base that did not open."""
        return _aside(lambda: self._restore(Path(path)))

    def _restore(self, source: Path) -> None:
        DeskBases(self._keyring, self._file, self._now).restore(self._file, None, source)

    def _open_key(self) -> bytes:
        if self._key is None:
            raise StoreFailure("base_verrouillee", NOT_OPEN)
        return self._key

    def close(self) -> bool:
        """Finish what is queued and close; False when that took too long (what was typed is then lost)."""
        done = self._thread is None or self._thread.close(CLOSING_SECONDS)
        self._let_go()
        return done

    def _let_go(self) -> None:
        if self._locked:
            self._lock.release()
            self._locked = False


def _aside(work: Callable[[], T]) -> Future[T]:
    """Do something on a thread of its own: it ends with it, and never keeps the program from ending."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # whatever it is belongs to whoever asked
            future.set_exception(error)

    Thread(target=run, name="trousseau", daemon=True).start()
    return future
