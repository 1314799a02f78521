"""Two documents asked for at once, from two threads, are made one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest

from osnp_console.app.booking.after_booking import PatientText
from osnp_console.app.prescription.paper import PaperSize, PaperWords, SiteHeader, paper_of_prescription
from osnp_console.app.prescription.transmission import transmission_sheet_of
from osnp_console.documents.ide_prescription import ide_prescription
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.patient_sheet import patient_sheet
from osnp_console.documents.proof_of_regulation import proof_of_regulation
from osnp_console.documents.sample_page import sample_page
from osnp_console.documents.transfer_sheet import transfer_sheet
from osnp_console.documents.transmission_sheet import transmission_sheet
from tests.documents.papers import made_proof
from tests.documents.sheets import bare_sheet
from tests.unit.prescriptions import SARTHE, validated

A_WHILE = 0.5
"""Seconds in which any of these documents is made many times over, had it not to wait."""

WORDS = PaperWords(SARTHE, lambda code: None, SiteHeader((), ()))
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "preuve de régulation": lambda: proof_of_regulation(made_proof()),
    "texte du patient": lambda: patient_sheet(PatientText("Votre rendez-vous", ("Demain, 9 h.",))),
    "fiche de transfert": lambda: transfer_sheet(bare_sheet()),
    "fiche de transmission": lambda: transmission_sheet(
        transmission_sheet_of(validated(), SARTHE, None, lambda code: None)
    ),
    "ordonnance": lambda: ide_prescription(paper_of_prescription(validated(), WORDS, PaperSize.A4)),
    "page d’essai": lambda: sample_page("Page d’essai"),
}


@pytest.fixture
def being_made() -> tuple[Event, Event, Callable[[], bytes]]:
    """A document that has begun once the first event is set, and ends once the second is."""
    begun, may_end = Event(), Event()

    @one_at_a_time
    def make() -> bytes:
        begun.set()
        assert may_end.wait(60)
        return b"made"

    return begun, may_end, make


def test_no_document_begins_while_another_is_being_made(
    being_made: tuple[Event, Event, Callable[[], bytes]],
) -> None:
    begun, may_end, slow = being_made
    alone = {name: make() for name, make in DOCUMENTS.items()}  # all modules read, fonts known
    with ThreadPoolExecutor(len(DOCUMENTS) + 1) as threads:
        first = threads.submit(slow)
        try:
            assert begun.wait(60)
            others = {name: threads.submit(make) for name, make in DOCUMENTS.items()}
            # That nothing is made cannot be waited for: it is looked at after a while.
            early, _ = wait(others.values(), timeout=A_WHILE)
            made_too_early = [name for name, one in others.items() if one in early]
        finally:
            may_end.set()
        assert made_too_early == []
        assert first.result(60) == b"made"
        assert {name: one.result(60) for name, one in others.items()} == alone


def test_a_document_that_fails_leaves_its_turn_to_the_next() -> None:
    @one_at_a_time
    def broken() -> bytes:
        raise OSError("no font")

    with pytest.raises(OSError, match="no font"):
        broken()
    assert sample_page("Page d’essai").startswith(b"%PDF-")
