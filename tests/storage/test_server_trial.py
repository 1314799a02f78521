"""A base on a real server tried from the window, and taken from the next start on: told, kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from osnp_console.app.base import choice
from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.choice import FoundBase, TypedServer
from osnp_console.app.calls.kept_aside import Waiting
from osnp_console.app.errors import Refusal, StoreFailure
from osnp_console.bootstrap.base_choice import (
    KEY_OF_OTHERS,
    NO_BASE_YET,
    NO_FILE,
    NO_OWN_BASE,
    NOT_TRIED,
    DeskChoice,
    told_at,
)
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets
from osnp_console.desk.settings import KeptPreferences, load_settings
from osnp_console.desk.vault import VaultState
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.storage import failures, server_failures
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.server_engine import open_server_engine
from osnp_console.storage.server_store import NOT_OURS, _take_schema_lock
from osnp_console.storage.store import as_code
from tests.storage.kept import DESK, KEY, OTHER_KEY, write_lines
from tests.storage.places import ServerPlace
from tests.storage.server import RealServer


@dataclass
class Keyring:
    """A keyring in memory."""

    state: VaultState = VaultState.WORKS
    secrets: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


@dataclass
class Desk:
    """A workstation with a file of its own, not made yet."""

    folder: Path
    keyring: Keyring = field(default_factory=Keyring)

    def __post_init__(self) -> None:
        self.own = self.folder / "console.base"
        self.settings = self.folder / "reglages.json"
        self.base = DeskBase(self.own, self.keyring, lambda: datetime.now(UTC), as_code, self.folder)
        self.choice = DeskChoice(
            self.base, self.own, self.folder, self.keyring, KeptPreferences(self.settings)
        )

    def found(self, typed: TypedServer) -> FoundBase:
        answer = self.choice.attempt(typed).result(20)
        assert isinstance(answer, FoundBase), answer
        return answer

    def refused(self, typed: TypedServer) -> tuple[str | None, str]:
        answer = self.choice.attempt(typed).result(20)
        assert isinstance(answer, Refusal)
        assert "secret" not in answer.message
        return answer.field, answer.message

    def change(self, typed: TypedServer | None) -> BasePlace | Refusal:
        return self.choice.change(typed).result(20)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that shares nothing yet."""
    folder = tmp_path / "poste"
    folder.mkdir()
    return Desk(folder)


@pytest.fixture
def typed(server_place: ServerPlace) -> TypedServer:
    """The shared base as a person types it."""
    place = server_place.own.address
    return TypedServer(
        f"127.0.0.1:{place.port}/{place.base}?sslmode=disable",
        place.user,
        password="secret",
        site_key=KEY.hex(),
    )


def test_a_trial_finds_the_base_its_desks_and_its_accounts_and_changes_nothing(
    desk: Desk, typed: TypedServer, server_place: ServerPlace
) -> None:
    found = desk.found(typed)
    assert (found.address, found.has_accounts, found.is_older) == (server_place.own.address, False, False)
    with server_place.behind() as base:
        base.execute("insert into account values ('c', 'a.b', 'A B', '[]', 'actif', '', now(), 1)")
    store = server_place.open()
    write_lines(store, 1, DESK, None)
    store.close()
    found = desk.found(typed)
    assert (found.has_accounts, found.desks) == (True, frozenset({DESK}))
    assert (desk.keyring.secrets, desk.settings.exists(), list(desk.folder.iterdir())) == ({}, False, [])


def test_an_older_base_is_told_as_such_and_as_being_updated_while_another_desk_is_at_it(
    desk: Desk, typed: TypedServer, server_place: ServerPlace
) -> None:
    with server_place.behind() as base:
        base.execute("update base_note set value = '0' where name = 'mots'")
    found = desk.found(typed)
    assert (found.is_older, found.is_being_updated) == (True, False)
    engine = open_server_engine(server_place.own.address, None)
    with engine.begin() as connection:
        _take_schema_lock(connection, lambda: None)
        found = desk.found(typed)
    engine.dispose()
    assert (found.is_older, found.is_being_updated) == (True, True)


def test_each_refusal_of_the_server_stands_at_its_field(
    desk: Desk, typed: TypedServer, server_place: ServerPlace, server: RealServer
) -> None:
    port = server_place.own.address.port
    empty, foreign = server.new_base(), server.new_base()
    server.say("create table autre (n int)", foreign)

    def there(base: str) -> TypedServer:
        return replace(typed, address=f"127.0.0.1:{port}/{base}?sslmode=disable")

    assert desk.refused(there(empty)) == (choice.ADDRESS, NO_BASE_YET)
    assert desk.refused(there(foreign)) == (choice.ADDRESS, NOT_OURS)
    assert desk.refused(there("aucune")) == (choice.ADDRESS, server_failures.NO_SUCH_BASE)
    assert desk.refused(replace(typed, user="personne")) == (choice.PASSWORD, server_failures.REFUSED)
    assert desk.refused(replace(typed, site_key="cd" * 32)) == (choice.SITE_KEY, failures.WRONG_KEY)
    assert desk.refused(replace(typed, site_key="")) == (choice.SITE_KEY, choice.NO_KEY)
    nobody = replace(typed, address="127.0.0.1:1/appels")
    assert desk.refused(nobody) == (choice.ADDRESS, server_failures.NOT_REACHED)
    with server_place.behind() as base:
        base.execute("update alembic_version set version_num = '0099'")
    at, message = desk.refused(typed)
    assert (at, "récente" in message) == (choice.ADDRESS, True)
    for name in (empty, foreign):
        server.drop_base(name)


def test_a_certificate_that_is_not_there_or_open_to_others_is_told_before_any_server_is_asked(
    desk: Desk, typed: TypedServer, tmp_path: Path
) -> None:
    pair = tmp_path / "poste.crt", tmp_path / "poste.key"
    by_certificate = replace(
        typed, by_certificate=True, certificate=str(pair[0]), certificate_key=str(pair[1])
    )
    assert desk.refused(by_certificate) == (choice.CERTIFICATE, NO_FILE)
    for one in pair:
        one.write_text("rien")
        one.chmod(0o644)
    assert desk.refused(by_certificate) == (choice.CERTIFICATE_KEY, KEY_OF_OTHERS)
    assert desk.refused(replace(typed, authority="/aucun.crt")) == (choice.AUTHORITY, NO_FILE)
    lost = StoreFailure("reseau", server_failures.NOT_SURE)
    assert told_at(lost, typed).field == choice.AUTHORITY
    refused = StoreFailure("cle", server_failures.REFUSED)
    assert told_at(refused, by_certificate).field == choice.CERTIFICATE


def test_a_base_is_taken_from_the_next_start_on_with_its_secrets_in_the_keyring_only(
    desk: Desk, typed: TypedServer, server_place: ServerPlace
) -> None:
    address = server_place.own.address
    assert desk.change(replace(typed, site_key="cd" * 32)) != address
    assert (desk.keyring.secrets, desk.settings.exists()) == ({}, False)
    assert desk.change(typed) == address
    assert (desk.choice.now, desk.choice.at_next_start) == (desk.own, address)
    assert sorted(desk.keyring.secrets.values()) == sorted(["secret", KEY.hex()])
    settings = load_settings(desk.settings).settings
    assert (settings.base, settings.next_base) == (None, address.text)
    assert "secret" not in desk.settings.read_text()
    assert list(desk.folder.glob("serveur-*.tete"))
    assert desk.found(replace(typed, password="", site_key="")).address == address
    refusal = desk.change(None)
    assert isinstance(refusal, Refusal)
    assert refusal.message == NO_OWN_BASE
    desk.own.write_bytes(b"")
    assert desk.change(None) == desk.own
    settings = load_settings(desk.settings).settings
    assert (settings.base, settings.next_base) == (None, None)
    assert desk.choice.at_next_start == desk.own


def test_whether_a_desk_keeps_something_for_a_base_is_not_known_without_the_site_s_key(desk: Desk) -> None:
    away = ServerAddress("poste", "127.0.0.1", 1, "appels", "disable")
    keys = ServerKeys(away, desk.keyring)
    desk.base.choose(away)
    assert desk.base.kept_here() is False
    place = hashlib.sha256(away.text.encode()).hexdigest()[:16]
    kept = KeptAside(desk.folder / f"serveur-{place}.attente", KEY)
    kept.keep(Waiting(entries=(JournalEntry(DESK, datetime.now(UTC), TAKEN, "appel-1"),)))
    kept.close()
    known = []
    for given in (None, OTHER_KEY, KEY):
        if given is not None:
            keys.remember(ServerSecrets(None, given))
        known.append(desk.base.kept_here())
    assert known == [None, None, True]
    assert desk.base.still_open(DESK) is None


def test_the_first_start_opens_what_was_tried_and_nothing_else(
    desk: Desk, typed: TypedServer, server_place: ServerPlace
) -> None:
    refusal = desk.choice.choose(typed)
    assert refusal is not None
    assert refusal.message == NOT_TRIED
    desk.found(typed)
    assert desk.choice.choose(typed) is None
    desk.base.open(None).result(20)
    try:
        assert desk.base.where == server_place.own.address
        assert desk.base.verify().result(20).faults == ()
        assert sorted(desk.keyring.secrets.values()) == sorted(["secret", KEY.hex()])
    finally:
        assert desk.base.close()
    assert not desk.settings.exists()


def test_a_desk_that_a_shared_base_refused_makes_its_own_after_all(desk: Desk, typed: TypedServer) -> None:
    desk.found(typed)
    assert desk.choice.choose(typed) is None
    desk.base._opening.lock_beside.with_name(desk.base._opening.lock_beside.name + ".verrou").mkdir()
    with pytest.raises(StoreFailure):
        desk.base.open(None).result(20)
    assert desk.choice.choose(None) is None
    desk.base.open(None).result(20)
    assert (desk.base.where, desk.own.exists(), desk.base.feed()) == (desk.own, True, None)
    assert desk.base.close()
