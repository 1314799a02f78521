"""Builds every piece and hands the pieces to each other. Imported by the entry point only."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from osnp_console import APPLICATION, __version__
from osnp_console.app.find_commune import CommuneSearch
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import examples, open_catalogue, verify
from osnp_console.catalogue.territory_writing import write_territory
from osnp_console.cli.main import run
from osnp_console.cli.program import Folders, Program
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.resources import resources


def build() -> Program:
    """The program behind the commands, on this workstation's folders and clock."""
    import platformdirs

    cache_folder = Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False))

    def now() -> datetime:
        return datetime.now(UTC)

    @cache
    def gazetteer() -> Gazetteer:
        return load_gazetteer(resources() / "communes" / "communes.tsv.gz")

    @cache
    def catalogue(folders: Folders) -> Catalogue:
        return open_catalogue(folders.catalogue, folders.site, cache_folder, gazetteer().living, now().date())

    return Program(
        version=__version__,
        defaults=Folders(
            resources(), Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "site"
        ),
        now=now,
        gazetteer=gazetteer,
        catalogue=catalogue,
        verify=lambda folders: verify(folders.catalogue, folders.site, gazetteer().living, now().date()),
        examples=examples,
        write_territory=write_territory,
        communes=lambda: CommuneSearch(gazetteer()),
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    return run(build(), sys.argv[1:] if arguments is None else arguments)
