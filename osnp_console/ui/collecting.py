"""Python's collector of cycles, run on the window's thread only.

Left to itself it runs on whichever thread makes objects, the store's included, and takes Qt's objects apart
there: the program ends at once. It would also stop a keystroke for as long as all of the heap takes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1_000
FULL_EVERY = 10
FREEZE_AT = 5


class Collecting(QObject):
    """Collects once a second where there is enough to collect; gives Python its ways back at `stop`.

    Five seconds after the start what is there (communes, catalogue, window) is put out of the collector's
    reach: a full collection then costs a few milliseconds instead of a tenth of a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._seconds = 0
        self._young = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect what is young, and every tenth time everything: closed calls have grown old by then."""
        self._seconds += 1
        if self._seconds == FREEZE_AT:
            gc.freeze()
        if gc.get_count()[0] <= gc.get_threshold()[0]:
            return
        self._young += 1
        gc.collect(2 if self._young % FULL_EVERY == 0 else 1)

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
