"""The program's own font in documents: embedded, so that they look the same everywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

REGULAR, BOLD = "Noto Sans", "Noto Sans Bold"


@cache
def register(folder: Path) -> None:
    """Make both weights known, once for each folder of fonts; raises OSError where a file is missing."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(REGULAR, folder / "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, folder / "NotoSans-Bold.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
