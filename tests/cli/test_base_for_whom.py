"""Where a base has accounts, only an administrator copies or replaces it, and the journal says who."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.agenda_base import KEY, given_by_descriptor
from tests.cli.console import Console, Said
from tests.cli.test_comptes_command import BOSS, OTHER, THIRD, Town, lines_with_persons
from tests.storage.kept import behind

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

OPERATOR = ("g.tessier", THIRD)
NOBODY_NAMED = "Cette base a des comptes"
ONLY = "Seul un administrateur peut copier, vérifier ou restaurer la base, ou en changer."


def forbidden(said: Said) -> str:
    """The message of a refusal for somebody who may not."""
    refusal = said.refusal()
    assert (refusal["code"], said.status) == ("interdit", 1)
    return str(refusal["message"])


@pytest.fixture
def town(console: Console, tmp_path: Path) -> Town:
    """A base with an administrator and somebody who takes calls."""
    made = Town(console, tmp_path)
    assert made.first().status == 0
    form = ("comptes", "creer", OPERATOR[0], "--nom", "Gaëlle Tessier", "--role", "osnp")
    assert made.run(*form, new=OTHER, by=BOSS).status == 0
    own = ("comptes", "mot-de-passe", OPERATOR[0])
    assert made.run(*own, new=OPERATOR[1], by=(OPERATOR[0], OTHER)).status == 0
    return made


def cared_for(town: Town) -> list[str | None]:
    """Who cared for the base, by their account."""
    lines = lines_with_persons(town.base, bytes.fromhex(KEY))
    return [person for kind, person in lines if kind == "base_soignee"]


def account_states(town: Town) -> dict[str, str]:
    """In which state each account is."""
    with behind(town.base, bytes.fromhex(KEY)) as connection:
        return dict(connection.execute("select identifier, state from account").fetchall())


def copied(town: Town, *arguments: str, by: tuple[str, str] | None = None) -> Said:
    """`base copier`, which names both bases."""
    with ExitStack() as given:
        rest = ["base", *arguments, "--cle-fd", given.enter_context(given_by_descriptor(KEY.encode()))]
        if by is not None:
            word = given.enter_context(given_by_descriptor(by[1].encode()))
            rest += ["--compte", by[0], "--compte-fd", word]
        return town.console.run(*rest, "--json")


def boss_id(town: Town) -> str:
    with behind(town.base, bytes.fromhex(KEY)) as connection:
        found = connection.execute("select id from account where identifier = 'e.morvan'").fetchall()
    return str(found[0][0])


def test_the_base_is_copied_by_an_administrator_alone(town: Town, tmp_path: Path) -> None:
    copy = tmp_path / "copie.base"
    assert forbidden(town.run("base", "sauvegarder", str(copy))).startswith(NOBODY_NAMED)
    assert forbidden(town.run("base", "sauvegarder", str(copy), by=OPERATOR)) == ONLY
    assert not copy.exists()
    assert cared_for(town) == []
    assert town.run("base", "sauvegarder", str(copy), by=BOSS).status == 0
    assert copy.exists()
    assert cared_for(town) == [boss_id(town)]


def test_a_copy_is_put_in_its_place_by_an_administrator_who_is_named_in_it(
    town: Town, tmp_path: Path
) -> None:
    copy = tmp_path / "copie.base"
    assert town.run("base", "sauvegarder", str(copy), by=BOSS).status == 0
    assert town.run("comptes", "bloquer", OPERATOR[0], by=BOSS).status == 0
    assert forbidden(town.run("base", "restaurer", str(copy))).startswith(NOBODY_NAMED)
    assert forbidden(town.run("base", "restaurer", str(copy), by=OPERATOR)).startswith("Ce compte ne permet")
    assert account_states(town) == {"e.morvan": "actif", "g.tessier": "bloque"}
    assert town.run("base", "restaurer", str(copy), by=BOSS).status == 0
    assert account_states(town) == {"e.morvan": "actif", "g.tessier": "actif"}
    # The copy itself, then that it was put there.
    assert cared_for(town) == [boss_id(town), boss_id(town)]
    assert town.run("base", "verifier").answer()["defauts"] == []


def test_a_base_that_does_not_open_is_replaced_by_whoever_has_its_key(town: Town, tmp_path: Path) -> None:
    copy = tmp_path / "copie.base"
    assert town.run("base", "sauvegarder", str(copy), by=BOSS).status == 0
    town.base.write_bytes(b"abime" * 2000)
    assert town.run("base", "restaurer", str(copy)).status == 0
    assert account_states(town) == {"e.morvan": "actif", "g.tessier": "actif"}


def test_a_base_is_copied_to_a_server_by_an_administrator_alone(town: Town) -> None:
    # Nobody listens there: whoever is refused does not come so far.
    arguments = ("copier", f"sqlite:///{town.base}", "postgresql://personne@127.0.0.1:1/rien")
    assert forbidden(copied(town, *arguments)).startswith(NOBODY_NAMED)
    assert forbidden(copied(town, *arguments, by=OPERATOR)) == ONLY
    assert copied(town, *arguments, by=BOSS).refusal()["code"] == "reseau"
    assert cared_for(town) == [boss_id(town)]
