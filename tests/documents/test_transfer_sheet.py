"""The transfer sheet: one page that holds all that was typed and done, and the same as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from osnp_console.app.transfer.sheet import COLUMNS, FilledLine, TransferSheet, sheet_of, sheet_text
from osnp_console.app.transfer.spoken import Reminder
from osnp_console.documents.transfer_sheet import transfer_sheet
from osnp_console.domain.transfer.transfer import unannounced
from tests.documents.sheets import ANSWERS, RECORD, WORDS, bare_sheet, full_record, full_sheet, full_transfer
from tests.unit.desk_calls import LANDE_MG
from tests.unit.transfers import ACCESS, NOON, SECRETARY


def letters(text: str) -> str:
    """A text of which only the letters matter: a long word is cut at the end of its line."""
    return "".join("".join(text.split()).split("\u202f"))


def read(file: bytes) -> str:
    return letters("".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages))


def pages(file: bytes) -> int:
    return len(PdfReader(BytesIO(file)).pages)


def every_text(sheet: TransferSheet) -> Iterator[str]:
    """All that a sheet holds."""
    yield from (sheet.title, sheet.reference, sheet.note)
    for lines in (sheet.sending, sheet.patient, sheet.need, sheet.conditions, sheet.outcome):
        for line in lines:
            yield from (line.label, line.text)
    for step in sheet.steps:
        yield from (step.at, step.what, step.by, step.note)
    for one in sheet.reminders:
        yield from (one.text, one.source)


def test_the_longest_transfer_and_the_shortest_stand_on_one_page_that_holds_all_of_them() -> None:
    for sheet in (full_sheet(), bare_sheet()):
        file = transfer_sheet(sheet)
        assert pages(file) == 1
        words = read(file)
        for text in every_text(sheet):
            assert letters(text) in words, text


def test_the_sheet_says_who_sends_whom_where_why_and_what_became() -> None:
    held = {(line.label, line.text) for part in _parts(full_sheet()) for line in part}
    assert {
        ("Envoyé par", "Inès Leroy, poste 1 (SAS 35)"),
        ("Ligne", "AccèsS · 02\u202f30\u202f30\u202f34\u202f34"),
        ("Dispositif", "Lande · médecine générale"),
        ("Pris par", "Gaëlle Robin, poste 1 (ligne), à 12:01:40"),
        ("Patient", "plus en ligne depuis 12:03:10"),
        ("Rappeler au", "06\u202f39\u202f98\u202f27\u202f44"),
        ("Commune", "Lande-le-Bourg · 44990"),
        ("Se trouve", "Marais-sur-Mer · 44993"),
        ("Motif", "Cystite"),
        ("À voir sous", "24 h"),
        ("Ordonnance", "ne sait pas"),
        ("Cabinet", "Cabinet de Pipriac"),
        ("Non réunies", "Médecin traitant indisponible\u202f; Motif pris en charge"),
        ("Continué car", "accord de la coordinatrice par téléphone"),
        ("État", "Échoué, 12:03:40"),
        ("Créneau", "aujourd’hui 10:45, Dr Anne Bréhault, Redon"),
        ("Motif à inscrire", "SAS 35 – cystite"),
    } <= held
    steps = [(step.at, step.what, step.by) for step in full_sheet().steps]
    assert steps[0] == ("24/11 12:00:00", "Préparé", "Inès Leroy, poste 1 (SAS 35)")
    assert steps[2] == ("24/11 12:00:40", "Sans réponse", "Inès Leroy, poste 1 (SAS 35)")
    assert len(steps) == 12
    assert full_sheet().steps[-1].note == "la patiente a changé d’avis"


def _parts(sheet: TransferSheet) -> tuple[tuple[FilledLine, ...], ...]:
    return (sheet.sending, sheet.patient, sheet.need, sheet.conditions, sheet.outcome)


def test_every_field_of_the_call_is_on_the_sheet_whatever_was_answered() -> None:
    sheet = full_sheet()
    assert len(sheet.patient) + len(sheet.need) + bool(sheet.note) == len(ANSWERS)


def test_of_a_patient_whom_nobody_announced_no_condition_is_said_to_be_met() -> None:
    met = unannounced("t-2", "call-2", ACCESS, SECRETARY, NOON, sas="44")
    sheet = sheet_of(met, full_record(), WORDS, LANDE_MG)
    assert sheet.conditions == ()
    assert sheet.sending[0] == FilledLine("Envoyé par", "SAS 44, sans annonce")
    assert [step.what for step in sheet.steps] == ["Répondu"]
    assert bare_sheet().conditions == (FilledLine("Conditions", "toutes réunies"),)


def test_a_call_that_is_not_kept_any_more_is_said_to_be_missing() -> None:
    sheet = sheet_of(full_transfer(), None, WORDS, LANDE_MG)
    assert sheet.patient == (FilledLine("", "La fiche de l’appel n’est plus gardée."),)
    assert "plus gardée" in sheet_text(sheet)
    assert pages(transfer_sheet(sheet)) == 1


def test_the_file_says_its_language_and_title_and_names_nobody_in_its_metadata() -> None:
    file = transfer_sheet(full_sheet())
    reader = PdfReader(BytesIO(file))
    assert reader.metadata is not None
    assert reader.metadata.title == "Fiche de transfert"
    assert not {"MARTIN", "Inès"} & set(str(reader.metadata).replace(",", " ").split())
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert file == transfer_sheet(full_sheet())


_LETTERS = st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"])
_TEXTS = st.text(_LETTERS, min_size=1, max_size=150)


@settings(deadline=None, max_examples=20, derandomize=True, database=None)
@given(_TEXTS, _TEXTS, _TEXTS, _TEXTS)
def test_whatever_was_typed_is_neither_lost_nor_cut(name: str, note: str, why: str, slot: str) -> None:
    record = RECORD.put("patient.nom_naissance", name).put("note", note)
    made = full_transfer()
    made = replace(made, slot=slot, conditions=replace(made.conditions, reason=why))
    sheet = sheet_of(made, record, WORDS, LANDE_MG, reminders=(Reminder(note, "S5 p. 14"),))
    words, text = read(transfer_sheet(sheet)), letters(sheet_text(sheet))
    for typed in (name, note, why, slot):
        assert letters(typed) in words
        assert letters(typed) in text


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None, max_examples=60, derandomize=True, database=None)
def test_the_plain_text_is_never_wider_than_a_mail_and_holds_only_letters(name: str, note: str) -> None:
    record = RECORD.put("patient.nom_naissance", name).put("note", note)
    text = sheet_text(sheet_of(full_transfer(), record, WORDS, LANDE_MG))
    assert all(len(line) <= COLUMNS for line in text.split("\n"))
    shown = text.replace("\n", "")
    assert not {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}


def test_the_plain_text_holds_every_line_of_the_sheet() -> None:
    sheet = full_sheet()
    text = letters(sheet_text(sheet))
    for one in every_text(replace(sheet, title=sheet.title.upper())):
        assert letters(one) in text, one
    assert "\nNOTE\nBrûlures depuis ce matin" in sheet_text(sheet)
    assert f"Nom\u202f:{' ' * 17}MARTIN\n" in sheet_text(sheet)


def test_text_that_looks_like_markup_stays_text() -> None:
    typed = "<b>Dr & fils</b> </para> &amp; <font size=99>"
    record = RECORD.put("patient.nom_naissance", typed)
    sheet = sheet_of(full_transfer(), record, WORDS, LANDE_MG)
    assert letters(typed) in read(transfer_sheet(sheet))
    assert letters(typed) in letters(sheet_text(sheet))
