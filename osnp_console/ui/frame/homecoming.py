"""Futures that end on other threads, answered on the window's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from osnp_console.app.ports import StoreFailure

T = TypeVar("T")


class Homecoming(QObject):
    """Calls `then` with a future's answer, or `failed` with its StoreFailure, on this object's thread."""

    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home.connect(self._come_home)

    def when_done(
        self, future: Future[T], then: Callable[[T], None], failed: Callable[[StoreFailure], None]
    ) -> None:
        """Hear of a future's end; any other error is raised on this thread, where the last resort sees it."""
        future.add_done_callback(lambda done: self._send((done, then, failed)))

    def _send(self, letter: object) -> None:
        if isValid(self):  # else the panels were made anew meanwhile: those that asked are gone
            self._home.emit(letter)

    @Slot(object)
    def _come_home(
        self, letter: tuple[Future[Any], Callable[[Any], None], Callable[[StoreFailure], None]]
    ) -> None:
        future, then, failed = letter
        try:
            answer = future.result()
        except StoreFailure as failure:
            failed(failure)
            return
        then(answer)
