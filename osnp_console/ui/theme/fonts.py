"""The bundled font: the same shapes and widths on every desk, tabular digits included."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from osnp_console.resources import resources

FAMILY = "Noto Sans"
_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_registered: list[int] = []


def register_fonts() -> None:
    """Makes Noto Sans known to Qt; calling it again does nothing.

    A QGuiApplication must exist. A missing or unreadable file is no reason to refuse to start: the
    system's Noto Sans, or its default font, is then used.
    """
    if _registered:
        return
    folder = resources() / "fonts"
    _registered.extend(QFontDatabase.addApplicationFont(str(folder / name)) for name in _FILES)
