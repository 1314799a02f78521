"""What a command refuses, how it says so, and that it never ends in a traceback."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.console import CALL, REDON, Console, Said, call_with


def refused(said: Said, code: str, field: str | None = None) -> None:
    """Exit 1, one JSON document, that code and that champ (or none)."""
    error = said.refusal()
    assert (said.status, error["code"], error.get("champ")) == (1, code, field)
    assert said.err == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "{",
        "{}{}",
        "{'patient': {}}",
        '{"patient": }',
        "\ufeff",
        '{"besoin": {"delai_heures": NaN}}',
        '{"besoin": {"delai_heures": Infinity}}',
        '{"besoin": {"delai_heures": -Infinity}}',
        '{"deplacement_possible": true, "deplacement_possible": false}',
        '{"patient": {"sexe": "F", "sexe": "M"}}',
        "[" * 100_000,
        '{"patient":' * 100_000,
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_not_json_is_refused(console: Console, text: str) -> None:
    refused(console.judge(text), "json_invalide")


@pytest.mark.parametrize("text", [b"\xff\xfe{}", b'{"patient": {"prenoms": "L\xe9a"}}', b"\x80"])
def test_what_is_not_utf8_is_refused(console: Console, text: bytes, tmp_path: Path) -> None:
    refused(console.judge(text), "json_invalide")
    file = tmp_path / "appel.json"
    file.write_bytes(text)
    refused(console.run("eligibilite", "--appel", str(file), "--json"), "json_invalide")


@pytest.mark.parametrize("digits", [20, 400, 5_000])
def test_a_huge_number_is_refused(console: Console, digits: int) -> None:
    said = console.judge('{"patient": {"age_ans": ' + "9" * digits + "}}")
    assert said.status == 1
    assert said.refusal()["code"] in ("valeur_invalide", "json_invalide")


def test_a_number_beyond_all_floats_is_refused(console: Console) -> None:
    refused(console.judge('{"patient": {"age_ans": 1e999}}'), "valeur_invalide", "patient.age_ans")


@pytest.mark.parametrize("document", ["[]", "null", "true", "3", '"appel"', "[{}]"])
def test_a_call_is_an_object(console: Console, document: str) -> None:
    refused(console.judge(document), "valeur_invalide")


@pytest.mark.parametrize("group", ["poste", "appelant", "patient", "besoin", "medecin_traitant", "reponses"])
@pytest.mark.parametrize("value", [[], "x", 3, True])
def test_a_part_of_the_call_is_an_object(console: Console, group: str, value: object) -> None:
    refused(console.judge(json.dumps({group: value})), "valeur_invalide", group)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        ({"patiente": {}}, "patiente"),
        ({"patient": {"prenom": "Léa"}}, "patient.prenom"),
        ({"patient": {"nom": None}}, "patient.nom"),
        ({"besoin": {"motifs": ["cystite"]}}, "besoin.motifs"),
        ({"reponses": {"couleur": True}}, "reponses.couleur"),
        ({"reponses": {"territoire:CPTS de Nulle Part": True}}, "reponses.territoire:CPTS de Nulle Part"),
        ({"instant": "2026-11-24T10:00"}, "instant"),
    ],
)
def test_an_unknown_field_is_refused_with_its_path(
    console: Console, call: dict[str, object], field: str
) -> None:
    refused(console.judge(json.dumps(call)), "champ_inconnu", field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("poste.role", "standardiste"),
        ("poste.sas", 44),
        ("poste.cpts", "CPTS Pays de Redon"),
        ("poste.cpts", ["CPTS de Nulle Part"]),
        ("appelant.lien", "voisin"),
        ("patient.sexe", "f"),
        ("patient.sexe", ["F"]),
        ("patient.date_naissance", "02/05/1994"),
        ("patient.date_naissance", "1994-02-30"),
        ("patient.date_naissance", "0000-01-01"),
        ("patient.date_naissance", "1899-12-31"),
        ("patient.date_naissance", 1994),
        ("patient.age_ans", -1),
        ("patient.age_ans", 131),
        ("patient.age_ans", 32.5),
        ("patient.age_ans", True),
        ("patient.age_ans", "32"),
        ("patient.enceinte", "oui"),
        ("patient.commune", "99999"),
        ("patient.commune", 35219),
        ("patient.commune", "Pipriac"),
        ("patient.commune", "domicile"),
        ("patient.commune_actuelle", "ailleurs"),
        ("patient.nom_naissance", 12),
        ("besoin.offre", "coiffure"),
        ("besoin.offre", "aucun"),
        ("besoin.motif", "ennui"),
        ("besoin.delai_heures", -4),
        ("besoin.delai_heures", 1e30),
        ("besoin.urgence_vitale", 1),
        ("besoin.debut", "hier"),
        ("medecin_traitant.statut", "parti"),
        ("medecin_traitant.contacte", 0),
        ("praticien_habituel.statut", {}),
        ("deplacement_possible", "true"),
        ("reponses.creneaux_mg_epuises", "oui"),
        ("demandes", "besoin.motif"),
        ("demandes", ["couleur"]),
        ("demandes", [["besoin.motif"]]),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_path(
    console: Console, field: str, value: object
) -> None:
    said = console.judge(call_with(**{field.replace(".", "__", 1): value}))
    refused(said, "valeur_invalide", field)


WEIRD: tuple[object, ...] = (
    "", " ", "0", "0001", "0001-01-01", "9999", "9999-12-31", "2026-12-31", "1900", "2A", "²", "x" * 10_000,
    "\x00", "é", "\ud800", 0, -1, 10**18, 1.5, True, [], [None], [[]], {}, {"a": 1}, ["x", 3],
)  # fmt: skip
FIELDS = [
    f"{group}.{name}"
    for group, part in CALL.items()
    if isinstance(part, dict)
    for name in part or ("creneaux_mg_epuises",)
] + ["deplacement_possible", "demandes"]


@pytest.mark.parametrize("field", FIELDS)
def test_whatever_a_field_holds_the_answer_is_a_verdict_or_a_refusal_of_that_field(
    console: Console, field: str
) -> None:
    lines = [
        json.dumps({"appel": json.loads(call_with(**{field.replace(".", "__", 1): value}))})
        for value in WEIRD
    ]
    said = console.batch(*lines)
    assert said.status == 0
    answers = said.lines()
    assert len(answers) == len(WEIRD)
    for value, answer in zip(WEIRD, answers, strict=True):
        error = answer.get("erreur")
        if isinstance(error, dict):
            assert error["champ"] == field, value
        else:
            assert "dispositifs" in answer, value


def test_a_refusal_never_repeats_what_is_personal(console: Console) -> None:
    calls = (
        call_with(patient__commune="DURANDAL"),
        call_with(patient__nom_naissance=["DURANDAL"]),
        call_with(patient__date_naissance="DURANDAL"),
        call_with(patient__telephone="DURANDAL"),
        call_with(besoin__motif="DURANDAL"),
        '{"patient": {"nom_naissance": "DURANDAL"',
        '{"patient": {"nom_naissance": "DURANDAL", "nom_naissance": "DURANDAL"}}',
        '{"patient": {"nom_naissance": NaN, "prenoms": "DURANDAL"}}',
    )
    for call in calls:
        for json_asked in (("--json",), ()):
            said = console.run("eligibilite", "--appel", "-", *json_asked, stdin=call)
            assert "DURANDAL" not in said.out + said.err, call


def test_a_lone_surrogate_is_answered_like_any_other_text(console: Console) -> None:
    said = console.process("eligibilite", "--appel", "-", "--json", stdin=b'{"\\ud800": 1}')
    assert "Traceback" not in said.err
    assert said.status == 1
    assert said.refusal()["code"] in ("champ_inconnu", "json_invalide")


# Files


def test_a_missing_file_is_refused(console: Console, tmp_path: Path) -> None:
    for option in ("--appel", "--lot"):
        refused(console.run("eligibilite", option, str(tmp_path / "absent.json"), "--json"), "introuvable")


def test_a_folder_is_not_a_call(console: Console, tmp_path: Path) -> None:
    for option in ("--appel", "--lot"):
        refused(console.run("eligibilite", option, str(tmp_path), "--json"), "introuvable")


def test_a_path_through_a_file_is_missing_as_well(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "appel.json"
    file.write_text("{}", encoding="utf-8")
    refused(console.run("eligibilite", "--appel", str(file / "dedans"), "--json"), "introuvable")


@pytest.mark.parametrize("option", ["catalogue", "site"])
def test_a_folder_that_does_not_exist_is_refused(console: Console, option: str, tmp_path: Path) -> None:
    said = console.judge("{}", f"--{option}", str(tmp_path / "absent"))
    refused(said, "introuvable", option)
    file = tmp_path / "fichier"
    file.write_text("", encoding="utf-8")
    refused(console.judge("{}", f"--{option}", str(file)), "introuvable", option)


def test_a_folder_that_is_no_catalogue_is_refused(console: Console, tmp_path: Path) -> None:
    said = console.judge("{}", "--catalogue", str(tmp_path))
    refused(said, "valeur_invalide", "catalogue")
    assert "sources.yaml" in str(said.refusal()["message"])


# Without --json


def test_without_json_a_refusal_is_french_on_standard_error(console: Console) -> None:
    said = console.run("eligibilite", "--appel", "-", stdin='{"patient": {"sexe": "X"}}')
    assert (said.status, said.out) == (1, "")
    assert said.err == "Valeur inconnue ; valeurs possibles : F, I, M. (patient.sexe)\n"


def test_an_unknown_dispositif_to_show_is_refused(console: Console) -> None:
    refused(console.run("catalogue", "montrer", "44-nulle-part", "--json"), "dispositif_inconnu", "id")
    said = console.run("catalogue", "montrer", "44-nulle-part")
    assert (said.status, said.out) == (1, "")
    assert "44-nulle-part" in said.err


# Wrong usage

WRONG = [
    [],
    ["nimporte"],
    ["eligibilite"],
    ["eligibilite", "--appel"],
    ["eligibilite", "--appel", "-", "--lot", "-"],
    ["eligibilite", "--appel", "-", "--dispo", REDON],
    ["eligibilite", "--appel", "-", "de trop"],
    ["catalogue"],
    ["catalogue", "corriger"],
    ["catalogue", "montrer"],
    ["catalogue", "montrer", "a", "b"],
    ["territoires", "importer", "--cpts", "CPTS Pays de Redon"],
    ["territoires", "importer", "x.csv"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_has_status_2_and_is_told_in_french(console: Console, arguments: list[str]) -> None:
    said = console.run(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage : osnp-console")
    told = said.err.splitlines()[-1]
    for english in ("the ", "required", "expected", "invalid", "unrecognized"):
        assert english not in told, told


@pytest.mark.parametrize("arguments", WRONG[1:], ids=" ".join)
def test_wrong_usage_is_one_document_when_json_is_asked(console: Console, arguments: list[str]) -> None:
    said = console.run(*arguments, "--json")
    assert said.status == 2
    assert said.refusal()["code"] == "usage"
    assert said.err == ""


# In a process of its own: what only the real streams show


def test_a_process_prints_one_document_and_nothing_else(console: Console) -> None:
    said = console.process(
        "eligibilite", "--appel", "-", "--json", "--instant", "2026-11-24T10:00", stdin=call_with().encode()
    )
    assert (said.status, said.err) == (0, "")
    assert said.dispositifs()[REDON]["verdict"] == "eligible"
    assert said.answer()["instant"] == "2026-11-24T10:00:00+01:00"


def test_a_process_refuses_with_status_1_and_misuse_with_status_2(console: Console) -> None:
    refused(console.process("eligibilite", "--appel", "-", "--json", stdin=b""), "json_invalide")
    refused(console.process("eligibilite", "--appel", "-", "--json", stdin=b"\xff"), "json_invalide")
    assert console.process("eligibilite", "--json").status == 2


def test_a_process_speaks_utf8_whatever_the_locale(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    said = console.process("catalogue", "montrer", REDON, "--json")
    assert said.status == 0
    assert "à ne" not in said.err
    assert "territoire sans médecin traitant" in str(said.answer()["resume"])


def test_the_version_is_told(console: Console) -> None:
    said = console.process("--version")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("osnp-console ")


@pytest.mark.skipif(sys.platform == "win32", reason="arguments that are no text exist on POSIX only")
@pytest.mark.parametrize("asked", [["--json"], []])
def test_an_argument_that_is_no_text_is_refused_without_a_traceback(
    console: Console, asked: list[str]
) -> None:
    said = console.process("catalogue", "montrer", os.fsdecode(b"\xff"), *asked)
    assert "Traceback" not in said.err
    assert "lost sys.stderr" not in said.err
    assert said.status == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
@pytest.mark.parametrize("asked", [["--json"], []])
@pytest.mark.parametrize("command", [["catalogue", "lister"], ["communes", "redon"]], ids=" ".join)
def test_a_full_disk_is_status_3_without_a_traceback(
    console: Console, command: list[str], asked: list[str]
) -> None:
    status, told = console.process_into(Path("/dev/full"), *command, *asked)
    assert "Traceback" not in told
    assert status == 3


@pytest.mark.skipif(sys.platform == "win32", reason="broken pipes are told otherwise on Windows")
@pytest.mark.parametrize("asked", [["--json"], []])
@pytest.mark.parametrize("command", [["catalogue", "lister"], ["communes", "redon"]], ids=" ".join)
def test_a_reader_that_leaves_early_is_no_error(
    console: Console, command: list[str], asked: list[str]
) -> None:
    assert console.process_without_reader(*command, *asked) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise on Windows")
@pytest.mark.parametrize("asked", [["--json"], []])
def test_a_closed_standard_input_is_refused_without_a_traceback(console: Console, asked: list[str]) -> None:
    status, told = console.process_closing(0, "eligibilite", "--appel", "-", *asked)
    assert "Traceback" not in told
    assert status == 1


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise on Windows")
@pytest.mark.parametrize("asked", [["--json"], []])
def test_a_closed_standard_output_ends_without_a_traceback(console: Console, asked: list[str]) -> None:
    _, told = console.process_closing(1, "communes", "redon", *asked)
    assert "Traceback" not in told


@pytest.mark.parametrize("command", [[], ["eligibilite"], ["catalogue", "verifier"]], ids=" ".join)
def test_the_help_is_french(console: Console, command: list[str]) -> None:
    said = console.process(*command, "--help")
    assert (said.status, said.err) == (0, "")
    assert "show this help" not in said.out
    assert "show program's version" not in said.out
