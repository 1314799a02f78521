"""Builds the window and what stands behind it, and runs it until it is closed."""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QLoggingCategory, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from osnp_console.app.base.address import BasePlace
from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.whereabouts import Positions, code_among
from osnp_console.app.prescription.printing import SendToPrinter
from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import Telephony
from osnp_console.bootstrap.base_choice import DeskChoice
from osnp_console.bootstrap.bases import CommuneCodes
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.bootstrap.papers import DeskPapers, PrescriptionPdf, sign_document, sign_sample
from osnp_console.cli.program import Folders, Program
from osnp_console.desk.folders import BASE
from osnp_console.desk.keys import Secrets
from osnp_console.desk.logs import close_log, open_log
from osnp_console.desk.papers import PaperFolder
from osnp_console.desk.printing import system_printer
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.natures import NATURE_NAMES, cpts_name
from osnp_console.resources import resources
from osnp_console.ui.calls import Clock
from osnp_console.ui.collecting import Collecting
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.office.made import OfficeTools
from osnp_console.ui.office.printers import Printers

log = logging.getLogger(__name__)
WARM_UP_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the window keeps things and what tells it the time.

    `data` is this workstation's folder, needed where the base is on a server. `own` is its own file, where
    that is not the base.
    """

    base: BasePlace
    settings: Path
    keyring: Secrets
    clock: Clock
    data: Path | None = None
    own: Path | None = None

    @property
    def own_file(self) -> Path:
        """This workstation's own base, whether it is there and in use or not."""
        if self.own is not None:
            return self.own
        return self.base if isinstance(self.base, Path) else self.folder / BASE

    @property
    def folder(self) -> Path:
        """What belongs to the base lies here: beside the file, or in the workstation's folder."""
        if isinstance(self.base, Path):
            return self.base.parent
        assert self.data is not None
        return self.data


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window with its base, for whoever runs it."""

    app: QApplication
    window: MainWindow
    base: DeskBase
    collecting: Collecting
    papers: DeskPapers
    choice: DeskChoice

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
        open_calls = len(self.window.calls.calls)
        closed = self.base.close()
        if open_calls or kept.is_waiting:
            self.choice.stay()
        # Before Python takes the pieces apart in an order of its own, under widgets that still paint.
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.collecting.stop()
        self.papers.close()
        if kept.is_waiting:
            log.error("saisie_non_ecrite")
        return closed and not kept.is_waiting


def make_application() -> QApplication:
    """The one QApplication, in French: locale, Qt's own words."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    # A desktop that cannot open an address has it written on the error stream: a number, a person's page.
    QLoggingCategory.setFilterRules("qt.qpa.services=false")
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("OSNP Console")
    translator = QTranslator(app)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


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
    _import_store()
    catalogue, gazetteer = program.catalogue(folders), program.gazetteer()
    names, communes = CommuneNames(gazetteer), program.communes()
    if make_base is not None:
        base = make_base(names.codes)
    else:
        base = DeskBase(place.base, place.keyring, place.clock, names.codes, place.folder)
    papers = DeskPapers(PaperFolder(place.folder / "documents"))
    preferences = KeptPreferences(place.settings)
    choice = DeskChoice(base, place.own_file, place.folder, place.keyring, preferences)
    pieces = Pieces(
        check=CheckEligibility(catalogue, gazetteer),
        gazetteer=gazetteer,
        communes=communes,
        commune_names=names,
        words=JournalWords(catalogue.reasons, NATURE_NAMES, gazetteer.living, _titles(catalogue)),
        preferences=preferences,
        base=base,
        choice=choice,
        clock=place.clock,
        new_id=lambda: uuid.uuid4().hex,
        version=program.version,
        licences=lambda: read_licences(resources() / "licences" / "README.md"),
        connectors=program.connectors(),
        secrets=place.keyring,
        is_file=lambda path: Path(path).is_file(),
        papers=papers,
        positions=lambda allowed: Positions(
            program.centres, code_among(gazetteer, names), base, place.clock, allowed
        ),
        passwords=program.passwords(),
        office=OfficeTools(
            PrescriptionPdf(),
            papers.secure_message,
            sign_sample,
            {one.id: one for one in catalogue.dispositifs},
            gazetteer.living,
            place.clock,
            lambda: uuid.uuid4().hex,
            send if send is not None else system_printer(),
            printers,
            sign_document,
        ),
        annuaire=program.annuaire,
        read_events=program.read_events,
        click_to_dial=_click_to_dial,
        aside=base.aside,
        feed=base.feed,
    )
    window = MainWindow(pieces)
    window.became_open.connect(lambda: QTimer.singleShot(WARM_UP_AFTER_MS, lambda: _warm_up(communes, names)))
    return OpenWindow(app, window, base, collecting, papers, choice)


def _click_to_dial(
    telephony: Telephony, secret: str | None, number: NumberToDial, deadline: Deadline
) -> Dialled:
    from osnp_console.connectors.telephony.click_to_dial import click_to_dial

    return click_to_dial(telephony, secret, number, deadline)


def _import_store() -> None:
    """Read the store's libraries beside the window: the base then opens as soon as the window stands."""

    def read() -> None:
        import osnp_console.storage.store  # noqa: F401 (for what it loads)

    Thread(target=read, name="lecture", daemon=True).start()


def _warm_up(communes: CommuneSearch, names: CommuneNames) -> None:
    """Build the indexes of the communes beside the window, so that no first letter waits for them."""

    def build() -> None:
        communes.prepare()
        names.shown("")

    Thread(target=build, name="communes", daemon=True).start()


def _titles(catalogue: Catalogue) -> Callable[[str], str]:
    names = {one.id: cpts_name(one.cpts) for one in catalogue.dispositifs}
    return lambda dispositif: names.get(dispositif, dispositif)


def read_licences(file: Path) -> list[tuple[str, str]]:
    """What the program runs on, with licences: the rows of that table of the licences' page."""
    running = file.read_text(encoding="utf-8").partition("### Pour les essais")[0]
    rows = (line.strip().strip("|").split("|") for line in running.splitlines())
    cells = ([cell.strip() for cell in row] for row in rows if len(row) == 3)
    return [(f"{name} {version}", licence) for name, version, licence in cells if version[:1].isdigit()]


@contextmanager
def last_resort(window: MainWindow) -> Iterator[None]:
    """While the window runs: an error that nobody expected is logged without its text, and said on screen."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("erreur_imprevue", exc_info=(kind, error, trace))
        window.frame.say_trouble(
            "Une erreur imprévue s’est produite. L’appel est gardé : continuer, et prévenir l’administrateur."
        )

    before, sys.excepthook = sys.excepthook, caught
    try:
        yield
    finally:
        sys.excepthook = before


def run_window(program: Program, folders: Folders, place: Workplace, state: Path) -> int:
    """Open the window of this workstation and run it; its events are logged in `state`."""
    try:
        handler = open_log(state)
    except OSError:
        handler = None  # a console without its log is better than no console
    try:
        opened = make_window(program, folders, place)
        with last_resort(opened.window):
            return opened.run()
    finally:
        if handler is not None:
            close_log(handler)
