"""Takes the directory of nurses from a table, with a report line by line; and writes it as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from osnp_console.app.csv_table import guarded, table_rows
from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.nurse_fields import read_nurse
from osnp_console.domain.commune import Gazetteer, fold
from osnp_console.domain.prescription.nurses import Nurse

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "nom": ("nom", "nom complet", "infirmier", "infirmiere", "ide", "idel"),
    "prenom": ("prenom", "prenoms"),
    "numero": ("numero", "rpps", "n rpps", "adeli", "n adeli", "numero adeli", "identifiant"),
    "cabinet": ("cabinet", "nom du cabinet", "structure"),
    "telephone": ("telephone", "tel", "portable", "numero de telephone"),
    "courriel": ("courriel", "mail", "email", "e mail", "messagerie", "mssante", "adresse mssante"),
    "commune": ("commune", "ville"),
    "communes": ("communes", "secteur", "secteurs", "communes desservies", "tournee"),
    "horaires": ("horaires", "heures", "disponibilites"),
}
"""What the columns may be called, folded: no accents, no case, no punctuation."""
_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}
FIELDS = tuple(name for name in HEADINGS if name != "prenom")

NO_COLUMN = "La première ligne ne nomme pas de colonne «\u00a0nom\u00a0»."
TWICE = "Cet infirmier est déjà à la ligne {}."


@dataclass(frozen=True, slots=True)
class NurseLine:
    """A line of the table: what became of it (`ajoute`, `remplace`, `refuse`), whose, and what to know.

    `id` is the RPPS or ADELI number, None without one.
    """

    line: int
    outcome: str
    name: str = ""
    field: str | None = None
    messages: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NurseImport:
    """What can be taken, and the report on every line that holds something."""

    nurses: tuple[Nurse, ...]
    lines: tuple[NurseLine, ...]
    ignored_columns: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """How many lines ended so."""
        return sum(one.outcome == outcome for one in self.lines)


def read_nurses(content: bytes, gazetteer: Gazetteer, there: Collection[str]) -> NurseImport:
    """Read a table of nurses; nothing is written.

    The first line names the columns, in French; only `nom` is needed. A commune may bear its département
    after it: `Redon (35)`. `there` are the ids of the directory: a line of one of them replaces. Raises
    Refusal where the content is no table, or has no column for a name.
    """
    rows = table_rows(content)
    _, heading = next(rows, (0, ()))
    columns = [_BY_HEADING.get(fold(cell)) for cell in heading]
    if "nom" not in columns:
        raise Refusal("champ_manquant", NO_COLUMN, "nom")
    lines: list[NurseLine] = []
    taken: dict[str, tuple[int, Nurse]] = {}
    for number, cells in rows:
        said = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
        line, nurse = _line(number, said, gazetteer, there, taken)
        lines.append(line)
        if nurse is not None:
            taken[nurse.id] = number, nurse
    ignored = tuple(cell for cell, name in zip(heading, columns, strict=True) if name is None and cell)
    return NurseImport(tuple(one for _, one in taken.values()), tuple(lines), ignored)


def _line(
    number: int,
    said: Mapping[str, str],
    gazetteer: Gazetteer,
    there: Collection[str],
    taken: Mapping[str, tuple[int, Nurse]],
) -> tuple[NurseLine, Nurse | None]:
    name = " ".join(part for part in (said.get("prenom", ""), said.get("nom", "")) if part)
    try:
        read = read_nurse(said, gazetteer)
    except Refusal as refusal:
        return NurseLine(number, "refuse", name, refusal.field, (refusal.message,)), None
    nurse = read.nurse
    if nurse.id in taken:
        return NurseLine(number, "refuse", name, "nom", (TWICE.format(taken[nurse.id][0]),)), None
    outcome = "remplace" if nurse.id in there else "ajoute"
    told = tuple(sentence for _, sentence in read.remarks)
    return NurseLine(number, outcome, name, None, told, nurse.number or None), nurse


def write_nurses(nurses: Iterable[Nurse]) -> str:
    """The directory as a table with semicolons: read again, it gives the same directory."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(FIELDS)
    for one in nurses:
        writer.writerow([guarded(cell) for cell in _cells(one)])
    return out.getvalue()


def _cells(one: Nurse) -> Sequence[str]:
    hours = one.hours.osm if one.hours is not None else ""
    return (
        one.name, one.number, one.practice, one.phone, one.mail, one.commune, ", ".join(sorted(one.communes)),
        hours,
    )  # fmt: skip
