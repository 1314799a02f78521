"""What a form, a line of CSV or an option says of an agenda, read as French writes it.

Each function raises Refusal (`champ_manquant`, `valeur_invalide`) with the field it was given.
"""

from __future__ import annotations

import re
from datetime import date, time

from osnp_console.app.errors import Refusal
from osnp_console.domain.agenda.plan import NOBODY, Parity
from osnp_console.domain.date_words import WEEKDAYS
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.slots.slot import Practitioner

LONGEST_NAME = 120
FIRST_YEAR, LAST_YEAR = 2000, 2099
DAY_EXPECTED = "Date attendue\u202f: 24/11/2026."
NO_SUCH_DAY = "Cette date n’existe pas."
CLOCK_EXPECTED = "Heure attendue\u202f: 14h20."
NO_SUCH_CLOCK = "Cette heure n’existe pas."
WEEKDAYS_EXPECTED = "Jours attendus\u202f: lundi, mercredi ou lundi-vendredi."
YES_NO_EXPECTED = "Oui ou non attendu."
WEEKS_EXPECTED = "Semaines attendues\u202f: toutes, paires ou impaires."
NAME_TOO_LONG = f"Ce nom dépasse {LONGEST_NAME} caractères."

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?|heures?)?|(\d{2})(\d{2})", re.ASCII | re.IGNORECASE)
_FROM_TO = re.compile(r"^(?:du\s+)?(\w+)\s*(?:-|–|\b(?:au?|à)\b)\s*(\w+)$")
_BETWEEN = re.compile(r"[\s,;/+]+|\bet\b")
_YES = frozenset({"oui", "o", "1", "vrai", "x", "true"})
_NO = frozenset({"non", "n", "0", "faux", "", "false"})
_WEEKS = {
    "": Parity.EVERY, "toutes": Parity.EVERY, "paires": Parity.EVEN, "paire": Parity.EVEN,
    "impaires": Parity.ODD, "impaire": Parity.ODD,
}  # fmt: skip


def refused(message: str, field: str) -> Refusal:
    """A value that cannot be."""
    return Refusal("valeur_invalide", message, field)


def read_day(text: str, field: str) -> date:
    """`24/11/2026`, `24/11/26` or `2026-11-24`."""
    typed = text.strip()
    iso, french = _ISO_DAY.fullmatch(typed), _DAY.fullmatch(typed)
    if iso is not None:
        year, month, day = (int(part) for part in iso.groups())
    elif french is not None:
        day, month, year = (int(part) for part in french.groups())
        year += 2000 if len(french[3]) == 2 else 0
    else:
        raise _missing_or(DAY_EXPECTED, typed, field)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise refused(NO_SUCH_DAY, field) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise refused(NO_SUCH_DAY, field)
    return found


def read_clock(text: str, field: str) -> time:
    """`14h20`, `14:20`, `1420`, `9h`."""
    typed = text.strip()
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise _missing_or(CLOCK_EXPECTED, typed, field)
    hour, minute = (found[1], found[2] or "0") if found[1] is not None else (found[3], found[4])
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise refused(NO_SUCH_CLOCK, field) from error


def read_weekdays(text: str, field: str) -> frozenset[int]:
    """`lundi, mercredi`, `lun mer`, `lundi-vendredi`, `du lundi au vendredi`; 0 is Monday."""
    typed = text.strip().lower()
    span = _FROM_TO.fullmatch(typed)
    if span is not None:
        first, last = (_weekday(part, field) for part in span.groups())
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    words = [word for word in _BETWEEN.split(typed) if word]
    if not words:
        raise Refusal("champ_manquant", WEEKDAYS_EXPECTED, field)
    if words == ["tous"] or words[:2] == ["tous", "les"]:
        return frozenset(range(7))
    return frozenset(_weekday(word, field) for word in words)


def _weekday(word: str, field: str) -> int:
    """A weekday by its first letters, two at least: `ma` is Tuesday, `me` Wednesday."""
    bare = word.removesuffix(".").removesuffix("s")
    found = [index for index, name in enumerate(WEEKDAYS) if len(bare) >= 2 and name.startswith(bare)]
    if len(found) != 1:
        raise refused(WEEKDAYS_EXPECTED, field)
    return found[0]


def read_count(text: str, field: str, default: int, first: int, last: int) -> int:
    """A whole number from `first` to `last`; `default` where nothing is said."""
    typed = text.strip()
    if not typed:
        return default
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 6 or not first <= int(typed) <= last:
        raise refused(f"Nombre attendu\u202f: de {first} à {last}.", field)
    return int(typed)


def read_yes(text: str, field: str) -> bool:
    """`oui` or `non`; nothing said is no."""
    typed = text.strip().lower()
    if typed not in _YES | _NO:
        raise refused(YES_NO_EXPECTED, field)
    return typed in _YES


def read_weeks(text: str, field: str) -> Parity:
    """`toutes`, `paires` or `impaires`; nothing said is all."""
    found = _WEEKS.get(text.strip().lower())
    if found is None:
        raise refused(WEEKS_EXPECTED, field)
    return found


def read_practitioner(name: str, rpps: str, name_field: str, rpps_field: str) -> Practitioner:
    """A name, an RPPS, both or neither (nobody in particular)."""
    said = " ".join(name.split())
    if len(said) > LONGEST_NAME:
        raise refused(NAME_TOO_LONG, name_field)
    number = None
    if rpps.strip():
        read = read_rpps(rpps)
        if read.number is None:
            raise refused(read.fault or "", rpps_field)
        number = read.number
    return Practitioner(said or None, number) if said or number else NOBODY


def said_clock(moment: time) -> str:
    """`14h20`, `9h`: as `read_clock` takes it."""
    return f"{moment.hour}h{moment.minute:02}" if moment.minute else f"{moment.hour}h"


def said_day(day: date) -> str:
    """`24/11/2026`: as `read_day` takes it."""
    return f"{day:%d/%m/%Y}"


def said_weekdays(weekdays: frozenset[int]) -> str:
    """`lundi-vendredi` where they follow each other, else `lundi, mercredi`: as `read_weekdays` takes it."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return ", ".join(WEEKDAYS[day] for day in days)


def _missing_or(message: str, typed: str, field: str) -> Refusal:
    return Refusal("valeur_invalide" if typed else "champ_manquant", message, field)
