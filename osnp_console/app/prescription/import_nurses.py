"""Takes the directory of nurses from a table, with a report line by line; and writes it as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from osnp_console.app.csv_table import table_rows, table_text
from osnp_console.app.directory_table import LineRead, LineReader, Said, TableImport, read_columns, take_lines
from osnp_console.app.prescription.nurse_fields import read_nurse
from osnp_console.domain.commune import Gazetteer
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
FIELDS = tuple(name for name in HEADINGS if name != "prenom")
NEEDED = (("nom", "nom"),)
TWICE = "Cet infirmier est déjà à la ligne {}."

NurseImport = TableImport[Nurse]


def read_nurses(content: bytes, gazetteer: Gazetteer, there: Collection[str]) -> NurseImport:
    """Read a table of nurses; nothing is written.

    The first line names the columns, in French; only `nom` is needed. A commune may bear its département
    after it: `Redon (35)`. `there` are the ids of the directory: a line of one of them replaces. Raises
    Refusal where the content is no table, or has no column for a name.
    """

    def read(said: Said) -> LineRead[Nurse]:
        found = read_nurse(said, gazetteer)
        one = found.nurse
        told = tuple(sentence for _, sentence in found.remarks)
        return LineRead(one, one.id, one.number or None, one.name, told)

    rows = table_rows(content)
    columns = read_columns(rows, HEADINGS, NEEDED)
    lines = ((number, _said(columns.names, cells)) for number, cells in rows)
    return take_lines(lines, LineReader(read, _name, ("nom", TWICE)), there, columns.ignored)


def _said(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}


def _name(said: Said) -> str:
    return " ".join(part for part in (said.get("prenom", ""), said.get("nom", "")) if part)


def write_nurses(nurses: Iterable[Nurse]) -> str:
    """The directory as a table with semicolons: read again, it gives the same directory."""
    return table_text(FIELDS, (_cells(one) for one in nurses))


def _cells(one: Nurse) -> Sequence[str]:
    hours = one.hours.osm if one.hours is not None else ""
    return (
        one.name, one.number, one.practice, one.phone, one.mail, one.commune, ", ".join(sorted(one.communes)),
        hours,
    )  # fmt: skip
