"""The nurse's sheet on paper, and the message file that carries it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO

from pypdf import PdfReader

from osnp_console.app.prescription.transmission import message_to, transmission_sheet_of
from osnp_console.documents.transmission_sheet import message_file, transmission_sheet
from osnp_console.domain.prescription.content import OrderedAct
from tests.unit.prescriptions import PATIENT, SARTHE, other, validated


def letters(text: str) -> str:
    return "".join(text.split())


def test_the_sheet_stands_on_one_page_with_room_to_write_and_is_the_same_each_time() -> None:
    acts = (OrderedAct("bilan_clinique"), OrderedAct("autre", "Pansement " * 8, "2 fois par semaine"))
    one = validated(other(acts=acts, patient=replace(PATIENT, address="12 rue des Lilas, bâtiment C")))
    sheet = transmission_sheet_of(one, SARTHE, None, lambda code: None)
    file = transmission_sheet(sheet)
    assert file == transmission_sheet(sheet)
    (page,) = PdfReader(BytesIO(file)).pages
    text = letters(page.extract_text())
    wanted = [sheet.title, sheet.reference, *sheet.acts, *sheet.measures, *sheet.to_write]
    wanted += [part for pair in (*sheet.asked, *sheet.patient) for part in pair]
    for one_text in wanted:
        assert letters(one_text) in text


def test_the_message_opens_as_a_draft_with_its_papers_and_without_a_sender() -> None:
    message = message_to("cabinet@exemple.mssante.fr", validated(), 4)
    papers = [("72-sarthe-ide-2026-00017.pdf", b"%PDF-a"), ("transmission.pdf", b"%PDF-b")]
    file = message_file(message, papers)
    assert file == message_file(message, papers)
    read = message_from_bytes(file, policy=policy.default)
    assert (read["To"], read["From"], read["X-Unsent"]) == ("cabinet@exemple.mssante.fr", None, "1")
    assert read["Subject"] == message.subject
    body = read.get_body()
    assert body is not None
    assert "4 heures" in body.get_content()
    assert [(part.get_filename(), part.get_content()) for part in read.iter_attachments()] == papers
