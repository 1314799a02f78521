"""The directory of nurses read from a table: what is taken, what is refused, and why, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.import_nurses import read_nurses, write_nurses
from osnp_console.app.prescription.nurse_fields import NOT_A_MAIL, NOT_A_NUMBER, nurse_said, read_nurse
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.domain.hours import Hours
from osnp_console.domain.prescription.nurses import Nurse

LE_MANS, ALLONNES = (
    Commune("72181", "Le Mans", "72", ("72000",)),
    Commune("72003", "Allonnes", "72", ("72700",)),
)
GAZETTEER = Gazetteer.of([LE_MANS, ALLONNES], [], {"72": "Sarthe"})
HEADING = "Nom;Prénom;N° RPPS;Cabinet;Tél;MSSanté;Ville;Secteurs;Horaires;Couleur"


def table(*lines: str) -> bytes:
    return "\r\n".join((HEADING, *lines)).encode("cp1252")


def test_a_whole_line_is_taken_with_its_sector_and_its_hours() -> None:
    report = read_nurses(
        table("Le Goff;Bleuenn;10002909371;Cabinet des Tilleuls;02 61 91 12 34;b@exemple.mssante.fr;"
              "Le Mans (72);Le Mans 72, 72003;Mo-Fr 07:00-19:00;bleu"),
        GAZETTEER, (),
    )  # fmt: skip
    (nurse,) = report.entries
    assert nurse == Nurse(
        "10002909371", "Bleuenn Le Goff", "10002909371", "Cabinet des Tilleuls", "+33261911234",
        "b@exemple.mssante.fr", frozenset({"72181", "72003"}), "72181",
        Hours("Mo-Fr 07:00-19:00", "Mo-Fr 07:00-19:00"),
    )  # fmt: skip
    assert report.ignored_columns == ("Couleur",)
    assert report.lines[0].messages == ()


def test_what_is_not_known_is_told_and_the_line_is_taken_without_it() -> None:
    report = read_nurses(table("Dupont;;;;abc;pas une adresse;Nulle-Part;Ailleurs;le matin;"), GAZETTEER, ())
    (nurse,) = report.entries
    assert (nurse.commune, nurse.communes, nurse.hours) == ("", frozenset(), None)
    assert nurse.phone == "abc", "kept as typed"
    told = report.lines[0].messages
    assert NOT_A_MAIL in told
    assert "Commune non reconnue\u202f: Nulle-Part." in told
    assert any("le matin" in message for message in told)


def test_a_line_without_a_name_or_with_a_number_that_is_none_or_twice_is_refused() -> None:
    report = read_nurses(
        table(";Anne;;;;;;;;", "Dupont;;12;;;;;;;", "Martin;;10002909371;;;;;;;", "Autre;;10002909371"),
        GAZETTEER, (),
    )  # fmt: skip
    assert [(one.line, one.outcome, one.field) for one in report.lines] == [
        (2, "refuse", "nom"),
        (3, "refuse", "numero"),
        (4, "ajoute", None),
        (5, "refuse", "nom"),
    ]
    assert report.lines[1].messages == (NOT_A_NUMBER,)
    assert report.lines[3].messages == ("Cet infirmier est déjà à la ligne 4.",)


def test_the_same_table_imported_again_replaces_and_doubles_nobody() -> None:
    content = table("Dupont;Anne;;Cabinet A;;;;;;", "Dupont;Anne;;Cabinet B;;;;;;")
    first = read_nurses(content, GAZETTEER, ())
    assert len({one.id for one in first.entries}) == 2, "two practices, two entries"
    again = read_nurses(content, GAZETTEER, {one.id for one in first.entries})
    assert (again.count("remplace"), again.count("ajoute")) == (2, 0)
    assert again.entries == first.entries


def test_a_table_without_a_name_column_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        read_nurses(b"telephone;ville\n06;Le Mans", GAZETTEER, ())
    assert (refusal.value.code, refusal.value.field) == ("champ_manquant", "nom")


WORDS = st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=1, max_size=12)
NURSES = st.lists(
    st.builds(
        Nurse,
        id=st.sampled_from(["10002909371", "721234567"]),
        name=WORDS,
        practice=st.one_of(st.just(""), WORDS.map(lambda text: f"=Cabinet {text}")),
        communes=st.sets(st.sampled_from(["72181", "72003"])).map(frozenset),
        commune=st.sampled_from(["", "72181"]),
    ).map(lambda one: Nurse(one.id, one.name, one.id, one.practice, "", "", one.communes, one.commune)),
    unique_by=lambda one: one.id,
)


@given(NURSES)
def test_a_directory_written_as_a_table_and_read_again_is_the_same(nurses: list[Nurse]) -> None:
    assert list(read_nurses(write_nurses(nurses).encode(), GAZETTEER, ()).entries) == nurses


def test_a_form_shows_an_entry_with_the_names_of_communes_and_reads_back_the_same() -> None:
    nurse = Nurse(
        "10002909371", "Bleuenn Le Goff", "10002909371", "Cabinet", "+33261911234", "b@exemple.fr",
        frozenset({"72181", "72003"}), "72181", Hours("Mo-Fr 07:00-19:00", "Mo-Fr 07:00-19:00"),
    )  # fmt: skip
    said = nurse_said(nurse, GAZETTEER)
    assert said["communes"] == "Allonnes (72), Le Mans (72)"
    read = read_nurse(said, GAZETTEER)
    assert (read.nurse, read.remarks) == (nurse, ())


def test_what_is_not_understood_is_said_at_its_field() -> None:
    said = {
        "nom": "X",
        "telephone": "12",
        "courriel": "x",
        "commune": "Nulle",
        "communes": "Part, 72003",
        "horaires": "?",
    }
    read = read_nurse(said, GAZETTEER)
    assert [field for field, _ in read.remarks] == [
        "telephone",
        "courriel",
        "communes",
        "commune",
        "horaires",
    ]
    assert read.nurse.communes == {"72003"}
