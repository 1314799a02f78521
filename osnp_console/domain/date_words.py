"""The words of a date as people write them, and the text cut into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from osnp_console.domain.commune import fold

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHOWN_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

# What may stand before a date without changing it.
LEADING = frozenset({"le", "en", "ne", "nee", "date", "du", "au"})
NUMBERS: Mapping[str, int] = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15,
}  # fmt: skip
# The first name of each unit is the one that is shown.
UNITS: Mapping[str, str] = {
    "an": "an", "ans": "an", "a": "an", "annee": "an", "annees": "an",
    "mois": "mois", "m": "mois",
    "semaine": "semaine", "semaines": "semaine", "sem": "semaine", "s": "semaine",
    "jour": "jour", "jours": "jour", "j": "jour",
    "heure": "heure", "heures": "heure", "h": "heure",
}  # fmt: skip

_TOKEN = re.compile(r"[0-9]+|[a-z]+")
_SHORTEST_MONTH = 3


def tokens_of(text: str) -> tuple[str, ...]:
    """Numbers and words of a text, folded: `1er Août 19` gives `1`, `er`, `aout`, `19`."""
    return tuple(_TOKEN.findall(fold(text)))


def is_number(token: str) -> bool:
    """True for a token made of digits."""
    return token[:1].isdigit()


def month_of(word: str) -> int | None:
    """1 to 12 for a month's name or the beginning of a single one (three letters at least), else None."""
    if len(word) < _SHORTEST_MONTH:
        return None
    found = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def count_of(token: str) -> int | None:
    """A number in at most four digits, or in words up to fifteen; None for anything else."""
    if is_number(token):
        return int(token) if len(token) <= 4 else None
    return NUMBERS.get(token)


def without_leading(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens without `né le` or `en` before them, and without the `er` of `1er`."""
    start = 0
    while start < len(tokens) and tokens[start] in LEADING:
        start += 1
    kept = tokens[start:]
    return (kept[0], *kept[2:]) if kept[:2] in (("1", "er"), ("01", "er")) else kept


def could_go_on(tokens: tuple[str, ...], vocabulary: frozenset[str]) -> bool:
    """Whether the words are known ones, the last perhaps only begun: somebody is still typing."""
    words = [token for token in tokens if not is_number(token)]
    if not words:
        return False
    if is_number(tokens[-1]):
        return all(_is_known(word, vocabulary) for word in words)
    *before, last = words
    begun = any(known.startswith(last) for known in vocabulary)
    return begun and all(_is_known(word, vocabulary) for word in before)


def _is_known(word: str, vocabulary: frozenset[str]) -> bool:
    return word in vocabulary or month_of(word) is not None
