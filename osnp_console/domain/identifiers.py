"""Identifiers with a key: FINESS."""

from __future__ import annotations

import re

_FINESS = re.compile(r"(\d{2}|2[AB])\d{7}", re.ASCII)


def finess_fault(number: str) -> str | None:
    """Why a FINESS is not one, in French; None when its shape and its key are right.

    Blanks are accepted. Nine characters, the first two the département (2A and 2B count as 21 and 22),
    the last a Luhn key.
    """
    bare = re.sub(r"\s", "", number).upper()
    if not _FINESS.fullmatch(bare):
        return "Un FINESS a neuf caractères, le département, six chiffres et une clé : vérifier le numéro."
    digits = bare.replace("2A", "21", 1).replace("2B", "22", 1)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return None if total % 10 == 0 else "Clé du FINESS fausse : vérifier les neuf caractères."
