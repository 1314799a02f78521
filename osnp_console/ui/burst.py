"""News that come in bursts, each of which calls for the same reading: read at once, then not too often."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Burst(QObject):
    """Between news and what reads again because of them.

    The first is due at once (with whatever came with it), those that follow together, one reading each
    `rest_ms` at most: news that never end keep nobody from reading.

    Signals:
        due(): something was told since the last reading.
    """

    due = Signal()

    def __init__(self, rest_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rest_ms = rest_ms
        self._is_told = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._over)

    @Slot()
    def tell(self) -> None:
        """Something is to be read again."""
        self._is_told = True
        if not self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def _over(self) -> None:
        if self._is_told:
            self._is_told = False
            self._timer.start(self._rest_ms)
            self.due.emit()
