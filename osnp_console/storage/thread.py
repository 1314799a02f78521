"""The store's own thread: whoever asks never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from osnp_console.app.ports import OpenUnit, StoreFailure

if TYPE_CHECKING:
    # The store's libraries cost a third of a second: whoever opens it pays for them, on this thread.
    from osnp_console.storage.store import Store

T = TypeVar("T")
_Task = Callable[[OpenUnit | None, StoreFailure | None], None]
CLOSED = "La console se ferme : la base ne prend plus rien."


class StoreThread:
    """Runs work on the store, one after the other (`app.ports.Background`).

    The base is opened on the thread too, by `open_base`. When that fails, every work fails with the
    same StoreFailure until `reopen` gives another way (another key, after the disk was mended).
    """

    def __init__(self, open_base: Callable[[], Store]) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._open_base = open_base
        self._store: Store | None = None
        self._failure: StoreFailure | None = None
        self._thread = Thread(target=self._run, name="base", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue `work`; the future fails with StoreFailure when the store cannot."""
        future: Future[T] = Future()

        def task(open_unit: OpenUnit | None, failure: StoreFailure | None) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                if open_unit is None:
                    assert failure is not None
                    raise failure
                result = work(open_unit)
            except BaseException as error:  # whatever it is belongs to whoever asked
                future.set_exception(error)
            else:
                future.set_result(result)

        self._put(task, future)
        return future

    def opened(self) -> Future[None]:
        """Done once the base is open; fails with the StoreFailure that kept it closed."""
        return self.submit(lambda open_unit: None)

    def reopen(self, open_base: Callable[[], Store]) -> Future[None]:
        """Close the base and open it another way; the future fails when that fails too."""

        def switch(open_unit: OpenUnit | None, failure: StoreFailure | None) -> None:
            self._shut()
            self._open_base = open_base
            self._open()

        with self._lock:
            if not self._closed:
                self._tasks.put(switch)
        return self.opened()

    def close(self, timeout: float | None = None) -> bool:
        """Finish what is queued, close the base, end the thread; False when that took longer.

        `timeout` is in seconds, None to wait as long as it takes.
        """
        with self._lock:
            if not self._closed:
                self._closed = True
                self._tasks.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _put(self, task: _Task, future: Future[T]) -> None:
        with self._lock:
            if self._closed:
                future.set_exception(StoreFailure("base_verrouillee", CLOSED))
            else:
                self._tasks.put(task)

    def _run(self) -> None:
        self._open()
        while (task := self._tasks.get()) is not None:
            task(self._store.unit if self._store is not None else None, self._failure)
        self._shut()

    def _open(self) -> None:
        try:
            self._store, self._failure = self._open_base(), None
        except StoreFailure as error:
            self._store, self._failure = None, error
        except Exception as error:  # a failure of ours while opening reaches whoever asks for the base
            self._store = None
            self._failure = StoreFailure("base_endommagee", "La base n’a pas pu être ouverte.")
            self._failure.__cause__ = error

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
