"""National identifiers with their prefixes (SAS protocol note, sections 5.4 and 10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osnp_console.connectors.fhir.resources import Identifier

PRACTITIONERS = "urn:oid:1.2.250.1.71.4.2.1"
STRUCTURES = "urn:oid:1.2.250.1.71.4.2.2"
_RPPS = "https://rpps.esante.gouv.fr"
_PREFIX_OF = {
    "https://finess.esante.gouv.fr": "1",
    "https://sirene.fr": "3",
    "https://rppsrang.esante.gouv.fr": "4",
}
_STRUCTURE = re.compile(r"1[0-9][0-9AB][0-9]{7}|3[0-9]{14}|4[0-9]{14}|0.+")
_BODY = {
    "1": re.compile(r"[0-9][0-9AB][0-9]{7}"),
    "3": re.compile(r"[0-9]{14}"),
    "4": re.compile(r"[0-9]{14}"),
}
# FINESS, else SIRET, else RPPS rang, else ADELI rang.
_ORDER = "1340"


def rpps_of(identifiers: Iterable[Identifier] | None) -> str | None:
    """The 11 digits of an RPPS; None where no identifier is one (an ADELI number, say)."""
    for identifier in identifiers or ():
        value = (identifier.value or "").strip()
        if not (value.isascii() and value.isdigit()):
            continue
        if identifier.system == _RPPS and len(value) == 11:
            return value
        if identifier.system in (PRACTITIONERS, None):
            if len(value) == 12 and value[0] == "8":
                return value[1:]
            if len(value) == 11:
                return value
    return None


def structure_of(identifiers: Iterable[Identifier] | None) -> str | None:
    """The national identifier of a structure, with its prefix, the one to prefer first; None without one.

    A value without system counts when it has the shape of one (section 12.7).
    """
    found = [one for one in map(_structure, identifiers or ()) if one is not None]
    return min(found, key=lambda one: _ORDER.index(one[0]), default=None)


def _structure(identifier: Identifier) -> str | None:
    value = (identifier.value or "").strip()
    prefix = _PREFIX_OF.get(identifier.system or "")
    if prefix is not None:
        return prefix + value if _BODY[prefix].fullmatch(value) else None
    if identifier.system in (STRUCTURES, None) and _STRUCTURE.fullmatch(value):
        return value
    return None


def own_of(identifiers: Iterable[Identifier] | None) -> str | None:
    """The editor's own identifier, with the system that gives it its meaning; None without one."""
    for identifier in identifiers or ():
        if identifier.value and identifier.value.strip():
            system = f"{identifier.system}|" if identifier.system else ""
            return f"{system}{identifier.value.strip()}"
    return None


def asked_practitioner(number: str) -> str:
    """The token to ask for: `8` before an RPPS, `0` before an ADELI number."""
    prefix = "8" if len(number) == 11 else "0"
    return f"{PRACTITIONERS}|{number if len(number) == 12 else prefix + number}"


def asked_structure(number: str) -> str:
    """The token to ask for: `3` before a SIRET, `1` before a FINESS."""
    prefix = {14: "3", 9: "1"}.get(len(number), "")
    return f"{STRUCTURES}|{prefix}{number}"
