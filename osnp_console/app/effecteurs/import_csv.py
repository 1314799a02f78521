"""Takes the directory of effecteurs from a table, with a report line by line; and writes it as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from osnp_console.app.csv_table import table_rows, table_text
from osnp_console.app.directory_table import LineRead, LineReader, Said, TableImport, read_columns, take_lines
from osnp_console.app.effecteurs.fields import FIELDS, Known, effecteur_fields, read_effecteur
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
NEEDED = (("identifiant", "RPPS, SIRET ou FINESS"), ("nom", "nom"))
TWICE = "Ce numéro est déjà à la ligne {}."

EffecteurImport = TableImport[Effecteur]


def read_table(content: bytes, known: Known, there: Collection[str]) -> EffecteurImport:
    """Read a table of effecteurs; nothing is written.

    UTF-8 or Windows-1252, semicolons, commas or tabs; the first line names the columns, in French. `there`
    are the numbers of the directory: a line of one of them replaces. A number given twice is taken once.
    Raises Refusal where the content is no table, or has no column for a number or a name.
    """

    def read(said: Said) -> LineRead[Effecteur]:
        found = read_effecteur(said, known)
        one = found.effecteur
        return LineRead(one, one.id, one.id, one.name, found.warnings)

    rows = table_rows(content)
    columns = read_columns(rows, HEADINGS, NEEDED)
    lines = ((number, _named(columns.names, cells)) for number, cells in rows)
    reader = LineReader(read, lambda said: said.get("nom", ""), ("identifiant", TWICE))
    return take_lines(lines, reader, there, columns.ignored)


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
    said = (effecteur_fields(one) for one in effecteurs)
    return table_text(FIELDS, ([fields[name] for name in FIELDS] for fields in said))
