"""What this desk prints and sends: a missing printer keeps the sheet waiting, a restart loses nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.prescription.print_records import INTERRUPTED, PrintOutcome
from osnp_console.app.prescription.printing import NO_PRINTER, PaperToPrint, Sent
from osnp_console.app.prescription.records import ArchivedPaper
from osnp_console.app.prescription.secure_mail import NOT_AN_ADDRESS, NOT_VALID
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.app.prescription.transmission import SecureMessage, TransmissionSheet
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.office.desk_mail import OPENED, DeskMail
from osnp_console.ui.office.desk_printing import (
    GIVEN_UP,
    WAITS,
    DeskOfPrinting,
    DeskPrinting,
    waiting_words,
)
from osnp_console.ui.office.printers import SystemPrinters
from osnp_console.ui.office.raster import draw_on_printer
from tests.ui.doubles import Memory
from tests.unit.prescriptions import NOW, SARTHE, draft, validated


class Tray:
    """A printer that answers as it is told; what it was given is kept."""

    def __init__(self) -> None:
        self.installed = ["Étage 2"]
        self.chosen: str | None = "Étage 2"
        self.answer = Sent(PrintOutcome.PRINTED)
        self.given: list[tuple[bytes, str, PaperSize]] = []

    def names(self) -> list[str]:
        return self.installed

    def choose(self, size: PaperSize) -> str | None:
        return self.chosen

    def send(self, content: bytes, printer: str, size: PaperSize) -> Sent:
        self.given.append((content, printer, size))
        return self.answer


def laid_out(paper: PaperToPrint, size: PaperSize) -> bytes:
    return f"{paper.prescription.id} {size.value} {paper.duplicate}".encode()


@pytest.fixture
def store() -> Memory:
    """A base that holds one valid prescription with its document."""
    made = Memory()
    made.prescriptions.save(validated())
    made.prescriptions.archive(ArchivedPaper("p-1", "original", NOW, b"original", "sha256:a"))
    return made


class Desk(Protocol):
    """Starts the program at this desk; one that `ends` hears no more of what it began."""

    def __call__(self, *, ends: bool = False) -> DeskPrinting: ...


@pytest.fixture
def tray() -> Tray:
    return Tray()


@pytest.fixture
def desk(qtbot: QtBot, store: Memory, tray: Tray) -> Desk:
    """The desk as a start of the program makes it: several are one desk, started again."""
    names = iter(f"w-{n}" for n in range(1, 10))
    made: list[DeskPrinting] = []

    def make(*, ends: bool = False) -> DeskPrinting:
        door, threads = StoreDoor(store), AgendaDoor()
        about = DeskOfPrinting(lambda: "72-1", lambda: NOW + timedelta(minutes=1), lambda: next(names))
        printing = DeskPrinting(door, threads, tray, tray.send, laid_out, about)
        door.setParent(printing)
        threads.setParent(printing)
        made.append(printing)
        if ends:
            threads.shut()
        return printing

    return make


def printed(qtbot: QtBot, desk: DeskPrinting, prescription: Prescription, size: PaperSize) -> str:
    """What is said once a sheet was asked for."""
    said: list[str] = []
    desk(prescription, size, said.append)
    qtbot.waitUntil(lambda: bool(said))
    return said[0]


def test_a_sheet_is_printed_as_archived_and_nothing_waits(
    qtbot: QtBot, store: Memory, tray: Tray, desk: Desk
) -> None:
    here = desk()
    assert printed(qtbot, here, validated(), PaperSize.A4) == ""
    assert printed(qtbot, here, validated(), PaperSize.A5) == ""
    assert tray.given == [
        (b"original", "Étage 2", PaperSize.A4),
        (b"p-1 A5 False", "Étage 2", PaperSize.A5),
    ]
    qtbot.waitUntil(lambda: not store.prints.waiting)
    tray.chosen = None
    assert printed(qtbot, here, validated(), PaperSize.A4) == GIVEN_UP
    assert len(tray.given) == 2
    assert store.prints.waiting == {}


def test_without_a_printer_the_sheet_waits_through_a_restart_and_is_then_printed_and_noted(
    qtbot: QtBot, store: Memory, tray: Tray, desk: Desk
) -> None:
    tray.installed = []
    assert printed(qtbot, desk(), validated(), PaperSize.A4) == NO_PRINTER + WAITS
    again = desk()
    with qtbot.waitSignal(again.told) as told:
        again.start()
    assert told.args == [waiting_words(1)]
    [waits] = again.waiting
    assert (waits.waiting.outcome, waits.waiting.sentence) == (PrintOutcome.NOT_PRINTED, NO_PRINTER)
    tray.installed = ["Accueil"]
    tray.chosen = "Accueil"
    with qtbot.waitSignal(again.printed) as out:
        again.again(waits.waiting)
    assert out.args == ["p-1"]
    assert tray.given == [(b"original", "Accueil", PaperSize.A4)]
    qtbot.waitUntil(lambda: again.waiting == ())


def test_a_stop_in_the_middle_leaves_a_sheet_of_which_nobody_knows_and_a_person_says_it(
    qtbot: QtBot, store: Memory, tray: Tray, desk: Desk
) -> None:
    desk(ends=True)(validated(), PaperSize.A4, lambda said: None)
    qtbot.waitUntil(lambda: bool(tray.given))
    again = desk()
    again.refresh()
    qtbot.waitUntil(lambda: bool(again.waiting))
    [waits] = again.waiting
    assert (waits.waiting.outcome, waits.waiting.sentence) == (PrintOutcome.UNKNOWN, INTERRUPTED)
    with qtbot.waitSignal(again.printed) as out:
        again.is_out(waits.waiting)
    assert out.args == ["p-1"]
    qtbot.waitUntil(lambda: again.waiting == ())


def test_what_is_dropped_is_not_noted_as_printed(qtbot: QtBot, tray: Tray, desk: Desk) -> None:
    here = desk()
    noted: list[str] = []
    here.printed.connect(noted.append)
    tray.answer = Sent(PrintOutcome.UNKNOWN, "Regarder.")
    assert printed(qtbot, here, validated(), PaperSize.A4) == "Regarder." + WAITS
    qtbot.waitUntil(lambda: bool(here.waiting))
    here.drop(here.waiting[0].waiting)
    qtbot.waitUntil(lambda: here.waiting == ())
    assert noted == []


@pytest.mark.parametrize("accepts", [True, False])
def test_the_system_s_dialog_goes_with_its_printer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, accepts: bool
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nowhere"))

    def answer() -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QPrintDialog):
                one.accept() if accepts else one.reject()

    timer = QTimer(interval=50)
    timer.timeout.connect(answer)
    timer.start()
    printers = SystemPrinters()
    assert printers.choose(PaperSize.A5) is None, "there is no printer"
    timer.stop()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QPrintDialog)]


def test_pages_drawn_on_a_printer_have_the_size_of_the_paper(qtbot: QtBot, tmp_path: Path) -> None:
    import pypdfium2

    blank = pypdfium2.PdfDocument.new()
    for _ in range(2):
        blank.new_page(420, 595)
    blank.save(tmp_path / "blank.pdf")
    target = tmp_path / "out.pdf"
    content = (tmp_path / "blank.pdf").read_bytes()
    assert draw_on_printer(content, "", PaperSize.A5, str(target)) == Sent(PrintOutcome.PRINTED)
    drawn = pypdfium2.PdfDocument(target)
    assert [page.get_size() for page in drawn] == [pytest.approx((420, 595), abs=2)] * 2
    assert draw_on_printer(content, "Absente", PaperSize.A5).outcome is PrintOutcome.NOT_PRINTED


# --- the message -----------------------------------------------------------------------------------------

NURSE = Nurse("n-1", "Mme Hubert", practice="Cabinet des Lilas")


class Folder:
    """Keeps messages in memory; opens them or not."""

    def __init__(self) -> None:
        self.kept: list[tuple[SecureMessage, bytes, TransmissionSheet]] = []
        self.opens = True
        self.opened: list[str] = []

    def keep(self, message: SecureMessage, prescription: bytes, sheet: TransmissionSheet) -> str:
        self.kept.append((message, prescription, sheet))
        return "/prive/message-1.eml"

    def open(self, path: str) -> bool:
        self.opened.append(path)
        return self.opens


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
def mail(qtbot: QtBot, store: Memory, folder: Folder) -> DeskMail:
    door, threads = StoreDoor(store), AgendaDoor()
    made = DeskMail(
        door, threads, folder.keep, {SARTHE.id: SARTHE}, lambda code: None, lambda: "72-1", lambda: NOW,
        folder.open,
    )  # fmt: skip
    door.setParent(made)
    threads.setParent(made)
    return made


def sent(qtbot: QtBot, mail: DeskMail, address: str, prescription: Prescription | None = None) -> str:
    said: list[str] = []
    mail(prescription or validated(), address, said.append)
    qtbot.waitUntil(lambda: bool(said))
    return said[0]


def test_the_message_is_opened_with_its_papers_and_marks_nothing_and_the_address_stays_where_none_was(
    qtbot: QtBot, store: Memory, folder: Folder, mail: DeskMail
) -> None:
    store.nurses.put(NURSE)
    one = store.prescriptions.get("p-1").tried("n-1", NURSE.name, NOW)
    store.prescriptions.kept["p-1"] = one.answered(NurseAnswer.ACCEPTED, NOW)
    before = store.prescriptions.get("p-1").state
    assert sent(qtbot, mail, " ide@hubert.mssante.example ") == OPENED
    [(message, prescription, sheet)] = folder.kept
    assert (message.to, prescription) == ("ide@hubert.mssante.example", b"original")
    assert ("Infirmier", "Mme Hubert, Cabinet des Lilas") in sheet.asked
    assert "MARTIN" not in message.subject + message.text
    assert folder.opened == ["/prive/message-1.eml"]
    assert store.prescriptions.get("p-1").state is before
    assert store.nurses.entries["n-1"].mail == "ide@hubert.mssante.example"
    folder.opens = False
    assert "/prive/message-1.eml" in sent(qtbot, mail, "autre@cabinet.example")
    assert store.nurses.entries["n-1"].mail == "ide@hubert.mssante.example", "the one that is known stays"


def test_an_address_that_is_none_and_a_draft_are_refused_and_nothing_is_written(
    qtbot: QtBot, store: Memory, folder: Folder, mail: DeskMail
) -> None:
    assert sent(qtbot, mail, "ide chez hubert") == NOT_AN_ADDRESS
    store.prescriptions.kept["p-1"] = draft()
    assert sent(qtbot, mail, "ide@hubert.example", draft()) == NOT_VALID
    assert folder.kept == []
