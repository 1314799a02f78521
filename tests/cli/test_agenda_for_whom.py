"""Where a base has accounts, its local agendas are for whoever signed in; each place taken is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.agenda_base import KEY, given_by_descriptor, keyed, keyring_in, refused
from tests.cli.console import Console, Said
from tests.cli.test_agenda_command import AFTERNOONS, CSNP, TWO
from tests.cli.test_comptes_command import BOSS, OTHER, THIRD, Town
from tests.storage.kept import behind

SECRETARY = ("g.tessier", THIRD)


@pytest.fixture(autouse=True)
def keyring_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with keyring_in(tmp_path, monkeypatch):
        yield


@pytest.fixture
def town(console: Console, tmp_path: Path) -> Town:
    """An administrator, a tele-secretary, and an agenda that she keeps."""
    made = Town(console, tmp_path)
    assert made.first().status == 0
    form = ("comptes", "creer", SECRETARY[0], "--nom", "Gaëlle Tessier", "--role", "telesecretariat")
    assert made.run(*form, new=OTHER, by=BOSS).status == 0
    own = ("comptes", "mot-de-passe", SECRETARY[0])
    assert made.run(*own, new=SECRETARY[1], by=(SECRETARY[0], OTHER)).status == 0
    for document, arguments in ((CSNP, ("creer",)), (AFTERNOONS, ("ouvrir", "csnp"))):
        given = agenda(made, *arguments, "--donnees", "-", by=SECRETARY, stdin=json.dumps(document))
        assert given.status == 0
    return made


def agenda(town: Town, *arguments: str, by: tuple[str, str] | None = None, stdin: str = "") -> Said:
    """`agenda …`, by somebody."""
    with ExitStack() as given:
        rest = ["agenda", *arguments]
        if by is not None:
            word = given.enter_context(given_by_descriptor(by[1].encode()))
            rest += ["--compte", by[0], "--compte-fd", word]
        return keyed(town.console, town.base, *rest, stdin=stdin)


def places(town: Town) -> list[tuple[str, str]]:
    """What the journal says of places: the key and what became of it."""
    with behind(town.base, bytes.fromhex(KEY)) as connection:
        found = connection.execute(
            "select f.facts from journal j join journal_facts f on f.desk = j.desk and f.number = j.number"
            " where j.kind = 'carnet_modifie' and j.person is not null order by j.number"
        ).fetchall()
    told = (json.loads(facts) for (facts,) in found)
    return [(one["cle"], one["etat"]) for one in told if one["quoi"] == "place"]


@pytest.mark.parametrize("arguments", [("lister",), ("montrer", "csnp"), ("creneaux", "csnp")])
def test_agendas_are_shown_to_whoever_signed_in(town: Town, arguments: tuple[str, ...]) -> None:
    refused(agenda(town, *arguments), "interdit", None)
    assert agenda(town, *arguments, by=SECRETARY).status == 0


def test_a_place_that_is_taken_and_given_back_by_command_is_in_the_journal(town: Town) -> None:
    assert agenda(town, "reserver", "csnp", TWO, "--cle", "k1", by=SECRETARY).status == 0
    assert agenda(town, "annuler", "k1", by=SECRETARY).status == 0
    assert places(town) == [("k1", "reserve"), ("k1", "annule")]
