"""The secrets of a server's base: given once, in one text, kept in the keyring under no name of anybody."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets, read_given
from osnp_console.desk.vault import Vault
from tests.desk.memory_keyring import InMemory, missing

KEY = "ab" * 32


@pytest.fixture
def kept() -> Iterator[InMemory]:
    """A keyring in memory."""
    before = keyring.get_keyring()
    made = InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def keys(base: str = "appels") -> ServerKeys:
    address = base_place(f"postgresql://poste@base.example/{base}")
    assert isinstance(address, ServerAddress)
    return ServerKeys(address, Vault("osnp-console-essai"))


@pytest.mark.parametrize(
    ("given", "password", "has_key"),
    [
        (KEY, None, True),
        (KEY.upper() + "\n", None, True),
        (f"mot de passe\n{KEY}\n", "mot de passe", True),
        (f"mot de passe {KEY}", "mot de passe", True),
        (f"\n{KEY}", None, True),
        ("mot de passe\n", "mot de passe", False),
        (KEY[:-1], KEY[:-1], False),
        ("", None, False),
    ],
)
def test_the_password_and_the_key_are_told_apart(given: str, password: str | None, has_key: bool) -> None:
    assert read_given(given.encode()) == (password, bytes.fromhex(KEY) if has_key else None)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(StoreFailure) as refused:
        read_given(b"\xff\xfe")
    assert refused.value.code == "cle"


def test_what_was_remembered_opens_the_base_the_next_time(kept: InMemory) -> None:
    keys().remember(ServerSecrets("mot de passe", bytes.fromhex(KEY), given=True))
    assert keys().secrets() == ServerSecrets("mot de passe", bytes.fromhex(KEY), given=False)
    assert keys().has_key
    assert not any("poste" in name or "base.example" in name for _, name in kept.kept)


def test_a_password_that_changed_is_given_alone_and_the_key_stays(kept: InMemory) -> None:
    keys().remember(ServerSecrets("ancien", bytes.fromhex(KEY)))
    assert keys().secrets(b"nouveau\n") == ServerSecrets("nouveau", bytes.fromhex(KEY), given=False)


def test_another_base_has_its_own_secrets(kept: InMemory) -> None:
    keys().remember(ServerSecrets(None, bytes.fromhex(KEY)))
    with pytest.raises(Refusal) as refused:
        keys("formation").secrets()
    assert refused.value.code == "champ_manquant"


def test_a_base_to_be_created_gets_a_key_of_its_own(kept: InMemory) -> None:
    (first, made), (second, _) = keys().new_secrets(None), keys().new_secrets(b"mot de passe")
    assert made
    assert first.key != second.key
    assert second.password == "mot de passe"
    assert keys().new_secrets(KEY.encode()) == (ServerSecrets(None, bytes.fromhex(KEY), given=True), False)


def test_a_kept_key_that_is_none_is_told(kept: InMemory) -> None:
    keys().remember(ServerSecrets(None, bytes.fromhex(KEY)))
    for place in kept.kept:
        kept.kept[place] = "abîmée"
    with pytest.raises(StoreFailure) as refused:
        keys().secrets()
    assert refused.value.code == "cle"


def test_without_a_keyring_nothing_is_kept_and_everything_is_asked() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(missing())
    try:
        keys().remember(ServerSecrets(None, bytes.fromhex(KEY)))
        assert not keys().has_key
        assert keys().secrets(KEY.encode()).key == bytes.fromhex(KEY)
    finally:
        keyring.set_keyring(before)
