"""Builds the window and what stands behind it, and runs it until it is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.prescription.printing import SendToPrinter
from osnp_console.bootstrap.application import last_resort, make_application
from osnp_console.bootstrap.base_choice import DeskChoice
from osnp_console.bootstrap.bases import CommuneCodes
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.bootstrap.papers import DeskPapers
from osnp_console.bootstrap.read_ahead import prepare_communes, read_store
from osnp_console.bootstrap.window_pieces import Keeping, Printing, Reference, make_pieces
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.cli.program import Folders, Program
from osnp_console.desk.logs import close_log, open_log
from osnp_console.desk.papers import PaperFolder
from osnp_console.desk.settings import KeptPreferences
from osnp_console.ui.collecting import Collecting
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.office.printers import Printers

log = logging.getLogger(__name__)
WARM_UP_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window with its base, for whoever runs it."""

    app: QApplication
    window: MainWindow
    base: DeskBase
    collecting: Collecting
    papers: DeskPapers

    def create_base(self) -> None:
        """Make the base where there is none, before the window starts; raises StoreFailure."""
        self.base.open(None).result()

    def run(self) -> int:
        """Show the window until it is closed; what still waits is written before this returns."""
        self.window.appear()
        self.window.start()
        status = self.app.exec()
        return status if self.finish() else 1

    def finish(self) -> bool:
        """Write what still waits, and close the base; False when something could not be kept."""
        kept = self.window.kept
        # After what they typed: the journal's last line of a person is that they left.
        self.window.seat.leave()
        if kept.is_waiting:
            self.base.submit(kept.flush)
        closed = self.base.close()
        # Before Python takes the pieces apart in an order of its own, under widgets that still paint.
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.collecting.stop()
        self.papers.close()
        if kept.is_waiting:
            log.error("saisie_non_ecrite")
        return closed and not kept.is_waiting


def make_window(
    program: Program,
    folders: Folders,
    place: Workplace,
    *,
    make_base: Callable[[CommuneCodes], DeskBase] | None = None,
    printers: Printers | None = None,
    send: SendToPrinter | None = None,
) -> OpenWindow:
    """Everything behind one window, on one base.

    `make_base` makes another base than the workstation's own; `printers` and `send` print elsewhere than on
    its printers.
    """
    app = make_application()
    collecting = Collecting()
    read_store()
    reference = _read_reference(program, folders)
    names = reference.names
    if make_base is not None:
        base = make_base(names.codes)
    else:
        base = DeskBase(place.base, place.keyring, place.clock, names.codes, place.folder)
    keeping = _keep(place, base)
    window = MainWindow(make_pieces(program, place, reference, keeping, Printing(printers, send)))

    def warm_up() -> None:
        prepare_communes(reference.communes, names)

    window.became_open.connect(lambda: QTimer.singleShot(WARM_UP_AFTER_MS, warm_up))
    return OpenWindow(app, window, base, collecting, keeping.papers)


def _read_reference(program: Program, folders: Folders) -> Reference:
    catalogue, gazetteer = program.catalogue(folders), program.gazetteer()
    return Reference(catalogue, gazetteer, program.communes(), CommuneNames(gazetteer))


def _keep(place: Workplace, base: DeskBase) -> Keeping:
    papers = DeskPapers(PaperFolder(place.folder / "documents"))
    preferences = KeptPreferences(place.settings)
    choice = DeskChoice(base, place.own_file, place.folder, place.keyring, preferences)
    return Keeping(base, choice, papers, preferences)


def run_window(program: Program, folders: Folders, place: Workplace, state: Path) -> int:
    """Open the window of this workstation and run it; its events are logged in `state`."""
    try:
        handler = open_log(state)
    except OSError:
        handler = None  # a console without its log is better than no console
    try:
        opened = make_window(program, folders, place)
        with last_resort(opened.window.say_trouble):
            return opened.run()
    finally:
        if handler is not None:
            close_log(handler)
