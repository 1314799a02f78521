"""The way out of the window's thread to the agendas, and the one way home."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class AgendaDoor(QObject):
    """Brings news of agendas home on the thread this object lives in.

    What is handed to `bring` from any thread is done on the window's, in order. An error of `go_and` is
    raised here, where the last-resort handler sees it: agendas answer failures as values.
    """

    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home.connect(self._come_home)
        self._shut = False
        self._under_way = 0

    @property
    def is_idle(self) -> bool:
        """True when everything sent out has come home."""
        return self._under_way == 0

    def bring(self, act: Callable[[], None]) -> None:
        """Do `act` on this object's thread, soon; for any thread."""
        if not self._shut:
            self._home.emit(act)

    def go_and(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do `work` on a thread of its own, then `then` with its answer on this one.

        A daemon thread: an agenda that hangs never keeps the program from ending.
        """
        self._under_way += 1

        def run() -> None:
            try:
                answer = work()
            except BaseException as error:  # raised again at home
                failure = error

                def fail() -> None:
                    self._under_way -= 1
                    raise failure

                self.bring(fail)
                return

            def deliver() -> None:
                self._under_way -= 1
                then(answer)

            self.bring(deliver)

        Thread(target=run, name="agenda", daemon=True).start()

    def shut(self) -> None:
        """Let nothing come home any more: the window is going."""
        self._shut = True

    @Slot(object)
    def _come_home(self, act: Callable[[], None]) -> None:
        if not self._shut:
            act()
