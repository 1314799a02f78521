"""The key of a base: from the keyring, else from a passphrase; what is wrong is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from osnp_console.app.ports import StoreFailure
from osnp_console.desk import keys, passphrase, vault
from osnp_console.desk.keys import KeyNeed, KeySource, is_raw_key, key_from_given
from osnp_console.desk.vault import Vault
from tests.desk.memory_keyring import InMemory, PlaintextKeyring, missing

PASSPHRASE = "quatre mots pas trop courts"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Where the base is; it does not exist yet."""
    return tmp_path / "console.base"


@pytest.fixture
def source(base: Path, memory: InMemory) -> KeySource:
    return KeySource(base, Vault("osnp-console-essais"))


def said_by(source: KeySource, typed: str | None = None) -> str:
    with pytest.raises(StoreFailure) as refused:
        source.key(typed)
    assert refused.value.code == "cle"
    return refused.value.message


def test_a_new_base_gets_a_random_key_that_the_keyring_keeps(
    source: KeySource, base: Path, memory: InMemory
) -> None:
    assert source.need is KeyNeed.NOTHING
    key = source.key()
    assert len(key) == 32
    assert list(memory.kept.values()) == [key.hex()]
    base.write_bytes(b"la base")
    assert source.key() == key
    assert KeySource(base.with_name("autre.base"), Vault("osnp-console-essais")).key() != key


def test_the_keyring_never_holds_the_path_of_the_base(source: KeySource, memory: InMemory) -> None:
    source.key()
    assert "console.base" not in str(memory.kept)


def test_no_new_key_is_made_for_a_base_that_exists(source: KeySource, base: Path, memory: InMemory) -> None:
    base.write_bytes(b"la base")
    assert said_by(source) == keys.LOST
    assert memory.kept == {}


def test_a_keyring_that_went_away_is_not_a_lost_key(source: KeySource, base: Path) -> None:
    base.write_bytes(b"la base")
    keyring.set_keyring(missing())
    assert said_by(source) == keys.NO_KEYRING_NOW


def test_a_key_that_is_none_is_told(source: KeySource, memory: InMemory) -> None:
    source.key()
    for name in memory.kept:
        memory.kept[name] = "pas une clé"
    assert said_by(source) == keys.BAD_KEY


@pytest.mark.parametrize(
    ("backend", "sentence"), [(missing(), vault.ABSENT), (PlaintextKeyring(), vault.CLEAR)]
)
def test_without_a_keyring_a_new_base_asks_for_a_passphrase_and_says_why(
    source: KeySource, backend: KeyringBackend, sentence: str
) -> None:
    keyring.set_keyring(backend)
    assert source.need is KeyNeed.NEW_PASSPHRASE
    assert source.message == sentence
    assert said_by(source) == sentence


def test_a_passphrase_gives_the_same_key_at_each_start(source: KeySource, base: Path) -> None:
    keyring.set_keyring(missing())
    key = source.key(PASSPHRASE)
    base.write_bytes(b"la base")
    assert source.need is KeyNeed.PASSPHRASE
    assert source.message == keys.ASK
    assert source.key(PASSPHRASE) == key
    assert len(key) == 32


def test_the_same_passphrase_on_another_base_gives_another_key(tmp_path: Path) -> None:
    assert passphrase.new_key(tmp_path / "a", PASSPHRASE) != passphrase.new_key(tmp_path / "b", PASSPHRASE)


def test_letters_composed_another_way_are_the_same_passphrase(tmp_path: Path) -> None:
    key = passphrase.new_key(tmp_path / "a", "une clé très très sûre")
    assert passphrase.known_key(tmp_path / "a", "une cle\u0301 tre\u0300s tre\u0300s su\u0302re") == key


def test_a_wrong_passphrase_is_told_at_once(source: KeySource, base: Path) -> None:
    passphrase.new_key(base, PASSPHRASE)
    base.write_bytes(b"la base")
    assert said_by(source, PASSPHRASE + "?") == passphrase.WRONG


def test_a_passphrase_too_short_to_resist_is_refused_and_makes_no_salt(base: Path) -> None:
    with pytest.raises(StoreFailure) as refused:
        passphrase.new_key(base, "trop court")
    assert refused.value.message == passphrase.TOO_SHORT
    assert not passphrase.salt_file(base).exists()


def test_a_passphrase_whose_salt_is_gone_says_what_to_bring_back(base: Path) -> None:
    base.write_bytes(b"la base")
    with pytest.raises(StoreFailure) as refused:
        key_from_given(base, PASSPHRASE.encode())
    assert refused.value.message == passphrase.NO_SALT


def test_the_salt_of_a_base_that_is_away_is_never_overwritten(source: KeySource, base: Path) -> None:
    key = passphrase.new_key(base, PASSPHRASE)
    before = passphrase.salt_file(base).read_bytes()
    assert source.key(PASSPHRASE) == key
    assert said_by(source, "une tout autre phrase") == passphrase.WRONG
    assert passphrase.salt_file(base).read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        {"sel": "zz"},
        {"sel": ""},
        {"memoire_kio": 10**12},
        {"memoire_kio": 0},
        {"passes": 0},
        {"passes": 10**9},
        {"voies": -1},
        {"algorithme": "md5"},
        {"temoin": None},
    ],
    ids=str,
)
def test_a_salt_file_that_was_changed_is_refused_without_computing_anything(
    base: Path, change: dict[str, object]
) -> None:
    passphrase.new_key(base, PASSPHRASE)
    file = passphrase.salt_file(base)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(StoreFailure) as refused:
        passphrase.known_key(base, PASSPHRASE)
    assert refused.value.message in {passphrase.BAD_SALT, passphrase.WRONG}


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{}"])
def test_a_salt_file_that_cannot_be_read_is_told(base: Path, content: bytes) -> None:
    passphrase.salt_file(base).write_bytes(content)
    with pytest.raises(StoreFailure) as refused:
        passphrase.known_key(base, PASSPHRASE)
    assert refused.value.message == passphrase.BAD_SALT


def test_the_salt_file_says_how_and_holds_neither_passphrase_nor_key(base: Path) -> None:
    key = passphrase.new_key(base, PASSPHRASE)
    file = passphrase.salt_file(base)
    kept = json.loads(file.read_text())
    assert (kept["algorithme"], kept["memoire_kio"], kept["passes"]) == ("argon2id", 65536, 3)
    assert key.hex() not in file.read_text()
    assert PASSPHRASE not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_64_hexadecimal_digits_are_a_key_and_anything_else_a_passphrase(base: Path) -> None:
    assert key_from_given(base, b"AB" * 32 + b"\n") == bytes.fromhex("ab" * 32)
    assert is_raw_key(b"ab" * 32)
    assert not is_raw_key(b"ab" * 31)
    assert not passphrase.salt_file(base).exists()
    made = key_from_given(base, PASSPHRASE.encode() + b"\r\n")
    assert passphrase.known_key(base, PASSPHRASE) == made


@pytest.mark.parametrize("given", [b"", b"\n", b"\xff\xfe\xfd"])
def test_a_key_that_is_nothing_or_no_text_is_refused(base: Path, given: bytes) -> None:
    with pytest.raises(StoreFailure) as refused:
        key_from_given(base, given)
    assert refused.value.code == "cle"


def test_a_raw_key_that_was_given_can_be_remembered(source: KeySource, base: Path) -> None:
    base.write_bytes(b"la base")
    source.remember(bytes(32))
    assert source.key() == bytes(32)
    assert source.kept() == bytes(32)
