"""The table of rights, command by command: each role is refused what the table refuses it, and only that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from osnp_console.domain.permissions import ACCOUNT_ROLES, MAY, Act
from tests.cli.agenda_base import given_by_descriptor, keyed, keyring_in
from tests.cli.console import REDON, Console, Said
from tests.cli.test_agenda_command import TWO
from tests.cli.test_comptes_command import BOSS, OTHER, THIRD, Town

DIRECTORY = "RPPS;Nom;Prénom\n10001288385;Exemple;Paul\n"
LIST = "85-centre-vendee-kine"
SOURCE = json.dumps({"id": "essai", "type": "telephone", "nom": "Essai"})
COMMANDS: tuple[tuple[frozenset[Act], tuple[str, ...]], ...] = (
    (frozenset({Act.READ_CALLS}), ("attente", "lister", LIST)),
    (frozenset({Act.TAKE_CALL}), ("attente", "noter", "personne", "contacter")),
    (frozenset({Act.EXPORT}), ("attente", "exporter", LIST, "--sortie", "{dossier}/liste.csv")),
    (frozenset({Act.EXPORT}), ("effecteurs", "exporter", "--sortie", "{dossier}/effecteurs.csv")),
    (frozenset({Act.EXPORT}), ("infirmiers", "exporter", "--sortie", "{dossier}/infirmiers.csv")),
    (frozenset({Act.EXPORT}), ("ordonnance", "exporter", "2026-11")),
    (frozenset({Act.SEND_PRESCRIPTION}), ("ordonnance", "lister")),
    (frozenset({Act.PREPARE_PRESCRIPTION, Act.EDIT_NURSES}), ("infirmiers", "lister")),
    (frozenset({Act.EDIT_NURSES}), ("infirmiers", "retirer", "personne")),
    (frozenset({Act.TRANSFER}), ("transfert", "lister")),
    (frozenset({Act.READ_CALLS}), ("transfert", "preparer", "--appel", "44-1/1", "--dispositif", REDON)),
    (frozenset({Act.SEE_AGENDA}), ("agenda", "lister")),
    (frozenset({Act.EDIT_AGENDA}), ("agenda", "supprimer", "rien")),
    (frozenset({Act.BOOK}), ("agenda", "reserver", "rien", TWO)),
    (frozenset({Act.CANCEL}), ("agenda", "annuler", "rien")),
    (frozenset({Act.DECLARE_SOURCES}), ("sources", "ajouter", "--donnees", "-")),
    (frozenset({Act.EDIT_DIRECTORY}), ("effecteurs", "importer", "{dossier}/annuaire.csv")),
    (frozenset({Act.MANAGE_ACCOUNTS}), ("comptes", "lister")),
    (frozenset({Act.MANAGE_ACCOUNTS}), ("comptes", "debloquer", "osnp.exemple")),
    (frozenset({Act.CARE_FOR_BASE}), ("base", "sauvegarder", "{dossier}/{role}.base")),
)
"""A command, and the rights of which it asks one."""


@pytest.fixture(autouse=True)
def keyring_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with keyring_in(tmp_path, monkeypatch):
        yield


@pytest.fixture
def town(console: Console, tmp_path: Path) -> Town:
    """An administrator who made an account of each role."""
    made = Town(console, tmp_path)
    assert made.first().status == 0
    for role in ACCOUNT_ROLES:
        name = named(role)
        form = ("comptes", "creer", name, "--nom", "Marie Exemple", "--role", role)
        assert made.run(*form, new=OTHER, by=BOSS).status == 0
        assert made.run("comptes", "mot-de-passe", name, new=THIRD, by=(name, OTHER)).status == 0
    return made


def named(role: str) -> str:
    return f"{role.replace('_', '-')}.exemple"


def said_to(town: Town, tmp_path: Path, arguments: tuple[str, ...], role: str | None) -> Said:
    with ExitStack() as given:
        rest = [one.format(dossier=tmp_path, role=role) for one in arguments]
        if role is not None:
            word = given.enter_context(given_by_descriptor(THIRD.encode()))
            rest += ["--compte", named(role), "--compte-fd", word]
        return keyed(town.console, town.base, *rest, stdin=SOURCE)


def code(said: Said) -> str:
    """The code of the refusal, empty for an answer."""
    document = said.document()
    error = document.get("erreur", {}) if isinstance(document, dict) else {}
    return str(error.get("code", "")) if isinstance(error, dict) else ""


@pytest.mark.parametrize("role", [None, *ACCOUNT_ROLES])
def test_each_role_is_refused_what_the_table_refuses_it(town: Town, tmp_path: Path, role: str | None) -> None:
    (tmp_path / "annuaire.csv").write_text(DIRECTORY, encoding="utf-8")
    for acts, arguments in COMMANDS:
        may = role is not None and any(role in MAY[act] for act in acts)
        found = code(said_to(town, tmp_path, arguments, role))
        assert found != "usage", arguments
        assert (found != "interdit") is may, (role, arguments, found)


def test_every_right_that_a_command_can_ask_for_is_tried_here() -> None:
    asked = set().union(*(acts for acts, _ in COMMANDS))
    elsewhere = {
        Act.EDIT_CATALOGUE,  # test_comptes_command
        Act.VALIDATE_PRESCRIPTION,
        Act.SETTLE_FINESS,
        Act.SETTLE_PAPERS,
    }
    assert asked | elsewhere == set(Act)
