"""What is asked of the store about prescriptions: in order, one at a time, tried again while it is silent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.ui.background import OnBehalf, StoreDoor, nobody_else

RETRY_MS = 5_000
"""After a failure of the store, how long until what waits is tried again."""
NOT_FOR_LATER = frozenset({"interdit", "introuvable", "conflit"})
"""Failures that trying again would not mend."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Work about one prescription, made when its turn comes, and what to do with its answer."""

    key: str
    make: Callable[[], Callable[[OpenUnit], object]]
    then: Callable[[object], None]


class AskedOfStore(QObject):
    """The queue.

    Signals:
        failed(str, object): the prescription's id and the StoreFailure; what would not be mended by trying
            again is dropped, with all that waits for that prescription.
        settled(): nothing waits any more.
    """

    failed = Signal(str, object)
    settled = Signal()

    def __init__(
        self,
        door: StoreDoor,
        parent: QObject | None = None,
        on_behalf: Callable[[], OnBehalf] = nobody_else,
    ) -> None:
        """`on_behalf` signs work for whoever asks for it now."""
        super().__init__(parent)
        self._door, self._on_behalf = door, on_behalf
        self._waiting: deque[_Waiting] = deque()
        self._is_asking = False
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.go_on)

    @property
    def waits(self) -> bool:
        """Whether something that was asked has no answer yet."""
        return bool(self._waiting)

    def holds(self, key: str) -> bool:
        """Whether something about that prescription has no answer yet."""
        return any(one.key == key for one in self._waiting)

    def ask(self, key: str, make: Callable[[], Callable[[OpenUnit], T]], then: Callable[[T], None]) -> None:
        """Queue work; `make` is called when its turn comes, and again when it is tried again."""
        # What waits is written for whoever asked, also once the desk is locked or somebody else's.
        mine = self._on_behalf()

        def make_mine() -> Callable[[OpenUnit], T]:
            work = make()
            return lambda units: work(mine(units))

        waiting = _Waiting(key, make_mine, then)  # type: ignore[arg-type]  # kept as any answer
        self._waiting.append(waiting)
        self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Ask for the next, unless one is under way: the link is back, or time has passed."""
        if self._is_asking or not self._waiting:
            return
        self._is_asking = True
        self._retry.stop()
        self._door.ask(self._waiting[0].make(), self._answered, self._failed)

    def _answered(self, answer: object) -> None:
        waiting = self._waiting.popleft()
        self._is_asking = False
        waiting.then(answer)
        self.go_on()
        if not self._waiting:
            self.settled.emit()

    def _failed(self, failure: StoreFailure) -> None:
        self._is_asking = False
        key = self._waiting[0].key
        if failure.code in NOT_FOR_LATER:
            self._waiting = deque(one for one in self._waiting if one.key != key)
            self.go_on()
        else:
            self._retry.start()
        self.failed.emit(key, failure)
