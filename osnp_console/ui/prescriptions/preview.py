"""The right pane: the page as it will be printed, redrawn shortly after the last key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.prescription.paper import PaperSize, PrescriptionPaper
from osnp_console.domain.clock import in_paris
from osnp_console.ui.prescriptions.page_images import Drawn, PageImages, Wanted
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.segments import Segments
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

WIDTH = 490
REDRAW_AFTER_MS = 400
"""Exact delay of the interface (section 8)."""
NOT_DRAWN = "L’aperçu n’a pas pu être dessiné. Ce qui est saisi est gardé."
_RATIO = 210 / 297
_GAP = 8
_LEAST_PAGE = 434


class _Pages(QWidget):
    """The pages one under the other, on white whatever the theme: paper is white."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: tuple[QPixmap, ...] = ()
        self.setAccessibleName("Aperçu de l’ordonnance")

    def show_pages(self, drawn: Drawn, ratio: float) -> None:
        pages = []
        for image in drawn.pages:
            image.setDevicePixelRatio(ratio)
            pages.append(QPixmap.fromImage(image))
        self._pages = tuple(pages)
        self.setAccessibleDescription(drawn.text)
        self.setFixedSize(self._size())
        self.update()

    @property
    def count(self) -> int:
        return len(self._pages)

    def _size(self) -> QSize:
        sizes = [page.deviceIndependentSize().toSize() for page in self._pages]
        gap = self._theme.px(_GAP)
        wide = max((size.width() for size in sizes), default=0)
        return QSize(wide + 2, sum(size.height() + 2 + gap for size in sizes) - gap if sizes else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, top = QPainter(self), 0
        for page in self._pages:
            size = page.deviceIndependentSize().toSize()
            painter.drawPixmap(1, top + 1, page)
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawRect(0, top, size.width() + 1, size.height() + 1)
            top += size.height() + 2 + self._theme.px(_GAP)
        painter.end()


class _Scrolled(QScrollArea):
    """What the pages are read in; arrows and pages scroll, one focus stop."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Page de l’ordonnance")
        self.viewport().setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(edge_pen(self._theme, "focus", FOCUS_WIDTH))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()


class Preview(Card):
    """`à jour à hh:mm:ss` says what the page shows; its text is the accessible description.

    Signals:
        size_chosen(object): another PaperSize.
    """

    size_chosen = Signal(object)

    def __init__(
        self, theme: Theme, images: PageImages, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._images, self._clock = images, clock
        self._paper: PrescriptionPaper | None = None
        self._pdf: bytes | None = None
        self._asked: Wanted | None = None
        self._beside = 0
        self.title = PaneTitle(theme, "Aperçu", self)
        self.when = PlainLabel(theme, "", role="muted", points=9.5, parent=self)
        self.papers = Segments(
            theme, "Papier", [Choice(PaperSize.A4, "A4", "4"), Choice(PaperSize.A5, "A5", "5")], self
        )
        self.papers.set_answer(PaperSize.A4)
        self.papers.setFixedWidth(theme.px(96))
        self.pages_told = PlainLabel(theme, "", role="muted", points=9.5, parent=self)
        self.reading = _Scrolled(theme, self)
        self.pages = _Pages(theme, self.reading)
        self.reading.setWidget(self.pages)
        self.pages.setAutoFillBackground(False)
        self._soon = QTimer(self, singleShot=True, interval=REDRAW_AFTER_MS)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        images.drawn.connect(self._drawn)
        images.failed.connect(self._not_drawn)
        self.papers.answered.connect(self._size_chosen)

    def _lay_out(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(6), px(12), 0)
        head.setSpacing(px(10))
        for widget in (self.title, self.when):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.papers)
        head.addWidget(self.pages_told)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(1), px(1), px(1), px(6))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.reading, 1)

    @property
    def text(self) -> str:
        """The text of the page on screen."""
        return self.pages.accessibleDescription()

    @property
    def paper_size(self) -> PaperSize:
        """The paper that is looked at."""
        answer = self.papers.answer
        return answer if isinstance(answer, PaperSize) else PaperSize.A4

    def propose(self, size: PaperSize) -> None:
        """The paper that the site prints on, until another one is chosen."""
        self.papers.set_answer(size)

    def leave_beside(self, width: int) -> None:
        """Leave that many pixels at the right to what stands over the pane; the page then is at the left."""
        self._beside = width
        side = Qt.AlignmentFlag.AlignLeft if width else Qt.AlignmentFlag.AlignHCenter
        self.reading.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        self._soon.start()

    def turn(self, pages: int) -> None:
        """Scroll by as many screens as `pages` says, down or (less than 0) up."""
        bar = self.reading.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def show_paper(self, paper: PrescriptionPaper | None, pdf: bytes | None = None) -> None:
        """Show a paper, once nothing more is typed for a moment; `pdf` is the document that is kept of it."""
        if paper == self._paper and pdf == self._pdf:
            return
        if paper is None:
            # No dispositif says what is printed: no page is shown for another's.
            self.pages.hide()
            self.when.setText("")
        first = self._paper is None
        self._paper, self._pdf = paper, pdf
        if paper is not None and (first or pdf is not None):
            # Once the pane has its size: drawn before, the page would be small for a moment.
            QTimer.singleShot(0, self, self._ask)
        else:
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        if self._paper is None or not self.isVisible():
            return
        wanted = Wanted(self._paper, self._page_width(), self._pdf)
        if wanted != self._asked:
            self._asked = wanted
            self._images.want(wanted)

    def _page_width(self) -> int:
        """In device pixels: the whole page is seen at 100 % text, a larger one with larger text."""
        room = self.reading.size()
        margin = self.theme.px(8)
        # A5 is drawn smaller than A4, as it is: half its surface.
        share = 1.0 if self.paper_size is PaperSize.A4 else 0.82
        high = max(self.theme.px(240), room.height() - margin)
        least = self.theme.px(_LEAST_PAGE) if self.theme.scale > 1 else 0
        wide = min(room.width() - 2 * margin - self._beside, max(round(high * _RATIO), least))
        return max(120, round(wide * share * self.devicePixelRatioF()))

    @Slot(object)
    def _drawn(self, drawn: Drawn) -> None:
        if drawn.wanted != self._asked:
            return
        self.pages.show_pages(drawn, self.devicePixelRatioF())
        self.pages.show()
        # Where the keyboard stops: what is read aloud is the page's own text.
        self.reading.setAccessibleDescription(drawn.text)
        self.when.setText(f"à jour à {in_paris(self._clock()):%H:%M:%S}")
        count = self.pages.count
        self.pages_told.setText("1 page" if count == 1 else f"{count} pages")

    @Slot()
    def _not_drawn(self) -> None:
        self._asked = None
        self.when.setText(NOT_DRAWN)

    def _size_chosen(self, size: object) -> None:
        self.size_chosen.emit(self.paper_size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
