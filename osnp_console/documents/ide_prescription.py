"""The prescription for a nurse on A4 or A5: what its paper says, laid out; the same bytes each time.

Whatever its length, a text wraps and the paper goes on to a further page: nothing is cut, nothing shrinks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from osnp_console.app.prescription.paper import BarCode, PaperAct, PaperSize, PrescriptionPaper
from osnp_console.app.prescription.site_papers import LOGO_PIXELS
from osnp_console.documents.bar_codes import (
    NARROWEST,
    QUIET_BARS,
    QUIET_MODULES,
    code128_width,
    datamatrix_modules,
    draw_code128,
    draw_datamatrix,
)
from osnp_console.documents.fonts import BOLD, REGULAR, register
from osnp_console.documents.numbered_pages import numbered_pages
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.outside_text import drawn, outside
from osnp_console.resources import resources

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

INK, MUTED, RULE = "#1a1a1a", "#595959", "#b8b8b8"
MARK_GREY = 0.86
"""How light the mark across the paper is: read at a glance, and everything under it too."""
SUBJECT = "Prescription pour un infirmier"
_NAME_AGAIN, _REFERENCE = 90, 60
"""Letters at most of what is repeated on each page, so that a page always has room."""
_WIDEST_LOGO = 0.4
"""Of the width: beyond, a logo is made smaller rather than pushed off the paper."""
_PADDING = 6.0
"""What reportlab puts inside a frame."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes in points for one paper."""

    margin: float
    text: float
    title: float
    label: float
    code_height: float
    module: float
    logo: float
    signature: float


_LOOKS = {
    PaperSize.A4: _Look(51.0, 10.0, 17.0, 100.0, 26.0, 1.15, 42.0, 74.0),
    PaperSize.A5: _Look(30.0, 8.5, 13.0, 84.0, 20.0, 0.95, 28.0, 48.0),
}


@one_at_a_time
def ide_prescription(paper: PrescriptionPaper) -> bytes:
    """The PDF of a paper. Raises OSError without the program's fonts, ValueError for a logo that is none."""
    from reportlab.lib.pagesizes import A4, A5
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    register(resources() / "fonts")
    look = _LOOKS[paper.size]
    width, height = A4 if paper.size is PaperSize.A4 else A5
    buffer = BytesIO()
    made = _Pieces(paper, look, width - 2 * look.margin)
    foot = _foot_height(paper, look)
    document = BaseDocTemplate(
        buffer,
        pagesize=(width, height),
        title=f"{paper.title.capitalize()} {paper.number or 'projet'}",
        subject=SUBJECT,
        author="OSNP Console",
        creator="OSNP Console",
        keywords=["prescription", "soins infirmiers"],
        lang="fr-FR",
        invariant=1,
        initialFontName=REGULAR,
        displayDocTitle=True,
    )
    again = made.running_head()
    used = again.wrap(width - 2 * look.margin, height)[1] + look.text
    templates = []
    for name, top in (("premiere", 0.0), ("suite", used)):
        frame = Frame(
            look.margin - _PADDING,
            foot,
            width - 2 * look.margin + 2 * _PADDING,
            height - foot - look.margin * 0.7 - top,
            id=name,
        )
        head = again if name == "suite" else None
        on_page = _beneath(paper, look, width, height, head)
        templates.append(PageTemplate(id=name, frames=[frame], onPage=on_page, autoNextPageTemplate="suite"))
    document.addPageTemplates(templates)
    document.build(made.all(), canvasmaker=numbered_pages(_foot(paper, look, width)))
    return buffer.getvalue()


class _Pieces:
    """The flow of the paper, from the head down to the signature."""

    def __init__(self, paper: PrescriptionPaper, look: _Look, width: float) -> None:
        self._paper, self._look, self._width = paper, look, width

    def all(self) -> list[Flowable]:
        """Everything, in order."""
        paper = self._paper
        return [
            *self._head(),
            *self._titles(),
            self._pairs(paper.facts),
            *self._codes(),
            self._heading("Patient"),
            self._pairs(paper.patient),
            self._heading("Actes à réaliser"),
            *(self._box(act) for act in paper.acts),
            *(self._box(act) for act in paper.where),
            *([self._words(paper.delay, bold=True, before=4.0)] if paper.delay else []),
            *self._signature(),
        ]

    def running_head(self) -> Any:
        """Whose prescription a further page belongs to: no page can be taken for another's."""
        paper, told = self._paper, dict(self._paper.patient)
        who = " ".join(_cut(told.get(label, ""), _NAME_AGAIN) for label in ("Nom de naissance", "Prénoms"))
        number = f"ordonnance n° {paper.number}" if paper.number else "projet d’ordonnance"
        return self._words(f"{who}, né(e) le {told.get('Né(e) le', '')} · {number}", 0.0, MUTED)

    def _words(
        self, text: str, size: float = 0.0, color: str = INK, *, bold: bool = False, before: float = 0.0,
        centred: bool = False, indent: float = 0.0,
    ) -> Any:  # fmt: skip
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        points = size or self._look.text
        style = ParagraphStyle(
            f"{points}{color}{bold}{before}{centred}{indent}",
            fontName=BOLD if bold else REGULAR,
            fontSize=points,
            leading=points * 1.3,
            textColor=color,
            spaceBefore=before,
            alignment=1 if centred else 0,
            leftIndent=indent,
            splitLongWords=True,
        )
        return Paragraph(outside(text), style)

    def _head(self) -> list[Flowable]:
        """The site's logos and lines, side by side."""
        site, look = self._paper.site, self._look
        if not (site.lines or site.logos):
            return []
        widest = self._width * _WIDEST_LOGO / max(len(site.logos), 1)
        logos = [_logo(content, look.logo, widest) for content in site.logos]
        lines = [self._words(line, look.text - 1, MUTED) for line in site.lines]
        cells: list[object] = [*logos, lines or ""]
        taken = [logo.drawWidth + 10 for logo in logos]
        return [self._table([cells], [*taken, max(self._width - sum(taken), 60.0)])]

    def _titles(self) -> list[Flowable]:
        look = self._look
        titles = [self._words(self._paper.title, look.title, bold=True, centred=True, before=4.0)]
        for place, line in enumerate(self._paper.headings):
            titles.append(self._words(line, look.text + 2, bold=place > 0, centred=True))
        from reportlab.platypus import Spacer

        return [*titles, Spacer(1, look.text * 0.8)]

    def _heading(self, text: str) -> Flowable:
        paragraph = self._words(text, self._look.text + 1.5, bold=True, before=self._look.text * 0.9)
        paragraph.keepWithNext = True
        return paragraph

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Flowable:
        rows: list[list[object]] = [
            [self._words(label, 0.0, MUTED), self._words(text, bold=label in _LOUD)] for label, text in pairs
        ]
        return self._table(rows, [self._look.label, self._width - self._look.label])

    def _codes(self) -> list[Flowable]:
        """The bar codes side by side where both fit with the white they need, else one under the other."""
        from reportlab.platypus import Spacer

        codes = [_bar_code(code, self._look) for code in self._paper.codes]
        if not codes:
            return []
        if sum(code.width for code in codes) <= self._width:
            share = self._width / len(codes)
            return [Spacer(1, 3), self._table([list(codes)], [share] * len(codes))]
        return [Spacer(1, 3), *codes]

    def _box(self, act: PaperAct) -> Flowable:
        """A box, ticked or not, and beside it the act in full."""
        name = self._words(act.name, bold=act.ticked)
        details = [self._words(line) for line in act.details]
        box = _tick(self._look.text, act.ticked)
        return self._table(
            [[box, [name, *details]]], [self._look.text * 1.9, self._width - self._look.text * 1.9]
        )

    def _signature(self) -> list[Flowable]:
        from reportlab.platypus import KeepTogether, Spacer

        look, paper = self._look, self._paper
        told: list[Flowable] = [Spacer(1, look.text)]
        if paper.signed:
            told.append(self._words(paper.signed, look.text - 0.5, MUTED))
        told.append(self._words("Signature", 0.0, MUTED, before=4.0))
        told.append(_room(self._width * 0.55, look.signature))
        return [KeepTogether(told)]

    def _table(self, rows: list[list[object]], widths: list[float]) -> Flowable:
        from reportlab.platypus import Table, TableStyle

        table = Table(rows, colWidths=widths, hAlign="LEFT", splitInRow=1)
        table.setStyle(
            TableStyle(
                [
                    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                    ("TOPPADDING", (0, 0), (-1, -1), 1.0),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.0),
                ]
            )
        )
        return table


_LOUD = frozenset({"FINESS", "Nom de naissance", "Prénoms"})


def _logo(content: bytes, height: float, widest: float) -> Any:
    """A picture of that height, or lower where it would be too wide; raises ValueError for no picture."""
    from PIL import Image as Picture
    from reportlab.platypus import Image

    try:
        with Picture.open(BytesIO(content)) as picture:
            wide, high = picture.size
            if wide * high > LOGO_PIXELS:
                raise ValueError("logo")
            picture.load()
    except (OSError, SyntaxError, ValueError, Picture.DecompressionBombError) as error:
        raise ValueError("logo") from error
    width = min(wide * height / high, widest)
    return Image(BytesIO(content), width=width, height=max(width * high / wide, 0.1))


def _drawn(width: float, height: float, draw: Any) -> Any:
    """A piece of that size which draws itself on the canvas."""
    from reportlab.platypus import Flowable

    class Drawn(Flowable):  # type: ignore[misc]  # reportlab ships no types
        def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
            return width, height

        def draw(self) -> None:
            draw(self.canv)

    made = Drawn()
    made.width, made.height = width, height
    return made


def _bar_code(code: BarCode, look: _Look) -> Any:
    """A Code 128 with its label above and its digits in clear below."""
    quiet = QUIET_BARS * NARROWEST
    bars, small = code128_width(code.content), look.text - 1.5
    clear = small * 1.3

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, small)
        canvas.drawString(quiet, clear + look.code_height + 3, code.label)
        canvas.setFillColor(INK)
        draw_code128(canvas, code.content, quiet, clear, look.code_height)
        canvas.setFont(REGULAR, small + 0.5)
        canvas.drawString(quiet, 1, code.clear)

    return _drawn(bars + 2 * quiet, clear * 2 + look.code_height + 4, draw)


def _tick(side: float, ticked: bool) -> Any:
    """A box, with a cross in it when it is ticked."""

    def draw(canvas: Canvas) -> None:
        edge = side * 0.82
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.rect(1, 0, edge, edge)
        if ticked:
            canvas.setLineWidth(1.4)
            canvas.line(2.5, 1.5, edge - 0.5, edge - 1.5)
            canvas.line(2.5, edge - 1.5, edge - 0.5, 1.5)

    return _drawn(side * 1.2, side * 1.15, draw)


def _room(width: float, height: float) -> Any:
    """An empty frame: room for a handwritten signature."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.roundRect(0, 0, width, height, 3)

    return _drawn(width, height, draw)


def _foot_height(paper: PrescriptionPaper, look: _Look) -> float:
    modules = len(datamatrix_modules(paper.datamatrix))
    return look.margin * 0.6 + (modules + 2 * QUIET_MODULES) * look.module


def _beneath(paper: PrescriptionPaper, look: _Look, width: float, height: float, head: Any) -> Any:
    """Draws what stands under everything else: the mark across the page, the head of a further page."""

    def draw(canvas: Canvas, document: object) -> None:
        if head is not None:
            _, high = head.wrap(width - 2 * look.margin, height)
            head.drawOn(canvas, look.margin, height - look.margin * 0.7 - high)
        if not paper.mark:
            return
        from reportlab.pdfbase.pdfmetrics import stringWidth

        size = min(64.0, 0.7 * (width**2 + height**2) ** 0.5 / stringWidth(paper.mark, BOLD, 1.0))
        canvas.saveState()
        canvas.setFillGray(MARK_GREY)
        canvas.setFont(BOLD, size)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(50)
        canvas.drawCentredString(0, -size / 3, paper.mark)
        canvas.restoreState()

    return draw


def _foot(paper: PrescriptionPaper, look: _Look, width: float) -> Callable[[Canvas, int], None]:
    """Draws the foot of a page: the datamatrix, and the lines that say which page of what it is."""
    bottom, small = look.margin * 0.45, look.text - 2
    side = len(datamatrix_modules(paper.datamatrix)) * look.module

    def draw(canvas: Canvas, pages: int) -> None:
        draw_datamatrix(canvas, paper.datamatrix, width - look.margin - side, bottom, look.module)
        canvas.saveState()
        canvas.setFont(REGULAR, small)
        canvas.setFillColor(MUTED)
        lines = _foot_lines(paper, canvas.getPageNumber(), pages)
        for place, line in enumerate(reversed(lines)):
            canvas.drawString(look.margin, bottom + place * small * 1.4, line)
        canvas.restoreState()

    return draw


def _foot_lines(paper: PrescriptionPaper, page: int, pages: int) -> list[str]:
    number = f"Ordonnance n° {paper.number}" if paper.number else "Sans numéro : projet"
    lines = [
        number,
        f"Appel {_cut(paper.reference, _REFERENCE)}" if paper.reference else "",
        f"Page {page} sur {pages}",
    ]
    return [line for line in lines if line]


def _cut(text: str, most: int) -> str:
    """A text as one line, cut where it is too long to be repeated."""
    line = " ".join(drawn(text).split())
    return line if len(line) <= most else f"{line[: most - 3]}…"
