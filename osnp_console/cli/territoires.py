"""`territoires importer | lister`: the gap that no source closes."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from osnp_console.app.errors import Refusal
from osnp_console.app.places.import_territory import ImportReport, TerritoryEntry, read_territory
from osnp_console.app.places.keep_territory import keep_territory
from osnp_console.cli.answering import print_json
from osnp_console.cli.opened_base import units_of_own_base
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import lines_of, read_instant


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the two; raises Refusal, StoreFailure."""
    return (
        _import(program, folders, options)
        if options.verb == "importer"
        else _list(program, folders, options.json)
    )


def _import(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    catalogue = program.catalogue(folders)
    author = (options.auteur if options.auteur is not None else _session_name()).strip()
    if not author.isprintable() or not author:
        raise Refusal("valeur_invalide", "Un territoire saisi porte le nom de qui l’a saisi.", "auteur")
    day = read_instant(options.instant, program.now()).date()
    with lines_of(options.fichier, program.stdin) as lines:
        report = read_territory(lines, options.cpts, catalogue, program.gazetteer(), author, day)
    file = _write(program, folders, options, report.entry) if report.entry is not None else None
    if options.json:
        print_json(program, _report(report, str(file) if file else None))
    else:
        _tell(program, report, str(file) if file else None)
    return 0 if report.entry is not None else 1


def _write(program: Program, folders: Folders, options: argparse.Namespace, entry: TerritoryEntry) -> Path:
    """Write it for whoever acts; a desk that has no base yet has no accounts either."""

    def write(entry: TerritoryEntry) -> Path:
        return program.write_territory(folders.site, entry)

    with units_of_own_base(program, options) as open_unit:
        return keep_territory(open_unit, entry, write) if open_unit is not None else write(entry)


def _session_name() -> str:
    """The name of the desk's session; raises Refusal where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise Refusal(
            "champ_manquant", "Le système ne dit pas qui saisit : ajouter --auteur.", "auteur"
        ) from error


def _report(report: ImportReport, file: str | None) -> dict[str, object]:
    return {
        "fichier": file,
        "communes": [commune.code for commune in report.entry.communes] if report.entry is not None else [],
        "departements": list(report.entry.departements) if report.entry is not None else [],
        "repetees": report.repeated,
        "refusees": [{"ligne": one.line, "texte": one.text, "raison": one.why} for one in report.refused],
    }


def _tell(program: Program, report: ImportReport, file: str | None) -> None:
    count = len(report.entry.communes) if report.entry is not None else 0
    for one in report.refused:
        program.stdout.write(f"ligne {one.line} refusée : {one.text} : {one.why}\n")
    ending = f"écrit dans {file}" if file else "rien n’a été écrit"
    program.stdout.write(
        f"{count} communes, {report.repeated} répétées, {len(report.refused)} refusées ; {ending}\n"
    )


def _list(program: Program, folders: Folders, as_json: bool) -> int:
    rows = [
        {
            "cpts": territory.cpts,
            "departements": sorted(territory.departements),
            "communes": len(territory.communes) if territory.communes is not None else None,
            "entier": territory.whole,
            "origine": territory.source.document if territory.source is not None else None,
        }
        for territory in program.catalogue(folders).territories.values()
    ]
    if as_json:
        print_json(program, rows)
        return 0
    for row in rows:
        known = (
            "département entier"
            if row["entier"]
            else row["communes"]
            if row["communes"] is not None
            else "non décrit"
        )
        program.stdout.write(f"{row['cpts']:<60} {known} ({row['origine']})\n")
    return 0
