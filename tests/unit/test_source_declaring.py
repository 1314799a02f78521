"""An administrator declares sources, keeps their secrets apart, and tries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import (
    Connector,
    Connectors,
    Deadline,
    FieldKind,
    Found,
    Reading,
    SlotQuery,
    SourceField,
    SourceTools,
)
from osnp_console.app.sources.declare import DeclareSource
from osnp_console.app.sources.secrets import reading
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.agenda_records import MemoryStore

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DISPOSITIFS = ("44-erdre-cens-mg",)
CALDAV: dict[str, Any] = {
    "id": "cabinet",
    "type": "caldav",
    "nom": "Cabinet des Lilas",
    "url": "https://agenda.exemple/cabinet/",
    "options": {"compte": "lilas"},
}


class MemoryKeyring:
    """Keeps secrets in a dictionary; `locked` makes it answer nothing."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.locked = False
        self.keeps_all = False

    def get(self, name: str) -> str | None:
        self._check()
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._check()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        if self.keeps_all:
            raise StoreFailure("cle", "Le trousseau est verrouillé.")
        self.kept.pop(name, None)

    def _check(self) -> None:
        if self.locked:
            raise StoreFailure("cle", "Le trousseau est verrouillé.")


class Listening:
    """Notes what it was asked, and has nothing."""

    def __init__(self) -> None:
        self.asked: list[SlotQuery] = []
        self.secrets: list[str | None] = []

    def open(self, source: AgendaSource, tools: SourceTools) -> Listening:
        self.secrets.append(tools.secret("mot_de_passe"))
        return self

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        self.asked.append(query)
        return Reading(0)

    def close(self) -> None:
        """Nothing to let go of."""


FIELDS = (
    SourceField("url", "Adresse", FieldKind.URL, required=True),
    SourceField("options.compte", "Compte", required=True),
    SourceField("mot_de_passe", "Mot de passe", FieldKind.SECRET),
)


def connectors(reader: Listening | None = None) -> Connectors:
    listening = reader if reader is not None else Listening()
    return {
        SourceKind.CALDAV: Connector(SourceKind.CALDAV, "CalDAV", FIELDS, listening.open),
        SourceKind.FHIR_BUNDLE: Connector(
            SourceKind.FHIR_BUNDLE,
            "Réponse enregistrée",
            (SourceField("options.fichier", "Fichier", FieldKind.FILE, required=True),),
            listening.open,
        ),
        SourceKind.PORTAL: Connector(SourceKind.PORTAL, "Portail", (), None),
    }


def declaring(
    keyring: MemoryKeyring | None = None, reader: Listening | None = None, files: Sequence[str] = ()
) -> DeclareSource:
    keeper = keyring if keyring is not None else MemoryKeyring()
    return DeclareSource(connectors(reader), DISPOSITIFS, keeper, lambda path: path in files)


def refused(act: DeclareSource, document: object) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as caught:
        act.read(document)
    return caught.value.code, caught.value.field


def test_a_declared_source_is_kept_and_declared_again_replaces() -> None:
    store, act = MemoryStore(), declaring()
    first = act.add(store.open, CALDAV)
    again = act.add(store.open, {**CALDAV, "nom": "Cabinet"})
    assert (first.replaced, again.replaced) == (False, True)
    assert [one.name for one in act.listed(store.open)] == ["Cabinet"]


def test_a_declaration_that_is_refused_is_not_kept() -> None:
    store = MemoryStore()
    with pytest.raises(Refusal):
        declaring().add(store.open, {**CALDAV, "dispositifs": ["99-rien"]})
    assert store.sources == {}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"options": {"compte": "lilas", "couleur": "vert"}}, ("champ_inconnu", "options.couleur")),
        ({"options": {}}, ("champ_manquant", "options.compte")),
        ({"options": {"mot_de_passe": "x"}}, ("interdit", "options.mot_de_passe")),
        ({"dispositifs": ["99-rien"]}, ("dispositif_inconnu", "dispositifs")),
        ({"type": "autre"}, ("valeur_invalide", "type")),
    ],
)
def test_a_declaration_is_held_against_the_form_of_its_kind(
    changed: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert refused(declaring(), {**CALDAV, **changed}) == expected


def test_a_saved_answer_is_declared_by_its_option_or_by_its_address() -> None:
    act = declaring()
    bundle = {"id": "a", "type": "bundle_fhir"}
    assert refused(act, bundle) == ("champ_manquant", "options.fichier")
    assert act.read({**bundle, "url": "/srv/a.json"}).url == "/srv/a.json"
    assert act.read({**bundle, "options": {"fichier": "/srv/a.json"}}).url is None


def test_certificate_files_that_are_not_there_are_a_remark() -> None:
    tls = {"certificat": "/cles/a.pem", "cle": "/cles/a.key"}
    declared = declaring(files=["/cles/a.pem"]).add(
        MemoryStore().open, {**CALDAV, "tls": tls, "effecteurs": ["10002673899"]}
    )
    assert [one.field for one in declared.remarks] == ["effecteurs", "tls.cle"]


def test_a_source_that_is_not_there_is_told() -> None:
    store, act = MemoryStore(), declaring()
    for call in (lambda: act.get(store.open, "rien"), lambda: act.remove(store.open, "rien")):
        with pytest.raises(Refusal) as caught:
            call()
        assert (caught.value.code, caught.value.field) == ("introuvable", "id")


def test_a_removed_source_leaves_no_secret() -> None:
    store, keyring = MemoryStore(), MemoryKeyring()
    act = declaring(keyring)
    source = act.add(store.open, CALDAV).source
    act.keep_secret(source, "mot_de_passe", "un secret")
    assert keyring.kept == {"source-cabinet-mot_de_passe": "un secret"}
    assert act.kept_secrets(source) == ("mot_de_passe",)
    assert act.remove(store.open, "cabinet") == ()
    assert (store.sources, keyring.kept) == ({}, {})


def test_a_keyring_that_keeps_what_is_to_be_forgotten_is_told() -> None:
    store, keyring = MemoryStore(), MemoryKeyring()
    act = declaring(keyring)
    act.keep_secret(act.add(store.open, CALDAV).source, "mot_de_passe", "un secret")
    keyring.keeps_all = True
    assert [one.field for one in act.remove(store.open, "cabinet")] == ["mot_de_passe"]
    assert store.sources == {}


def test_a_desk_without_keyring_removes_its_sources() -> None:
    store, keyring = MemoryStore(), MemoryKeyring()
    act = declaring(keyring)
    act.add(store.open, CALDAV)
    keyring.locked = True
    assert act.remove(store.open, "cabinet") == ()
    assert store.sources == {}


def test_a_secret_is_never_shown_to_another_server() -> None:
    store, keyring = MemoryStore(), MemoryKeyring()
    act = declaring(keyring)
    act.keep_secret(act.add(store.open, CALDAV).source, "mot_de_passe", "un secret")
    act.add(store.open, {**CALDAV, "nom": "Le même agenda"})
    assert keyring.kept
    act.add(store.open, {**CALDAV, "url": "https://ailleurs.exemple/"})
    assert keyring.kept == {}


@pytest.mark.parametrize(
    ("name", "secret", "code"),
    [
        ("jeton", "x", "champ_inconnu"),
        ("mot_de_passe", "", "valeur_invalide"),
        ("mot_de_passe", "a\nb", "valeur_invalide"),
    ],
)
def test_only_the_secrets_of_its_kind_are_kept(name: str, secret: str, code: str) -> None:
    keyring = MemoryKeyring()
    act = declaring(keyring)
    with pytest.raises(Refusal) as caught:
        act.keep_secret(act.read(CALDAV), name, secret)
    assert caught.value.code == code
    assert keyring.kept == {}


def test_a_forgotten_secret_is_gone() -> None:
    keyring = MemoryKeyring()
    act = declaring(keyring)
    act.keep_secret(act.read(CALDAV), "mot_de_passe", "un secret")
    act.forget_secret(act.read(CALDAV), "mot_de_passe")
    assert keyring.kept == {}


def test_trying_asks_the_next_48_hours_for_those_who_name_the_source() -> None:
    keyring, reader = MemoryKeyring(), Listening()
    act = declaring(keyring, reader)
    source = act.read({**CALDAV, "effecteurs": ["10001288385"]})
    act.keep_secret(source, "mot_de_passe", "un secret")
    people = [Effecteur("10002909371", "Anne Bréhault", sources=("cabinet",))]
    answer = act.try_out(source, SourceTools(lambda: NOW, reading(keyring)), NOW, people)
    assert (answer.source, answer.state) == ("cabinet", SourceState.EMPTY)
    assert reader.asked == [SlotQuery(NOW, NOW + timedelta(hours=48), ("10001288385", "10002909371"))]
    assert reader.secrets == ["un secret"]


def test_a_locked_keyring_has_no_secret_to_give() -> None:
    keyring, reader = MemoryKeyring(), Listening()
    keyring.locked = True
    act = declaring(keyring, reader)
    answer = act.try_out(act.read(CALDAV), SourceTools(lambda: NOW, reading(keyring)), NOW)
    assert answer.state is SourceState.EMPTY
    assert reader.secrets == [None]


@pytest.mark.parametrize("kind", ["portail", "ical"])
def test_what_nobody_can_ask_is_not_tried(kind: str) -> None:
    act = declaring()
    source = act.read({"id": "a", "type": kind, "url": "https://a.exemple/"})
    with pytest.raises(Refusal) as caught:
        act.try_out(source, SourceTools(lambda: NOW, lambda name: None), NOW)
    assert caught.value.code == "interdit"
