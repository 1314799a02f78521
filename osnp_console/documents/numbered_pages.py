"""Pages that say « page n sur N »: their foot is drawn once it is known how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def numbered_pages(draw_foot: Callable[[Canvas, int], None]) -> type[Canvas]:
    """A canvas that has `draw_foot` draw on each page, which it knows, given how many pages there are."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab ships no types
        def __init__(self, *args: object, **named: object) -> None:
            super().__init__(*args, **named)
            self._pages: list[dict[str, object]] = []

        def showPage(self) -> None:  # noqa: N802 — reportlab's own name
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for page in self._pages:
                self.__dict__.update(page)
                draw_foot(self, len(self._pages))
                super().showPage()
            super().save()

    return Numbered
