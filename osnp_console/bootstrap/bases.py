"""Bases and their keys brought together: what the commands and the window do with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.care import BaseReport, Copied, Migration, OpenedEnds
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import Background, OpenUnit, StoreFailure
from osnp_console.bootstrap.server_bases import ServerBases, refuse_backup, refuse_restore
from osnp_console.desk.keys import KeyNeed, KeySource, Secrets, is_raw_key, key_from_given
from osnp_console.desk.passphrase import salt_file
from osnp_console.desk.vault import VaultState

if TYPE_CHECKING:
    from osnp_console.storage.store import Store

CommuneCodes = Callable[[str], Collection[str]]
NO_BASE = "Il n’y a pas de base à cet endroit. Rien n’a été modifié."
ALREADY = "Une base existe déjà à cet endroit. Rien n’a été modifié."
BY_DESCRIPTOR = "Cette base s’ouvre par une phrase de passe : la donner par --cle-fd."
NO_KEYRING = (
    "Aucun trousseau de clés ne garde la clé de la base : donner une clé ou une phrase de passe par --cle-fd."
)


class DeskBases:
    """`app.base_care.BaseCare` on this workstation: keys from the command, else from the keyring.

    `own` is the workstation's own base, `data` its folder, `tell` says what a command waits for.
    """

    def __init__(
        self,
        keyring: Secrets,
        own: BasePlace,
        now: Callable[[], datetime],
        data: Path,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self._keyring = keyring
        self._own = own
        self._now = now
        self._data = data
        self._tell = tell

    def on_server(self, address: ServerAddress) -> ServerBases:
        """What is done with a base on a server."""
        return ServerBases(address, self._keyring, self._data, self._tell)

    def create(self, place: BasePlace, secret: bytes | None) -> str | None:
        """Create an encrypted base, or one on a server, where there is none."""
        if isinstance(place, ServerAddress):
            return self.on_server(place).create(secret)
        from osnp_console.storage.store import create_store

        if place.exists():
            raise StoreFailure("interdit", ALREADY)
        had_salt = salt_file(place).exists()
        try:
            create_store(place, self._key(place, secret)).close()
        except BaseException:
            if not had_salt:
                salt_file(place).unlink(missing_ok=True)
            raise
        self._remember(place, secret)
        return None

    def migrate(self, place: BasePlace, secret: bytes | None) -> Migration:
        """Bring its schema up to date, a file after a copy."""
        if isinstance(place, ServerAddress):
            return self.on_server(place).migrate(secret)
        from osnp_console.storage.backup import migrate_base

        before, after, copy = migrate_base(place, self.existing_key(place, secret))
        return Migration(before, after, copy)

    def verify(self, place: BasePlace, secret: bytes | None) -> BaseReport:
        """Check pages, journal and facts; changes nothing."""
        if isinstance(place, ServerAddress):
            return self.on_server(place).verify(secret)
        from osnp_console.storage.verify import verify_base

        return verify_base(place, self.existing_key(place, secret))

    def back_up(self, place: BasePlace, secret: bytes | None, target: Path) -> None:
        """Write a consistent encrypted copy of a file."""
        if isinstance(place, ServerAddress):
            refuse_backup()
        from osnp_console.storage.backup import back_up

        back_up(place, self.existing_key(place, secret), target)

    def restore(self, file: BasePlace, secret: bytes | None, source: Path) -> Path | None:
        """Put a verified copy in place of a file; returns where the replaced base is kept."""
        if isinstance(file, ServerAddress):
            refuse_restore()
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

    def copy(
        self, source: BasePlace, secret: bytes | None, target: BasePlace, target_secret: bytes | None
    ) -> Copied:
        """Copy a base into an empty place, which gets the same key; no console may have it open."""
        from osnp_console.bootstrap.copying import copy_bases

        return copy_bases(self, source, secret, target, target_secret)

    @contextmanager
    def ends(self, place: BasePlace, secret: bytes | None) -> Iterator[OpenedEnds]:
        """The base for one command, with the ends of its chains as this desk noted them."""
        store = self._opening(place, secret)()
        try:
            yield OpenedEnds(store.unit, store.ends())
        finally:
            store.close()

    @contextmanager
    def units(self, place: BasePlace, secret: bytes | None) -> Iterator[OpenUnit]:
        """The base for one command, on this thread; a console may have it open meanwhile.

        An older base is migrated, a file after a copy, as the window does. Raises StoreFailure, Refusal.
        """
        store = self._opening(place, secret)()
        try:
            yield store.unit
        finally:
            store.close()

    @contextmanager
    def background(self, place: BasePlace, secret: bytes | None) -> Iterator[Background]:
        """The same base on a thread of its own, for what waits no longer than its deadline."""
        from osnp_console.storage.thread import StoreThread

        thread = StoreThread(self._opening(place, secret))
        try:
            thread.opened().result()
            yield thread
        finally:
            thread.close()

    def _opening(self, place: BasePlace, secret: bytes | None) -> Callable[[], Store]:
        if isinstance(place, ServerAddress):
            bases = self.on_server(place)
            found = bases.keys.secrets(secret)

            def open_there() -> Store:
                store = bases.open(found)
                if found.given and place == self._own:
                    bases.keys.remember(found)
                return store

            return open_there
        from osnp_console.storage.store import open_store

        key = self.existing_key(place, secret)
        return lambda: open_store(place, key)

    def existing_key(self, file: Path, secret: bytes | None) -> bytes:
        """The key of a base that is there; raises StoreFailure, Refusal."""
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

    def keep_key(self, file: Path, key: bytes) -> None:
        """Keep the key of a base made just now, where the session has a keyring."""
        if self._keyring.state is VaultState.WORKS:
            KeySource(file, self._keyring).remember(key)

    def _remember(self, file: Path, secret: bytes | None) -> None:
        """On the workstation's own base, a raw key that was given opens it at the next start too."""
        own = isinstance(self._own, Path) and file.absolute() == self._own.absolute()
        if own and secret is not None and is_raw_key(secret) and self._keyring.state is VaultState.WORKS:
            KeySource(file, self._keyring).remember(key_from_given(file, secret))
