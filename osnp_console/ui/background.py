"""The one way out of the window's thread to the store, and the one way home."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.ports import Background, OpenUnit, StoreFailure

T = TypeVar("T")
OnBehalf = Callable[[OpenUnit], OpenUnit]
"""Signs the units of work for somebody; `nobody_else` leaves them to whoever is there in its turn."""


def nobody_else() -> OnBehalf:
    """For a desk at which persons do not take turns."""
    return lambda units: units


class StoreDoor(QObject):
    """Sends work to the store's thread; answers come home on the thread this object lives in.

    A failure that is not a StoreFailure is a bug: it is raised in the window's thread, where the last-resort
    handler sees it.
    """

    _home = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._home.connect(self._come_home)
        self._shut = False
        self._under_way = 0

    @property
    def is_idle(self) -> bool:
        """True when every answer has come home."""
        return self._under_way == 0

    def ask(
        self,
        work: Callable[[OpenUnit], T],
        then: Callable[[T], None],
        failed: Callable[[StoreFailure], None],
    ) -> None:
        """Do `work` on the store's thread, then call `then` with its answer, or `failed`, on this thread."""
        self._under_way += 1
        future = self._background.submit(work)
        future.add_done_callback(lambda done: self._home.emit((done, then, failed)))

    def shut(self) -> None:
        """Let no answer come home any more: the window is going."""
        self._shut = True

    @Slot(object)
    def _come_home(
        self, letter: tuple[Future[T], Callable[[T], None], Callable[[StoreFailure], None]]
    ) -> None:
        future, then, failed = letter
        self._under_way -= 1
        if self._shut:
            return
        try:
            answer = future.result()
        except StoreFailure as failure:
            failed(failure)
            return
        then(answer)
