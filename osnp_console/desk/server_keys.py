"""The secrets of a base on a server: the server's password, and the site's key that seals the journal.

Both are given once, by descriptor or typed, and kept in this session's keyring. Given together they are
the password, then the key (64 hexadecimal digits), on a second line or after a blank. A desk that a
certificate lets in has only the key.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from osnp_console.app.base.address import ServerAddress
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.desk.keys import BAD_KEY, Secrets
from osnp_console.desk.vault import VaultState

KEY_BYTES = 32
NO_SITE_KEY = (
    "Ce poste ne connaît pas encore la clé du site. La donner une fois par --cle-fd, sur une ligne à elle "
    "seule, après celle du mot de passe du serveur s’il en faut un."
)
ASK_AT_START = (
    "Première connexion de ce poste : taper le mot de passe du serveur, une espace, puis la clé du site "
    "que l’administrateur a gardée."
)
ASK_AGAIN = (
    "Le serveur refuse ce que ce poste a gardé : taper le mot de passe du serveur, et, si elle a changé, "
    "une espace puis la clé du site."
)
NOT_TEXT = "Ce que donne --cle-fd n’est pas un texte en UTF-8."
_GIVEN = re.compile(r"(?:(?P<password>.*?)\s+)?(?P<key>[0-9a-fA-F]{64})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ServerSecrets:
    """What opens a base on a server. `given` says that the key came from a person just now."""

    password: str | None
    key: bytes
    given: bool = False


def read_given(given: bytes | None) -> tuple[str | None, bytes | None]:
    """The password and the site's key out of what was given; each None when it is not there.

    Raises StoreFailure (`cle`) for what is no text.
    """
    if given is None:
        return None, None
    try:
        text = given.decode().rstrip("\r\n ")
    except UnicodeDecodeError as error:
        raise StoreFailure("cle", NOT_TEXT) from error
    found = _GIVEN.fullmatch(text)
    if found is None:
        return text or None, None
    return found["password"] or None, bytes.fromhex(found["key"])


class ServerKeys:
    """The secrets of one base on a server. Its methods raise StoreFailure (`cle`) with a sentence."""

    def __init__(self, address: ServerAddress, keyring: Secrets) -> None:
        self._keyring = keyring
        # No name of a server or of a person in the keyring's list.
        place = f"{address.host}\0{address.port}\0{address.base}\0{address.user}"
        self._name = f"serveur-{hashlib.sha256(place.encode()).hexdigest()[:16]}"

    @property
    def keeps(self) -> bool:
        """Whether this session has a keyring that can keep them."""
        return self._keyring.state is VaultState.WORKS

    def secrets(self, given: bytes | None = None) -> ServerSecrets:
        """What opens the base, what was given first; raises Refusal when the site's key is nowhere."""
        return self.chosen(*read_given(given))

    def chosen(self, password: str | None, key: bytes | None) -> ServerSecrets:
        """The same out of a password and a key, each None where the keyring's is meant."""
        kept_key = self._kept_key() if key is None else None
        if key is None and kept_key is None:
            raise Refusal("champ_manquant", NO_SITE_KEY, "cle-fd")
        return ServerSecrets(password or self._kept_password(), key or kept_key or b"", key is not None)

    def new_secrets(self, given: bytes | None) -> tuple[ServerSecrets, bool]:
        """What a base that is to be created opens with, and whether its key was made just now."""
        password, key = read_given(given)
        made = key is None
        chosen = key if key is not None else secrets.token_bytes(KEY_BYTES)
        return ServerSecrets(password or self._kept_password(), chosen, True), made

    @property
    def has_key(self) -> bool:
        """Whether the keyring has the site's key."""
        return self._kept_key() is not None

    def remember(self, opened: ServerSecrets) -> None:
        """Keep what opened the base, where the session has a keyring."""
        if not self.keeps:
            return
        self._keyring.set(f"{self._name}-cle", opened.key.hex())
        if opened.password is not None:
            self._keyring.set(f"{self._name}-mot-de-passe", opened.password)

    def _kept_password(self) -> str | None:
        return self._keyring.get(f"{self._name}-mot-de-passe") if self.keeps else None

    def _kept_key(self) -> bytes | None:
        kept = self._keyring.get(f"{self._name}-cle") if self.keeps else None
        if kept is None:
            return None
        try:
            key = bytes.fromhex(kept)
        except ValueError as error:
            raise StoreFailure("cle", BAD_KEY) from error
        if len(key) != KEY_BYTES:
            raise StoreFailure("cle", BAD_KEY)
        return key
