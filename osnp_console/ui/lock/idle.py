"""Nobody touches the desk: after a while the screen is locked, never over a call in progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Watches keyboard and pointer over one window.

    Signals:
        idle(): nobody touched anything for that long, and no call is in progress.
    """

    idle = Signal()

    def __init__(self, window: QWidget, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        """`is_busy` says whether a call is in progress."""
        super().__init__(parent)
        self._window = window
        self._is_busy = is_busy
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._over)

    def watch(self, minutes: int) -> None:
        """Begin, or begin again with another length; 0 never locks."""
        self._window.winId()
        # What the system sends arrives at the window's handle: a filter there sees no painting, no timer.
        handle = self._window.windowHandle()
        handle.removeEventFilter(self)
        self._timer.stop()
        if minutes > 0:
            handle.installEventFilter(self)
            self._timer.start(minutes * _MINUTE_MS)

    @property
    def is_watching(self) -> bool:
        """Whether the screen is locked after a while."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is here: the time starts again. Nothing is kept from whoever it was meant for."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _over(self) -> None:
        # Once the call is over the desk has its whole time again.
        self._timer.start()
        if not self._is_busy():
            self.idle.emit()
