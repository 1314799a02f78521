"""What a site settles of its papers, and the sheets that wait to be printed, kept on both bases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.prescription.print_records import PrintOutcome, WaitingPrint
from osnp_console.app.prescription.site_records import PaperSize, SiteHeader, SitePapers, StructureNumber
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, NOW

HEADER = SiteHeader(
    ("SAS d’essai", "1 rue de l’Essai"), (b"\x89PNG\0", b"\xff\xd8\xff\0"), StructureNumber.AM
)
PAPERS = SitePapers(
    HEADER,
    PaperSize.A5,
    (Prescriber("D’ŒUVRE", "Zoé", "10002909371", "régulatrice", "721234567"),),
    "Claude",
    NOW,
)
WAITING = WaitingPrint("w-1", "p-1", DESK, PaperSize.A5, "Étage 2", NOW)


def test_what_the_site_settled_comes_back_whole_with_its_logos_in_order(store: Store) -> None:
    with store.unit() as unit:
        assert unit.site_papers.get() is None
        unit.site_papers.put(replace(PAPERS, size=PaperSize.A4, doctors=()))
        unit.site_papers.put(PAPERS)
        unit.commit()
    with store.unit() as unit:
        assert unit.site_papers.get() == PAPERS
        fewer = replace(PAPERS, header=replace(HEADER, logos=HEADER.logos[1:]))
        unit.site_papers.put(fewer)
        unit.commit()
    with store.unit() as unit:
        assert unit.site_papers.get() == fewer


def test_settings_that_nobody_settled_are_not_kept(store: Store) -> None:
    with store.unit() as unit, pytest.raises(ValueError, match="None"):
        unit.site_papers.put(SitePapers())


def test_sheets_wait_at_their_desk_oldest_first_until_they_are_let_go(store: Store) -> None:
    refused = replace(WAITING, outcome=PrintOutcome.NOT_PRINTED, sentence="Plus de papier.")
    with store.unit() as unit:
        unit.prints.put(replace(WAITING, id="w-2", asked_at=NOW.replace(minute=NOW.minute + 1)))
        unit.prints.put(WAITING)
        unit.prints.put(refused)
        unit.prints.put(replace(WAITING, id="w-3", desk="44-5"))
        unit.commit()
    with store.unit() as unit:
        assert [one.id for one in unit.prints.of_desk(DESK)] == ["w-1", "w-2"]
        assert unit.prints.of_desk(DESK)[0] == refused
        assert unit.prints.remove("w-1")
        assert not unit.prints.remove("w-1")
        unit.commit()
    with store.unit() as unit:
        assert [one.id for one in unit.prints.of_desk(DESK)] == ["w-2"]
