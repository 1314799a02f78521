"""Where the key of a base comes from: given with a command, the keyring, or a passphrase."""

from __future__ import annotations

import hashlib
import re
import secrets
from enum import Enum
from pathlib import Path
from typing import Protocol

from osnp_console.app.ports import StoreFailure
from osnp_console.desk import passphrase, vault
from osnp_console.desk.vault import VaultState

LOST = (
    "La clé de cette base n’est pas dans le trousseau de cette session. Rien n’a été modifié. "
    "Ouvrir la session qui a créé la base, donner la clé gardée par l’administrateur, ou, si une phrase de "
    "passe l’ouvrait, remettre son fichier de sel à côté d’elle."
)
NO_KEYRING_NOW = (
    "Le trousseau de clés qui garde la clé de cette base est introuvable. Rien n’est perdu : "
    "ouvrir la session qui a créé la base, donner la clé gardée par l’administrateur, ou, si une phrase de "
    "passe l’ouvrait, remettre son fichier de sel à côté d’elle."
)
BAD_KEY = "La clé gardée dans le trousseau n’a pas la forme d’une clé. Rien n’a été modifié."
ASK = "Cette base s’ouvre par une phrase de passe."
EMPTY = "Aucune clé n’a été donnée."
_HEX = re.compile(r"[0-9a-fA-F]{64}")


class Secrets(Protocol):
    """The part of `Vault` that keys and the agendas' secrets need."""

    @property
    def state(self) -> VaultState: ...
    def get(self, name: str) -> str | None: ...
    def set(self, name: str, secret: str) -> None: ...
    def delete(self, name: str) -> None: ...


class KeyNeed(Enum):
    """What it takes to get the key."""

    NOTHING = "rien"
    PASSPHRASE = "phrase_de_passe"
    NEW_PASSPHRASE = "nouvelle_phrase_de_passe"


class KeySource:
    """The key of one base. Its methods raise StoreFailure (`cle`) with a sentence."""

    def __init__(self, base: Path, keyring: Secrets) -> None:
        self._base = base
        self._keyring = keyring
        # No path in the keyring: it may hold a person's name.
        place = hashlib.sha256(str(base.absolute()).encode()).hexdigest()[:16]
        self._name = f"base-{place}"

    @property
    def need(self) -> KeyNeed:
        """What must be asked of the person before `key`."""
        if passphrase.salt_file(self._base).exists():
            return KeyNeed.PASSPHRASE
        if self._base.exists() or self._keyring.state is VaultState.WORKS:
            return KeyNeed.NOTHING
        return KeyNeed.NEW_PASSPHRASE

    @property
    def message(self) -> str | None:
        """Why a passphrase is asked, None when none is."""
        need = self.need
        if need is KeyNeed.NEW_PASSPHRASE:
            return vault.CLEAR if self._keyring.state is VaultState.CLEAR else vault.ABSENT
        return ASK if need is KeyNeed.PASSPHRASE else None

    def key(self, typed: str | None = None) -> bytes:
        """The key; `typed` is the passphrase when one is needed. A new key only where there is no base."""
        need = self.need
        if need is KeyNeed.NOTHING:
            return self._from_keyring()
        if typed is None:
            raise StoreFailure("cle", self.message or ASK)
        if need is KeyNeed.PASSPHRASE:
            return passphrase.known_key(self._base, typed)
        return passphrase.new_key(self._base, typed)

    def kept(self) -> bytes:
        """The raw key that the keyring has for the base; never makes one."""
        kept = self._in_keyring()
        if kept is None:
            raise StoreFailure("cle", LOST)
        return kept

    def _from_keyring(self) -> bytes:
        if self._base.exists() and self._keyring.state is not VaultState.WORKS:
            raise StoreFailure("cle", NO_KEYRING_NOW)
        kept = self._in_keyring()
        if kept is not None:
            return kept
        if self._base.exists():
            raise StoreFailure("cle", LOST)
        key = secrets.token_bytes(passphrase.KEY_BYTES)
        self._keyring.set(self._name, key.hex())
        return key

    def _in_keyring(self) -> bytes | None:
        kept = self._keyring.get(self._name)
        if kept is None:
            return None
        if not _HEX.fullmatch(kept):
            raise StoreFailure("cle", BAD_KEY)
        return bytes.fromhex(kept)

    def remember(self, key: bytes) -> None:
        """Keep a raw key in the keyring, so that the next start opens the base without asking."""
        self._keyring.set(self._name, key.hex())


def is_raw_key(given: bytes) -> bool:
    """Whether what a command was given is a key and no passphrase."""
    return _HEX.fullmatch(given.decode(errors="replace").rstrip("\r\n")) is not None


def key_from_given(base: Path, given: bytes) -> bytes:
    """The key out of what a command was given: 64 hexadecimal digits are the key, else it is a passphrase.

    A passphrase for a base that does not exist makes its salt. Raises StoreFailure (`cle`).
    """
    try:
        text = given.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise StoreFailure("cle", "La clé donnée n’est pas un texte en UTF-8.") from error
    if not text:
        raise StoreFailure("cle", EMPTY)
    if _HEX.fullmatch(text):
        return bytes.fromhex(text)
    if base.exists() or passphrase.salt_file(base).exists():
        return passphrase.known_key(base, text)
    return passphrase.new_key(base, text)
