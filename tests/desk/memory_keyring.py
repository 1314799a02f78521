"""Keyrings for tests: none of them leaves this process."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


def missing() -> KeyringBackend:
    """What keyring gives where the system has none."""
    return fail.Keyring()  # type: ignore[no-untyped-call]  # keyring types its methods only


def doing_nothing() -> KeyringBackend:
    """What keyring gives where it was told to keep nothing."""
    return null.Keyring()  # type: ignore[no-untyped-call]  # keyring types its methods only


def chained() -> KeyringBackend:
    """What keyring gives where the system has several."""
    return ChainerBackend()  # type: ignore[no-untyped-call]  # keyring types its methods only


class InMemory(KeyringBackend):
    """Keeps secrets as long as the test runs."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring types its methods only
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class PlaintextKeyring(InMemory):
    """Named as the one of keyrings.alt that writes a file in clear."""


class Locked(InMemory):
    """A keyring whose owner has not opened it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(username)


class Forgetful(InMemory):
    """Says that it keeps, and does not."""

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password
