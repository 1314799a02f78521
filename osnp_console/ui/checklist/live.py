"""The one sentence said aloud when verdicts change, at most once in two seconds."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget

PAUSE_MS = 2_000


class LiveLabel(QLabel):
    """Hidden from the eye: only a screen reader hears it. The newest sentence wins, older ones go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(0, 0)
        self.setAccessibleName("")
        self._said = ""
        self._next = ""
        self._since = QElapsedTimer()
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._say)

    @property
    def said(self) -> str:
        """The last sentence announced."""
        return self._said

    def know(self, sentence: str) -> None:
        """The state as the operator already knows it (a call just shown): nothing is announced."""
        self._pause.stop()
        self._next = self._said = sentence
        self.setAccessibleName(sentence)

    def announce(self, sentence: str) -> None:
        """Say a sentence, now or when the pause since the last one is over; never the same one twice."""
        self._next = sentence
        if self._pause.isActive():
            return
        waited = self._since.elapsed() if self._since.isValid() else PAUSE_MS
        if waited >= PAUSE_MS:
            self._say()
        else:
            self._pause.start(PAUSE_MS - waited)

    @Slot()
    def _say(self) -> None:
        if self._next == self._said:
            return
        self._said = self._next
        self._since.restart()
        self.setAccessibleName(self._said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said))
