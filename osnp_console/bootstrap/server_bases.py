"""A base on a server and its secrets brought together, for the commands and the window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from osnp_console.app.base.address import ServerAddress
from osnp_console.app.base.care import BaseReport, Migration
from osnp_console.app.ports import StoreFailure
from osnp_console.desk.keys import Secrets
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from osnp_console.storage.search import CommuneCodes
    from osnp_console.storage.server_store import Server
    from osnp_console.storage.store import Store

SERVERS_OWN = (
    "La sauvegarde d’une base sur un serveur est l’affaire du serveur (pg_dump, copies continues). "
    "« base copier » en fait une copie chiffrée sur ce poste."
)
NOT_RESTORED = (
    "Une base sur un serveur se restaure sur le serveur. Pour y mettre le contenu d’une base de ce poste, "
    "prendre une base vide et « base copier »."
)


class ServerBases:
    """What `DeskBases` does, for one base on a server.

    `heads` is this desk's folder for the ends of the journal's chains; `tell` says what the desk waits for.
    """

    def __init__(
        self, address: ServerAddress, keyring: Secrets, heads: Path, tell: Callable[[str], None]
    ) -> None:
        self._address = address
        self._heads = heads
        self._tell = tell
        self.keys = ServerKeys(address, keyring)

    def server(self, opened: ServerSecrets) -> Server:
        """The base as this desk reaches it."""
        from osnp_console.storage.server_store import Server

        return Server(self._address, opened.password, opened.key, self._heads, opened.given)

    def create(self, secret: bytes | None) -> str | None:
        """Create it in an empty base of the server; the site's key when it was made just now."""
        from osnp_console.storage.server_store import create_server_store

        chosen, made = self.keys.new_secrets(secret)
        create_server_store(self.server(chosen)).close()
        self.keys.remember(chosen)
        return chosen.key.hex() if made else None

    def migrate(self, secret: bytes | None) -> Migration:
        """Bring its schema up to date, one desk at a time."""
        from osnp_console.storage.failures import told
        from osnp_console.storage.server_store import bring_server_up_to_date

        with self._opened(secret, migrate=False) as store, told():
            before, after = bring_server_up_to_date(store.engine, self._wait)
        return Migration(before, after, None)

    def verify(self, secret: bytes | None) -> BaseReport:
        """Check journal and facts; changes nothing."""
        from osnp_console.storage.server_verify import verify_server

        return verify_server(self.server(self.keys.secrets(secret)))

    def open(self, opened: ServerSecrets, commune_codes: CommuneCodes | None = None) -> Store:
        """Open it, migrating an older one."""
        from osnp_console.storage.server_store import open_server_store
        from osnp_console.storage.store import as_code

        return open_server_store(
            self.server(opened), commune_codes=commune_codes or as_code, waiting=self._wait
        )

    @contextmanager
    def _opened(self, secret: bytes | None, *, migrate: bool) -> Iterator[Store]:
        from osnp_console.storage.server_store import open_server_store

        store = open_server_store(self.server(self.keys.secrets(secret)), migrate=migrate)
        try:
            yield store
        finally:
            store.close()

    def _wait(self) -> None:
        from osnp_console.storage.server_store import WAITING

        self._tell(WAITING)


def refuse_backup() -> NoReturn:
    """A server saves its bases itself."""
    raise StoreFailure("interdit", SERVERS_OWN)


def refuse_restore() -> NoReturn:
    """A server restores its bases itself."""
    raise StoreFailure("interdit", NOT_RESTORED)
