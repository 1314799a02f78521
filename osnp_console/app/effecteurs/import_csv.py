"""Takes the directory of effecteurs from a table, with a report line by line; and writes it as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from osnp_console.app.csv_table import guarded, table_rows
from osnp_console.app.effecteurs.fields import FIELDS, Known, effecteur_fields, read_effecteur
from osnp_console.app.errors import Refusal
from osnp_console.domain.commune import fold
from osnp_console.domain.effecteur import Effecteur

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "identifiant": (
        "identifiant", "id", "numero", "rpps", "n rpps", "numero rpps", "identifiant rpps", "siret",
        "n siret", "numero siret", "finess", "n finess", "numero finess", "identifiant pp",
    ),
    "nom": ("nom", "nom d exercice", "nom complet", "effecteur", "praticien", "raison sociale"),
    "prenom": ("prenom", "prenoms", "prenom d exercice"),
    "profession": ("profession", "libelle profession", "specialite", "metier"),
    "dispositifs": ("dispositifs", "dispositif", "cpts"),
    "sources": ("sources", "source", "agendas", "agenda"),
    "structure": ("structure", "identifiant structure", "numero structure"),
    "lieu": ("lieu", "cabinet", "nom du lieu"),
    "adresse": ("adresse", "rue", "voie"),
    "code_postal": ("code postal", "cp"),
    "commune": ("commune", "ville", "libelle commune"),
    "telephone_lieu": ("telephone lieu", "telephone du lieu", "telephone cabinet", "telephone du cabinet"),
    "telephone": ("telephone", "tel", "telephone direct", "numero de telephone"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng"),
    "note": ("note", "notes", "remarque", "remarques", "commentaire"),
}  # fmt: skip
"""What the columns may be called, folded: no accents, no case, no punctuation."""
_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of the table: what became of it, whose it is, and what to know.

    `outcome` is `ajoute`, `remplace` or `refuse`; `field` is the column that is wrong; `messages` are French
    sentences: why it was refused, or what to read again.
    """

    line: int
    outcome: str
    id: str | None = None
    name: str = ""
    field: str | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffecteurImport:
    """What can be taken, and the report on every line that holds something."""

    effecteurs: tuple[Effecteur, ...]
    lines: tuple[ImportedLine, ...]
    ignored_columns: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """How many lines ended so."""
        return sum(one.outcome == outcome for one in self.lines)


def read_table(content: bytes, known: Known, there: Collection[str]) -> EffecteurImport:
    """Read a table of effecteurs; nothing is written.

    UTF-8 or Windows-1252, semicolons, commas or tabs; the first line names the columns, in French. `there`
    are the numbers of the directory: a line of one of them replaces. A number given twice is taken once.
    Raises Refusal where the content is no table, or has no column for a number or a name.
    """
    rows = table_rows(content)
    _, heading = next(rows, (0, ()))
    columns = [_BY_HEADING.get(fold(cell)) for cell in heading]
    for name, what in (("identifiant", "RPPS, SIRET ou FINESS"), ("nom", "nom")):
        if name not in columns:
            raise Refusal(
                "champ_manquant", f"La première ligne ne nomme pas de colonne «\u00a0{what}\u00a0».", name
            )
    lines: list[ImportedLine] = []
    taken: dict[str, tuple[int, Effecteur]] = {}
    for number, cells in rows:
        line, effecteur = _line(number, _named(columns, cells), known, there, taken)
        lines.append(line)
        if effecteur is not None:
            taken[effecteur.id] = number, effecteur
    ignored = tuple(cell for cell, name in zip(heading, columns, strict=True) if name is None and cell)
    return EffecteurImport(tuple(one for _, one in taken.values()), tuple(lines), ignored)


def _line(
    number: int,
    said: Mapping[str, str],
    known: Known,
    there: Collection[str],
    taken: Mapping[str, tuple[int, Effecteur]],
) -> tuple[ImportedLine, Effecteur | None]:
    name = said.get("nom", "")
    try:
        read = read_effecteur(said, known)
    except Refusal as refusal:
        field = refusal.field
        return ImportedLine(number, "refuse", None, name, field, (refusal.message,)), None
    one = read.effecteur
    if one.id in taken:
        said_twice = f"Ce numéro est déjà à la ligne {taken[one.id][0]}."
        return ImportedLine(number, "refuse", one.id, name, "identifiant", (said_twice,)), None
    outcome = "remplace" if one.id in there else "ajoute"
    return ImportedLine(number, outcome, one.id, one.name, messages=read.warnings), one


def _named(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """The cells by field; a first name goes before the name."""
    said: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name is None or not cell:
            continue
        if name in said:
            said[name] = f"{said[name]},{cell}" if name == "dispositifs" else said[name]
        else:
            said[name] = cell
    first = said.pop("prenom", "")
    if first and "nom" in said:
        said["nom"] = f"{first} {said['nom']}"
    return said


def write_table(effecteurs: Iterable[Effecteur]) -> str:
    """The directory as a table with semicolons: read again, it gives the same directory.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(FIELDS)
    for one in effecteurs:
        fields = effecteur_fields(one)
        writer.writerow([guarded(fields[name]) for name in FIELDS])
    return out.getvalue()
