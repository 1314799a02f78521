"""Opening the calls' base at start: what it takes, the page that asks for it, what to do when it fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from osnp_console.app.ports import StoreFailure
from osnp_console.ui.frame.pieces import Pieces, Situation


class Opening(QObject):
    """Leads from the first start, the passphrase or a failure to the open base.

    Futures end on other threads; their answers come home by a signal of this object.
    """

    _home = Signal(object)

    def __init__(
        self, parent: QObject, pages: QStackedWidget, pieces: Pieces, ready: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._pieces = pieces
        self._ready = ready
        self._home.connect(self._come_home)

    def start(self) -> None:
        """Look what opening takes."""
        self._ask(self._pieces.base.look(), self._looked)

    def _looked(self, situation: Situation) -> None:
        self._ask(self._pieces.base.open(None), self._opened)

    def _opened(self, nothing: None) -> None:
        self._ready()

    def _failed(self, failure: StoreFailure) -> None:
        raise failure

    def _ask(self, future: Future[Any], then: Callable[[Any], None]) -> None:
        future.add_done_callback(lambda done: self._home.emit((done, then)))

    @Slot(object)
    def _come_home(self, letter: tuple[Future[Any], Callable[[Any], None]]) -> None:
        future, then = letter
        try:
            answer = future.result()
        except StoreFailure as failure:
            self._failed(failure)
            return
        then(answer)
