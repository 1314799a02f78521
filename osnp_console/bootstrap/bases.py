"""Bases and their keys brought together: what the commands and the window do with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from osnp_console.app.base_care import BaseReport, Migration
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import Background, OpenUnit, StoreFailure
from osnp_console.desk.keys import KeyNeed, KeySource, Secrets, is_raw_key, key_from_given
from osnp_console.desk.passphrase import salt_file
from osnp_console.desk.vault import VaultState

CommuneCodes = Callable[[str], Collection[str]]
NO_BASE = "Il n’y a pas de base à cet endroit. Rien n’a été modifié."
ALREADY = "Une base existe déjà à cet endroit. Rien n’a été modifié."
BY_DESCRIPTOR = "Cette base s’ouvre par une phrase de passe : la donner par --cle-fd."
NO_KEYRING = (
    "Aucun trousseau de clés ne garde la clé de la base : donner une clé ou une phrase de passe par --cle-fd."
)


class DeskBases:
    """`app.base_care.BaseCare` on this workstation: keys from the command, else from the keyring."""

    def __init__(self, keyring: Secrets, own: Path, now: Callable[[], datetime]) -> None:
        self._keyring = keyring
        self._own = own
        self._now = now

    def create(self, file: Path, secret: bytes | None) -> None:
        """Create an encrypted base where there is none."""
        from osnp_console.storage.store import create_store

        if file.exists():
            raise StoreFailure("interdit", ALREADY)
        had_salt = salt_file(file).exists()
        try:
            create_store(file, self._key(file, secret)).close()
        except BaseException:
            if not had_salt:
                salt_file(file).unlink(missing_ok=True)
            raise
        self._remember(file, secret)

    def migrate(self, file: Path, secret: bytes | None) -> Migration:
        """Bring its schema up to date, after a copy."""
        from osnp_console.storage.backup import migrate_base

        before, after, copy = migrate_base(file, self._existing_key(file, secret))
        return Migration(before, after, copy)

    def verify(self, file: Path, secret: bytes | None) -> BaseReport:
        """Check pages, journal and facts; changes nothing."""
        from osnp_console.storage.verify import verify_base

        return verify_base(file, self._existing_key(file, secret))

    def back_up(self, file: Path, secret: bytes | None, target: Path) -> None:
        """Write a consistent encrypted copy."""
        from osnp_console.storage.backup import back_up

        back_up(file, self._existing_key(file, secret), target)

    def restore(self, file: Path, secret: bytes | None, source: Path) -> Path | None:
        """Put a verified copy in place; returns where the replaced base is kept."""
        from osnp_console.desk.single_instance import BaseLock
        from osnp_console.storage.backup import restore

        if not source.is_file():
            raise StoreFailure("introuvable", "La copie demandée n’existe pas. Rien n’a été modifié.")
        if secret is not None:
            key = key_from_given(source, secret)
        elif salt_file(source).exists():
            raise Refusal("champ_manquant", BY_DESCRIPTOR, "cle-fd")
        else:
            key = KeySource(file, self._keyring).kept()
        with BaseLock(file):
            replaced = restore(file, key, source, self._now())
        self._remember(file, secret)
        return replaced

    @contextmanager
    def units(self, file: Path, secret: bytes | None) -> Iterator[OpenUnit]:
        """The base for one command, on this thread; a console may have it open meanwhile.

        An older base is migrated after a copy, as the window does. Raises StoreFailure, Refusal.
        """
        from osnp_console.storage.store import open_store

        store = open_store(file, self._existing_key(file, secret))
        try:
            yield store.unit
        finally:
            store.close()

    @contextmanager
    def background(self, file: Path, secret: bytes | None) -> Iterator[Background]:
        """The same base on a thread of its own, for what waits no longer than its deadline."""
        from osnp_console.storage.store import open_store
        from osnp_console.storage.thread import StoreThread

        key = self._existing_key(file, secret)
        thread = StoreThread(lambda: open_store(file, key))
        try:
            thread.opened().result()
            yield thread
        finally:
            thread.close()

    def _existing_key(self, file: Path, secret: bytes | None) -> bytes:
        from osnp_console.storage.swap import finish_swap

        if not file.is_file():
            raise StoreFailure("introuvable", NO_BASE)
        finish_swap(file)
        return self._key(file, secret)

    def _key(self, file: Path, secret: bytes | None) -> bytes:
        if secret is not None:
            return key_from_given(file, secret)
        source = KeySource(file, self._keyring)
        if source.need is KeyNeed.NOTHING:
            return source.key()
        message = BY_DESCRIPTOR if source.need is KeyNeed.PASSPHRASE else NO_KEYRING
        raise Refusal("champ_manquant", message, "cle-fd")

    def _remember(self, file: Path, secret: bytes | None) -> None:
        """On the workstation's own base, a raw key that was given opens it at the next start too."""
        own = file.absolute() == self._own.absolute()
        if own and secret is not None and is_raw_key(secret) and self._keyring.state is VaultState.WORKS:
            KeySource(file, self._keyring).remember(key_from_given(file, secret))
