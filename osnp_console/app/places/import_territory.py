"""Reads the communes of a CPTS from a CSV: INSEE codes, or names with their département."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from osnp_console.app.errors import Refusal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune, Gazetteer

_CODE = re.compile(r"(\d{2}|2[ABab])\d{3}")
CODE_COLUMNS = ("code", "insee", "code_insee", "code insee", "commune_insee")
NAME_COLUMNS = ("commune", "nom", "nom_commune", "nom commune", "libelle")
DEPARTEMENT_COLUMNS = ("departement", "département", "dep", "dept")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not taken, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class TerritoryEntry:
    """A territory as the site enters it."""

    cpts: str
    departements: tuple[str, ...]
    communes: tuple[Commune, ...]
    author: str
    day: date


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import gives: the entry (None when nothing could be taken), and the lines refused."""

    entry: TerritoryEntry | None
    refused: tuple[RefusedLine, ...]
    repeated: int


def read_territory(
    lines: Iterable[str], cpts: str, catalogue: Catalogue, gazetteer: Gazetteer, author: str, day: date
) -> ImportReport:
    """Read a CSV (comma, semicolon or tab; with or without a heading).

    A name alone is never enough: without a département, or where several communes bear it, the line is
    refused. Former and delegated communes lead to the living one. Raises Refusal when the CPTS is not
    one of the catalogue, or the text is no CSV in UTF-8.
    """
    territory = catalogue.territories.get(cpts)
    if territory is None:
        raise Refusal("introuvable", "Cette CPTS n’est pas au catalogue : donner son nom exact.", "cpts")
    taken: dict[str, Commune] = {}
    refused: list[RefusedLine] = []
    repeated = 0
    for number, cells in _readable(lines):
        found = _commune(cells, gazetteer)
        if isinstance(found, str):
            refused.append(RefusedLine(number, " ; ".join(cell for cell in cells.values() if cell), found))
        elif found.code in taken:
            repeated += 1
        else:
            taken[found.code] = found
    if not taken:
        return ImportReport(None, tuple(refused), repeated)
    covered = {commune.departement for commune in taken.values()} | territory.departements
    communes = tuple(sorted(taken.values(), key=lambda commune: commune.code))
    return ImportReport(
        TerritoryEntry(cpts, tuple(sorted(covered)), communes, author, day), tuple(refused), repeated
    )


def _readable(lines: Iterable[str]) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows; raises Refusal for what is no CSV in UTF-8."""
    try:
        text = list(lines)
        "".join(text).encode("utf-8")
        yield from _rows(text)
    except UnicodeError as error:
        message = "Ce fichier n’est pas en UTF-8 : l’enregistrer en CSV UTF-8."
        raise Refusal("valeur_invalide", message, "fichier") from error
    except csv.Error as error:
        raise Refusal("valeur_invalide", "Ce fichier n’est pas un CSV.", "fichier") from error


def _rows(lines: Iterable[str]) -> Iterable[tuple[int, dict[str, str]]]:
    """Numbered lines as cells under `code`, `name`, `departement`."""
    text = [line.lstrip("\ufeff") for line in lines]
    sample = next((line for line in text if line.strip()), "")
    delimiter = max(";,\t", key=sample.count)
    reader = csv.reader(text, delimiter=delimiter)
    columns: dict[int, str] | None = None
    for cells in reader:
        clean = [cell.strip() for cell in cells]
        if not any(clean):
            continue
        if columns is None:
            columns = _columns(clean)
            if columns:
                continue
        yield reader.line_num, _named(clean, columns)


def _columns(cells: list[str]) -> dict[int, str]:
    """The columns a heading names; empty when the first line is no heading."""
    named = {}
    for index, cell in enumerate(cells):
        for kind, names in (
            ("code", CODE_COLUMNS),
            ("name", NAME_COLUMNS),
            ("departement", DEPARTEMENT_COLUMNS),
        ):
            if cell.lower() in names:
                named[index] = kind
    return named


def _named(cells: list[str], columns: dict[int, str]) -> dict[str, str]:
    if columns:
        return {kind: cells[index] for index, kind in columns.items() if index < len(cells)}
    first, second = cells[0], cells[1] if len(cells) > 1 else ""
    return {"code": first} if _CODE.fullmatch(first) else {"name": first, "departement": second}


def _commune(cells: dict[str, str], gazetteer: Gazetteer) -> Commune | str:
    """The living commune of a line, or why there is none, in French."""
    code = cells.get("code", "")
    if code:
        commune = gazetteer.living(code.upper())
        return commune if commune is not None else f"aucune commune ne porte le code INSEE {code}"
    name, departement = cells.get("name", ""), cells.get("departement", "")
    if not name:
        return "ni code INSEE ni nom"
    if not departement:
        return "un nom sans département ne désigne pas une commune : ajouter le département ou le code INSEE"
    found = gazetteer.by_name(name, departement.upper())
    if not found:
        return f"aucune commune de ce nom dans le département {departement}"
    if len(found) > 1:
        codes = ", ".join(commune.code for commune in found)
        return f"plusieurs communes de ce nom dans le {departement} ({codes}) : donner le code INSEE"
    return found[0]
