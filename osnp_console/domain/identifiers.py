"""Numbers of practitioners and structures: RPPS, SIRET, FINESS, and their keys."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Exact sentence of the interface's table of messages.
FINESS_KEY = "Clé du FINESS fausse : vérifier les neuf caractères."
RPPS_KEY = "Clé du RPPS inhabituelle\u202f: relire les onze chiffres."
SIRET_KEY = "Clé du SIRET inhabituelle\u202f: relire les quatorze chiffres."
_RPPS = re.compile(r"8?([0-9]{11})", re.ASCII)
_SIRET = re.compile(r"3?([0-9]{14})", re.ASCII)
_PREFIXED_FINESS = re.compile(r"1?([0-9][0-9AB][0-9]{7})", re.ASCII)
_FINESS = re.compile(r"(?!00)(\d{2}|2[AB])\d{7}", re.ASCII)


def finess_fault(number: str) -> str | None:
    """Why a FINESS is not one, in French; None when its shape and its key are right.

    Blanks are accepted. Nine characters, the first two the département (2A and 2B count as 21 and 22),
    the last a Luhn key.
    """
    bare = _bare(number)
    if not _FINESS.fullmatch(bare):
        return "Un FINESS a neuf caractères, le département, six chiffres et une clé : vérifier le numéro."
    digits = bare.replace("2A", "21", 1).replace("2B", "22", 1)
    return None if _luhn(digits) else FINESS_KEY


def bare_finess(number: str) -> str:
    """A FINESS as it is kept and encoded: without blanks, 2A and 2B in capitals."""
    return _bare(number)


@dataclass(frozen=True, slots=True)
class NumberRead:
    """A number as it is kept, without blanks nor the prefix it has in messages.

    `number` is None where it is none, and `fault` then says why; `warning` is what to read again in a number
    that is kept. Both are French sentences.
    """

    number: str | None
    fault: str | None = None
    warning: str | None = None


def read_rpps(text: str) -> NumberRead:
    """An RPPS of eleven digits, or twelve as in messages (`8` before it).

    The key is a warning only: numbers that the ANS itself gives as examples fail it (domain note, section 7).
    """
    found = _RPPS.fullmatch(_bare(text))
    if found is None:
        return NumberRead(
            None, "Un RPPS a onze chiffres (ou douze, le premier étant 8) : vérifier le numéro."
        )
    number = found[1]
    sound = number.startswith("1") and _luhn(number)
    return NumberRead(number, warning=None if sound else RPPS_KEY)


def read_structure(text: str) -> NumberRead:
    """A SIRET (14 digits) or a FINESS (9 characters), with or without the `3` or `1` of messages.

    A FINESS whose key is wrong is no FINESS; a SIRET's key is a warning, La Poste's do without (domain note,
    section 7).
    """
    bare = _bare(text)
    siret = _SIRET.fullmatch(bare)
    if siret is not None:
        return NumberRead(siret[1], warning=None if _luhn(siret[1]) else SIRET_KEY)
    finess = _PREFIXED_FINESS.fullmatch(bare)
    if finess is None:
        return NumberRead(
            None, "Un SIRET a quatorze chiffres, un FINESS neuf caractères : vérifier le numéro."
        )
    fault = finess_fault(finess[1])
    return NumberRead(None, fault) if fault is not None else NumberRead(finess[1])


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
