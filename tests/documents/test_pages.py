"""Printed pages: complete, the same for the same content, and readable back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from osnp_console.app.booking.after_booking import PatientText, patient_text
from osnp_console.app.booking.proof import ProofCriterion, ProofLine, proof_of
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.documents.outside_text import outside
from osnp_console.documents.patient_sheet import patient_sheet
from osnp_console.documents.proof_of_regulation import proof_of_regulation
from osnp_console.domain.regulator import NOBODY
from tests.documents.papers import BOOKED, DESK, FINGERPRINT, made_call, made_proof
from tests.unit.strategies import INSTANT


def words_of(file: bytes) -> str:
    """The text of a PDF, in reading order, with one space between words."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


def without_blanks(text: str) -> str:
    """A text of which only the letters matter: a long word is cut at the end of its line."""
    return "".join(text.split())


def test_the_proof_says_who_decided_what_when_for_whom_and_on_which_grounds() -> None:
    words = words_of(proof_of_regulation(made_proof()))
    for told in (
        "Preuve de régulation", "Appel 14 du 24/11/2026", "SAS 44 · poste 3", "OSNP", "Dominique RÉGULE",
        "24/11/2026 à 10:00:00", "Nom ESSAI", "Camille", "Lande-le-Bourg", "Motif Angine", "48 h",
        "Lande · médecine générale", "44-lande-mg", "S0 p. 1", "à vérifier", "inconnu",
        "mardi 24 novembre 2026 à 10:40", "Dr Camille ESSAI", "10000000001", "1 rue du Test",
        "réservé", "Appointment/17", BOOKED.id, "Agenda des Essais", "2026.11", "Né(e) le pas demandé",
    ):  # fmt: skip
        assert told in words, told
    assert without_blanks(FINGERPRINT) in without_blanks(words)


def test_who_decides_and_the_dispositif_may_be_unknown_and_that_is_said() -> None:
    words = CallSheetWords({}, {}, {}, lambda code: None)
    proof = proof_of(made_call(), BOOKED, DESK, words, None, ("1", "x"), "Agenda", NOBODY)
    read = words_of(proof_of_regulation(proof))
    assert "Par non noté" in read
    assert "aucun dispositif connu pour ce créneau" in read
    assert "Critères examinés" not in read


def test_the_same_content_gives_the_same_bytes() -> None:
    assert proof_of_regulation(made_proof()) == proof_of_regulation(made_proof())
    assert proof_of_regulation(made_proof()) != proof_of_regulation(made_proof("AUTRE"))


def test_the_file_says_its_language_and_title_and_brings_its_fonts() -> None:
    reader = PdfReader(BytesIO(proof_of_regulation(made_proof())))
    assert reader.metadata is not None
    assert reader.metadata.title == "Preuve de régulation"
    assert "ESSAI" not in str(reader.metadata)
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    for page in reader.pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"]
        assert isinstance(fonts, DictionaryObject)
        made = [one.get_object() for one in fonts.values()]
        names = [str(one["/BaseFont"]) for one in made if isinstance(one, DictionaryObject)]
        assert names
        assert all("NotoSans" in name for name in names), names


def test_a_name_too_long_for_its_line_wraps_and_loses_nothing() -> None:
    name = "NOM-SANS-FIN" * 30
    assert without_blanks(name) in without_blanks(words_of(proof_of_regulation(made_proof(name))))


def test_many_criteria_go_over_several_pages_each_with_its_number_and_headings() -> None:
    many = tuple(ProofCriterion(f"Critère n° {n}", "oui", "constat " * 12, "S5 p. 6") for n in range(120))
    file = proof_of_regulation(replace(made_proof(), criteria=many))
    pages = PdfReader(BytesIO(file)).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"page {number} sur {len(pages)}" in page.extract_text()
    assert all("Constat" in page.extract_text() for page in pages[2:-1])
    assert "Critère n° 119" in words_of(file)


def test_what_is_typed_is_never_markup() -> None:
    read = words_of(
        proof_of_regulation(made_proof("Dr <Martin> veut </para> a <b> c & &amp; <font size=99>"))
    )
    assert "Dr <Martin> veut </para> a <b> c & &amp; <font size=99>" in read


_letters = st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"])


@settings(deadline=None, max_examples=15, derandomize=True, database=None)
@given(
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"]), min_size=1, max_size=60)
)
def test_whatever_was_typed_is_read_back(text: str) -> None:
    proof = replace(made_proof(), decision=(ProofLine("Typé", text),))
    assert without_blanks(text) in without_blanks(words_of(proof_of_regulation(proof)))


@given(st.text(max_size=80))
def test_any_text_becomes_one_line_that_can_be_printed(text: str) -> None:
    made = outside(text)
    assert not set(made) & set("\r\n\x00<>\u2028")


def test_any_text_at_all_makes_a_document() -> None:
    assert words_of(proof_of_regulation(made_proof("ß" * 5000))).count("ß") == 5000
    for text in ("\ud800", "\x00\x1b[31m", "\u202eabc", "日本 🙂", "\n" * 50, ""):
        assert proof_of_regulation(made_proof(text)).startswith(b"%PDF")


def test_the_patient_takes_away_what_was_read_out() -> None:
    text = patient_text(BOOKED.slot, INSTANT)
    file = patient_sheet(text)
    read = words_of(file)
    assert without_blanks(text.text) in without_blanks(read)
    assert file == patient_sheet(PatientText(text.title, text.lines))
