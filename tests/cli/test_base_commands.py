"""The base commands and `--self-check`, as an administrator types them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import keyring
import pytest

from osnp_console.bootstrap import build
from osnp_console.cli.main import run
from osnp_console.storage.engine import connect
from osnp_console.storage.store import open_store
from osnp_console.storage.upgrade import HEAD
from tests.cli.console import Console, Said
from tests.desk.memory_keyring import InMemory, missing
from tests.storage.kept import full_call, rows, save, write_lines

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

KEY = "ab" * 32
OTHER_KEY = "cd" * 32
PASSPHRASE = "quatre mots pas trop courts"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Where the base of the test is."""
    return tmp_path / "bases" / "essai.base"


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def base_command(
    console: Console, verb: str, *rest: str, key: str | None = KEY, base: Path | None = None
) -> Said:
    """One command; the key is read from a descriptor as an administrator would give it."""
    arguments: list[str] = ["base", verb, *rest, "--json"]
    if base is not None:
        arguments += ["--base", url(base)]
    if key is None:
        return console.run(*arguments)
    with tempfile.TemporaryFile() as source:
        source.write(key.encode() + b"\n")
        source.seek(0)
        return console.run(*arguments, "--cle-fd", str(source.fileno()))


def refused(said: Said, code: str, status: int) -> str:
    """The message of a refusal, once its code and its status are as expected."""
    refusal = said.refusal()
    assert (refusal["code"], said.status) == (code, status)
    return str(refusal["message"])


def fill(file: Path, key: str = KEY) -> None:
    store = open_store(file, bytes.fromhex(key))
    save(store, full_call())
    write_lines(store, 4)
    store.close()


def test_a_base_is_created_encrypted_and_verifies(console: Console, base: Path) -> None:
    created = base_command(console, "creer", base=base)
    assert created.status == 0
    assert created.answer() == {"base": str(base)}
    fill(base)
    report = base_command(console, "verifier", base=base)
    assert report.status == 0
    assert report.answer() == {"schema": HEAD, "appels": 1, "lignes": 4, "postes": 1, "defauts": []}
    assert b"QUATREMERE" not in base.read_bytes()


def test_creating_over_a_base_is_forbidden(console: Console, base: Path) -> None:
    base_command(console, "creer", base=base)
    before = base.read_bytes()
    refused(base_command(console, "creer", base=base), "interdit", 1)
    assert base.read_bytes() == before


def test_without_a_key_a_new_base_gets_one_that_the_keyring_keeps(
    console: Console, base: Path, keyring_of_the_session: InMemory
) -> None:
    assert base_command(console, "creer", base=base, key=None).status == 0
    assert base_command(console, "verifier", base=base, key=None).status == 0
    (kept,) = keyring_of_the_session.kept.values()
    assert base_command(console, "verifier", base=base, key=kept).status == 0


def test_without_a_keyring_the_command_asks_for_a_key_by_descriptor(console: Console, base: Path) -> None:
    keyring.set_keyring(missing())
    said = base_command(console, "creer", base=base, key=None)
    assert "--cle-fd" in refused(said, "champ_manquant", 1)
    assert not base.exists()


def test_a_passphrase_opens_the_base_it_created_and_another_one_does_not(
    console: Console, base: Path
) -> None:
    assert base_command(console, "creer", base=base, key=PASSPHRASE).status == 0
    assert base.with_name("essai.base.sel").exists()
    assert base_command(console, "verifier", base=base, key=PASSPHRASE).status == 0
    message = refused(
        base_command(console, "verifier", base=base, key=PASSPHRASE + "s"), "base_verrouillee", 1
    )
    assert "phrase de passe" in message
    assert "--cle-fd" in refused(base_command(console, "verifier", base=base, key=None), "champ_manquant", 1)


def test_a_base_that_could_not_be_created_leaves_no_salt(console: Console, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"pas un dossier")
    said = base_command(console, "creer", base=tmp_path / "fichier" / "x.base", key=PASSPHRASE)
    assert said.status == 3
    assert said.refusal()["code"] == "disque"


def test_a_wrong_key_leaves_the_base_locked(console: Console, base: Path) -> None:
    base_command(console, "creer", base=base)
    message = refused(base_command(console, "verifier", base=base, key=OTHER_KEY), "base_verrouillee", 1)
    assert message.startswith("Cette clé n’ouvre pas la base.")


@pytest.mark.parametrize("verb", ["migrer", "verifier"])
def test_a_base_that_is_not_there_is_told_and_not_created(console: Console, base: Path, verb: str) -> None:
    refused(base_command(console, verb, base=base), "introuvable", 1)
    assert not base.parent.exists()


@pytest.mark.parametrize(
    "address",
    [
        "sqlite://admin:secret@/srv/x.base",
        "postgresql://admin:secret@serveur/appels",
        "postgresql://serveur/appels?password=secret",
        "postgresql://serveur/appels",
        "sqlite:///",
        "sqlite://",
        "/srv/x.base",
        "sqlite://serveur/x.base",
        "sqlite://[::1",
        "",
    ],
)
def test_an_address_with_a_password_or_of_another_shape_is_wrong_usage(
    console: Console, address: str
) -> None:
    said = console.run("base", "verifier", "--base", address, "--json")
    refusal = said.refusal()
    assert (said.status, refusal["code"], refusal["champ"]) == (2, "usage", "base")
    assert "secret" not in said.out


@pytest.mark.parametrize("descriptor", ["-1", "a", "999999", "²"])
def test_a_descriptor_that_cannot_be_read_is_wrong_usage(
    console: Console, base: Path, descriptor: str
) -> None:
    said = console.run("base", "creer", "--base", url(base), "--cle-fd", descriptor, "--json")
    assert (said.status, said.refusal()["code"]) == (2, "usage")
    assert not base.exists()


def test_the_key_can_come_through_a_pipe(console: Console, base: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, KEY.encode())
    os.close(writer)
    said = console.run("base", "creer", "--base", url(base), "--cle-fd", str(reader))
    os.close(reader)
    assert (said.status, said.out) == (0, "Base créée, chiffrée.\n")


def test_a_damaged_journal_is_told_with_its_line_on_both_outputs(console: Console, base: Path) -> None:
    base_command(console, "creer", base=base)
    fill(base)
    connection = connect(base, bytes.fromhex(KEY))
    connection.execute("update journal set kind = 'alarme' where number = 3")
    connection.close()
    said = base_command(console, "verifier", base=base)
    assert said.status == 3
    document = said.answer()
    error = document["erreur"]
    assert isinstance(error, dict)
    assert error["code"] == "base_endommagee"
    assert error["message"] == (
        "La base est abîmée à la ligne 3 du journal. Rien n’a été modifié. Copie : voir Réglages, Base."
    )
    assert document["defauts"] == [
        {"poste": "44-3", "ligne": 3, "message": "La ligne 3 du journal a été changée."}
    ]
    with tempfile.TemporaryFile() as source:
        source.write(KEY.encode())
        source.seek(0)
        told = console.run("base", "verifier", "--base", url(base), "--cle-fd", str(source.fileno()))
    assert "poste 44-3 : La ligne 3 du journal a été changée." in told.out
    assert "à la ligne 3" in told.err


def test_a_newer_base_is_refused(console: Console, base: Path) -> None:
    base_command(console, "creer", base=base)
    connection = connect(base, bytes.fromhex(KEY))
    connection.execute("update alembic_version set version_num = '0099'")
    connection.close()
    for verb in ("verifier", "migrer"):
        refused(base_command(console, verb, base=base), "base_plus_recente", 3)


def test_migrating_a_base_that_is_up_to_date_says_so(console: Console, base: Path) -> None:
    base_command(console, "creer", base=base)
    said = base_command(console, "migrer", base=base)
    assert said.answer() == {"avant": HEAD, "apres": HEAD, "copie": None}


def test_a_copy_is_written_then_restored_and_the_replaced_base_is_kept(
    console: Console, base: Path, tmp_path: Path
) -> None:
    base_command(console, "creer", base=base)
    fill(base)
    copy = tmp_path / "copie.base"
    saved = base_command(console, "sauvegarder", str(copy), base=base)
    assert saved.answer() == {"copie": str(copy)}
    store = open_store(base, bytes.fromhex(KEY))
    save(store, full_call("depuis", 2))
    store.close()
    restored = base_command(console, "restaurer", str(copy), base=base)
    assert restored.status == 0
    kept = restored.answer()["remplacee"]
    assert isinstance(kept, str)
    for file, calls in ((base, 1), (Path(kept), 2)):
        opened = open_store(file, bytes.fromhex(KEY))
        assert rows(opened, "select count(*) from call") == [(calls,)]
        opened.close()


def test_a_copy_opened_by_passphrase_is_restored_with_its_salt(
    console: Console, base: Path, tmp_path: Path
) -> None:
    base_command(console, "creer", base=base, key=PASSPHRASE)
    copy = tmp_path / "copie.base"
    base_command(console, "sauvegarder", str(copy), base=base, key=PASSPHRASE)
    elsewhere = tmp_path / "neuf" / "console.base"
    assert base_command(console, "restaurer", str(copy), base=elsewhere, key=PASSPHRASE).status == 0
    assert base_command(console, "verifier", base=elsewhere, key=PASSPHRASE).status == 0


def test_a_copy_that_is_not_there_is_told(console: Console, base: Path, tmp_path: Path) -> None:
    base_command(console, "creer", base=base)
    refused(base_command(console, "restaurer", str(tmp_path / "rien"), base=base), "introuvable", 1)


def test_a_restore_is_refused_while_a_console_has_the_base_open(
    console: Console, base: Path, tmp_path: Path
) -> None:
    from osnp_console.desk.single_instance import BaseLock

    base_command(console, "creer", base=base)
    copy = tmp_path / "copie.base"
    base_command(console, "sauvegarder", str(copy), base=base)
    with BaseLock(base):
        refused(base_command(console, "restaurer", str(copy), base=base), "base_verrouillee", 3)


def test_the_key_given_for_the_desks_own_base_opens_it_at_the_next_start(
    console: Console, keyring_of_the_session: InMemory
) -> None:
    assert base_command(console, "creer", key=KEY).status == 0
    assert list(keyring_of_the_session.kept.values()) == [KEY]
    assert base_command(console, "verifier", key=None).status == 0


def test_a_key_given_for_another_base_stays_out_of_the_keyring(
    console: Console, base: Path, keyring_of_the_session: InMemory
) -> None:
    base_command(console, "creer", base=base, key=KEY)
    assert keyring_of_the_session.kept == {}


@pytest.mark.parametrize(
    "arguments", [("base",), ("base", "effacer"), ("base", "sauvegarder"), ("base", "creer", "--cle", "ab")]
)
def test_a_command_that_is_not_one_is_wrong_usage(console: Console, arguments: Sequence[str]) -> None:
    said = console.run(*arguments, "--json")
    assert (said.status, said.refusal()["code"]) == (2, "usage")


def test_the_self_check_starts_every_piece_and_tells_each_on_its_line(console: Console) -> None:
    said = console.process("--self-check")
    assert said.status == 0, said.out
    pieces = (
        "Catalogue", "Communes", "Base chiffrée", "Agendas", "Documents", "Trousseau", "Polices", "Fenêtres",
        "Français",
    )  # fmt: skip
    lines = said.out.splitlines()
    assert len(lines) == len(pieces) + 1
    for piece, line in zip(pieces, lines[:-1], strict=True):
        assert piece in line
        assert not line.startswith("NON")
    assert lines[-1] == "Tout marche."


def test_the_self_check_says_which_piece_does_not_work_and_goes_on(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    from osnp_console.self_check import run_checks

    def broken() -> tuple[bool, str]:
        raise OSError(2, "No such file")

    found = run_checks({"Polices": broken, "Autre": lambda: (True, "marche"), "Sans": lambda: (None, "sans")})
    assert [(one.piece, one.works) for one in found] == [("Polices", False), ("Autre", True), ("Sans", None)]
    program = replace(build(), self_check=lambda: found)
    assert run(program, ["--self-check", "--json"]) == 3
    document = json.loads(capsys.readouterr().out)
    assert document["marche"] is False
    assert document["pieces"][0]["message"] == "No such file"
    assert run(program, ["--self-check"]) == 3
    assert capsys.readouterr().out.startswith("NON  Polices  No such file\noui  Autre")
