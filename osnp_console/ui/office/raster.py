"""Draws a PDF's pages on a printer, where the system has no queue that takes documents (Windows)."""

from __future__ import annotations

from osnp_console.app.prescription.print_records import PrintOutcome
from osnp_console.app.prescription.printing import NO_PRINTER, REFUSED, STOPPED, Sent
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.ui.pdfium import opened

DOTS_PER_INCH = 300
TITLE = "Ordonnance"
"""What the queue calls the document: it names nobody."""
_POINTS_PER_INCH = 72


def draw_on_printer(content: bytes, printer: str, size: PaperSize, to_file: str = "") -> Sent:
    """`app.prescription.printing.SendToPrinter`: the pages as images of 300 dots an inch.

    What the system's queue took is called printed: it tells no more. `to_file` writes a PDF instead, for a
    check without a printer.
    """
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QImage, QPageSize, QPainter
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(printer)
    if info.isNull() and not to_file:
        return Sent(PrintOutcome.NOT_PRINTED, REFUSED.format(printer) if printer else NO_PRINTER)
    target = QPrinter(info) if not to_file else QPrinter()
    if to_file:
        target.setOutputFileName(to_file)
    target.setDocName(TITLE)
    target.setResolution(DOTS_PER_INCH)
    target.setFullPage(True)
    target.setPageSize(QPageSize(QPageSize.PageSizeId[size.value]))
    target.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    try:
        if not painter.begin(target):
            return Sent(PrintOutcome.NOT_PRINTED, REFUSED.format(printer))
        with opened(content) as document:
            for place, page in enumerate(document):
                if place and not target.newPage():
                    return Sent(PrintOutcome.UNKNOWN, STOPPED.format(printer))
                drawn = page.render(
                    scale=DOTS_PER_INCH / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True
                )
                image = QImage(
                    bytes(drawn.buffer),
                    drawn.width,
                    drawn.height,
                    drawn.stride,
                    QImage.Format.Format_RGBX8888,
                )
                painter.drawImage(0, 0, image)
                drawn.close()
    finally:
        ended = painter.end() if painter.isActive() else True
    if not ended or target.printerState() is QPrinter.PrinterState.Error:
        return Sent(PrintOutcome.UNKNOWN, STOPPED.format(printer))
    return Sent(PrintOutcome.PRINTED)
