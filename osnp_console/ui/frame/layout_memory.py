"""The window's place and the columns' widths, remembered for each set of screens and text size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from osnp_console.app.preferences import Preferences

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


def with_layout(preferences: Preferences, key: str, what: Mapping[str, object]) -> Preferences:
    """The preferences with something remembered for these screens."""
    layouts = dict(preferences.layouts)
    layouts[key] = {**layouts.get(key, {}), **what}
    return replace(preferences, layouts=layouts)


def window_place(window: QMainWindow) -> str:
    """The window's place, to be kept."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_place(window: QMainWindow, preferences: Preferences, key: str) -> bool:
    """Put the window where it was on these screens; False when they were never seen.

    Qt brings a window whose screen is gone back on the main one, whole.
    """
    kept = preferences.layouts.get(key, {}).get(WINDOW)
    return isinstance(kept, str) and window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))
