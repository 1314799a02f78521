"""Takes the directory of nurses from a table, with a report line by line; and writes it as one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from osnp_console.app.csv_table import guarded, table_rows
from osnp_console.app.errors import Refusal
from osnp_console.domain.commune import Commune, Gazetteer, fold
from osnp_console.domain.hours import Hours
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.phone import read_phone
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
_ADELI = re.compile(r"[0-9AB]{9}", re.ASCII)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")

NO_NAME = "Cette ligne n’a pas de nom."
NOT_A_NUMBER = "Ni un RPPS (onze chiffres) ni un numéro ADELI (neuf)\u202f: à relire."
NOT_A_MAIL = "Cette adresse n’a pas la forme d’une adresse de messagerie\u202f: gardée à relire."
NO_COLUMN = "La première ligne ne nomme pas de colonne «\u00a0nom\u00a0»."
TWICE = "Cet infirmier est déjà à la ligne {}."
UNKNOWN_COMMUNE = "Commune non reconnue\u202f: {}."
UNREAD_HOURS = "Heures non reconnues\u202f: {}. Elles ne seront pas suivies."


@dataclass(frozen=True, slots=True)
class NurseLine:
    """A line of the table: what became of it (`ajoute`, `remplace`, `refuse`), whose, and what to know."""

    line: int
    outcome: str
    name: str = ""
    field: str | None = None
    messages: tuple[str, ...] = ()


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
    if not said.get("nom"):
        return NurseLine(number, "refuse", name, "nom", (NO_NAME,)), None
    messages: list[str] = []
    known_number = _number(said.get("numero", ""))
    if said.get("numero") and not known_number:
        return NurseLine(number, "refuse", name, "numero", (NOT_A_NUMBER,)), None
    nurse = Nurse(
        id=known_number or _own_id(name, said),
        name=name,
        number=known_number,
        practice=said.get("cabinet", ""),
        phone=_phone(said.get("telephone", ""), messages),
        mail=_mail(said.get("courriel", ""), messages),
        communes=_communes(said.get("communes", ""), gazetteer, messages),
        commune=_commune(said.get("commune", ""), gazetteer, messages),
        hours=_hours(said.get("horaires", ""), messages),
    )
    if nurse.id in taken:
        return NurseLine(number, "refuse", name, "nom", (TWICE.format(taken[nurse.id][0]),)), None
    outcome = "remplace" if nurse.id in there else "ajoute"
    return NurseLine(number, outcome, name, None, tuple(messages)), nurse


def _number(text: str) -> str:
    """An RPPS or an ADELI number, empty when it is neither."""
    bare = "".join(text.split()).upper()
    rpps = read_rpps(bare).number if bare else None
    return rpps or (bare if _ADELI.fullmatch(bare) else "")


def _own_id(name: str, said: Mapping[str, str]) -> str:
    """The key of somebody without a number: the same at each import of the same name and practice."""
    whole = "\0".join(fold(part) for part in (name, said.get("cabinet", "")))
    return f"ide-{sha256(whole.encode()).hexdigest()[:20]}"


def _phone(text: str, messages: list[str]) -> str:
    read = read_phone(text)
    if text and read.warning is not None:
        messages.append(read.warning)
    return read.e164 or text


def _mail(text: str, messages: list[str]) -> str:
    if text and not _MAIL.fullmatch(text):
        messages.append(NOT_A_MAIL)
    return text


def _communes(text: str, gazetteer: Gazetteer, messages: list[str]) -> frozenset[str]:
    parts = (part.strip() for part in re.split(r"[,;/|\n]", text))
    codes = (_commune(part, gazetteer, messages) for part in parts if part)
    return frozenset(code for code in codes if code)


def _commune(text: str, gazetteer: Gazetteer, messages: list[str]) -> str:
    """An INSEE code, from a code or a name with its département; empty, and told, when it is neither."""
    if not text:
        return ""
    found = _found(text, gazetteer)
    if found is None:
        messages.append(UNKNOWN_COMMUNE.format(text))
        return ""
    return found.code


def _found(text: str, gazetteer: Gazetteer) -> Commune | None:
    living = gazetteer.living(text.upper())
    if living is not None:
        return living
    named = re.fullmatch(r"(.+?)\s*\(?(\d{2,3}|2[AB])\)?", text.strip())
    if named is None:
        return None
    communes = gazetteer.by_name(named[1], named[2])
    return communes[0] if len(communes) == 1 else None


def _hours(text: str, messages: list[str]) -> Hours | None:
    """Hours in OSM syntax; others are told and not followed."""
    if not text:
        return None
    hours = Hours(text, text)
    try:
        hours.check()
    except ValueError:
        messages.append(UNREAD_HOURS.format(text))
        return None
    return hours


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
