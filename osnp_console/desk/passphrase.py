"""A key from a passphrase: Argon2id, with a salt that lies beside the base.

The file `<base>.sel` holds the salt and the parameters, so that they may grow later without closing older
bases, and a witness that tells a wrong passphrase at once. Without this file the passphrase opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from osnp_console.app.ports import StoreFailure
from osnp_console.desk.folders import write_private

ENDING = ".sel"
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
"""RFC 9106's second recommended set: 64 MiB, three passes, four lanes."""
KEY_BYTES, SALT_BYTES = 32, 16
SHORTEST = 12
"""Characters of a passphrase; shorter ones can be tried out by whoever steals the file."""

WRONG = "Cette phrase de passe n’ouvre pas la base. Rien n’a été modifié. La saisir à nouveau."
TOO_SHORT = f"Une phrase de passe a au moins {SHORTEST} caractères."
NO_SALT = (
    "Le fichier de sel de la base manque : sans lui, la phrase de passe n’ouvre rien. "
    "Le remettre à côté de la base, depuis une copie."
)
BAD_SALT = (
    "Le fichier de sel de la base est illisible. Rien n’a été modifié. "
    "Le remettre à côté de la base, depuis une copie."
)
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 4 * 1024 * 1024, 100, 64


@dataclass(frozen=True, slots=True)
class _Recipe:
    salt: bytes
    memory: int
    passes: int
    lanes: int
    witness: str = ""

    def key(self, passphrase: str) -> bytes:
        from argon2.low_level import Type, hash_secret_raw

        # The same letters typed on another keyboard may be composed another way.
        secret = unicodedata.normalize("NFC", passphrase).encode()
        return hash_secret_raw(secret, self.salt, self.passes, self.memory, self.lanes, KEY_BYTES, Type.ID)


def salt_file(base: Path) -> Path:
    """The file of the salt; a base that has one opens by passphrase."""
    return base.with_name(base.name + ENDING)


def new_key(base: Path, passphrase: str) -> bytes:
    """A key for a base that is to be created, its salt written beside; takes about 0.2 s.

    Raises StoreFailure (`cle` when the passphrase is too short, `disque`).
    """
    if len(passphrase) < SHORTEST:
        raise StoreFailure("cle", TOO_SHORT)
    recipe = _Recipe(os.urandom(SALT_BYTES), MEMORY_KIB, PASSES, LANES)
    key = recipe.key(passphrase)
    document = {
        "algorithme": "argon2id",
        "sel": recipe.salt.hex(),
        "memoire_kio": recipe.memory,
        "passes": recipe.passes,
        "voies": recipe.lanes,
        "temoin": _witness(key),
    }
    try:
        write_private(salt_file(base), json.dumps(document, indent=1).encode())
    except OSError as error:
        raise StoreFailure(
            "disque", "Le fichier de sel ne peut pas être écrit : la base n’a pas été créée."
        ) from error
    return key


def known_key(base: Path, passphrase: str) -> bytes:
    """The key of a base that has a salt; raises StoreFailure (`cle`) that says what is wrong."""
    recipe = _read(salt_file(base))
    key = recipe.key(passphrase)
    if not hmac.compare_digest(recipe.witness, _witness(key)):
        raise StoreFailure("cle", WRONG)
    return key


def _read(file: Path) -> _Recipe:
    try:
        document = json.loads(file.read_bytes())
        recipe = _Recipe(
            bytes.fromhex(document["sel"]),
            int(document["memoire_kio"]),
            int(document["passes"]),
            int(document["voies"]),
            str(document["temoin"]),
        )
        is_ours = document["algorithme"] == "argon2id"
    except FileNotFoundError as error:
        raise StoreFailure("cle", NO_SALT) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreFailure("cle", BAD_SALT) from error
    # A changed file must neither exhaust the memory nor hold the start for hours.
    within = (
        8 * recipe.lanes <= recipe.memory <= _MOST_MEMORY_KIB
        and 1 <= recipe.passes <= _MOST_PASSES
        and 1 <= recipe.lanes <= _MOST_LANES
        and 8 <= len(recipe.salt) <= 64
    )
    if not (is_ours and within):
        raise StoreFailure("cle", BAD_SALT)
    return recipe


def _witness(key: bytes) -> str:
    return hmac.new(key, b"osnp-console sel", hashlib.sha256).hexdigest()
