"""`infirmiers importer | lister | retirer | exporter`: the directory of nurses."""

from __future__ import annotations

import argparse

from osnp_console.app.ports import StoreFailure
from osnp_console.app.prescription.import_nurses import read_nurses, write_nurses
from osnp_console.app.prescription.nurse_directory import (
    all_nurses,
    exported_nurses,
    put_nurses,
    remove_nurse,
    search_nurses,
)
from osnp_console.cli.answering import hand_out_table, print_json, say
from osnp_console.cli.documents import Document
from osnp_console.cli.import_report import import_report, tell_import
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import content_of
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import Nurse

NOBODY = "Aucun infirmier."
NOT_THERE = "Cet infirmier n’est pas dans l’annuaire."


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the four; raises Refusal, StoreFailure."""
    del folders  # the catalogue is not read
    verbs = {"importer": _import, "lister": _list, "retirer": _remove, "exporter": _export}
    return verbs[options.verb](program, options)


def _import(program: Program, options: argparse.Namespace) -> int:
    """The report, line by line; 1 when nothing could be taken."""
    content = content_of(options.fichier, program.stdin)
    with units(program, options) as open_unit:
        there = frozenset(one.id for one in all_nurses(open_unit))
        report = read_nurses(content, program.gazetteer(), there)
        if report.entries and not options.essai:
            put_nurses(report.entries, COMMAND_DESK, program.now())(open_unit)
    if options.json:
        print_json(program, import_report(report, options.essai, numbered=False))
    else:
        tell_import(program, report, options.essai)
    return 0 if report.entries or not report.lines else 1


def _list(program: Program, options: argparse.Namespace) -> int:
    """Everybody, or those that a text finds."""
    with units(program, options) as open_unit:
        found = search_nurses(all_nurses(open_unit), options.texte or "")
    if options.json:
        print_json(program, [nurse_document(one) for one in found])
        return 0
    for one in found:
        program.stdout.write(_line(one) + "\n")
    if not found:
        program.stdout.write(f"{NOBODY}\n")
    return 0


def _remove(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        if not remove_nurse(options.id, COMMAND_DESK, program.now())(open_unit):
            raise StoreFailure("introuvable", NOT_THERE)
    say(program, options.json, {"id": options.id}, f"Infirmier retiré\u202f: {options.id}.")
    return 0


def _export(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        nurses = exported_nurses(COMMAND_DESK, program.now())(open_unit)
    table = write_nurses(nurses)
    document = {"fichier": options.sortie, "infirmiers": len(nurses)}
    words = f"{len(nurses)} infirmiers écrits\u202f: {options.sortie}"
    hand_out_table(program, options, document, table, words)
    return 0


def nurse_document(one: Nurse) -> Document:
    """An entry of the directory."""
    return {
        "id": one.id,
        "nom": one.name,
        "numero": one.number or None,
        "cabinet": one.practice or None,
        "telephone": one.phone or None,
        "courriel": one.mail or None,
        "commune": one.commune or None,
        "communes": sorted(one.communes),
        "horaires": one.hours.osm if one.hours is not None else None,
    }


def _line(one: Nurse) -> str:
    phone = read_phone(one.phone).shown if one.phone else ""
    parts = (one.id, one.name, one.practice, phone, one.mail, ", ".join(sorted(one.communes)))
    return " · ".join(part for part in parts if part)
