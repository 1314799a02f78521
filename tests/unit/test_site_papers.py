"""What the site settles of its papers: who may, what is refused at which field, what the journal says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.prescription import site_papers as papers
from osnp_console.app.prescription.site_records import PaperSize, SiteHeader, SitePapers
from osnp_console.domain.permissions import ADMINISTRATOR, DOCTOR, REFERENT
from osnp_console.domain.prescription.content import Prescriber
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
DURAND = Prescriber("DURAND", "Paul", "10002909371", "Médecin régulateur", "721234567")


def with_header(header: SiteHeader) -> SitePapers:
    return SitePapers(header=header)


def test_the_administrator_settles_and_who_and_when_is_kept_and_journaled() -> None:
    store = PrescriptionStore()
    assert papers.site_papers(store.unit) == SitePapers()
    store.signed("Claude", ADMINISTRATOR)
    papers.settle_papers(lambda one: replace(one, size=PaperSize.A5), "72-1", NOW)(store.unit)
    settled = papers.settle_papers(lambda one: papers.with_doctor(one, DURAND, None), "72-1", NOW)(store.unit)
    assert papers.site_papers(store.unit) == settled
    assert (settled.size, settled.doctors, settled.person, settled.at) == (
        PaperSize.A5, (DURAND,), "Claude", NOW,
    )  # fmt: skip
    assert [one.facts["quoi"] for one in store.journal] == [["format"], ["médecins"]]
    again = papers.settle_papers(lambda one: one, "72-1", NOW)(store.unit)
    assert again == settled
    assert len(store.journal) == 2, "what did not change is not journaled"


@pytest.mark.parametrize("role", [DOCTOR, REFERENT])
def test_nobody_else_settles_and_everybody_reads(role: str) -> None:
    store = PrescriptionStore()
    store.signed("Dr Durand", role)
    with pytest.raises(Forbidden, match="administrateur"):
        papers.settle_papers(lambda one: replace(one, size=PaperSize.A5), "72-1", NOW)(store.unit)
    assert papers.site_papers(store.unit) == SitePapers()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (with_header(SiteHeader(lines=("ligne",) * 7)), "lignes"),
        (with_header(SiteHeader(logos=(PNG,) * 4)), "logos"),
        (with_header(SiteHeader(logos=(b"GIF89a",))), "logos"),
        (with_header(SiteHeader(logos=(PNG + b"\0" * papers.LOGO_LIMIT,))), "logos"),
        (SitePapers(doctors=(replace(DURAND, name=" "),)), "nom"),
        (SitePapers(doctors=(replace(DURAND, rpps="1000290937"),)), "rpps"),
        (SitePapers(doctors=(replace(DURAND, am_number="72123456"),)), "am"),
        (SitePapers(doctors=(replace(DURAND, am_number="٧٢١٢٣٤٥٦٧"),)), "am"),
        (SitePapers(doctors=(DURAND, replace(DURAND, quality="autre"))), "nom"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field_and_nothing_is_kept(wrong: SitePapers, field: str) -> None:
    store = PrescriptionStore()
    store.signed("Claude", ADMINISTRATOR)
    with pytest.raises(Refusal) as refused:
        papers.settle_papers(lambda one: wrong, "72-1", NOW)(store.unit)
    assert refused.value.field == field
    assert papers.site_papers(store.unit) == SitePapers()
    assert store.journal == []


def test_a_doctor_is_read_as_typed_replaced_and_taken_out() -> None:
    typed = papers.read_doctor(" DURAND ", "Paul", "Médecin régulateur", "10002 909371", "72 123 4567")
    assert typed == DURAND
    # With the prefix that it has in messages, it is the same doctor.
    assert papers.read_doctor("DURAND", "Paul", "Médecin régulateur", "810002909371", "721234567") == DURAND
    kept = papers.with_doctor(papers.with_doctor(SitePapers(), DURAND, None), Prescriber("ABRIL"), None)
    assert [one.name for one in kept.doctors] == ["ABRIL", "DURAND"]
    renamed = replace(DURAND, name="AARON")
    assert papers.with_doctor(kept, renamed, DURAND).doctors == (renamed, Prescriber("ABRIL"))
    assert papers.without_doctor(kept, DURAND).doctors == (Prescriber("ABRIL"),)
    assert papers.header_lines(["  SAS ", "", " "]) == ("SAS",)
