"""Turn the registry package of French communes into `resources/communes/communes.tsv.gz`.

Usage: `python3 packaging/build_communes.py [archive.tgz]`

Without an archive, the package is fetched with `npm pack`. The result is the same, byte for byte, each
time it is built from the same archive. Standard library only: it runs before anything is installed.

The resource is a gzip of UTF-8 text: `# key=value` lines, then three sections, each sorted by code:

- `[departements]`: code, name;
- `[communes]`: INSEE code, name, département, postal codes (spaces between), parent commune (municipal
  arrondissements only), population;
- `[alias]`: former code, name (empty when the source keeps the code alone), living commune, kind.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PACKAGE = "@etalab/decoupage-administratif"
VERSION = "6.0.0"
# The registry's own fingerprint of the archive: what is not this very file is refused.
SHA512 = "XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ=="
LICENCE = "Licence Ouverte 2.0"
AUTHORS = "Etalab, d'après l'Insee (code officiel géographique) et La Poste (codes postaux)"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "communes" / "communes.tsv.gz"
KINDS = {"commune-deleguee": "deleguee", "commune-associee": "associee"}

Row = tuple[str, ...]
Record = dict[str, Any]


class BuildRefused(Exception):
    """The resource cannot be built; the message is the French sentence to show."""


def fetch(folder: Path) -> Path:
    """Download the package into `folder` with npm and return the archive's path."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except FileNotFoundError:
        raise BuildRefused(
            "npm est introuvable : installez-le, ou donnez en argument l'archive .tgz déjà téléchargée."
        ) from None
    except subprocess.TimeoutExpired:
        raise BuildRefused("npm n'a pas rendu l'archive en cinq minutes.") from None
    except subprocess.CalledProcessError as error:
        raise BuildRefused(f"npm n'a pas pu fournir {PACKAGE}@{VERSION} : {error.stderr.strip()}") from None
    archives = sorted(folder.glob("*.tgz"))
    if len(archives) != 1:
        raise BuildRefused("npm n'a laissé aucune archive .tgz.")
    return archives[0]


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return the content of the package's file `name`."""
    try:
        stream = archive.extractfile(f"package/{name}")
    except KeyError:
        stream = None
    if stream is None:
        raise BuildRefused(f"L'archive ne contient pas {name}.")
    return stream.read()


def check(path: Path, archive: tarfile.TarFile) -> None:
    """Refuse an archive that is not the very version this script was written for."""
    found = json.loads(member(archive, "package.json"))
    if (found.get("name"), found.get("version")) != (PACKAGE, VERSION):
        raise BuildRefused(
            f"{PACKAGE}@{VERSION} attendu, l'archive est {found.get('name')}@{found.get('version')}."
        )
    if base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode() != SHA512:
        raise BuildRefused(f"L'empreinte de l'archive n'est pas celle de {PACKAGE}@{VERSION} : refusée.")


def header(archive: tarfile.TarFile) -> dict[str, str]:
    """Say where the data come from; both dates are read in the archive, never typed here."""
    readme = member(archive, "README.md").decode()
    year = re.search(rf"^\| (\d{{4}}) +\| {re.escape(VERSION)} ", readme, re.MULTILINE)
    if year is None:
        raise BuildRefused("L'archive ne dit pas de quelle année sont ses données.")
    changed = archive.getmember("package/data/communes.json").mtime
    return {
        "source": PACKAGE,
        "version": VERSION,
        "licence": LICENCE,
        "auteurs": AUTHORS,
        "millesime": year.group(1),
        "date": datetime.fromtimestamp(changed, UTC).date().isoformat(),
    }


def commune_rows(records: Iterable[Record]) -> list[Row]:
    """Return the living communes and the municipal arrondissements."""
    return sorted(
        (
            r["code"],
            r["nom"],
            r["departement"],
            " ".join(r.get("codesPostaux", ())),
            r.get("commune", ""),
            str(r.get("population", 0)),
        )
        for r in records
        if r["type"] in ("commune-actuelle", "arrondissement-municipal")
    )


def alias_rows(records: list[Record]) -> list[Row]:
    """Return delegated, associated and former communes, with the living commune of each.

    A code may be both delegated (or associated) and listed among the former codes of another commune:
    the first says where it is today, so it wins.
    """
    today = [(r["code"], r["nom"], r["chefLieu"], KINDS[r["type"]]) for r in records if r["type"] in KINDS]
    known = {row[0] for row in today}
    former = [
        (code, "", r["code"], "ancienne")
        for r in records
        for code in r.get("anciensCodes", ())
        if code not in known
    ]
    return sorted(today + former)


def verify(communes: list[Row], aliases: list[Row], departements: list[Row]) -> None:
    """Refuse a resource whose pieces do not hold together."""
    codes = {row[0] for row in communes}
    living = {row[0] for row in communes if not row[4]}
    if len(codes) != len(communes):
        raise BuildRefused("Deux communes vivantes portent le même code.")
    if lost := [row[0] for row in aliases if row[2] not in living]:
        raise BuildRefused(f"Alias sans commune vivante : {', '.join(lost)}.")
    if stray := [row[0] for row in aliases if row[0] in codes and row[0] != row[2]]:
        raise BuildRefused(f"Ancien code porté par une autre commune : {', '.join(stray)}.")
    if {row[2] for row in communes} - {row[0] for row in departements}:
        raise BuildRefused("Une commune est dans un département inconnu.")
    if any(mark in cell for row in communes + aliases + departements for cell in row for mark in "\t\n"):
        raise BuildRefused("Un nom contient une tabulation ou un retour à la ligne.")


def compose(head: dict[str, str], sections: dict[str, list[Row]]) -> bytes:
    """Return the resource's bytes; the counts in the header let the reader notice a missing line."""
    head = head | {name: str(len(rows)) for name, rows in sections.items()}
    lines = [f"# {key}={value}" for key, value in head.items()]
    for name, rows in sections.items():
        lines.append(f"[{name}]")
        lines.extend("\t".join(row) for row in rows)
    packed = io.BytesIO()
    # No file name and no time in the gzip header: the same data give the same bytes.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    return packed.getvalue()


def build(path: Path) -> bytes:
    """Return the resource built from the archive at `path`."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            check(path, archive)
            records: list[Record] = json.loads(member(archive, "data/communes.json"))
            named: list[Record] = json.loads(member(archive, "data/departements.json"))
            head = header(archive)
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise BuildRefused(f"Archive illisible : {error}") from None
    departements: list[Row] = sorted((d["code"], d["nom"]) for d in named)
    communes, aliases = commune_rows(records), alias_rows(records)
    verify(communes, aliases, departements)
    return compose(head, {"departements": departements, "communes": communes, "alias": aliases})


def already_there(content: bytes) -> bool:
    """Say whether the resource in place holds this very text.

    Another zlib may pack the same text into other bytes: the text decides, and nothing changes for nothing.
    """
    try:
        return gzip.decompress(TARGET.read_bytes()) == gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return False


def main(arguments: list[str]) -> int:
    """Build the resource and write it; return the exit code."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            content = build(Path(arguments[0]) if arguments else fetch(Path(folder)))
    except BuildRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    if already_there(content):
        print(f"{TARGET.name} : inchangé, {TARGET.stat().st_size} octets.")
        return 0
    TARGET.write_bytes(content)
    print(f"{TARGET.name} : écrit, {len(content)} octets.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
