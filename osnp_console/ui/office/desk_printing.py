"""The sheets that this desk prints: sent, followed, kept waiting with the reason until they are out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.errors import StoreFailure
from osnp_console.app.prescription import printing
from osnp_console.app.prescription.print_records import PrintOutcome, WaitingPrint
from osnp_console.app.prescription.printing import NO_PRINTER, PaperToPrint, PrintToShow, SendToPrinter, Sent
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.office.printers import Printers

GIVEN_UP = "Rien n’a été imprimé."
NO_DOCUMENT = "Le document n’a pas pu être préparé\u202f: rien n’a été imprimé."
WAITS = " Elle attend dans Réglages, Ordonnances\u202f: l’imprimer de là."
LayOut = Callable[[PaperToPrint, PaperSize], bytes | None]
Then = Callable[[str], None]
T = TypeVar("T")


def waiting_words(count: int) -> str:
    """How many sheets wait at this desk, and where."""
    if count == 1:
        return "Une ordonnance attend d’être imprimée\u202f: Réglages, Ordonnances."
    return f"{count} ordonnances attendent d’être imprimées\u202f: Réglages, Ordonnances."


@dataclass(frozen=True, slots=True)
class DeskOfPrinting:
    """Which desk prints, the time, and names for sheets."""

    desk: Callable[[], str]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]


class DeskPrinting(QObject):
    """One for the window (`ui.prescriptions.ports.Prints`).

    Signals:
        changed(): other sheets wait, or one is under way or is no longer.
        printed(str): a sheet that waited is out: its prescription's id.
        told(str): sheets were left waiting the last time: how many, and where they are.
    """

    changed = Signal()
    printed = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        store: StoreDoor,
        threads: AgendaDoor,
        printers: Printers,
        send: SendToPrinter,
        lay_out: LayOut,
        about: DeskOfPrinting,
        parent: QObject | None = None,
    ) -> None:
        """`threads` leads to threads that may wait; `lay_out` makes the document where none is archived."""
        super().__init__(parent)
        self._store, self._threads, self._printers = store, threads, printers
        self._send, self._lay_out, self._about = send, lay_out, about
        self.waiting: tuple[PrintToShow, ...] = ()
        self._under_way: set[str] = set()

    def __call__(self, prescription: Prescription, size: PaperSize, then: Then) -> None:
        """Ask for a printer and print; `then` gets "" once the sheet is out, else why it is not."""
        named = self._printer(size)
        if named is None:
            then(GIVEN_UP)
            return
        about = self._about
        sheet = WaitingPrint(about.new_id(), prescription.id, about.desk(), size, named, about.clock())
        self._go(sheet, then)

    def is_under_way(self, waiting: str) -> bool:
        """Whether a sheet is with a printer now."""
        return waiting in self._under_way

    def start(self) -> None:
        """The base is open: read what waits, and say that something does."""
        self._store.ask(printing.waiting_prints(self._about.desk()), self._read_first, _as_it_was)

    @Slot()
    def refresh(self) -> None:
        """Read what waits at this desk."""
        self._store.ask(printing.waiting_prints(self._about.desk()), self._read, _as_it_was)

    def again(self, waiting: WaitingPrint) -> None:
        """Print a sheet that waits, on the printer that is chosen now."""
        named = self._printer(waiting.size)
        if named is not None and not self.is_under_way(waiting.id):
            prescription = waiting.prescription

            def then(sentence: str) -> None:
                if not sentence:
                    self.printed.emit(prescription)

            self._go(replace(waiting, printer=named), then)

    def is_out(self, waiting: WaitingPrint) -> None:
        """Somebody looked: the sheet came out."""

        def dropped(was_there: bool) -> None:
            if was_there:
                self.printed.emit(waiting.prescription)
            self.refresh()

        self._store.ask(printing.drop_print(waiting.id), dropped, self._not_done)

    def drop(self, waiting: WaitingPrint) -> None:
        """The sheet is not to be printed any more."""
        self._store.ask(printing.drop_print(waiting.id), lambda was_there: self.refresh(), self._not_done)

    # --- one sheet --------------------------------------------------------------------------------------

    def _printer(self, size: PaperSize) -> str | None:
        """The chosen one; empty where there is none, None where the person gave up."""
        return self._printers.choose(size) if self._printers.names() else ""

    def _go(self, sheet: WaitingPrint, then: Then) -> None:
        self._under_way.add(sheet.id)
        self.changed.emit()

        def not_begun(failure: StoreFailure) -> None:
            self._over(sheet)
            then(f"{failure.message} {GIVEN_UP}")

        self._store.ask(
            printing.begin_print(sheet), lambda paper: self._to_printer(sheet, paper, then), not_begun
        )

    def _to_printer(self, sheet: WaitingPrint, paper: PaperToPrint, then: Then) -> None:
        if not sheet.printer:
            self._came(sheet, Sent(PrintOutcome.NOT_PRINTED, NO_PRINTER), then)
            return

        def work() -> Sent:
            content = paper.content if paper.content is not None else self._lay_out(paper, sheet.size)
            if content is None:
                return Sent(PrintOutcome.NOT_PRINTED, NO_DOCUMENT)
            return self._send(content, sheet.printer, sheet.size)

        self._threads.go_and(work, lambda sent: self._came(sheet, sent, then))

    def _came(self, sheet: WaitingPrint, sent: Sent, then: Then) -> None:
        """What the printer made of it goes to the base; where that fails, the sheet waits as begun."""
        self._over(sheet)
        self._store.ask(printing.end_print(sheet, sent), lambda done: self.refresh(), _as_it_was)
        then("" if sent.outcome is PrintOutcome.PRINTED else sent.sentence + WAITS)

    def _over(self, sheet: WaitingPrint) -> None:
        self._under_way.discard(sheet.id)
        self.changed.emit()

    def _read_first(self, found: tuple[PrintToShow, ...]) -> None:
        self._read(found)
        if found:
            self.told.emit(waiting_words(len(found)))

    def _read(self, found: tuple[PrintToShow, ...]) -> None:
        if found != self.waiting:
            self.waiting = found
            self.changed.emit()

    def _not_done(self, failure: StoreFailure) -> None:
        self.refresh()


def _as_it_was(failure: StoreFailure) -> None:
    """The frame says that the base does not answer; what was shown stays."""
