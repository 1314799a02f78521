"""The keyring is used when it encrypts, and refused with a sentence when it does not."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend

from osnp_console.app.ports import StoreFailure
from osnp_console.desk.vault import ABSENT, CLEAR, NO_ANSWER, Vault, VaultState
from tests.desk.memory_keyring import (
    Forgetful,
    InMemory,
    Locked,
    PlaintextKeyring,
    chained,
    doing_nothing,
    missing,
)

APPLICATION = "osnp-console-essais"


@pytest.fixture
def vault(memory: InMemory) -> Vault:
    return Vault(APPLICATION)


def test_a_secret_is_kept_and_given_back(vault: Vault, memory: InMemory) -> None:
    assert vault.state is VaultState.WORKS
    assert vault.get("base-1") is None
    vault.set("base-1", "ab" * 32)
    assert vault.get("base-1") == "ab" * 32
    assert memory.kept == {(APPLICATION, "base-1"): "ab" * 32}


@pytest.mark.parametrize(
    ("backend", "state", "sentence"),
    [
        (missing(), VaultState.ABSENT, ABSENT),
        (doing_nothing(), VaultState.ABSENT, ABSENT),
        (PlaintextKeyring(), VaultState.CLEAR, CLEAR),
    ],
    ids=["introuvable", "nul", "en clair"],
)
def test_a_keyring_that_does_not_encrypt_is_refused_with_a_sentence(
    vault: Vault, backend: KeyringBackend, state: VaultState, sentence: str
) -> None:
    keyring.set_keyring(backend)
    assert vault.state is state
    assert vault.try_out() is state
    with pytest.raises(StoreFailure) as refused:
        vault.set("base-1", "secret")
    assert (refused.value.code, refused.value.message) == ("cle", sentence)
    with pytest.raises(StoreFailure) as refused:
        vault.get("base-1")
    assert (refused.value.code, refused.value.message) == ("cle", sentence)
    assert not getattr(backend, "kept", {})


def test_the_sentence_of_a_missing_keyring_is_the_one_of_the_interface() -> None:
    assert ABSENT == (
        "Le trousseau de clés du système est introuvable. "
        "Une phrase de passe ouvrira la base à chaque démarrage."
    )


def _classes_named_as_keyrings_alt() -> list[tuple[type[InMemory], bool]]:
    clear = type("Keyring", (InMemory,), {"__module__": "keyrings.alt.Gnome"})
    base = type("BaseKeyring", (InMemory,), {"__module__": "keyrings.alt.file_base"})
    plain = type("PlaintextKeyring", (base,), {"__module__": "keyrings.alt.file"})
    encrypted = type("EncryptedKeyring", (base,), {"__module__": "keyrings.alt.file"})
    return [(clear, True), (plain, True), (encrypted, False)]


@pytest.mark.parametrize(("kind", "is_clear"), _classes_named_as_keyrings_alt())
def test_what_keyrings_alt_keeps_in_clear_is_known_by_name(
    vault: Vault, kind: type[InMemory], is_clear: bool
) -> None:
    keyring.set_keyring(kind())
    assert vault.state is (VaultState.CLEAR if is_clear else VaultState.WORKS)


def test_in_a_chain_only_the_backend_that_encrypts_ever_sees_a_secret(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear, good = PlaintextKeyring(), InMemory()
    monkeypatch.setattr(ChainerBackend, "backends", [clear, good])
    keyring.set_keyring(chained())
    vault.set("base-1", "secret")
    assert vault.get("base-1") == "secret"
    assert clear.kept == {}
    assert good.kept


@pytest.mark.parametrize("backend", [Locked(), Forgetful()], ids=["verrouillé", "oublieux"])
def test_a_keyring_that_does_not_answer_loses_nothing_and_says_so(
    vault: Vault, backend: KeyringBackend
) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(StoreFailure) as refused:
        vault.set("base-1", "secret")
    assert refused.value.message == NO_ANSWER
    assert vault.try_out() is VaultState.ABSENT


def test_trying_the_keyring_out_leaves_nothing_in_it(vault: Vault, memory: InMemory) -> None:
    assert vault.try_out() is VaultState.WORKS
    assert memory.kept == {}


def test_a_forgotten_secret_is_gone_and_forgetting_twice_is_nothing(vault: Vault, memory: InMemory) -> None:
    vault.set("source-cabinet-mot_de_passe", "un secret")
    vault.set("source-autre-mot_de_passe", "un autre")
    vault.delete("source-cabinet-mot_de_passe")
    vault.delete("source-cabinet-mot_de_passe")
    assert vault.get("source-cabinet-mot_de_passe") is None
    assert list(memory.kept.values()) == ["un autre"]


def test_a_locked_keyring_forgets_nothing_and_says_so(vault: Vault) -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(StoreFailure) as caught:
        vault.delete("source-cabinet-mot_de_passe")
    assert caught.value.code == "cle"
