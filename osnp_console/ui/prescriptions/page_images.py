"""Pages drawn on a thread of their own: the newest that is asked for, whatever was asked before it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition, Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.ui.pdfium import opened
from osnp_console.ui.prescriptions.ports import MakePdf


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: a paper, `width` pixels wide; or a document that is kept (`pdf`)."""

    paper: PrescriptionPaper
    width: int
    pdf: bytes | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages of a paper, and the text on them as a reader extracts it."""

    wanted: Wanted
    pages: tuple[QImage, ...]
    text: str


class PageImages(QObject):
    """Draws, on one thread.

    Signals:
        drawn(object): a Drawn.
        failed(): the document could not be made or drawn.
    """

    drawn = Signal(object)
    failed = Signal()

    def __init__(self, pdf: MakePdf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pdf = pdf
        self._wanted: Wanted | None = None
        self._is_over = False
        self._has_changed = Condition()
        self._thread: Thread | None = None

    def want(self, wanted: Wanted) -> None:
        """Draw this next; what was asked for and not begun is left."""
        with self._has_changed:
            self._wanted = wanted
            self._has_changed.notify()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="apercu", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Draw nothing more."""
        with self._has_changed:
            self._is_over = True
            self._has_changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _next(self) -> Wanted | None:
        with self._has_changed:
            while self._wanted is None and not self._is_over:
                self._has_changed.wait()
            wanted, self._wanted = self._wanted, None
            return None if self._is_over else wanted

    def _work(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                made = self._draw(wanted)
            except (OSError, ValueError):
                made = None
            with self._has_changed:
                if self._is_over:
                    return
            if made is None:
                self.failed.emit()
            else:
                self.drawn.emit(made)

    def _draw(self, wanted: Wanted) -> Drawn:
        content = wanted.pdf if wanted.pdf is not None else self._pdf(wanted.paper)
        pages, texts = [], []
        with opened(content) as document:
            for page in document:
                scale = wanted.width / page.get_width()
                bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                image = QImage(
                    bytes(bitmap.buffer),
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGBX8888,
                )
                pages.append(image.copy())  # its own bytes: the bitmap's go
                texts.append(page.get_textpage().get_text_range().replace("\r\n", "\n"))
                bitmap.close()
        return Drawn(wanted, tuple(pages), "\n".join(texts))
