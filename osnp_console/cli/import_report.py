"""What a command tells of a directory's table that it imported, or only tried."""

from __future__ import annotations

from typing import TypeVar

from osnp_console.app.directory_table import ImportedLine, TableImport
from osnp_console.cli.documents import Document
from osnp_console.cli.program import Program

T = TypeVar("T")


def import_report(report: TableImport[T], only_tried: bool, *, numbered: bool) -> Document:
    """The report as a document; `numbered` puts each line's number of a person in it."""
    return {
        "ajoutes": report.count("ajoute"),
        "remplaces": report.count("remplace"),
        "refuses": report.count("refuse"),
        "essai": only_tried,
        "colonnes_ignorees": list(report.ignored_columns),
        "lignes": [_line(one, numbered=numbered) for one in report.lines],
    }


def _line(one: ImportedLine, *, numbered: bool) -> Document:
    return {
        "ligne": one.line,
        "etat": one.outcome,
        **({"identifiant": one.id} if numbered else {}),
        "nom": one.name,
        "champ": one.field,
        "messages": list(one.messages),
    }


def tell_import(program: Program, report: TableImport[T], only_tried: bool) -> None:
    """In French: the counts, and beside them each line with something to know, each column left aside."""
    for one in report.lines:
        for message in one.messages:
            where = f" ({one.field})" if one.field else ""
            program.stderr.write(f"ligne {one.line}, {one.outcome}\u202f: {message}{where}\n")
    for column in report.ignored_columns:
        program.stderr.write(f"Colonne ignorée\u202f: {column}\n")
    counts = f"{report.count('ajoute')} ajoutés, {report.count('remplace')} remplacés"
    tried = " Rien n’a été écrit (essai)." if only_tried else ""
    program.stdout.write(f"{counts}, {report.count('refuse')} refusés.{tried}\n")
