"""`territoires importer | lister`: the communes that no source lists, entered by the site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.console import Console, Said

PAYS_BLANC = "CPTS du Pays Blanc"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The CSV that is imported."""
    return tmp_path / "communes.csv"


def import_of(console: Console, sheet: Path, text: str | bytes, *more: str) -> Said:
    """Import a text as the Pays Blanc's communes."""
    sheet.write_bytes(text if isinstance(text, bytes) else text.encode())
    arguments = ("territoires", "importer", str(sheet), "--cpts", PAYS_BLANC, "--auteur", "C. Régnier", *more)
    return console.run(*arguments)


def test_the_report_says_what_was_taken_and_what_was_refused(console: Console, sheet: Path) -> None:
    said = import_of(console, sheet, "code\n44069\n44055\n44069\n99999\n", "--json")
    assert (said.status, said.err) == (0, "")
    report = said.answer()
    assert report["communes"] == ["44055", "44069"]
    assert report["departements"] == ["44"]
    assert report["repetees"] == 1
    assert report["refusees"] == [
        {"ligne": 5, "texte": "99999", "raison": "aucune commune ne porte le code INSEE 99999"}
    ]
    file = Path(str(report["fichier"]))
    assert file.parent == console.site / "territoires"
    assert file.is_file()


def test_on_a_terminal_the_report_is_french(console: Console, sheet: Path) -> None:
    said = import_of(console, sheet, "code\n44069\nGuérande\n")
    assert (said.status, said.err) == (0, "")
    first, last = said.out.splitlines()
    assert first.startswith("ligne 3 refusée : Guérande : ")
    assert last.startswith("1 communes, 0 répétées, 1 refusées ; écrit dans ")


def test_where_nothing_can_be_taken_nothing_is_written(console: Console, sheet: Path) -> None:
    said = import_of(console, sheet, "code\n99999\n", "--json")
    assert said.status == 1
    assert said.answer()["fichier"] is None
    assert not console.site.exists()


def test_the_file_can_come_from_standard_input(console: Console) -> None:
    said = console.run(
        "territoires",
        "importer",
        "-",
        "--cpts",
        PAYS_BLANC,
        "--auteur",
        "C. Régnier",
        "--json",
        stdin="44069\n",
    )
    assert said.answer()["communes"] == ["44069"]


def test_an_unknown_cpts_is_refused(console: Console, sheet: Path) -> None:
    sheet.write_text("44069\n", encoding="utf-8")
    said = console.run("territoires", "importer", str(sheet), "--cpts", "CPTS du Pays Vert", "--json")
    assert said.status == 1
    assert (said.refusal()["code"], said.refusal()["champ"]) == ("introuvable", "cpts")


def test_a_missing_file_is_refused(console: Console, sheet: Path) -> None:
    said = console.run("territoires", "importer", str(sheet), "--cpts", PAYS_BLANC, "--json")
    assert (said.status, said.refusal()["code"]) == (1, "introuvable")


def test_a_file_that_is_not_utf8_is_refused_with_the_remedy(console: Console, sheet: Path) -> None:
    said = import_of(console, sheet, "Guérande;44\n".encode("latin-1"), "--json")
    assert (said.status, said.refusal()["code"]) == (1, "valeur_invalide")
    assert "UTF-8" in str(said.refusal()["message"])


@pytest.mark.parametrize("text", ["x" * 200_000, '"' + "44069\n" * 30_000, "44069\x00\n", "\r\r\n\n", ""])
def test_a_file_that_is_no_csv_is_refused_without_a_traceback(
    console: Console, sheet: Path, text: str
) -> None:
    said = import_of(console, sheet, text, "--json")
    assert said.status == 1
    assert isinstance(said.document(), dict)
    assert not console.site.exists()


def test_a_folder_that_cannot_be_written_is_status_3(console: Console, sheet: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "territoires").write_text("", encoding="utf-8")
    said = import_of(console, sheet, "44069\n", "--json", "--site", str(occupied))
    assert (said.status, said.refusal()["code"]) == (3, "disque")


def test_a_workstation_without_a_session_name_imports_without_a_traceback(
    console: Console, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000, raising=False)
    sheet.write_text("44069\n", encoding="utf-8")
    said = console.run("territoires", "importer", str(sheet), "--cpts", PAYS_BLANC, "--json")
    assert said.status in (0, 1, 2)


def test_an_author_that_is_no_text_never_makes_the_layer_unreadable(console: Console, sheet: Path) -> None:
    sheet.write_text("44069\n", encoding="utf-8")
    arguments = (
        "territoires",
        "importer",
        str(sheet),
        "--cpts",
        PAYS_BLANC,
        "--auteur",
        os.fsdecode(b"\xff"),
    )
    console.run(*arguments, "--json")
    assert console.run("catalogue", "verifier").status == 0


def test_what_is_known_of_each_territory_is_listed(console: Console, sheet: Path) -> None:
    before = {row["cpts"]: row for row in console.run("territoires", "lister", "--json").rows()}
    assert before[PAYS_BLANC]["communes"] is None
    assert before[PAYS_BLANC]["origine"] == "S5"
    import_of(console, sheet, "44069\n44055\n")
    after = {row["cpts"]: row for row in console.run("territoires", "lister", "--json").rows()}
    assert after[PAYS_BLANC]["communes"] == 2
    assert after[PAYS_BLANC]["origine"] == "site"
    assert f"{PAYS_BLANC:<60} 2 (site)" in console.run("territoires", "lister").out


# The other commands of the desk, in short


def test_a_commune_is_found_as_it_is_typed(console: Console) -> None:
    said = console.run("communes", "guerande", "--json")
    assert said.status == 0
    assert said.rows()[0]["code"] == "44069"
    assert "44069  Guérande" in console.run("communes", "guerande").out


def test_a_text_that_resembles_no_commune_has_no_answer(console: Console) -> None:
    said = console.run("communes", "zzzzzzzz", "--json")
    assert (said.status, said.document()) == (0, [])
