"""A sheet that is printed: kept before it is sent, let go of once it is out, waiting with its reason else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.errors import Forbidden, StoreFailure
from osnp_console.app.prescription import printing
from osnp_console.app.prescription.print_records import INTERRUPTED, PrintOutcome, WaitingPrint
from osnp_console.app.prescription.printing import NO_PRINTER, Sent
from osnp_console.app.prescription.records import ArchivedPaper
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.domain.permissions import ADMINISTRATOR, SECRETARY
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Prescription
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import NOW, after, validated

SHEET = WaitingPrint("w-1", "p-1", "72-1", PaperSize.A4, "Étage 2", NOW)
M = PrescriptionMove


@pytest.fixture
def store() -> PrescriptionStore:
    """One validated prescription with its archived document, seen by a secretary."""
    made = PrescriptionStore()
    made.prescriptions.save(validated())
    made.prescriptions.archive(ArchivedPaper("p-1", "original", NOW, b"original", "sha256:a"))
    made.signed("Gaëlle", SECRETARY)
    return made


def kept(store: PrescriptionStore, prescription: Prescription) -> None:
    store.prescriptions.kept["p-1"] = prescription


def test_the_sheet_is_kept_before_it_is_sent_as_one_of_which_nothing_is_known(
    store: PrescriptionStore,
) -> None:
    to_print = printing.begin_print(SHEET)(store.unit)
    assert (to_print.content, to_print.duplicate) == (b"original", False)
    [waits] = printing.waiting_prints("72-1")(store.unit)
    assert (waits.waiting.outcome, waits.waiting.sentence) == (PrintOutcome.UNKNOWN, INTERRUPTED)
    assert waits.prescription.id == "p-1"
    assert printing.waiting_prints("44-5")(store.unit) == ()


def test_what_was_signed_electronically_is_what_is_printed(store: PrescriptionStore) -> None:
    store.prescriptions.archive(ArchivedPaper("p-1", "signee", NOW, b"signed", "sha256:b"))
    assert printing.begin_print(SHEET)(store.unit).content == b"signed"


@pytest.mark.parametrize(
    ("sheet", "moves", "duplicate"),
    [
        (replace(SHEET, size=PaperSize.A5), (), False),
        (SHEET, (M.PRINT,), True),
        (SHEET, (M.CANCEL,), False),
    ],
)
def test_another_size_a_second_print_and_a_cancelled_one_are_laid_out_anew(
    store: PrescriptionStore, sheet: WaitingPrint, moves: tuple[PrescriptionMove, ...], duplicate: bool
) -> None:
    kept(store, after(validated(), *moves))
    to_print = printing.begin_print(sheet)(store.unit)
    assert (to_print.content, to_print.duplicate) == (None, duplicate)


def test_a_sheet_that_is_out_waits_no_more_and_another_waits_with_its_reason(
    store: PrescriptionStore,
) -> None:
    printing.begin_print(SHEET)(store.unit)
    printing.end_print(SHEET, Sent(PrintOutcome.NOT_PRINTED, NO_PRINTER))(store.unit)
    [waits] = printing.waiting_prints("72-1")(store.unit)
    assert (waits.waiting.outcome, waits.waiting.sentence) == (PrintOutcome.NOT_PRINTED, NO_PRINTER)
    printing.end_print(SHEET, Sent(PrintOutcome.PRINTED))(store.unit)
    assert printing.waiting_prints("72-1")(store.unit) == ()


def test_it_can_be_dropped_once(store: PrescriptionStore) -> None:
    printing.begin_print(SHEET)(store.unit)
    assert printing.drop_print("w-1")(store.unit)
    assert not printing.drop_print("w-1")(store.unit)
    assert store.prints.waiting == {}


def test_who_may_not_see_patients_prints_nothing_and_sees_nothing_that_waits(
    store: PrescriptionStore,
) -> None:
    printing.begin_print(SHEET)(store.unit)
    store.signed("Claude", ADMINISTRATOR)
    for work in (printing.begin_print(replace(SHEET, id="w-2")), printing.drop_print("w-1")):
        with pytest.raises(Forbidden):
            work(store.unit)
    assert printing.waiting_prints("72-1")(store.unit) == ()
    assert list(store.prints.waiting) == ["w-1"]


def test_one_that_is_not_in_the_base_is_not_printed(store: PrescriptionStore) -> None:
    with pytest.raises(StoreFailure):
        printing.begin_print(replace(SHEET, prescription="p-404"))(store.unit)
    assert store.prints.waiting == {}
