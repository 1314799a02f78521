"""Builds every piece and hands the pieces to each other. Imported by the entry point only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from osnp_console import APPLICATION, __version__
from osnp_console.app.base.address import BasePlace
from osnp_console.app.local_agenda.calendar_events import ReadEvents
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.app.transfer.sheet import TransferSheet
from osnp_console.bootstrap.bases import DeskBases
from osnp_console.bootstrap.own_desk import settled_desk
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import examples, open_catalogue, verify
from osnp_console.catalogue.territory_writing import write_territory
from osnp_console.cli.main import run
from osnp_console.cli.program import Checked, Folders, Program, SimulatorWishes
from osnp_console.connectors.annuaire import open_annuaire
from osnp_console.connectors.geo import open_geo
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.desk.folders import DeskFolders, desk_folders
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.desk.settings import named_base
from osnp_console.desk.vault import Vault
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.resources import resources


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer(resources() / "communes" / "communes.tsv.gz")


def build() -> Program:
    """The program behind the commands, on this workstation's folders and clock."""
    places = desk_folders(APPLICATION)

    def now() -> datetime:
        return datetime.now(UTC)

    @cache
    def catalogue(folders: Folders) -> Catalogue:
        return open_catalogue(
            folders.catalogue, folders.site, places.cache, _gazetteer().living, now().date()
        )

    def base() -> BasePlace:
        return named_base(places.settings, places.base)

    def bases() -> DeskBases:
        return DeskBases(Vault(APPLICATION), base(), now, places.data, _tell)

    program = Program(
        version=__version__,
        defaults=Folders(resources(), places.config / "site"),
        now=now,
        gazetteer=_gazetteer,
        catalogue=catalogue,
        verify=lambda folders: verify(folders.catalogue, folders.site, _gazetteer().living, now().date()),
        examples=examples,
        write_territory=write_territory,
        communes=lambda: CommuneSearch(_gazetteer()),
        base=base,
        desk=lambda: settled_desk(places.settings),
        care=bases,
        units=lambda place, secret: bases().units(place, secret),
        background=lambda place, secret: bases().background(place, secret),
        connectors=lambda: CONNECTORS,
        secrets=lambda: Vault(APPLICATION),
        passwords=ArgonPasswords,
        read_events=_read_events,
        transfer_sheet=_transfer_sheet,
        ide_prescription=_ide_prescription,
        annuaire=lambda key: open_annuaire(key, now),
        centres=lambda: open_geo(now),
        self_check=tuple,
        demonstrate=lambda folders, pictures, stories: iter(()),
        simulate=lambda wishes: _simulate(wishes, now),
        window=lambda folders: 0,
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
    )
    return replace(
        program,
        self_check=lambda: _check_pieces(program),
        demonstrate=lambda folders, pictures, stories: _demonstrate(program, folders, pictures, stories),
        window=lambda folders: _run_window(program, folders, places),
    )


def _tell(sentence: str) -> None:
    """What a command waits for; not its answer."""
    sys.stderr.write(f"{sentence}\n")


def _demonstrate(program: Program, folders: Folders, pictures: Path, stories: Sequence[str]) -> Iterable[str]:
    from osnp_console.bootstrap.demonstration import demonstrate

    return demonstrate(program, folders, pictures, stories)


def _simulate(
    wishes: SimulatorWishes, now: Callable[[], datetime]
) -> AbstractContextManager[Mapping[str, object]]:
    from osnp_console.connectors.simulator.starting import served

    return served(
        address=wishes.address,
        port=wishes.port,
        tls=wishes.tls,
        seed=wishes.seed,
        at=wishes.at,
        faults=wishes.faults,
        territories=wishes.territories,
        now=now,
    )


def _read_events() -> ReadEvents:
    from osnp_console.connectors.ical.events import read_events

    return read_events


def _ide_prescription(paper: PrescriptionPaper) -> bytes:
    from osnp_console.documents.ide_prescription import ide_prescription

    return ide_prescription(paper)


def _transfer_sheet(sheet: TransferSheet) -> bytes:
    from osnp_console.documents.transfer_sheet import transfer_sheet

    return transfer_sheet(sheet)


def _run_window(program: Program, folders: Folders, places: DeskFolders) -> int:
    from osnp_console.bootstrap.window import run_window
    from osnp_console.bootstrap.workplace import Workplace

    place = Workplace(
        program.base(), places.settings, Vault(APPLICATION), program.now, places.data, places.base
    )
    return run_window(program, folders, place, places.state)


def _check_pieces(program: Program) -> Sequence[Checked]:
    from osnp_console import self_check

    return self_check.run_checks(
        {
            "Catalogue": lambda: self_check.check_catalogue(program),
            "Communes": lambda: self_check.check_communes(program),
            "Base chiffrée": self_check.check_base,
            "Agendas": lambda: self_check.check_agendas(program),
            "Documents": self_check.check_documents,
            "Trousseau de clés": lambda: self_check.check_vault(Vault(APPLICATION)),
            "Polices et pictogrammes": self_check.check_drawings,
            "Fenêtres (Qt)": self_check.check_window,
            "Français": self_check.check_french,
        }
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; without any argument, the window. Returns the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    return run(build(), given or ("fenetre",))
