"""A prescription on paper: how long does each document take, beside the patient's plain sheet?

Every time is told against the transfer to text alone (`paper_of`) and against the nurse's sheet, an ordinary
page, in the same run. Run: python tests/benchmarks/documents.py
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.prescription.paper import PaperSize, PaperWords, paper_of_prescription
from osnp_console.app.prescription.transmission import transmission_sheet_of
from osnp_console.documents.bar_codes import datamatrix_modules
from osnp_console.documents.ide_prescription import ide_prescription
from osnp_console.documents.transmission_sheet import transmission_sheet
from osnp_console.domain.commune import Commune
from osnp_console.domain.prescription.canonical import datamatrix_text
from osnp_console.domain.prescription.content import OrderedAct
from osnp_console.domain.prescription.prescription import Prescription
from tests.benchmarks.measuring import kept, p95, table, times_ms, times_over
from tests.unit.prescriptions import CONTENT, SARTHE, validated

REPEATS = 30
AIM_RATIO = 4.0
"""A prescription, with its codes, against an ordinary page."""


def nobody(code: str) -> Commune | None:
    return None


WORDS = PaperWords(SARTHE, nobody)


def longest() -> Prescription:
    act = OrderedAct(
        "autre", "Surveiller la saturation et la fréquence respiratoire. " * 30, "matin et soir", "5 jours"
    )
    return validated(replace(CONTENT, acts=(OrderedAct("bilan_clinique"), *[act] * 3)))


def codes(one: Prescription) -> int:
    datamatrix_modules.cache_clear()
    assert one.number is not None
    return len(datamatrix_modules(datamatrix_text(one.content, one.number.text)))


def main() -> None:
    short, full = validated(), longest()
    sheet = transmission_sheet_of(short, SARTHE, None, nobody)
    works: list[tuple[str, Callable[[], object]]] = [
        ("fiche de transmission, une page ordinaire", lambda: transmission_sheet(sheet)),
        ("ordonnance A4, la plus courte", lambda: ide_prescription(paper_of_prescription(short, WORDS))),
        (
            "ordonnance A5, la plus courte",
            lambda: ide_prescription(paper_of_prescription(short, WORDS, PaperSize.A5)),
        ),
        ("ordonnance A4, longue", lambda: ide_prescription(paper_of_prescription(full, WORDS))),
        ("son DataMatrix seul", lambda: codes(short)),
        ("ce qu’elle dit, en mots", lambda: paper_of_prescription(short, WORDS)),
    ]
    taken = [(name, times_ms(work, REPEATS)) for name, work in works]
    page = statistics.median(taken[0][1])
    rows = [
        (name, statistics.median(times), p95(times), times_over(statistics.median(times), page))
        for name, times in taken
    ]
    table("Documents, en ms", ("document", "médiane", "p95", "en pages ordinaires"), rows)
    met = statistics.median(taken[1][1]) <= AIM_RATIO * page
    print(f"\nUne ordonnance en {AIM_RATIO:.0f} pages ordinaires au plus\u202f: {kept(met)}.")


if __name__ == "__main__":
    main()
