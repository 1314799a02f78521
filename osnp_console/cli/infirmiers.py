"""`infirmiers importer | lister | retirer | exporter`: the directory of nurses."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.app.prescription.import_nurses import NurseImport, read_nurses, write_nurses
from osnp_console.app.prescription.nurse_directory import (
    all_nurses,
    exported_nurses,
    put_nurses,
    remove_nurse,
    search_nurses,
)
from osnp_console.cli.documents import Document
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.own_file import write_own
from osnp_console.cli.program import Folders, Program
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
    content = _content(program, options.fichier)
    with units(program, options) as open_unit:
        there = frozenset(one.id for one in all_nurses(open_unit))
        report = read_nurses(content, program.gazetteer(), there)
        if report.nurses and not options.essai:
            put_nurses(report.nurses, COMMAND_DESK, program.now())(open_unit)
    if options.json:
        _print(program, _report(report, options.essai))
    else:
        _tell(program, report, options.essai)
    return 0 if report.nurses or not report.lines else 1


def _content(program: Program, name: str) -> bytes:
    if name == "-":
        return program.stdin.read().encode("utf-8", errors="surrogateescape")
    try:
        return Path(name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as error:
        raise Refusal("introuvable", "Le fichier demandé n’existe pas.", "fichier") from error


def _report(report: NurseImport, only_tried: bool) -> Document:
    return {
        "ajoutes": report.count("ajoute"),
        "remplaces": report.count("remplace"),
        "refuses": report.count("refuse"),
        "essai": only_tried,
        "colonnes_ignorees": list(report.ignored_columns),
        "lignes": [
            {
                "ligne": one.line,
                "etat": one.outcome,
                "nom": one.name,
                "champ": one.field,
                "messages": list(one.messages),
            }
            for one in report.lines
        ],
    }


def _tell(program: Program, report: NurseImport, only_tried: bool) -> None:
    for one in report.lines:
        for message in one.messages:
            where = f" ({one.field})" if one.field else ""
            program.stderr.write(f"ligne {one.line}, {one.outcome}\u202f: {message}{where}\n")
    for column in report.ignored_columns:
        program.stderr.write(f"Colonne ignorée\u202f: {column}\n")
    counts = f"{report.count('ajoute')} ajoutés, {report.count('remplace')} remplacés"
    tried = " Rien n’a été écrit (essai)." if only_tried else ""
    program.stdout.write(f"{counts}, {report.count('refuse')} refusés.{tried}\n")


def _list(program: Program, options: argparse.Namespace) -> int:
    """Everybody, or those that a text finds."""
    with units(program, options) as open_unit:
        found = search_nurses(all_nurses(open_unit), options.texte or "")
    if options.json:
        _print(program, [nurse_document(one) for one in found])
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
    _say(program, options, {"id": options.id}, f"Infirmier retiré\u202f: {options.id}.")
    return 0


def _export(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        nurses = exported_nurses(COMMAND_DESK, program.now())(open_unit)
    table = write_nurses(nurses)
    document = {"fichier": options.sortie, "infirmiers": len(nurses)}
    if options.sortie is None:
        if options.json:
            _print(program, {**document, "csv": table})
        else:
            program.stdout.write(table)
        return 0
    # With its mark, which spreadsheets need to know UTF-8.
    write_own(Path(options.sortie), table.encode("utf-8-sig"))
    done = f"{len(nurses)} infirmiers écrits\u202f: {options.sortie}"
    _say(program, options, document, done)
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


def _say(program: Program, options: argparse.Namespace, document: Mapping[str, object], words: str) -> None:
    if options.json:
        _print(program, document)
    else:
        program.stdout.write(words + "\n")


def _print(program: Program, document: object) -> None:
    program.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
