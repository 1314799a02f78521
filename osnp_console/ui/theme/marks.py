"""The state marks and pictograms: our own drawings, coloured when they are used."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from osnp_console.resources import resources

_INK = "currentColor"


def marks_folder() -> Path:
    """Where the drawings are, one SVG file a mark, 16 × 16, in `currentColor`."""
    return resources() / "icons"


@cache
def _drawing(name: str) -> str:
    return (marks_folder() / f"{name}.svg").read_text(encoding="utf-8")


def coloured(name: str, colour: str) -> str:
    """The SVG text of a mark in one colour (#RRGGBB).

    Raises:
        FileNotFoundError: no mark has this name.
    """
    return _drawing(name).replace(_INK, colour)


def draw_mark(name: str, colour: str, side: int, pixel_ratio: float) -> QPixmap:
    """A mark as a square picture of `side` device-independent pixels.

    Raises:
        FileNotFoundError: no mark has this name.
    """
    pixels = max(1, round(side * pixel_ratio))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(coloured(name, colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(pixel_ratio)
    return picture
