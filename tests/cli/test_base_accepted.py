"""`base accepter`: a base that came back from an older copy is taken as it is, by somebody who is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from osnp_console.storage.server_store import Server, open_server_store
from osnp_console.storage.store import open_store
from tests.cli.agenda_base import given_by_descriptor
from tests.cli.console import Console, Said
from tests.storage.kept import write_lines
from tests.storage.server import RealServer, running

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

KEY = "ab" * 32
BOSS = ("e.morvan", "quatre marées à Pénestin")
OPERATOR = ("g.tessier", "un phare derrière la dune")


@pytest.fixture(scope="module")
def server() -> Iterator[RealServer]:
    with running() as started:
        yield started


def run(
    console: Console,
    url: str,
    *arguments: str,
    by: tuple[str, str] | None = None,
    new: str | None = None,
    as_json: bool = True,
) -> Said:
    """A command on the base, its key given, `by` somebody."""
    with ExitStack() as given:
        rest = [*arguments, "--base", url, "--cle-fd", given.enter_context(given_by_descriptor(KEY.encode()))]
        if new is not None:
            rest += ["--mot-de-passe-fd", given.enter_context(given_by_descriptor(new.encode()))]
        if by is not None:
            word = given.enter_context(given_by_descriptor(by[1].encode()))
            rest += ["--compte", by[0], "--compte-fd", word]
        return console.run(*rest, *(["--json"] if as_json else []))


def people(console: Console, url: str) -> None:
    """An administrator, and somebody who takes calls."""
    made = ("comptes", "creer", BOSS[0], "--nom", "Erwan Morvan", "--premier")
    assert run(console, url, *made, new=BOSS[1]).status == 0
    added = ("comptes", "creer", OPERATOR[0], "--nom", "Gaëlle Tessier", "--role", "osnp")
    assert run(console, url, *added, new="trois barques au mouillage", by=BOSS).status == 0
    own = ("comptes", "mot-de-passe", OPERATOR[0])
    assert (
        run(console, url, *own, new=OPERATOR[1], by=(OPERATOR[0], "trois barques au mouillage")).status == 0
    )


def faults(console: Console, url: str) -> object:
    return run(console, url, "base", "verifier").answer()["defauts"]


def test_a_server_that_came_back_from_an_older_copy_is_accepted_by_an_administrator_who_is_named(
    console: Console, server: RealServer, tmp_path: Path
) -> None:
    base = server.new_base()
    url = f"postgresql://postgres@127.0.0.1:{server.port}/{base}"
    assert run(console, url, "base", "creer").status == 0
    people(console, url)

    def lines(count: int) -> None:
        reached = Server(server.address(base), None, bytes.fromhex(KEY), tmp_path / "poste", joins=True)
        store = open_server_store(reached)
        write_lines(store, count)
        store.close()

    lines(4)
    copy = server.new_base(base)
    lines(3)
    # This desk notes how far the other one's chain goes.
    assert run(console, url, "comptes", "lister", by=BOSS).status == 0
    server.drop_base(base)
    server.new_base(copy, name=base)
    gone = faults(console, url)
    assert {"poste": "44-3", "ligne": 5, "message": "Les lignes 5 à 7 du journal manquent."} in list(
        gone if isinstance(gone, list) else ()
    )
    for who in (None, OPERATOR):
        said = run(console, url, "base", "accepter", by=who)
        assert (said.refusal()["code"], said.status) == ("interdit", 1)
    assert faults(console, url) != []

    said = run(console, url, "base", "accepter", by=BOSS)
    assert said.status == 0
    answer = said.answer()
    assert (answer["base"], answer["repere"]) == (url, "coupe")
    assert {"poste": "44-3", "note": 7, "trouve": 4} in list(
        answer["postes"] if isinstance(answer["postes"], list) else ()
    )
    assert faults(console, url) == []
    ((facts, person),) = server.say(
        "select f.facts, a.identifier from journal j join account a on a.id = j.person"
        " join journal_facts f on f.desk = j.desk and f.number = j.number where j.kind = 'base_soignee'",
        base,
    )
    assert person == BOSS[0]
    told = json.loads(str(facts))
    assert (told["quoi"], told["repere"]) == ("fin_du_journal_acceptee", "coupe")
    assert ["44-3", 7, 4] in told["postes"]

    again = run(console, url, "base", "accepter", by=BOSS)
    assert (again.answer()["repere"], again.answer()["postes"]) == ("entier", [])
    assert len(server.say("select 1 from journal where kind = 'base_soignee'", base)) == 1


def test_a_file_put_back_by_hand_and_a_lost_or_changed_note_are_accepted_too(
    console: Console, tmp_path: Path
) -> None:
    file = tmp_path / "essai.base"
    url, note = f"sqlite:///{file}", tmp_path / "essai.base.tete"
    assert run(console, url, "base", "creer").status == 0

    def lines(count: int) -> None:
        store = open_store(file, bytes.fromhex(KEY))
        write_lines(store, count)
        store.close()

    lines(2)
    shutil.copy(file, tmp_path / "copie")
    lines(3)
    shutil.copy(tmp_path / "copie", file)
    assert faults(console, url) == [
        {"poste": "44-3", "ligne": 3, "message": "Les lignes 3 à 5 du journal manquent."}
    ]
    said = run(console, url, "base", "accepter", as_json=False)
    assert said.out == (
        "Le journal est accepté tel qu’il est : poste 44-3, ligne 5 notée, 2 trouvée. "
        "Il le dit, avec qui l’a accepté.\n"
    )
    assert faults(console, url) == []
    note.write_bytes(note.read_bytes().replace(b'"numero": 2', b'"numero": 1'))
    assert run(console, url, "base", "accepter").answer()["repere"] == "change"
    note.unlink()
    assert run(console, url, "base", "accepter").answer()["repere"] == "absent"
    assert faults(console, url) == []
    assert "rien à accepter" in run(console, url, "base", "accepter", as_json=False).out
