"""The effecteurs commands, as an administrator types them, on an encrypted base and a keyring in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from osnp_console import bootstrap
from osnp_console.connectors.annuaire import open_annuaire
from tests.cli.agenda_base import given_by_descriptor, keyed, new_base, refused
from tests.cli.console import NOW, Console, Said
from tests.connectors.annuaire_double import KEY, Annuaire, organization, practitioner, role, serving
from tests.desk.memory_keyring import InMemory

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

TABLE = """RPPS;Nom;Prénom;Profession;CPTS;Sources;Ville;Téléphone
810002909371;Bréhault;Anne;Médecin généraliste;CPTS du Pays de Redon;lilas;Redon;02 61 91 00 02
10001288385;Maury;Paul;;44-erdre-cens-mg;;Nantes;
10001288385;Maury;Paul;;;;;
123;Personne;;;;;;
10100050075;Lebreton;Iris;;99-rien;;;
"""


@pytest.fixture
def base(console: Console, tmp_path: Path) -> Path:
    """A base with one declared source."""
    file = new_base(console, tmp_path)
    lilas = json.dumps({"id": "lilas", "type": "ical", "nom": "Cabinet des Lilas"})
    assert keyed(console, file, "sources", "ajouter", "--donnees", "-", stdin=lilas).status == 0
    return file


def take(console: Console, base: Path, table: str | bytes, *options: str) -> Said:
    return keyed(console, base, "effecteurs", "importer", "-", *options, stdin=table)


def names(said: Said) -> list[object]:
    return [one["nom"] for one in said.rows()]


def test_a_table_is_imported_with_a_report_and_listed(console: Console, base: Path) -> None:
    said = take(console, base, TABLE)
    report = said.answer()
    assert said.status == 0
    assert [report[name] for name in ("ajoutes", "remplaces", "refuses", "essai")] == [2, 0, 3, False]
    lines = report["lignes"]
    assert isinstance(lines, list)
    assert [(one["ligne"], one["etat"], one["champ"]) for one in lines] == [
        (2, "ajoute", None),
        (3, "ajoute", None),
        (4, "refuse", "identifiant"),
        (5, "refuse", "identifiant"),
        (6, "refuse", "dispositifs"),
    ]
    listed = keyed(console, base, "effecteurs", "lister")
    assert names(listed) == ["Anne Bréhault", "Paul Maury"]
    first = listed.rows()[0]
    assert (first["id"], first["dispositifs"], first["sources"]) == (
        "10002909371",
        ["44-pays-de-redon-mg"],
        ["lilas"],
    )
    again = take(console, base, TABLE).answer()
    assert (again["ajoutes"], again["remplaces"]) == (0, 2)


def test_trying_an_import_writes_nothing(console: Console, base: Path) -> None:
    assert take(console, base, TABLE, "--essai").answer()["ajoutes"] == 2
    assert keyed(console, base, "effecteurs", "lister").rows() == []


def test_an_import_of_which_nothing_can_be_taken_is_status_1(console: Console, base: Path) -> None:
    said = take(console, base, "rpps;nom\n123;Personne\n")
    assert (said.status, said.answer()["refuses"]) == (1, 1)
    assert take(console, base, "rpps;nom\n").status == 0


def test_what_is_no_table_is_refused(console: Console, base: Path, tmp_path: Path) -> None:
    refused(take(console, base, "rien\n"), "champ_manquant", "identifiant")
    gone = keyed(console, base, "effecteurs", "importer", str(tmp_path / "rien.csv"))
    refused(gone, "introuvable", "fichier")


def test_what_was_exported_is_imported_as_it_was(console: Console, base: Path, tmp_path: Path) -> None:
    take(console, base, TABLE)
    before = keyed(console, base, "effecteurs", "lister").rows()
    file = tmp_path / "annuaire.csv"
    said = keyed(console, base, "effecteurs", "exporter", "--sortie", str(file))
    assert said.answer() == {"fichier": str(file), "effecteurs": 2}
    assert file.read_bytes().startswith(b"\xef\xbb\xbfidentifiant;nom")
    for one in before:
        assert keyed(console, base, "effecteurs", "retirer", str(one["id"])).status == 0
    assert keyed(console, base, "effecteurs", "importer", str(file)).answer()["ajoutes"] == 2
    assert keyed(console, base, "effecteurs", "lister").rows() == before


def test_people_are_found_shown_and_removed(console: Console, base: Path) -> None:
    take(console, base, TABLE)
    assert names(keyed(console, base, "effecteurs", "chercher", "redon")) == ["Anne Bréhault"]
    assert names(keyed(console, base, "effecteurs", "chercher", "1000128")) == ["Paul Maury"]
    shown = keyed(console, base, "effecteurs", "montrer", "8 1000 2909 371").answer()
    assert shown["telephone"] == "02 61 91 00 02"
    assert keyed(console, base, "effecteurs", "retirer", "10002909371").answer() == {"id": "10002909371"}
    refused(keyed(console, base, "effecteurs", "montrer", "10002909371"), "introuvable", "identifiant")
    refused(keyed(console, base, "effecteurs", "chercher"), "usage", "texte", 2)


def test_without_json_a_person_reads_sentences(console: Console, base: Path) -> None:
    said = keyed(console, base, "effecteurs", "importer", "-", stdin=TABLE, json=False)
    assert said.out == "2 ajoutés, 0 remplacés, 3 refusés.\n"
    assert "ligne 6, refuse" in said.err
    found = keyed(console, base, "effecteurs", "chercher", "maury", json=False)
    assert found.out == "10001288385 · Paul Maury · Nantes · 44-erdre-cens-mg\n"
    assert keyed(console, base, "effecteurs", "chercher", "personne", json=False).out == "Aucun effecteur.\n"
    table = keyed(console, base, "effecteurs", "exporter", json=False)
    assert keyed(console, base, "effecteurs", "exporter").answer()["csv"] == table.out
    assert len(table.out.splitlines()) == 3


@pytest.fixture
def annuaire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Annuaire]:
    """A double of the Annuaire Santé, which the commands ask instead of it."""
    double = Annuaire(
        practitioner("003-1", "10002909371", "Anne", "Bréhault", "10"),
        practitioner("003-2", "10001288385", "Iris", "Lebreton"),
        role("005-1", "003-1", "001-1"),
        role("005-2", "003-2", "001-1"),
        organization("001-1", "CABINET DES LILAS"),
    )
    build = bootstrap.build
    with serving(double) as address:

        def beside() -> Any:
            return replace(build(), annuaire=lambda key: open_annuaire(key, lambda: NOW, address))

        monkeypatch.setattr("tests.cli.console.build", beside)
        yield double


def keep_key(console: Console, key: bytes = KEY.encode()) -> Said:
    with given_by_descriptor(key) as descriptor:
        return console.run("effecteurs", "cle", "--valeur-fd", descriptor, "--json")


def test_the_annuaire_is_asked_with_the_key_of_the_keyring(
    console: Console, base: Path, annuaire: Annuaire, keyring_of_the_session: InMemory
) -> None:
    asking = ("effecteurs", "chercher", "--annuaire", "--rpps", "10002909371")
    refused(keyed(console, base, *asking), "interdit", "cle")
    assert keep_key(console).answer() == {"garde": True}
    assert KEY in keyring_of_the_session.kept.values()
    (found,) = keyed(console, base, *asking).rows()
    assert (found["nom"], found["profession"]) == ("Anne Bréhault", "Médecin")
    nurses = keyed(console, base, "effecteurs", "chercher", "--annuaire", "--ville", "Redon")
    assert names(nurses) == ["Iris Lebreton"]
    assert console.run("effecteurs", "cle", "--oublier", "--json").answer() == {"garde": False}
    assert KEY not in keyring_of_the_session.kept.values()


def test_an_annuaire_that_fails_is_a_network_that_fails(
    console: Console, base: Path, annuaire: Annuaire
) -> None:
    keep_key(console)
    annuaire.fail(500)
    asking = ("effecteurs", "chercher", "--annuaire", "--rpps", "10002909371")
    refused(keyed(console, base, *asking), "reseau", None, 3)
    refused(keyed(console, base, *asking[:3]), "champ_manquant", "rpps")
