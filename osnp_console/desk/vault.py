"""The system's keyring, or a refusal: a backend that keeps secrets in clear is never used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from osnp_console.app.ports import StoreFailure

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ABSENT = (
    "Le trousseau de clés du système est introuvable. Une phrase de passe ouvrira la base à chaque démarrage."
)
CLEAR = (
    "Le trousseau de clés de ce poste garde les secrets en clair : la console ne s’en sert pas. "
    "Une phrase de passe ouvrira la base à chaque démarrage."
)
NO_ANSWER = (
    "Le trousseau de clés du système ne répond pas. Rien n’est perdu : "
    "déverrouiller le trousseau, puis relancer la console."
)
_PROBE = "essai"


class VaultState(Enum):
    """What the keyring of this session is worth."""

    WORKS = "marche"
    ABSENT = "absent"
    CLEAR = "en_clair"


class Vault:
    """Secrets by name, in the system's keyring under the application's name."""

    def __init__(self, application: str) -> None:
        self._application = application

    @property
    def state(self) -> VaultState:
        """Whether there is a backend that encrypts; does not read or write any secret."""
        return self._backend()[0]

    def get(self, name: str) -> str | None:
        """The secret of that name, None when there is none; raises StoreFailure (`cle`)."""
        from keyring.errors import KeyringError

        try:
            return self._usable().get_password(self._application, name)
        except KeyringError as error:
            raise StoreFailure("cle", NO_ANSWER) from error

    def set(self, name: str, secret: str) -> None:
        """Keep a secret, and read it back; raises StoreFailure (`cle`)."""
        from keyring.errors import KeyringError

        backend = self._usable()
        try:
            backend.set_password(self._application, name, secret)
            kept = backend.get_password(self._application, name)
        except KeyringError as error:
            raise StoreFailure("cle", NO_ANSWER) from error
        if kept != secret:
            raise StoreFailure("cle", NO_ANSWER)

    def delete(self, name: str) -> None:
        """Forget the secret of that name; nothing when there is none. Raises StoreFailure (`cle`)."""
        from keyring.errors import KeyringError

        backend = self._usable()
        try:
            if backend.get_password(self._application, name) is not None:
                backend.delete_password(self._application, name)
        except KeyringError as error:
            raise StoreFailure("cle", NO_ANSWER) from error

    def try_out(self) -> VaultState:
        """Keep, read and remove a secret of no meaning; what `state` says when that works."""
        from keyring.errors import KeyringError

        state, backend = self._backend()
        if backend is None:
            return state
        try:
            self.set(_PROBE, "essai")
            backend.delete_password(self._application, _PROBE)
        except (StoreFailure, KeyringError):
            return VaultState.ABSENT
        return VaultState.WORKS

    def _usable(self) -> KeyringBackend:
        state, backend = self._backend()
        if backend is None:
            raise StoreFailure("cle", CLEAR if state is VaultState.CLEAR else ABSENT)
        return backend

    def _backend(self) -> tuple[VaultState, KeyringBackend | None]:
        """The first backend of the session's that encrypts.

        A chain is never used as such: it would hand a secret on to the next backend, clear or not.
        """
        import keyring

        clear = False
        for backend in _flat([keyring.get_keyring()]):
            if _is_clear(backend):
                clear = True
            elif not _is_none(backend):
                return VaultState.WORKS, backend
        return (VaultState.CLEAR if clear else VaultState.ABSENT), None


def _flat(backends: Iterable[KeyringBackend]) -> Iterator[KeyringBackend]:
    from keyring.backends.chainer import ChainerBackend

    for backend in backends:
        if isinstance(backend, ChainerBackend):
            yield from _flat(backend.backends)
        else:
            yield backend


def _is_clear(backend: KeyringBackend) -> bool:
    """`keyrings.alt` writes files and registries in clear, but for those it calls encrypted."""
    for kind in type(backend).__mro__:
        name, module = kind.__name__.casefold(), kind.__module__
        if "plaintext" in name or (module.startswith("keyrings.alt") and "encrypted" not in name):
            # An encrypted backend of keyrings.alt inherits from clear ones: its own name decides.
            return "encrypted" not in type(backend).__name__.casefold()
    return False


def _is_none(backend: KeyringBackend) -> bool:
    from keyring.backends import fail, null

    return isinstance(backend, fail.Keyring | null.Keyring)
