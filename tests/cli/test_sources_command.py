"""The sources commands, as an administrator types them, on an encrypted base and a keyring in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keyring
import pytest

from tests.cli.agenda_base import given_by_descriptor, keyed, new_base, refused
from tests.cli.console import Console, Said
from tests.connectors.calendars import Served, calendar, event, serving
from tests.desk.memory_keyring import InMemory, Locked

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

SAS: dict[str, Any] = {
    "id": "sas-recette",
    "type": "sas_fhir",
    "nom": "SAS 44, recette",
    "url": "https://agenda.exemple/fhir",
    "effecteurs": ["10002673899"],
    "structures": [],
    "dispositifs": ["44-erdre-cens-mg"],
    "options": {"cpts": True},
    "tls": {"certificat": "/cles/sas.pem", "cle": "/cles/sas.key", "autorite": None},
}
LILAS: dict[str, Any] = {"id": "lilas", "type": "ical", "nom": "Cabinet des Lilas"}


@pytest.fixture
def base(console: Console, tmp_path: Path) -> Path:
    """A base of the test's own."""
    return new_base(console, tmp_path)


def add(console: Console, base: Path, document: object) -> Said:
    return keyed(console, base, "sources", "ajouter", "--donnees", "-", stdin=json.dumps(document))


def keep_secret(console: Console, base: Path, source: str, name: str, value: bytes) -> Said:
    with given_by_descriptor(value) as descriptor:
        return keyed(console, base, "sources", "secret", source, name, "--valeur-fd", descriptor)


def test_a_source_is_declared_listed_replaced_and_removed(console: Console, base: Path) -> None:
    added = add(console, base, SAS)
    assert (added.status, added.answer()) == (0, SAS)
    assert "RPPS" in added.err
    assert "/cles" not in added.err
    add(console, base, LILAS)
    renamed = {**SAS, "nom": "SAS"}
    assert add(console, base, renamed).answer() == renamed
    listed = keyed(console, base, "sources", "lister")
    assert [one["id"] for one in listed.rows()] == ["sas-recette", "lilas"]
    assert listed.rows()[0] == renamed
    removed = keyed(console, base, "sources", "retirer", "sas-recette")
    assert (removed.status, removed.answer()) == (0, {"id": "sas-recette"})
    assert [one["id"] for one in keyed(console, base, "sources", "lister").rows()] == ["lilas"]


def test_a_listed_source_can_be_declared_again_as_it_is(console: Console, base: Path) -> None:
    add(console, base, LILAS)
    (listed,) = keyed(console, base, "sources", "lister").rows()
    assert add(console, base, listed).answer() == listed


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"effecteur": []}, "champ_inconnu", "effecteur"),
        ({"options": {"couleur": 1}}, "champ_inconnu", "options.couleur"),
        ({"options": {"mot_de_passe": "x"}}, "interdit", "options.mot_de_passe"),
        ({"url": None}, "champ_manquant", "url"),
        ({"url": "http://agenda.exemple/fhir"}, "valeur_invalide", "url"),
        ({"url": "https://a:b@agenda.exemple/fhir"}, "valeur_invalide", "url"),
        ({"effecteurs": ["123"]}, "valeur_invalide", "effecteurs"),
        ({"structures": ["291991082"]}, "finess_invalide", "structures"),
        ({"dispositifs": ["99-rien"]}, "dispositif_inconnu", "dispositifs"),
        ({"type": "autre"}, "valeur_invalide", "type"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused_with_its_field(
    console: Console, base: Path, changed: dict[str, Any], code: str, field: str
) -> None:
    refused(add(console, base, {**SAS, **changed}), code, field)
    assert keyed(console, base, "sources", "lister").rows() == []


def test_what_is_no_json_is_refused(console: Console, base: Path) -> None:
    refused(keyed(console, base, "sources", "ajouter", "--donnees", "-", stdin="{"), "json_invalide", None)


def test_a_source_that_nobody_declared_is_not_found(console: Console, base: Path) -> None:
    refused(keyed(console, base, "sources", "retirer", "rien"), "introuvable", "id")
    refused(keyed(console, base, "sources", "essayer", "rien"), "introuvable", "id")


def test_without_a_base_the_command_says_so(console: Console, tmp_path: Path) -> None:
    said = keyed(console, tmp_path / "rien.base", "sources", "lister")
    refused(said, "introuvable", None)


def test_trying_a_source_gives_one_line_of_the_contract(console: Console, base: Path) -> None:
    good = calendar(event("20261124T093000Z", uid="a"), event("jamais", uid="b"))
    with serving(Served(good)) as address:
        add(console, base, {**LILAS, "url": f"{address}/libre.ics"})
        said = keyed(console, base, "sources", "essayer", "lilas")
    answer = said.answer()
    assert said.status == 0
    assert list(answer) == ["id", "etat", "a", "duree_ms", "creneaux", "rejets", "message"]
    assert (answer["id"], answer["etat"], answer["creneaux"], answer["rejets"]) == ("lilas", "repondu", 1, 1)
    assert str(answer["a"]).startswith("2026-11-24T10:00:0")
    assert answer["message"] == "1 créneau écarté sur 2"


@pytest.mark.parametrize(
    ("status", "state"), [(200, "vide"), (401, "refuse"), (403, "refuse"), (429, "erreur"), (500, "erreur")]
)
def test_a_source_that_fails_is_an_answer(console: Console, base: Path, status: int, state: str) -> None:
    with serving(Served(calendar(), status=status)) as address:
        add(console, base, {**LILAS, "url": f"{address}/libre.ics"})
        said = keyed(console, base, "sources", "essayer", "lilas")
    assert (said.status, said.answer()["etat"]) == (0, state)


def test_a_secret_goes_to_the_keyring_and_nowhere_else(
    console: Console, base: Path, keyring_of_the_session: InMemory
) -> None:
    served = Served(calendar(event("20261124T093000Z")))
    with serving(served) as address:
        add(console, base, {**LILAS, "url": f"{address}/libre.ics", "options": {"compte": "lilas"}})
        assert keyed(console, base, "sources", "essayer", "lilas").answer()["etat"] == "refuse"
        said = keep_secret(console, base, "lilas", "mot_de_passe", b"un secret\n")
        assert said.answer() == {"id": "lilas", "secret": "mot_de_passe", "garde": True}
        assert keyed(console, base, "sources", "essayer", "lilas").answer()["etat"] == "repondu"
    kept = {name: secret for (_, name), secret in keyring_of_the_session.kept.items()}
    assert kept["source-lilas-mot_de_passe"] == "un secret"
    assert b"un secret" not in base.read_bytes()
    keyed(console, base, "sources", "retirer", "lilas")
    assert "un secret" not in keyring_of_the_session.kept.values()


def test_a_secret_is_forgotten_when_told(
    console: Console, base: Path, keyring_of_the_session: InMemory
) -> None:
    add(console, base, LILAS)
    keep_secret(console, base, "lilas", "adresse_privee", b"https://agenda.exemple/9d8c.ics")
    said = keyed(console, base, "sources", "secret", "lilas", "adresse_privee", "--oublier")
    assert said.answer() == {"id": "lilas", "secret": "adresse_privee", "garde": False}
    assert not any("9d8c" in secret for secret in keyring_of_the_session.kept.values())


def test_a_secret_that_its_kind_does_not_have_is_refused(console: Console, base: Path) -> None:
    add(console, base, LILAS)
    refused(keep_secret(console, base, "lilas", "jeton", b"x"), "champ_inconnu", "jeton")
    refused(keep_secret(console, base, "lilas", "mot_de_passe", b"\xff"), "valeur_invalide", "valeur-fd")


def test_a_locked_keyring_keeps_nothing_and_says_so(console: Console, base: Path) -> None:
    add(console, base, LILAS)
    keyring.set_keyring(Locked())
    said = keep_secret(console, base, "lilas", "mot_de_passe", b"x")
    assert said.status == 1
    assert "trousseau" in str(said.refusal()["message"])


def test_without_json_a_person_reads_sentences(console: Console, base: Path) -> None:
    add(console, base, LILAS)
    listed = keyed(console, base, "sources", "lister", json=False)
    assert listed.out == "lilas  ical  Cabinet des Lilas  -\n"
    assert console.run("sources", "secret", "lilas", "mot_de_passe").status == 2
