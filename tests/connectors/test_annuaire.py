"""The Annuaire Santé answers who practises where, and each of its refusals has its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from osnp_console.app.effecteurs.lookup import (
    KEY_ENTRY,
    EffecteurLookUp,
    LookedUp,
    LookUp,
    LookUpFailed,
    look_up,
)
from osnp_console.app.errors import Refusal
from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.connectors.annuaire import open_annuaire
from osnp_console.connectors.annuaire.reading import Gathered, place_of
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import NO_PLACE, Place
from tests.connectors.annuaire_double import KEY, Annuaire, organization, practitioner, role, serving

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[3] / "shared" / "fhir-sas-examples" / "annuaire"
LILAS = Place("334173748400020", "CABINET DES LILAS", "1 RUE DES LILAS", "35600", "REDON", "0261910001")


def directory() -> Annuaire:
    return Annuaire(
        practitioner("003-1", "10002909371", "Anne", "Bréhault", "10"),
        practitioner("003-2", "10001288385", "Iris", "Lebreton"),
        practitioner("003-3", "10100050075", "Léo", "Maury"),
        role("005-1", "003-1", "001-1"),
        role("005-2", "003-2", "001-2", mode="S"),
        role("005-3", "003-2", "001-1"),
        role("005-4", "003-3", "001-2"),
        organization("001-1", "CABINET DES LILAS"),
        organization("001-2", "CLINIQUE", city="RENNES", postcode="35000"),
    )


@contextmanager
def opened(annuaire: Annuaire, key: str = KEY) -> Iterator[EffecteurLookUp]:
    with serving(annuaire) as base, open_annuaire(key, lambda: NOW, base) as looking:
        yield looking


def by_number(annuaire: Annuaire, *numbers: str, key: str = KEY) -> LookedUp:
    with opened(annuaire, key) as looking:
        return looking.by_number(numbers, Deadline(10))


def failure(annuaire: Annuaire, key: str = KEY) -> SourceFailure:
    with pytest.raises(SourceFailure) as caught:
        by_number(annuaire, "10002909371", key=key)
    assert KEY not in caught.value.message
    assert "127.0.0.1" not in caught.value.message
    return caught.value


def test_a_practitioner_is_found_by_number_with_the_place_of_practice() -> None:
    found = by_number(directory(), "10002909371")
    assert found == LookedUp((Effecteur("10002909371", "Anne Bréhault", "Médecin", place=LILAS),))


def test_of_several_places_the_liberal_practice_comes_first() -> None:
    (one,) = by_number(directory(), "10001288385").effecteurs
    assert (one.name, one.profession, one.place) == ("Iris Lebreton", "Infirmier", LILAS)


def test_a_number_that_nobody_has_finds_nobody() -> None:
    annuaire = directory()
    assert by_number(annuaire, "10002673899") == LookedUp(())
    assert len(annuaire.asked) == 1


def test_many_numbers_are_asked_in_batches() -> None:
    annuaire = directory()
    numbers = [f"100000{number:05}" for number in range(30)]
    by_number(annuaire, *numbers, "10002909371")
    asked = [path for path in annuaire.asked if "/Practitioner?" in path]
    assert len(asked) == 2
    assert all(path.count("1000000") <= 25 for path in asked)


def test_the_nurses_of_a_commune_are_those_of_its_structures() -> None:
    with opened(directory()) as looking:
        found = looking.in_city("Redon", "35600", "60", Deadline(10))
    assert [(one.name, one.place.name) for one in found.effecteurs] == [
        ("Iris Lebreton", "CABINET DES LILAS")
    ]


def test_pages_are_followed_without_any_total() -> None:
    many = Annuaire(organization("001-1", "CABINET"))
    for number in range(130):
        many.resources += [
            practitioner(f"003-{number}", f"100000{number:05}", "Iris", f"Nom{number}"),
            role(f"005-{number}", f"003-{number}", "001-1"),
        ]
    with opened(many) as looking:
        found = looking.in_city("Redon", "", "60", Deadline(30))
    assert len(found.effecteurs) == 130
    assert sum("_page" in path for path in many.asked) == 2


def test_a_next_page_on_another_server_is_not_asked() -> None:
    annuaire = directory()
    annuaire.endless, annuaire.next_host = True, "https://ailleurs.exemple"
    assert failure(annuaire).message == "la page suivante est sur un autre serveur"


def test_pages_without_end_are_given_up_and_told() -> None:
    annuaire = directory()
    annuaire.endless = True
    assert "trop de réponses" in failure(annuaire).message
    assert len(annuaire.asked) <= 41


def test_a_wrong_key_is_a_refusal() -> None:
    assert failure(directory(), key="autre").state is SourceState.REFUSED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (400, SourceState.FAILED), (401, SourceState.REFUSED), (403, SourceState.REFUSED),
        (404, SourceState.FAILED), (410, SourceState.FAILED), (412, SourceState.FAILED),
        (500, SourceState.FAILED),
    ],
)  # fmt: skip
def test_every_documented_error_has_its_state(status: int, state: SourceState) -> None:
    annuaire = directory()
    annuaire.fail(status, "HAPI-0302: Unknown resource type")
    found = failure(annuaire)
    assert found.state is state
    assert "HAPI-0302" in found.message


def test_too_many_calls_say_how_long_to_wait() -> None:
    annuaire = directory()
    annuaire.fail(429)
    annuaire.headers["Retry-After"] = "30"
    assert failure(annuaire).rest == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html></html>", "text/html"), (b"{", "application/json"), (b"", "application/json"),
        (b'{"resourceType": "OperationOutcome"}', "application/json"), (b"[]", "application/json"),
    ],
)  # fmt: skip
def test_what_is_no_searchset_is_unreadable(body: bytes, kind: str) -> None:
    annuaire = directory()
    annuaire.failure = 200, body, kind
    assert "illisible" in failure(annuaire).message


def test_one_bad_resource_loses_itself() -> None:
    gathered = Gathered()
    for one in (b'{"resourceType": "Device"}', b'{"resourceType": "Practitioner", "id": 3}', b"null"):
        gathered.add(msgspec.Raw(one))
    gathered.add(msgspec.Raw(msgspec.json.encode(practitioner("003-1", "10002909371", "Anne", "Bréhault"))))
    assert gathered.rejected == 3
    assert [one.id for one in gathered.effecteurs()] == ["10002909371"]


def test_who_no_longer_practises_or_has_no_rpps_is_left_out() -> None:
    gone = {**practitioner("003-1", "10002909371", "Anne", "Bréhault"), "active": False}
    unknown = {**practitioner("003-2", "10001288385", "Iris", "Lebreton"), "identifier": []}
    left = practitioner("003-3", "10100050075", "Léo", "Maury")
    annuaire = Annuaire(
        gone, unknown, left, role("005-3", "003-3", "001-1", active=False), organization("001-1", "A")
    )
    found = by_number(annuaire, "10002909371", "10001288385", "10100050075")
    assert [(one.id, one.place) for one in found.effecteurs] == [("10100050075", NO_PLACE)]


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the public example instances are not here")
def test_the_public_example_instances_are_read() -> None:
    gathered = Gathered()
    for file in sorted(EXAMPLES.glob("*.json")):
        gathered.add(msgspec.Raw(file.read_bytes()))
    assert gathered.rejected == 0
    (one,) = gathered.effecteurs()
    assert (one.id, one.name, one.profession) == ("10003461033", "Arthur Saucier", "Médecin")
    (organization_read,) = gathered.organizations.values()
    assert place_of(organization_read) == Place(id="410005531586003", name="CABINET SAINT ANTOINE")


class Keyring:
    """A keyring with the key, or without."""

    def __init__(self, key: str | None = KEY) -> None:
        self.kept = {KEY_ENTRY: key} if key is not None else {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        del self.kept[name]


@pytest.mark.parametrize(
    ("wanted", "key", "code", "field"),
    [
        (LookUp("123"), KEY, "valeur_invalide", "rpps"),
        (LookUp(), KEY, "champ_manquant", "rpps"),
        (LookUp(city="Redon", profession="coiffeur"), KEY, "valeur_invalide", "profession"),
        (LookUp("10002909371"), None, "interdit", "cle"),
    ],
)
def test_what_cannot_be_looked_up_is_told_before_anything_is_asked(
    wanted: LookUp, key: str | None, code: str, field: str
) -> None:
    annuaire = directory()
    with serving(annuaire) as base, pytest.raises(Refusal) as caught:
        look_up(wanted, Keyring(key), lambda given: open_annuaire(given, lambda: NOW, base))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert annuaire.asked == []


def test_looking_up_asks_with_the_key_of_the_keyring() -> None:
    with serving(directory()) as base:
        found = look_up(LookUp("8 10002909371"), Keyring(), lambda key: open_annuaire(key, lambda: NOW, base))
        nurses = look_up(LookUp(city="Redon"), Keyring(), lambda key: open_annuaire(key, lambda: NOW, base))
    assert [one.name for one in found.effecteurs] == ["Anne Bréhault"]
    assert [one.name for one in nurses.effecteurs] == ["Iris Lebreton"]


def test_a_directory_that_fails_says_so_in_a_sentence() -> None:
    annuaire = directory()
    annuaire.fail(500)
    with serving(annuaire) as base, pytest.raises(LookUpFailed, match="Annuaire Santé"):
        look_up(LookUp("10002909371"), Keyring(), lambda key: open_annuaire(key, lambda: NOW, base))
