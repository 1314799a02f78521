"""The site's side of prescriptions brought together: what is printed, what is sent, what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from osnp_console.app.prescription.paper import PaperWords, paper_of_prescription
from osnp_console.app.prescription.printing import PaperToPrint, SendToPrinter
from osnp_console.app.prescription.secure_mail import KeepMessage
from osnp_console.app.prescription.signature import SignDocument, SigningKey
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.office.desk_mail import DeskMail
from osnp_console.ui.office.desk_printing import DeskOfPrinting, DeskPrinting
from osnp_console.ui.office.printers import Printers, SystemPrinters
from osnp_console.ui.office.raster import draw_on_printer
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.ports import MakePdf, PrescriptionOffice


@dataclass(frozen=True, slots=True)
class OfficeTools:
    """What this workstation prints and writes messages with, and what papers are made of.

    `send` is the system's print queue, None where it has none that takes documents: pages are then drawn.
    `sign_sample` signs a page made for it and throws it away; raises NotSigned. `sign` signs prescriptions,
    None where nothing does.
    """

    pdf: MakePdf
    keep_message: KeepMessage
    sign_sample: Callable[[SigningKey], None]
    dispositifs: Mapping[str, Dispositif]
    living: Callable[[str], Commune | None]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    send: SendToPrinter | None = None
    printers: Printers | None = None
    sign: SignDocument | None = None


@dataclass(frozen=True, slots=True)
class DeskOffice:
    """`office` is what the workspace Ordonnances is given, `printing` what waits at this desk."""

    office: PrescriptionOffice
    printing: DeskPrinting
    threads: AgendaDoor

    def start(self) -> None:
        """The base is open: what waits is read."""
        self.printing.start()

    def close(self) -> None:
        """The window is going: what a printer still says comes home no more, and waits in the base."""
        self.threads.shut()


def make_office(
    tools: OfficeTools,
    store: StoreDoor,
    desk: Callable[[], str],
    prescriptions: Callable[[], DeskPrescriptions],
    parent: QObject,
) -> DeskOffice:
    """Made once for the window. `prescriptions` knows the head of the site's papers and notes what is out."""
    threads = AgendaDoor(parent)

    def lay_out(paper: PaperToPrint, size: PaperSize) -> bytes | None:
        """The document, on whatever thread; None where it cannot be made."""
        dispositif = tools.dispositifs.get(paper.prescription.content.dispositif)
        if dispositif is None:
            return None
        words = PaperWords(dispositif, tools.living, prescriptions().site.header)
        try:
            return tools.pdf(
                paper_of_prescription(paper.prescription, words, size, duplicate=paper.duplicate)
            )
        except (OSError, ValueError):
            return None

    about = DeskOfPrinting(desk, tools.clock, tools.new_id)
    printers = tools.printers if tools.printers is not None else SystemPrinters()
    send = tools.send if tools.send is not None else draw_on_printer
    printing = DeskPrinting(store, threads, printers, send, lay_out, about, parent)
    printing.printed.connect(lambda key: prescriptions().move(key, PrescriptionMove.PRINT))
    mail = DeskMail(
        store, threads, tools.keep_message, tools.dispositifs, tools.living, desk, tools.clock, parent=parent
    )
    return DeskOffice(PrescriptionOffice(tools.pdf, printing, mail, tools.sign), printing, threads)
