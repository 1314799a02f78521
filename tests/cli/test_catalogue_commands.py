"""`catalogue verifier | lister | montrer`: what the catalogue holds, and whether it is sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from osnp_console.resources import resources
from tests.cli.console import REDON, Console

PAYS_BLANC_TERRITORY = "territoire:CPTS du Pays Blanc"


@pytest.fixture
def own_catalogue(tmp_path: Path) -> Path:
    """A copy of the built-in catalogue, to be edited."""
    return Path(shutil.copytree(resources(), tmp_path / "catalogue"))


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text that occurs in the file; the line where it first did."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


# lister


def test_every_dispositif_is_listed_with_at_least_what_the_contract_names(console: Console) -> None:
    said = console.run("catalogue", "lister", "--json")
    assert (said.status, said.err) == (0, "")
    rows = said.rows()
    assert len(rows) == 93
    for row in rows:
        assert {"id", "cpts", "departement", "nature", "statut", "source"} <= set(row)
        source = row["source"]
        assert isinstance(source, dict)
        assert isinstance(source["page"], int)
    assert len({str(row["id"]) for row in rows}) == 93


def test_on_a_terminal_there_is_one_line_for_each_dispositif(console: Console) -> None:
    said = console.run("catalogue", "lister")
    assert (said.status, said.err) == (0, "")
    assert len(said.out.splitlines()) == 93
    assert REDON in said.out


def test_the_facts_listed_are_those_a_call_may_answer(console: Console) -> None:
    said = console.run("catalogue", "lister", "--faits", "--json")
    assert (said.status, said.err) == (0, "")
    rows = {str(row["code"]): row for row in said.rows()}
    assert {"creneaux_mg_epuises", "deplacement_possible", PAYS_BLANC_TERRITORY} <= set(rows)
    for row in rows.values():
        assert str(row["question"]).endswith("?")
        assert row["repondant"] in ("appelant", "operateur", "agendas")
    assert rows["creneaux_mg_epuises"]["repondant"] == "agendas"


def test_each_fact_listed_may_be_asked_in_vain(console: Console) -> None:
    rows = console.run("catalogue", "lister", "--faits", "--json").rows()
    codes = ", ".join(f'"{row["code"]}"' for row in rows)
    assert console.judge(f'{{"demandes": [{codes}]}}').status == 0


def test_each_further_fact_listed_may_be_answered(console: Console) -> None:
    rows = console.run("catalogue", "lister", "--faits", "--json").rows()
    further = [str(row["code"]) for row in rows if "." not in str(row["code"]).partition(":")[0]]
    answers = ", ".join(f'"{code}": true' for code in further if code != "deplacement_possible")
    assert console.judge(f'{{"reponses": {{{answers}}}}}').status == 0


def test_the_facts_are_told_on_a_terminal(console: Console) -> None:
    said = console.run("catalogue", "lister", "--faits")
    assert said.status == 0
    assert "Peut-il se déplacer jusqu’au cabinet ?" in said.out


# montrer


def test_a_sheet_says_all_the_source_says_and_where(console: Console) -> None:
    said = console.run("catalogue", "montrer", REDON, "--json")
    assert (said.status, said.err) == (0, "")
    sheet = said.answer()
    assert (sheet["id"], sheet["cpts"], sheet["statut"]) == (REDON, "CPTS Pays de Redon", "en_service")
    assert sheet["depuis"] == "2022-06-02"
    source = sheet["source"]
    assert isinstance(source, dict)
    assert (source["document"], source["page"], source["date"]) == ("S5", 14, "2025-12-01")
    for part in ("criteres", "acces", "doutes", "conseils"):
        rows = sheet[part]
        assert isinstance(rows, list)
        assert all(row["source"]["document"] for row in rows)


def test_every_sheet_can_be_shown(console: Console) -> None:
    for row in console.run("catalogue", "lister", "--json").rows()[::8]:
        said = console.run("catalogue", "montrer", str(row["id"]), "--json")
        assert said.status == 0
        assert said.answer()["id"] == row["id"]


def test_a_sheet_on_a_terminal_is_indented(console: Console) -> None:
    said = console.run("catalogue", "montrer", REDON)
    assert said.status == 0
    assert said.out.startswith('{\n  "id"')


# verifier


def test_the_built_in_catalogue_is_sound(console: Console) -> None:
    said = console.run("catalogue", "verifier", "--json")
    assert (said.status, said.err) == (0, "")
    answer = said.answer()
    assert answer["erreurs"] == 0
    problems = answer["problemes"]
    assert isinstance(problems, list)
    assert answer["avertissements"] == len(problems)


def test_an_error_has_its_file_its_line_and_status_1(console: Console, own_catalogue: Path) -> None:
    line = edit(
        own_catalogue / "dispositifs" / "44" / f"{REDON}.yaml", "    heures: 48", "    heures: beaucoup"
    )
    said = console.run("catalogue", "verifier", "--json", "--catalogue", str(own_catalogue))
    assert (said.status, said.err) == (1, "")
    answer = said.answer()
    assert answer["erreurs"] == 1
    problems = answer["problemes"]
    assert isinstance(problems, list)
    assert set(problems[0]) == {"fichier", "ligne", "message", "niveau"}
    assert problems[0]["fichier"] == f"dispositifs/44/{REDON}.yaml"
    assert (problems[0]["ligne"], problems[0]["niveau"]) == (line, "erreur")


def test_a_broken_catalogue_judges_nobody_and_says_where_it_is_broken(
    console: Console, own_catalogue: Path
) -> None:
    line = edit(
        own_catalogue / "dispositifs" / "44" / f"{REDON}.yaml", "    heures: 48", "    heures: beaucoup"
    )
    said = console.judge("{}", "--catalogue", str(own_catalogue))
    assert said.status == 1
    error = said.refusal()
    assert (error["code"], error["champ"]) == ("valeur_invalide", "catalogue")
    assert f"dispositifs/44/{REDON}.yaml, ligne {line}" in str(error["message"])


def test_a_changed_rule_shows_as_an_example_that_comes_out_wrong(
    console: Console, own_catalogue: Path
) -> None:
    edit(own_catalogue / "dispositifs" / "44" / f"{REDON}.yaml", "    heures: 48", "    heures: 72")
    said = console.run("catalogue", "verifier", "--catalogue", str(own_catalogue))
    assert said.status == 1
    assert "exemple « Peut attendre trois jours »" in said.out
    assert said.out.splitlines()[-1].startswith("1 erreur")


def test_a_row_that_has_expired_but_still_serves_is_a_warning(console: Console, own_catalogue: Path) -> None:
    line = edit(
        own_catalogue / "dispositifs" / "45" / "45-ouest-loiret-mg.yaml",
        "statut: en_service",
        'jusqu_a: {date: "2099-12", source: {document: S1, page: 1}}\nstatut: en_service',
    )
    file = own_catalogue / "dispositifs" / "45" / "45-ouest-loiret-mg.yaml"
    assert console.run("catalogue", "verifier", "--catalogue", str(own_catalogue)).status == 0
    edit(file, '"2099-12"', '"2024-12"')
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("\nexemples:") + 1], encoding="utf-8")
    said = console.run("catalogue", "verifier", "--json", "--catalogue", str(own_catalogue))
    assert said.status == 0
    answer = said.answer()
    assert answer["erreurs"] == 0
    problems = answer["problemes"]
    assert isinstance(problems, list)
    expired = [one for one in problems if "terminé depuis le 31/12/2024" in one["message"]]
    assert [(one["ligne"], one["niveau"]) for one in expired] == [(line, "avertissement")]


def test_another_catalogue_gives_another_fingerprint(console: Console, own_catalogue: Path) -> None:
    built_in = console.judge("{}").answer()["catalogue"]
    same = console.judge("{}", "--catalogue", str(own_catalogue)).answer()["catalogue"]
    assert same == built_in
    edit(own_catalogue / "sources.yaml", 'version: "2026.11"', 'version: "2026.12"')
    other = console.judge("{}", "--catalogue", str(own_catalogue)).answer()["catalogue"]
    assert isinstance(other, dict)
    assert isinstance(built_in, dict)
    assert other["version"] == "2026.12"
    assert other["empreinte"] != built_in["empreinte"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01",
        b"id: \x07",
        b"\xff\xfe",
        b"[" * 5_000,
        b"a: &a [*a]",
        b"- &a [*a]",
        b"",
        b"--- 1\n--- 2",
        b"? [a]\n: b",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_whatever_a_file_holds_it_is_an_error_of_that_file_and_no_traceback(
    console: Console, own_catalogue: Path, content: bytes
) -> None:
    (own_catalogue / "dispositifs" / "44" / "44-illisible.yaml").write_bytes(content)
    said = console.run("catalogue", "verifier", "--json", "--catalogue", str(own_catalogue))
    assert said.status == 1
    problems = said.answer()["problemes"]
    assert isinstance(problems, list)
    assert {one["fichier"] for one in problems} == {"dispositifs/44/44-illisible.yaml"}


def test_no_catalogue_command_needs_a_folder_of_the_site(console: Console) -> None:
    assert not console.site.exists()
    assert console.run("catalogue", "verifier").status == 0
    assert not console.site.exists()
