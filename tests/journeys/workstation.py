"""A workstation for each test: an encrypted base on disk, a keyring in memory, a clock set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.bootstrap.window import OpenWindow, Workplace, make_window
from osnp_console.cli.program import Program
from osnp_console.desk.keys import KeySource
from osnp_console.desk.settings import KeptPreferences
from osnp_console.desk.vault import VaultState
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import PARIS
from osnp_console.domain.desk import Desk
from osnp_console.storage.store import create_store, open_store
from osnp_console.storage.verify import verify_base
from osnp_console.ui.calls import Clock
from tests.ui.doubles import HandClock

NOON = datetime(2026, 11, 24, 10, 2, tzinfo=PARIS)
DESK = Desk(role="osnp", sas="44", number=3)


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
    """Where the console is installed; the same one can be started several times."""

    folder: Path
    program: Program
    keyring: Keyring = field(default_factory=Keyring)
    clock: Clock = field(default_factory=lambda: HandClock(NOON))

    @property
    def file(self) -> Path:
        """The base."""
        return self.folder / "appels.base"

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
        """Settle the desk, as the first start does, and make its base."""
        self.settle(text=text, theme=theme)
        if not self.file.exists():
            codes = CommuneNames(self.program.gazetteer()).codes
            create_store(self.file, self.key(), commune_codes=codes).close()

    def key(self) -> bytes:
        """The base's key."""
        return KeySource(self.file, self.keyring).key()

    def start(self) -> OpenWindow:
        """Start the console: window, base, everything behind."""
        place = Workplace(self.file, self.settings, self.keyring, self.clock)
        return make_window(self.program, self.program.defaults, place)

    def kept_calls(self) -> list[CallRecord]:
        """The open calls as the disk holds them, read by another program while the console is stopped."""
        store = open_store(self.file, self.key())
        try:
            with store.unit() as unit:
                return list(unit.calls.still_open(DESK.code))
        finally:
            store.close()

    def faults(self) -> tuple[str, ...]:
        """What `base verifier` finds wrong."""
        return tuple(fault.message for fault in verify_base(self.file, self.key()).faults)
