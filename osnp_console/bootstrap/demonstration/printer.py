"""The demonstration's printer: what is printed lies as a PDF beside the pictures, on no paper."""

from __future__ import annotations

from pathlib import Path

from osnp_console.app.prescription.print_records import PrintOutcome
from osnp_console.app.prescription.printing import Sent
from osnp_console.app.prescription.site_records import PaperSize

NAME = "Dossier de la démonstration"


class FolderPrinter:
    """Stands for the printer of the workstation (`ui.office.printers.Printers`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.printed: list[Path] = []

    def names(self) -> list[str]:
        """The one there is."""
        return [NAME]

    def choose(self, size: PaperSize) -> str | None:
        """The one there is, without a dialog: nobody answers it."""
        return NAME

    def send(self, content: bytes, printer: str, size: PaperSize) -> Sent:
        """Write the document; its name says nothing of anybody."""
        file = self._folder / f"ordonnance-{len(self.printed) + 1}-{size.value}.pdf"
        file.write_bytes(content)
        self.printed.append(file)
        return Sent(PrintOutcome.PRINTED)
