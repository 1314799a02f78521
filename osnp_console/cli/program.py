"""What the commands are given to work with; bootstrap builds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from osnp_console.app.base.address import BasePlace
from osnp_console.app.base.care import BaseCare
from osnp_console.app.base.verification import Problem
from osnp_console.app.effecteurs.lookup import OpenLookUp
from osnp_console.app.local_agenda.calendar_events import ReadEvents
from osnp_console.app.people.accounts import Passwords
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.import_territory import TerritoryEntry
from osnp_console.app.places.whereabouts import OpenCentres
from osnp_console.app.ports import Background, OpenUnit
from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.app.sources.agendas import Connectors
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.app.transfer.sheet import TransferSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.examples import Example


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the catalogue and the site's layer are read."""

    catalogue: Path
    site: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """One piece that was started: whether it works, and what to know about it, in French.

    `works` is None for what the program does without, with a word on what that changes.
    """

    piece: str
    works: bool | None
    message: str


@dataclass(frozen=True, slots=True)
class SimulatorWishes:
    """How to start the simulator: a `port` of 0 is a free one, `at` where its clock starts.

    `tls` is the folder of its throw-away certificates, None for plain HTTP; no `territories` means all.
    """

    address: str
    port: int
    tls: Path | None
    seed: int
    at: datetime
    faults: tuple[str, ...]
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The pieces behind the commands, each built when it is first asked for.

    `units` and `background` open the base of a place with the key or passphrase given, None for the
    workstation's own: the first for this thread, the second on a thread of its own, as agendas need it.
    `desk` is the workstation's code, empty while it was not settled.
    """

    version: str
    defaults: Folders
    now: Callable[[], datetime]
    gazetteer: Callable[[], Gazetteer]
    catalogue: Callable[[Folders], Catalogue]
    verify: Callable[[Folders], Sequence[Problem]]
    examples: Callable[[Path], Iterable[Example]]
    write_territory: Callable[[Path, TerritoryEntry], Path]
    communes: Callable[[], CommuneSearch]
    base: Callable[[], BasePlace]
    desk: Callable[[], str]
    care: Callable[[], BaseCare]
    units: Callable[[BasePlace, bytes | None], AbstractContextManager[OpenUnit]]
    background: Callable[[BasePlace, bytes | None], AbstractContextManager[Background]]
    connectors: Callable[[], Connectors]
    secrets: Callable[[], SecretKeeper]
    passwords: Callable[[], Passwords]
    read_events: Callable[[], ReadEvents]
    transfer_sheet: Callable[[TransferSheet], bytes]
    ide_prescription: Callable[[PrescriptionPaper], bytes]
    annuaire: OpenLookUp
    centres: OpenCentres
    self_check: Callable[[], Sequence[Checked]]
    demonstrate: Callable[[Folders, Path, Sequence[str]], Iterable[str]]
    simulate: Callable[[SimulatorWishes], AbstractContextManager[Mapping[str, object]]]
    window: Callable[[Folders], int]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
