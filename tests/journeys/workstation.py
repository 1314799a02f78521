"""A workstation for each test: its base, a keyring in memory, a clock set by hand.

The base is an encrypted file of its own, or lies on a server as that of a room of desks does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import psycopg

from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.cli.program import Program
from osnp_console.desk.keys import KeySource
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets
from osnp_console.desk.settings import KeptPreferences
from osnp_console.desk.vault import VaultState
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import PARIS
from osnp_console.domain.desk import Desk
from osnp_console.storage.engine import connect
from osnp_console.storage.search import CommuneCodes
from osnp_console.storage.server_store import Server, open_server_store
from osnp_console.storage.server_verify import verify_server
from osnp_console.storage.store import Store, as_code, create_store, open_store
from osnp_console.storage.verify import verify_base
from osnp_console.ui.calls import Clock
from tests.storage.places import Connected, Marked
from tests.ui.doubles import HandClock

NOON = datetime(2026, 11, 24, 10, 2, tzinfo=PARIS)
DESK = Desk(role="osnp", sas="44", number=3)
SITE_KEY = bytes(range(32))
"""Seals the journal of the bases on the tests' server."""


@dataclass
class Keyring:
    """A keyring that keeps its secrets in memory."""

    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> VaultState:
        return VaultState.WORKS

    def get(self, name: str) -> str | None:
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self.secrets.pop(name, None)


@dataclass
class Workstation:
    """Where the console is installed; the same one can be started several times.

    `address` is where its base is on a server; without it the base is a file.
    """

    folder: Path
    program: Program
    keyring: Keyring = field(default_factory=Keyring)
    clock: Clock = field(default_factory=lambda: HandClock(NOON))
    address: ServerAddress | None = None

    @property
    def file(self) -> Path:
        """The base, where it is a file."""
        assert self.address is None, "the base is on a server"
        return self.folder / "appels.base"

    @property
    def place(self) -> BasePlace:
        """Where the base is."""
        return self.address or self.file

    @property
    def reached(self) -> Server:
        """The base on the server as this desk reaches it."""
        assert self.address is not None, "the base is a file"
        return Server(self.address, None, SITE_KEY, self.folder)

    @property
    def settings(self) -> Path:
        """The settings."""
        return self.folder / "reglages.json"

    @property
    def hand_clock(self) -> HandClock:
        """The clock, when it is one that is set by hand."""
        assert isinstance(self.clock, HandClock)
        return self.clock

    def settle(self, *, text: int = 100, theme: str = LIGHT) -> None:
        """Settle the desk, as the first start does."""
        KeptPreferences(self.settings).save(
            Preferences(
                desk=DESK,
                theme=theme,
                text_scale=text,
                emergency_name="ARM du SAMU 44",
                emergency_phone="0240000000",
            )
        )

    def install(self, *, text: int = 100, theme: str = LIGHT) -> None:
        """Settle the desk, as the first start does, and give it its base."""
        self.settle(text=text, theme=theme)
        if self.address is not None:
            if not list(self.folder.glob("serveur-*.tete")):
                ServerKeys(self.address, self.keyring).remember(ServerSecrets(None, SITE_KEY))
                open_server_store(replace(self.reached, joins=True)).close()
        elif not self.file.exists():
            key, contents = _new_base()
            for name, content in contents.items():
                (self.folder / name).write_bytes(content)
            KeySource(self.file, self.keyring).remember(key)

    def key(self) -> bytes:
        """The base's key."""
        return SITE_KEY if self.address is not None else KeySource(self.file, self.keyring).key()

    def start(self) -> OpenWindow:
        """Start the console: window, base, everything behind."""
        place = Workplace(self.place, self.settings, self.keyring, self.clock, self.folder)
        return make_window(self.program, self.program.defaults, place)

    def opened(self, commune_codes: CommuneCodes = as_code) -> Store:
        """The base as another program of this desk opens it."""
        if self.address is not None:
            return open_server_store(self.reached, commune_codes=commune_codes)
        return open_store(self.file, self.key(), commune_codes=commune_codes)

    @contextmanager
    def behind(self) -> Iterator[Connected]:
        """Somebody's own connection to the base, behind the console's back."""
        if self.address is not None:
            with psycopg.connect(self.address.text, autocommit=True) as link:
                yield Marked(link)
            return
        connection = connect(self.file, self.key())
        try:
            yield connection
        finally:
            connection.close()

    def kept_calls(self) -> list[CallRecord]:
        """The open calls as the base holds them, read by another program while the console is stopped."""
        store = self.opened()
        try:
            with store.unit() as unit:
                return list(unit.calls.still_open(DESK.code))
        finally:
            store.close()

    def faults(self) -> tuple[str, ...]:
        """What `base verifier` finds wrong."""
        report = verify_server(self.reached) if self.address else verify_base(self.file, self.key())
        return tuple(fault.message for fault in report.faults)


@cache
def _new_base() -> tuple[bytes, Mapping[str, bytes]]:
    """The key of a base that was just made, and its files; each workstation has a copy."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "appels.base"
        key = KeySource(file, Keyring()).key()
        create_store(file, key).close()
        return key, {one.name: one.read_bytes() for one in Path(made).iterdir()}
