"""The base commands on a real server, as an administrator types them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from osnp_console import APPLICATION
from osnp_console.desk.folders import desk_folders
from osnp_console.storage.server_store import Server, open_server_store
from osnp_console.storage.store import open_store
from osnp_console.storage.upgrade import HEAD
from tests.cli.console import Console, Said
from tests.desk.memory_keyring import InMemory, missing
from tests.storage.kept import full_call, save, write_lines
from tests.storage.server import RealServer, running

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

KEY = "ab" * 32
OTHER_KEY = "cd" * 32


@pytest.fixture(scope="module")
def server() -> Iterator[RealServer]:
    """A server for these commands."""
    with running() as started:
        yield started


@pytest.fixture
def base(server: RealServer) -> Iterator[str]:
    """An empty base of the server."""
    made = server.new_base()
    yield made
    server.drop_base(made)


@pytest.fixture
def address(server: RealServer, base: str) -> str:
    """Its address."""
    return f"postgresql://postgres@127.0.0.1:{server.port}/{base}"


def run(console: Console, *arguments: str, given: str | None = None, option: str = "--cle-fd") -> Said:
    """One command, with what is read from a descriptor."""
    if given is None:
        return console.run(*arguments, "--json")
    with tempfile.TemporaryFile() as source:
        source.write(given.encode() + b"\n")
        source.seek(0)
        return console.run(*arguments, "--json", option, str(source.fileno()))


def refused(said: Said) -> tuple[str, int]:
    return str(said.refusal()["code"]), said.status


def fill(server: RealServer, base: str, key: str, heads: Path) -> None:
    reached = Server(server.address(base), None, bytes.fromhex(key), heads, joins=True)
    store = open_server_store(reached)
    save(store, full_call())
    write_lines(store, 4)
    store.close()


def test_a_base_is_created_on_the_server_and_its_key_shown_once(
    console: Console, address: str, keyring_of_the_session: InMemory
) -> None:
    created = run(console, "base", "creer", "--base", address)
    assert created.status == 0
    answer = created.answer()
    assert answer["base"] == address
    assert keyring_of_the_session.kept
    assert set(keyring_of_the_session.kept.values()) == {answer["cle_du_site"]}
    assert len(str(answer["cle_du_site"])) == 64
    verified = run(console, "base", "verifier", "--base", address)
    assert verified.answer() == {"schema": HEAD, "appels": 0, "lignes": 0, "postes": 0, "defauts": []}
    assert refused(run(console, "base", "creer", "--base", address)) == ("interdit", 1)


def test_another_desk_needs_the_sites_key_and_takes_no_other(console: Console, address: str) -> None:
    created = run(console, "base", "creer", "--base", address, given=KEY)
    # Whoever gave the key has it: it is not shown.
    assert created.answer() == {"base": address}
    keyring.set_keyring(InMemory())
    said = run(console, "base", "verifier", "--base", address)
    assert refused(said) == ("champ_manquant", 1)
    assert "clé du site" in str(said.refusal()["message"])
    assert refused(run(console, "base", "verifier", "--base", address, given=OTHER_KEY)) == (
        "base_verrouillee",
        1,
    )
    given = f"mot de passe du serveur\n{KEY}"
    assert run(console, "base", "verifier", "--base", address, given=given).status == 0


def test_the_desks_own_base_keeps_what_was_given_for_the_next_start(
    console: Console, address: str, keyring_of_the_session: InMemory
) -> None:
    run(console, "base", "creer", "--base", address, given=KEY)
    keyring_of_the_session.kept.clear()
    settings = desk_folders(APPLICATION).settings
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"base": address}))
    assert run(console, "sources", "lister", given=KEY).status == 0
    assert run(console, "sources", "lister").status == 0
    assert run(console, "base", "verifier").status == 0


def test_without_a_keyring_the_key_is_given_each_time(console: Console, address: str) -> None:
    keyring.set_keyring(missing())
    created = run(console, "base", "creer", "--base", address).answer()
    key = str(created["cle_du_site"])
    assert run(console, "base", "verifier", "--base", address, given=key).status == 0
    assert refused(run(console, "base", "verifier", "--base", address)) == ("champ_manquant", 1)


def test_migrating_a_base_that_is_up_to_date_says_so(console: Console, address: str) -> None:
    run(console, "base", "creer", "--base", address)
    said = run(console, "base", "migrer", "--base", address)
    assert said.answer() == {"avant": HEAD, "apres": HEAD, "copie": None}


@pytest.mark.parametrize("verb", ["sauvegarder", "restaurer"])
def test_saving_and_restoring_are_the_servers_own_affair(
    console: Console, address: str, tmp_path: Path, verb: str
) -> None:
    run(console, "base", "creer", "--base", address)
    said = run(console, "base", verb, str(tmp_path / "copie.base"), "--base", address)
    assert refused(said) == ("interdit", 1)
    assert "base copier" in str(said.refusal()["message"])
    assert not (tmp_path / "copie.base").exists()


def test_a_server_that_is_not_there_is_outside(console: Console, tmp_path: Path) -> None:
    said = run(console, "base", "verifier", "--base", f"postgresql://a@/b?host={tmp_path}", given=KEY)
    assert refused(said) == ("reseau", 3)
    assert "ne répond pas" in str(said.refusal()["message"])


def test_a_base_nobody_created_is_told_and_not_created(console: Console, address: str) -> None:
    assert refused(run(console, "base", "verifier", "--base", address, given=KEY)) == ("introuvable", 1)
    assert refused(run(console, "base", "migrer", "--base", address, given=KEY)) == ("introuvable", 1)


def test_a_newer_base_is_refused(console: Console, address: str, server: RealServer, base: str) -> None:
    run(console, "base", "creer", "--base", address)
    server.say("update alembic_version set version_num = '0099'", base)
    for verb in ("verifier", "migrer"):
        assert refused(run(console, "base", verb, "--base", address)) == ("base_plus_recente", 3)


def test_a_changed_line_is_told_with_its_number(
    console: Console, address: str, server: RealServer, base: str, tmp_path: Path
) -> None:
    run(console, "base", "creer", "--base", address, given=KEY)
    fill(server, base, KEY, tmp_path / "poste")
    server.say("update journal set kind = 'alarme' where number = 3", base)
    said = run(console, "base", "verifier", "--base", address)
    assert said.status == 3
    assert said.answer()["defauts"] == [
        {"poste": "44-3", "ligne": 3, "message": "La ligne 3 du journal a été changée."}
    ]


def test_a_base_goes_from_a_file_to_the_server_and_back(
    console: Console, address: str, tmp_path: Path, keyring_of_the_session: InMemory
) -> None:
    file, back = tmp_path / "essai.base", tmp_path / "retour" / "essai.base"
    assert run(console, "base", "creer", "--base", f"sqlite:///{file}").status == 0
    (key,) = keyring_of_the_session.kept.values()
    store = open_store(file, bytes.fromhex(key))
    save(store, full_call())
    write_lines(store, 4)
    store.close()
    there = run(console, "base", "copier", f"sqlite:///{file}", address)
    assert there.status == 0
    answer = there.answer()
    assert (answer["base"], answer["journal"], answer["cle_du_site"]) == (address, {"44-3": 4}, key)
    rows = answer["lignes"]
    assert isinstance(rows, dict)
    assert (rows["call"], rows["journal"]) == (1, 4)
    assert run(console, "base", "verifier", "--base", address).status == 0
    again = run(console, "base", "copier", address, f"sqlite:///{back}")
    assert again.status == 0
    assert "cle_du_site" not in again.answer()
    verified = run(console, "base", "verifier", "--base", f"sqlite:///{back}")
    assert verified.answer() == {"schema": HEAD, "appels": 1, "lignes": 4, "postes": 1, "defauts": []}


def test_a_copy_into_what_holds_something_is_refused(console: Console, address: str, tmp_path: Path) -> None:
    file = f"sqlite:///{tmp_path / 'essai.base'}"
    run(console, "base", "creer", "--base", file)
    run(console, "base", "creer", "--base", address)
    assert refused(run(console, "base", "copier", file, address)) == ("interdit", 1)
    assert refused(run(console, "base", "copier", address, file)) == ("interdit", 1)
    assert refused(run(console, "base", "copier", file, file)) == ("usage", 2)


def test_a_copy_takes_no_other_key_than_the_one_of_what_is_copied(
    console: Console, address: str, tmp_path: Path
) -> None:
    file = f"sqlite:///{tmp_path / 'essai.base'}"
    run(console, "base", "creer", "--base", file)
    said = run(console, "base", "copier", file, address, given=OTHER_KEY, option="--cle-cible-fd")
    assert refused(said) == ("base_verrouillee", 1)
    assert (
        run(console, "base", "copier", file, address, given="mot de passe", option="--cle-cible-fd").status
        == 0
    )


def test_a_base_that_a_console_has_open_is_not_copied(console: Console, address: str, tmp_path: Path) -> None:
    from osnp_console.desk.single_instance import BaseLock

    file = tmp_path / "essai.base"
    run(console, "base", "creer", "--base", f"sqlite:///{file}")
    with BaseLock(file):
        said = run(console, "base", "copier", f"sqlite:///{file}", address)
    assert refused(said) == ("base_verrouillee", 3)
