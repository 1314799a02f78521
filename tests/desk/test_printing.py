"""A prescription through a real print queue: what comes out is what was sent; what does not is known."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from osnp_console.app.prescription.paper import PaperWords, paper_of_prescription
from osnp_console.app.prescription.print_records import PrintOutcome
from osnp_console.app.prescription.printing import NO_PRINTER, UNREACHABLE, Sent
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.desk.printing import LpPrinter
from osnp_console.documents.fonts import register
from osnp_console.documents.ide_prescription import ide_prescription
from osnp_console.domain.prescription.canonical import read_datamatrix
from osnp_console.resources import resources
from tests.desk.print_queue import MISSING, NOT_ROOT, PRINTER, PrintQueue, is_installed, print_queue
from tests.unit.prescriptions import SARTHE, validated

DEMANDED = "OSNP_SERVEUR_EXIGE"
_POINTS = {PaperSize.A4: (595, 842), PaperSize.A5: (420, 595)}


@pytest.fixture(scope="module")
def queue() -> Iterator[PrintQueue]:
    """One service for these tests."""
    if os.getuid() != 0:
        pytest.skip(NOT_ROOT)
    if not is_installed():
        if os.environ.get(DEMANDED):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with print_queue() as made:
        yield made


@pytest.fixture
def printer(queue: PrintQueue, monkeypatch: pytest.MonkeyPatch) -> LpPrinter:
    """What the window prints with, on that service."""
    monkeypatch.setenv("CUPS_SERVER", str(queue.socket))
    return LpPrinter()


def paper(size: PaperSize) -> bytes:
    register(resources() / "fonts")
    return ide_prescription(paper_of_prescription(validated(), PaperWords(SARTHE, lambda code: None), size))


def codes(page: pypdfium2.PdfPage) -> list[str]:
    picture = page.render(scale=300 / 72).to_pil()
    return sorted(one.text for one in zxingcpp.read_barcodes(picture))


@pytest.mark.parametrize("size", list(PaperSize))
def test_what_comes_out_has_its_size_its_name_says_nothing_and_its_codes_are_read_back(
    queue: PrintQueue, printer: LpPrinter, size: PaperSize
) -> None:
    assert printer(paper(size), PRINTER, size) == Sent(PrintOutcome.PRINTED)
    [out] = queue.new_papers()
    [page] = pypdfium2.PdfDocument(out)
    assert page.get_size() == pytest.approx(_POINTS[size], abs=1.5)
    rpps, datamatrix, finess = codes(page)[0], codes(page)[-1], codes(page)[1]
    assert (rpps, finess) == ("10002909371", "291991081")
    assert read_datamatrix(datamatrix) == ("72-sarthe-ide-2026-00017", validated().sealed)
    assert "MARTIN" not in str(PdfReader(BytesIO(out)).metadata)


def test_a_printer_that_is_not_there_or_off_takes_nothing_and_says_which(
    queue: PrintQueue, printer: LpPrinter
) -> None:
    assert printer(b"%PDF", "", PaperSize.A4) == Sent(PrintOutcome.NOT_PRINTED, NO_PRINTER)
    gone = printer(b"%PDF", "Absente", PaperSize.A4)
    assert gone.outcome is PrintOutcome.NOT_PRINTED
    assert "Absente" in gone.sentence
    for stop, start in (("cupsdisable", "cupsenable"), ("cupsreject", "cupsaccept")):
        queue.order(stop, PRINTER)
        refused = printer(paper(PaperSize.A4), PRINTER, PaperSize.A4)
        queue.order(start, PRINTER)
        assert refused.outcome is PrintOutcome.NOT_PRINTED
        assert "rien n’est sorti" in refused.sentence
    assert queue.new_papers() == []


def test_a_printer_that_stops_after_it_took_the_sheet_gives_it_back_and_nothing_comes_out_later(
    queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(queue.socket))
    looks = list[float]()
    held = LpPrinter(patience=0.5, pause=looks.append)
    # Held at the door: the queue takes what comes and lets nothing out.
    queue.order("lpadmin", "-p", PRINTER, "-o", "job-hold-until-default=indefinite")
    sent = held(paper(PaperSize.A4), PRINTER, PaperSize.A4)
    queue.order("lpadmin", "-p", PRINTER, "-o", "job-hold-until-default=no-hold")
    assert looks, "it was waited for"
    assert sent.outcome is PrintOutcome.NOT_PRINTED
    assert LpPrinter()(paper(PaperSize.A5), PRINTER, PaperSize.A5) == Sent(PrintOutcome.PRINTED)
    [out] = queue.new_papers()
    assert pypdfium2.PdfDocument(out)[0].get_size()[1] < 600, "the second sheet alone"


def test_what_the_queue_cannot_print_is_not_called_printed(queue: PrintQueue, printer: LpPrinter) -> None:
    sent = LpPrinter(patience=0.5)(b"%PDF-1.7\nnothing", PRINTER, PaperSize.A4)
    assert sent.outcome is not PrintOutcome.PRINTED
    queue.new_papers()


def test_without_a_print_service_nothing_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not is_installed():
        pytest.skip(MISSING)
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nowhere"))
    assert LpPrinter()(b"%PDF", PRINTER, PaperSize.A4) == Sent(PrintOutcome.NOT_PRINTED, UNREACHABLE)


def test_a_command_that_hangs_leaves_the_outcome_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*command: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("lp", 10)

    monkeypatch.setattr(subprocess, "run", hang)
    assert LpPrinter()(b"%PDF", PRINTER, PaperSize.A4) == Sent(PrintOutcome.UNKNOWN, UNREACHABLE)
