"""What all printed pages share: paper, margins, fonts, headings, tables of labels, foot of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from osnp_console.documents.fonts import BOLD, REGULAR, register
from osnp_console.documents.numbered_pages import numbered_pages
from osnp_console.documents.outside_text import outside
from osnp_console.resources import resources

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph

MARGIN = 51.0
"""Points: 18 mm."""
LABEL_WIDTH, NARROW_LABEL = 120.0, 92.0
INK, MUTED, RULE = "#1a1a1a", "#595959", "#b8b8b8"
SMALL, NORMAL, TITLE = 8.0, 9.5, 16.0
_FRAME = 6.0
"""The padding that reportlab puts inside the margins."""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: title and subject, neither naming a person."""

    title: str
    subject: str
    foot: str


class Page:
    """Makes the pieces of an A4 page, then the file. All text given is from outside, hence made safe here.

    A `dense` one leaves less white between lines, for what has to stand on one page.
    """

    def __init__(self, *, dense: bool = False) -> None:
        from reportlab.lib.pagesizes import A4

        register(resources() / "fonts")
        self._paper = A4
        self.width: float = A4[0] - 2 * MARGIN
        self._padding, self._before, self._leading = (0.8, 6.0, 1.25) if dense else (1.5, 9.0, 1.35)
        self._top, self._bottom = (MARGIN - 12, MARGIN - 3) if dense else (MARGIN, MARGIN + 6)
        self._label = NARROW_LABEL if dense else LABEL_WIDTH

    def words(
        self, text: str, size: float = NORMAL, color: str = INK, *, bold: bool = False, after: float = 0.0
    ) -> Paragraph:
        """A paragraph; a word longer than its line is cut, never lost outside the paper."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        style = ParagraphStyle(
            f"{size}{color}{bold}{after}",
            fontName=BOLD if bold else REGULAR,
            bulletFontName=REGULAR,
            fontSize=size,
            leading=size * self._leading,
            textColor=color,
            spaceAfter=after,
            splitLongWords=True,
        )
        return Paragraph(outside(text), style)

    def heading(self, text: str) -> Flowable:
        """The title of a section; it never stands alone at the foot of a page."""
        paragraph = self.words(text, 11.0, bold=True, after=3.0)
        paragraph.keepWithNext = True
        paragraph.style.spaceBefore = self._before
        return paragraph

    def pairs(self, lines: Iterable[tuple[str, str]]) -> Flowable:
        """Labels at the left, what is known at the right."""
        rows = [[self.words(label, NORMAL, MUTED), self.words(text)] for label, text in lines]
        return self._table(rows, (self._label, self.width - self._label), ruled=False)

    def columns(self, lines: Sequence[tuple[str, str]]) -> Flowable:
        """The same, two labels a row, read from left to right: for a page that holds much."""
        rows = []
        for left, right in zip_longest(lines[::2], lines[1::2], fillvalue=("", "")):
            cells = ((left[0], MUTED), (left[1], INK), (right[0], MUTED), (right[1], INK))
            rows.append([self.words(text, NORMAL, color) for text, color in cells])
        half = self.width / 2 - NARROW_LABEL
        return self._table(rows, (NARROW_LABEL, half, NARROW_LABEL, half), ruled=False)

    def grid(
        self, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float]
    ) -> Flowable:
        """A ruled table whose headings come again on each page; `shares` of the width, adding up to one."""
        made = [[self.words(cell, SMALL, MUTED, bold=True) for cell in headings]]
        made += [[self.words(cell, SMALL + 0.5) for cell in row] for row in rows]
        return self._table(made, [share * self.width for share in shares], ruled=True)

    def _table(self, rows: list[list[Paragraph]], widths: Sequence[float], *, ruled: bool) -> Flowable:
        from reportlab.platypus import Table, TableStyle

        # A text longer than a page is cut within its row: otherwise it would make no document at all.
        table = Table(rows, colWidths=list(widths), repeatRows=1 if ruled else 0, hAlign="LEFT", splitInRow=1)
        look: list[tuple[object, ...]] = [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), self._padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), self._padding),
        ]
        if ruled:
            look.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE))
        table.setStyle(TableStyle(look))
        return table

    def file(self, pieces: list[Flowable], about: About) -> bytes:
        """The PDF: the same pieces always give the same bytes."""
        from reportlab.platypus import SimpleDocTemplate

        buffer = BytesIO()
        document = SimpleDocTemplate(
            buffer,
            pagesize=self._paper,
            leftMargin=MARGIN - _FRAME,
            rightMargin=MARGIN - _FRAME,
            topMargin=self._top,
            bottomMargin=self._bottom,
            title=about.title,
            subject=about.subject,
            author="OSNP Console",
            creator="OSNP Console",
            lang="fr-FR",
            invariant=1,
            initialFontName=REGULAR,
            displayDocTitle=True,
        )
        document.build(pieces, canvasmaker=numbered_pages(_foot(about.foot, self._paper[0])))
        return buffer.getvalue()


def _foot(text: str, width: float) -> Callable[[Canvas, int], None]:
    """Writes the foot of a page: `text`, and which page of how many."""

    def draw(canvas: Canvas, pages: int) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, SMALL)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN, MARGIN - 14, text)
        number = f"page {canvas.getPageNumber()} sur {pages}"
        canvas.drawRightString(width - MARGIN, MARGIN - 14, number)
        canvas.restoreState()

    return draw
