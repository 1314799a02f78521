"""The prescription on paper: everything on it, nothing clipped, its codes read back, the same bytes again."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PageObject, PdfReader

from osnp_console.app.prescription.paper import (
    CANCELLED_MARK,
    DRAFT_MARK,
    DUPLICATE_MARK,
    PaperSize,
    PaperWords,
    PrescriptionPaper,
    SiteHeader,
    StructureNumber,
    paper_of,
    paper_of_prescription,
)
from osnp_console.documents.fonts import BOLD, REGULAR
from osnp_console.documents.ide_prescription import ide_prescription
from osnp_console.domain.commune import Commune
from osnp_console.domain.prescription.canonical import read_datamatrix
from osnp_console.domain.prescription.content import Content, OrderedAct
from osnp_console.domain.prescription.letters import STAND_INS, unwritten
from osnp_console.domain.prescription.moves import PrescriptionMove
from tests.unit.prescriptions import CONTENT, NOW, PATIENT, SARTHE, VENDEE, other, validated

LE_MANS = Commune("72181", "Le Mans", "72", ("72000", "72100"))
assert SARTHE.nurse_visit is not None
NURSES = replace(
    SARTHE,
    nurse_visit=replace(
        SARTHE.nurse_visit,
        headings=("Soins infirmiers non programmés", "Dispositif dérogatoire"),
    ),
)
LONG = "Surveiller la saturation et la fréquence respiratoire, appeler la régulation sous 92 %. "


def logo() -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "PNG")
    return out.getvalue()


WORDS = PaperWords(
    NURSES,
    {"72181": LE_MANS}.get,
    SiteHeader(("Centre hospitalier", "SAS 72"), (logo(), logo())),
)
LONGEST = other(
    call_reference="appel 14 du 24/11",
    sundays_and_holidays=True,
    patient=replace(
        PATIENT,
        birth_name="DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG-" * 3,
        used_name="d’Œuvré-Ûlëvåg",
        first_names="Marie-Thérèse Anne-Sophie Élisabeth Guillemette " * 2,
        address="Résidence « Les Tilleuls argentés », bâtiment C, escalier 12, 3e étage gauche " * 3,
        phone="0261911234",
    ),
    acts=(
        OrderedAct("bilan_clinique"),
        OrderedAct("pansement", LONG * 3, "2 fois par semaine", "15 jours"),
        OrderedAct("autre", LONG * 20, "matin et soir", "5 jours"),
    ),
)


def pages(file: bytes) -> list[str]:
    """The texts of the pages, of which only the letters matter: a long word is cut at the end of its line."""
    return [letters(page.extract_text()) for page in PdfReader(BytesIO(file)).pages]


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def codes(file: bytes, page: int = 0) -> dict[str, str]:
    """What a reader finds on a page, by the kind of code."""
    with pypdfium2.PdfDocument(file) as document:
        image = document[page].render(scale=300 / 72).to_pil()
    found: dict[str, str] = {}
    for one in zxingcpp.read_barcodes(image):
        found[f"{one.format}{len([key for key in found if key.startswith(str(one.format))])}"] = one.text
    return found


@pytest.mark.parametrize("size", list(PaperSize))
@pytest.mark.parametrize("content", [CONTENT, LONGEST], ids=["shortest", "longest"])
def test_both_bar_codes_and_the_datamatrix_are_read_back_on_both_papers(
    size: PaperSize, content: Content
) -> None:
    one = validated(content)
    assert one.number is not None
    file = ide_prescription(paper_of_prescription(one, WORDS, size))
    read = set(codes(file).values())
    assert {"10002909371", "291991081"} <= read
    assert (one.number.text, one.sealed) in {read_datamatrix(text) for text in read}
    for further in range(1, len(pages(file))):
        assert any(read_datamatrix(text) for text in codes(file, further).values()), "on each page"


def every_text(paper: PrescriptionPaper) -> list[str]:
    """All that a paper says."""
    texts = [paper.title, *paper.headings, *paper.site.lines, paper.delay, paper.signed, paper.number]
    texts += [text for pair in (*paper.facts, *paper.patient) for text in pair]
    texts += [text for code in paper.codes for text in (code.label, code.clear)]
    texts += [text for act in (*paper.acts, *paper.where) for text in (act.name, *act.details)]
    return [text for text in texts if text]


@pytest.mark.parametrize("size", list(PaperSize))
def test_the_longest_prescription_goes_on_to_further_pages_and_says_on_each_whose_it_is(
    size: PaperSize,
) -> None:
    one = validated(LONGEST)
    paper = paper_of_prescription(one, WORDS, size)
    found = pages(ide_prescription(paper))
    assert len(found) > 1
    whole = "".join(found)
    # Word by word: a text may go on on the next page, after the foot of this one.
    for word in " ".join(every_text(paper)).split():
        assert letters(word) in whole, word
    assert one.number is not None
    for number, page in enumerate(found, start=1):
        assert f"Page{number}sur{len(found)}" in page
        assert one.number.text in page
        assert "ROCHEFOUCAULD" in page


def test_the_shortest_stands_on_one_page_and_holds_no_price_and_no_coefficient() -> None:
    for size in PaperSize:
        (page,) = pages(ide_prescription(paper_of(CONTENT, WORDS, size)))
        for text in every_text(paper_of(CONTENT, WORDS, size)):
            assert letters(text) in page
        assert "29199" in page
        for money in ("€", "AMI", "euro"):
            assert money not in page


def test_nothing_of_one_dispositif_is_printed_for_another() -> None:
    elsewhere = replace(WORDS, dispositif=replace(VENDEE, nurse_visit=None))
    text = "".join(pages(ide_prescription(paper_of(other(finess="850000019"), elsewhere))))
    for sarthe in ("dérogatoire", "4heures", "29199"):
        assert letters(sarthe) not in text
    assert "85000" in text


def test_a_number_that_is_not_known_has_no_bar_code_and_the_site_chooses_the_second_one() -> None:
    nobody = other(prescriber=replace(CONTENT.prescriber, rpps="", am_number="721234567"))
    assert [code.content for code in paper_of(nobody, WORDS).codes] == ["291991081"]
    personal = replace(WORDS, site=SiteHeader(second_code=StructureNumber.AM))
    assert [code.content for code in paper_of(nobody, personal).codes] == ["721234567"]
    read = set(codes(ide_prescription(paper_of(nobody, WORDS))).values())
    assert "291991081" in read
    assert not any(text.startswith("1000") for text in read)


def test_the_mark_says_what_the_paper_is_worth() -> None:
    one = validated()
    cancelled = one.moved(PrescriptionMove.CANCEL, NOW, "72-2", "Dr Durand", "erreur de patient")
    papers = {
        DRAFT_MARK: paper_of(CONTENT, WORDS),
        DUPLICATE_MARK: paper_of_prescription(one, WORDS, duplicate=True),
        CANCELLED_MARK: paper_of_prescription(cancelled, WORDS),
    }
    for mark, paper in papers.items():
        assert letters(mark) in pages(ide_prescription(paper))[0]
    (valid,) = pages(ide_prescription(paper_of_prescription(one, WORDS)))
    assert not any(letters(mark) in valid for mark in papers)
    assert letters("Annulée le 24/11/2026 à 10:00 : erreur de patient.") in letters(
        paper_of_prescription(cancelled, WORDS).signed
    )


def test_the_file_says_what_it_is_and_names_nobody_in_its_own_description() -> None:
    reader = PdfReader(BytesIO(ide_prescription(paper_of_prescription(validated(), WORDS))))
    told = reader.metadata
    assert told is not None
    assert told.title == "Prescription médicale 72-sarthe-ide-2026-00017"
    assert "MARTIN" not in str(dict(told))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    fonts = {font["/BaseFont"] for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all("NotoSans" in name for name in fonts), "only the embedded ones"


def _fonts(page: PageObject) -> list[dict[str, str]]:
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


def test_what_comes_from_outside_is_text() -> None:
    tricky = other(patient=replace(PATIENT, birth_name="<b>O’Neil</b> & <img src=x>", address="a\nb\tc"))
    text = "".join(pages(ide_prescription(paper_of(tricky, WORDS))))
    assert letters("<b>O’Neil</b> & <img src=x>") in text


def test_a_logo_that_is_no_picture_is_refused_rather_than_left_out() -> None:
    bombs = [BytesIO(), BytesIO()]
    for bomb, side in zip(bombs, (6_000, 20_000), strict=True):
        Image.new("1", (side, side)).save(bomb, "PNG")
    unreadable = (b"pas une image", logo()[:60], b"\x89PNG\r\n\x1a\n")
    for content in (*unreadable, *(bomb.getvalue() for bomb in bombs)):
        wrong = replace(WORDS, site=SiteHeader(logos=(content,)))
        with pytest.raises(ValueError, match="logo"):
            ide_prescription(paper_of(CONTENT, wrong))


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_logo_of_absurd_shape_leaves_the_head_and_the_codes_on_the_paper(size: PaperSize) -> None:
    for shape in ((20_000, 2), (2, 20_000)):
        out = BytesIO()
        Image.new("RGB", shape).save(out, "PNG")
        site = SiteHeader(("Centre hospitalier", "SAS 72"), (out.getvalue(), logo()))
        file = ide_prescription(paper_of(CONTENT, replace(WORDS, site=site), size))
        with pypdfium2.PdfDocument(file) as document:
            page = document[0]
            pictures = [one for one in page.get_objects() if isinstance(one, pypdfium2.PdfImage)]
            assert len(pictures) == 2
            for left, _, right, _ in (one.get_bounds() for one in pictures):
                assert 0 <= left <= right <= page.get_width()
        assert "Centrehospitalier" in pages(file)[0]


@pytest.mark.parametrize("size", list(PaperSize))
def test_names_longer_than_a_page_are_whole_on_the_first_ones_and_cut_where_they_are_repeated(
    size: PaperSize,
) -> None:
    name = "".join(f"Mot{number}" for number in range(800))
    endless = replace(PATIENT, birth_name=name, first_names=f"Anne {name}")
    found = pages(ide_prescription(paper_of(other(patient=endless), WORDS, size)))
    shown = "".join(found)
    assert all(f"Mot{number}" in shown for number in (0, 400))
    assert "Page2sur" in found[1]
    assert letters("Bilan clinique de proximité") in shown


def test_every_letter_that_a_prescription_may_hold_is_drawn_by_the_font_and_a_sign_is_not_lost() -> None:
    from reportlab.pdfbase import pdfmetrics

    ide_prescription(paper_of(CONTENT, WORDS))
    for weight in (REGULAR, BOLD):
        drawn_by_it = pdfmetrics.getFont(weight).face.charToGlyph
        shown = (letter for letter in map(chr, range(0x2FFFF)) if unicodedata.category(letter)[0] != "C")
        lost = [
            one
            for one in shown
            if one not in STAND_INS and not unwritten(one) and ord(one) not in drawn_by_it
        ]
        assert lost == []
    ordered = other(acts=(OrderedAct("surveillance", "SpO2 ≥ 92 %, TA ≤ 140"),))
    (page,) = pages(ide_prescription(paper_of(ordered, WORDS)))
    assert "SpO2>=92%,TA<=140" in page


def test_a_reference_that_cannot_be_printed_makes_no_document_fail() -> None:
    (page,) = pages(ide_prescription(paper_of(other(call_reference="appel\x00 1\u202e4"), WORDS)))
    assert "Appelappel14" in page


SHOWN = st.text(
    st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd", "Pd"), max_codepoint=0x17F), min_size=1
)
FIELD = SHOWN.map(lambda text: text[:120])


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_no_field_is_lost_or_clipped_whatever_is_typed(data: st.DataObject) -> None:
    patient = replace(
        PATIENT,
        birth_name=data.draw(FIELD),
        used_name=data.draw(FIELD),
        first_names=data.draw(FIELD),
        address=data.draw(FIELD),
        phone=data.draw(st.sampled_from(["", "0261911234", "poste 12 demander Anne"])),
    )
    acts = tuple(
        OrderedAct(code, data.draw(FIELD), data.draw(FIELD), data.draw(FIELD))
        for code in data.draw(st.lists(st.sampled_from(["pansement", "autre", "bilan_clinique"]), min_size=1))
    )
    size = data.draw(st.sampled_from(list(PaperSize)))
    paper = paper_of(other(patient=patient, acts=acts), WORDS, size)
    file = ide_prescription(paper)
    assert file == ide_prescription(paper)
    text = "".join(pages(file))
    for word in " ".join(every_text(paper)).split():
        assert letters(word) in text
