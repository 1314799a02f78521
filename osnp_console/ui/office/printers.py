"""The printers of this workstation, chosen in the system's own dialog."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import delete

from osnp_console.app.prescription.site_records import PaperSize


class Printers(Protocol):
    """Which printer a sheet goes to."""

    def names(self) -> list[str]:
        """Those that are installed."""

    def choose(self, size: PaperSize) -> str | None:
        """The one that the person chose; None when they gave up."""


class SystemPrinters:
    """`Printers` by Qt, whose printing is read when a first sheet is printed."""

    def __init__(self) -> None:
        self._last = ""

    def names(self) -> list[str]:
        """Those that are installed."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return list(QPrinterInfo.availablePrinterNames())

    def choose(self, size: PaperSize) -> str | None:
        """The system's dialog, on the printer of the last time, else the usual one. One copy, no file."""
        from PySide6.QtGui import QPageSize
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

        name = self._last if self._last in self.names() else QPrinterInfo.defaultPrinterName()
        printer = QPrinter(QPrinterInfo.printerInfo(name)) if name else QPrinter()
        page = QPageSize.PageSizeId.A4 if size is PaperSize.A4 else QPageSize.PageSizeId.A5
        printer.setPageSize(QPageSize(page))
        dialog = QPrintDialog(printer, QApplication.activeWindow())
        # No copies, which the second would have to call DUPLICATA, and no file with a name.
        dialog.setOptions(QAbstractPrintDialog.PrintDialogOption.PrintShowPageSize)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = printer.printerName()
        # Now, and not with the window it lies over: it holds on to the printer, which goes with this call.
        delete(dialog)
        if not accepted:
            return None
        self._last = chosen
        return chosen or None
