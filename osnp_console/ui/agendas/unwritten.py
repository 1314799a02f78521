"""Outcomes of bookings that the base does not hold yet: written again until it does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.booking.outcome import BookingDone
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.calls import RETRY_MS


class Unwritten(QObject):
    """One outcome after the other, as long as the window lives; what it cannot write the next start verifies.

    Signals:
        written(object, object): the BookingDone as it was told, and as the base now holds it.
    """

    written = Signal(object, object)

    def __init__(
        self,
        door: AgendaDoor,
        write_again: Callable[[BookingDone], BookingDone],
        parent: QObject | None = None,
        *,
        retry_ms: int = RETRY_MS,
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._write_again = write_again
        self._waiting: deque[tuple[BookingDone, BookingDone]] = deque()
        self._is_writing = False
        self._retry = QTimer(self, singleShot=True, interval=retry_ms)
        self._retry.timeout.connect(self._write)

    @property
    def is_empty(self) -> bool:
        """True when every outcome that was told is in the base."""
        return not self._waiting

    def take(self, done: BookingDone) -> None:
        """See to it that an outcome gets written; nothing to do for one that is."""
        if done.unsaved is not None:
            self._waiting.append((done, done))
            self._write()

    @Slot()
    def _write(self) -> None:
        if self._waiting and not self._is_writing:
            self._is_writing = True
            self._door.go_and(partial(self._write_again, self._waiting[0][1]), self._tried)

    def _tried(self, done: BookingDone) -> None:
        self._is_writing = False
        told, _ = self._waiting.popleft()
        if done.unsaved is not None:
            self._waiting.appendleft((told, done))
            self._retry.start()
            return
        self.written.emit(told, done)
        self._write()
