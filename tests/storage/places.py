"""One place for a base on each kind of store, so that one test says what holds on both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from osnp_console.app.base.care import BaseReport
from osnp_console.storage.engine import connect
from osnp_console.storage.search import CommuneCodes
from osnp_console.storage.server_store import Server, create_server_store, open_server_store
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.store import Store, as_code, create_store, open_store
from osnp_console.storage.verify import verify_base
from tests.storage.kept import KEY
from tests.storage.server import RealServer

FILE, SERVER = "fichier", "serveur"
TEMPLATE = "modele"
"""The base of the tests' server that holds what a new one does."""


class Connected(Protocol):
    """Somebody's own connection to the base, behind the store's back."""

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> Any: ...


class StorePlace(Protocol):
    """Where a test's base is or will be."""

    kind: str

    def create(self, commune_codes: CommuneCodes = as_code) -> Store: ...
    def open(self, commune_codes: CommuneCodes = as_code) -> Store: ...
    def verify(self) -> BaseReport: ...
    def behind(self) -> Any: ...
    @property
    def head(self) -> Path: ...
    @property
    def opening(self) -> str:
        """Python that makes `store`, for another process."""


@dataclass
class FilePlace:
    """An encrypted file."""

    file: Path
    kind: str = FILE

    def create(self, commune_codes: CommuneCodes = as_code) -> Store:
        return create_store(self.file, KEY, commune_codes=commune_codes)

    def open(self, commune_codes: CommuneCodes = as_code) -> Store:
        return open_store(self.file, KEY, commune_codes=commune_codes)

    def verify(self) -> BaseReport:
        return verify_base(self.file, KEY)

    @contextmanager
    def behind(self) -> Iterator[Connected]:
        connection = connect(self.file, KEY)
        try:
            connection.execute("PRAGMA foreign_keys = OFF")
            yield connection
        finally:
            connection.close()

    @property
    def head(self) -> Path:
        return self.file.with_name(self.file.name + ".tete")

    @property
    def opening(self) -> str:
        return (
            "from pathlib import Path\n"
            "from osnp_console.storage.store import open_store\n"
            f"store = open_store(Path({str(self.file)!r}), bytes.fromhex({KEY.hex()!r}))\n"
        )


@dataclass
class ServerPlace:
    """A base of the tests' server; created from a template, which is quicker."""

    server: RealServer
    base: str
    heads: Path
    template: str | None = None
    kind: str = SERVER
    joined: bool = False

    @property
    def own(self) -> Server:
        """As the desk reaches it; it joins the first time."""
        return Server(self.server.address(self.base), None, KEY, self.heads, joins=not self.joined)

    def create(self, commune_codes: CommuneCodes = as_code) -> Store:
        if self.template is None:
            return create_server_store(self.own, commune_codes=commune_codes)
        if self.joined:  # else it still is what it was copied from
            self.server.drop_base(self.base)
            self.server.new_base(self.template, name=self.base)
        return self.open(commune_codes)

    def open(self, commune_codes: CommuneCodes = as_code) -> Store:
        opened = open_server_store(self.own, commune_codes=commune_codes)
        self.joined = True
        return opened

    def verify(self) -> BaseReport:
        return verify_server(self.own)

    @contextmanager
    def behind(self) -> Iterator[Connected]:
        with self.server.connection(self.base) as connection:
            # Foreign keys hold nobody up who may do anything.
            connection.execute("SET session_replication_role = replica")
            yield Marked(connection)

    @property
    def head(self) -> Path:
        (found,) = self.heads.glob("serveur-*.tete")
        return found

    @property
    def opening(self) -> str:
        own = self.own
        return (
            "from pathlib import Path\n"
            "from osnp_console.app.base.address import base_place\n"
            "from osnp_console.storage.server_store import Server, open_server_store\n"
            f"store = open_server_store(Server(base_place({own.address.text!r}), None,"
            f" bytes.fromhex({KEY.hex()!r}), Path({str(self.heads)!r})))\n"
        )


class Marked:
    """SQLite's question marks, as psycopg writes them."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> Any:
        return self._connection.execute(statement.replace("?", "%s"), values)
