"""The window's place and the columns' widths, remembered for each set of screens and text size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from osnp_console.app.preferences import Preferences
from osnp_console.app.preferences_in_use import PreferencesInUse

REMEMBER_AFTER_MS = 800
WINDOW, WIDTHS = "fenetre", "colonnes"


def screens_key(scale: float) -> str:
    """The screens there are now, and the text size: `1920x1080+0+0|100`."""
    screens = sorted(
        f"{one.geometry().width()}x{one.geometry().height()}+{one.geometry().x()}+{one.geometry().y()}"
        for one in QGuiApplication.screens()
    )
    return f"{' '.join(screens)}|{round(scale * 100)}"


def remembered_widths(preferences: Preferences, key: str) -> list[int]:
    """The columns' widths that this desk chose, an empty list when it never moved them."""
    kept = preferences.layouts.get(key, {}).get(WIDTHS)
    if isinstance(kept, list) and all(isinstance(one, int) and one > 0 for one in kept):
        return list(kept)
    return []


def window_place(window: QMainWindow) -> str:
    """The window's place, to be kept."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_place(window: QMainWindow, preferences: Preferences, key: str) -> bool:
    """Put the window where it was on these screens; False when they were never seen.

    Qt brings a window whose screen is gone back on the main one, whole.
    """
    kept = preferences.layouts.get(key, {}).get(WINDOW)
    return isinstance(kept, str) and window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))


class LayoutMemory:
    """Where the window stands and how wide the columns are: put back at the start, kept once they settle."""

    def __init__(
        self, window: QMainWindow, preferences: PreferencesInUse, scale: Callable[[], float]
    ) -> None:
        """`scale` is that of the text now: another text size has a layout of its own."""
        self._window, self._preferences, self._scale = window, preferences, scale
        self._settling = QTimer(window, singleShot=True, interval=REMEMBER_AFTER_MS)
        self._settling.timeout.connect(self._keep)

    def restore(self) -> bool:
        """Put the window where it was on these screens; False when they were never seen."""
        return restore_place(self._window, self._preferences.now, self._screens)

    @property
    def widths(self) -> list[int]:
        """The columns' widths that this desk chose, an empty list when it never moved them."""
        return remembered_widths(self._preferences.now, self._screens)

    def moved(self) -> None:
        """The window stands elsewhere, or is another size: kept once it has stayed so for a moment."""
        self._settling.start()

    def take_widths(self, widths: object) -> None:
        """The columns were moved."""
        self._preferences.lay_out(self._screens, {WIDTHS: widths})
        self._settling.start()

    def settle(self) -> None:
        """Keep at once what was still moving."""
        if self._settling.isActive():
            self._settling.stop()
            self._keep()

    @property
    def _screens(self) -> str:
        return screens_key(self._scale())

    def _keep(self) -> None:
        self._preferences.lay_out(self._screens, {WINDOW: window_place(self._window)})
        self._preferences.keep()
