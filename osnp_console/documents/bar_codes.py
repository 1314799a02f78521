"""Bar codes of documents: Code 128 and DataMatrix, as shapes that stay sharp at any size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

NARROWEST = 0.9
"""Points (0.32 mm): the narrowest bar of a Code 128 that a hand-held reader reads from plain paper."""
MODULE = 1.1
"""Points (0.39 mm): the side of a DataMatrix's square."""
QUIET_BARS, QUIET_MODULES = 10, 2
"""The white that a reader needs around: of Code 128 in bars (ISO/IEC 15417), of DataMatrix in squares."""


def code128_width(content: str, bar: float = NARROWEST) -> float:
    """How wide its bars are, in points, the white around it apart."""
    width: float = _code128(content, bar, 1.0).width
    return width


def draw_code128(
    canvas: Canvas, content: str, x: float, y: float, height: float, bar: float = NARROWEST
) -> None:
    """Draw it with its lower left corner at (x, y); the white around it is the caller's."""
    _code128(content, bar, height).drawOn(canvas, x, y)


def _code128(content: str, bar: float, height: float):  # type: ignore[no-untyped-def]  # no types in reportlab
    from reportlab.graphics.barcode.code128 import Code128

    return Code128(content, barWidth=bar, barHeight=height, quiet=0, humanReadable=0)


@lru_cache(maxsize=8)
def datamatrix_modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """Its squares, row by row from the top, true for black; a square one, which every reader reads."""
    import zxingcpp

    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix, forceSquare=True)
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)
    image = memoryview(drawn)
    rows, columns = image.shape or (0, 0)
    return tuple(tuple(image[row, column] == 0 for column in range(columns)) for row in range(rows))


def draw_datamatrix(canvas: Canvas, content: str, x: float, y: float, module: float = MODULE) -> float:
    """Draw it with its lower left corner at (x, y); its side in points."""
    rows = datamatrix_modules(content)
    canvas.saveState()
    canvas.setFillGray(0)
    for down, row in enumerate(rows):
        top = y + (len(rows) - 1 - down) * module
        for start, length in _runs(row):
            canvas.rect(x + start * module, top, length * module, module, stroke=0, fill=1)
    canvas.restoreState()
    return len(rows) * module


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where black begins and how long it goes on: one rectangle instead of many, without seams."""
    runs: list[tuple[int, int]] = []
    for place, is_black in enumerate(row):
        if not is_black:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
