"""The communes of the built resource, read without making an object of each.

Judging a call asks for one code: the text stays packed, sorted by code, and is bisected.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from osnp_console.domain.commune import Alias, Commune, Gazetteer, Genre, Provenance

_SECTIONS = ("departements", "communes", "alias")
_KINDS: dict[str, Genre] = {"deleguee": "deleguee", "associee": "associee", "ancienne": "ancienne"}
_CODE_LENGTH = 5


class PackedRegister:
    """The register kept as the resource's own text; a line becomes an object when it is asked for."""

    def __init__(self, departements: Mapping[str, str], communes: bytes, aliases: bytes) -> None:
        self.departements = departements
        self._communes = communes
        self._aliases = aliases

    def find(self, code: str) -> Commune | None:
        """Return the living commune or the municipal arrondissement of this very code."""
        key = code.encode("utf-8", "replace")
        if len(key) != _CODE_LENGTH:
            return None
        text, low, high = self._communes, 0, len(self._communes)
        while low < high:
            middle = (low + high) // 2
            start = text.rfind(b"\n", 0, middle) + 1
            end = text.index(b"\n", middle)
            here = text[start : start + _CODE_LENGTH]
            if here == key:
                return _commune(text[start:end].decode())
            if here < key:
                low = end + 1
            else:
                high = start
        return None

    def communes(self) -> Iterable[Commune]:
        """Return all of them, arrondissements included, by code."""
        return map(_commune, self._communes.decode().splitlines())

    def aliases(self) -> Iterable[Alias]:
        """Return all the aliases, by old code."""
        return map(_alias, self._aliases.decode().splitlines())


def load_gazetteer(path: Path) -> Gazetteer:
    """Read the resource at `path`.

    Raises `ResourceUnreadable`, with a French sentence, when it is missing, damaged or of another make.
    """
    try:
        return _read(gzip.decompress(path.read_bytes()))
    except OSError as error:
        reason = error.strerror or "fichier abîmé"
    except (EOFError, zlib.error, ValueError, KeyError):
        reason = "fichier abîmé"
    # Needed only to refuse: a start that goes well does not pay for it.
    from osnp_console.app.errors import ResourceUnreadable

    raise ResourceUnreadable(f"La liste des communes ({path.name}) ne peut pas être lue : {reason}.")


def _read(content: bytes) -> Gazetteer:
    head, *blocks = _split(content)
    facts = dict(line[2:].split("=", 1) for line in head.decode().splitlines())
    for name, block in zip(_SECTIONS, blocks, strict=True):
        if block.count(b"\n") != int(facts[name]):
            raise ValueError(name)
    departements, communes, aliases = blocks
    names = dict(line.split("\t") for line in departements.decode().splitlines())
    provenance = Provenance(**{key: facts[key] for key in Provenance.__dataclass_fields__})
    return Gazetteer(PackedRegister(names, communes, aliases), provenance)


def _split(content: bytes) -> list[bytes]:
    """Cut the text into its header and its sections; raises ValueError when one is missing."""
    pieces, rest = [], content
    for name in _SECTIONS:
        mark = b"[" + name.encode() + b"]\n"
        piece, found, rest = rest.partition(mark)
        if not found:
            raise ValueError(name)
        pieces.append(piece)
    return [*pieces, rest]


def _commune(line: str) -> Commune:
    code, nom, departement, codes_postaux, parent, population = line.split("\t")
    return Commune(code, nom, departement, tuple(codes_postaux.split()), parent or None, int(population))


def _alias(line: str) -> Alias:
    code, nom, vers, genre = line.split("\t")
    return Alias(nom, code, vers, _KINDS[genre])
