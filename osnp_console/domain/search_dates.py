"""The days that a search line names: `hier`, `lundi`, `23/11`, `novembre`, `du 20 au 23/11`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from osnp_console.domain.date_words import MONTHS, SHOWN_MONTHS, WEEKDAYS, is_number, month_of, tokens_of
from osnp_console.domain.dates import PartialDate, add_months
from osnp_console.domain.typed_dates import DateRefused, read_onset, shown

LONGEST = 10
"""Words of the longest date: `entre le 20 novembre 2026 et le 3 décembre 2026`."""

_NUMERIC = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2}|/[0-9]{4})?|[0-9]{1,2}/[0-9]{4}"
    r"|[0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_RANGE = re.compile(r"(?:du|entre(?:\s+le)?)\s+(.+?)\s+(?:au|et(?:\s+le)?)\s+(.+)", re.IGNORECASE)
_SINCE = re.compile(r"depuis(?:\s+le)?\s+(.+)", re.IGNORECASE)
_LEADING = re.compile(r"(?:le|du|en|au)\s+", re.IGNORECASE)
_DATE_WORDS = frozenset((*MONTHS, *WEEKDAYS, "hier", "hui", "aujourdhui", "ce", "cet", "cette"))
_WITH_THEM = frozenset(
    ("avant", "aujourd", "apres", "midi", "matin", "soir", "nuit", "dernier", "er", *_DATE_WORDS)
)


def read_when(text: str, today: date, explicit: bool = False) -> PartialDate | None:
    """The days that a text names, none of them in the future at its beginning; None when it names none.

    `explicit` (after `date:`) also reads what would otherwise be taken for something else, as `2026`.
    In `du 20 au 23/11` what the first day does not say is read back from the second.
    """
    text = " ".join(text.split())
    both = _RANGE.fullmatch(text)
    if both is not None:
        return _between(both[1], both[2], today)
    since = _SINCE.fullmatch(text)
    if since is not None:
        start = _one(since[1], today, explicit)
        return None if start is None else PartialDate(start.first, max(today, start.last))
    return _stretch(tokens_of(text), today) or _one(text, today, explicit)


def when_shown(when: PartialDate, today: date) -> str:
    """`23/11`, `23/11/2025` in another year, `novembre 2026`, `2025`, `du 20/11 au 23/11`."""
    said = shown(when)
    if when.first == when.last:
        return _day(when.first, today)
    if len(said) == len("11/2026"):
        return f"{SHOWN_MONTHS[when.first.month - 1]} {when.first.year}"
    return said if len(said) == 4 else f"du {_day(when.first, today)} au {_day(when.last, today)}"


def looks_like_a_date(word: str) -> bool:
    """Whether a word of digits has a date's form and a month's number, were the day itself impossible."""
    if _NUMERIC.fullmatch(word) is None:
        return False
    parts = [int(part) for part in re.split(r"[/.-]", word)]
    if len(parts) == 2:
        return (parts[0] if parts[1] > 31 else parts[1]) <= 12
    return parts[1] <= 12


def _day(day: date, today: date) -> str:
    return f"{day:%d/%m}" if day.year == today.year else shown(PartialDate(day, day))


def _between(start: str, end: str, today: date) -> PartialDate | None:
    last = _bound(end, today)
    if last is None:
        return None
    first = _bound(start, last.last)
    return None if first is None or first.first > last.last else PartialDate(first.first, last.last)


def _bound(text: str, today: date) -> PartialDate | None:
    alone = tokens_of(text)
    if len(alone) == 1 and is_number(alone[0]) and len(alone[0]) <= 2:
        return _onset(f"le {text}", today)
    return _one(text, today, explicit=False)


def _stretch(tokens: tuple[str, ...], today: date) -> PartialDate | None:
    said = " ".join(tokens[1:] if tokens[:1] in (("la",), ("le",)) else tokens)
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    match said:
        case "cette semaine":
            return PartialDate(monday, today)
        case "semaine derniere":
            return PartialDate(monday - timedelta(days=7), monday - timedelta(days=1))
        case "ce mois" | "ce mois ci":
            return PartialDate(month, today)
        case "mois dernier":
            return PartialDate(add_months(month, -1), month - timedelta(days=1))
    return None


def _one(text: str, today: date, explicit: bool) -> PartialDate | None:
    if explicit or _names_a_day(_LEADING.sub("", text, count=1), tokens_of(text)):
        return _onset(text, today)
    return None


def _names_a_day(bare: str, tokens: tuple[str, ...]) -> bool:
    if _NUMERIC.fullmatch(bare):
        return True
    if tokens[:3] == ("il", "y", "a"):
        return len(tokens) == 5
    if tokens[:1] in (("le",), ("du",), ("en",), ("au",)):
        tokens = tokens[1:]
    numbered = any(is_number(token) for token in tokens)
    words = [token for token in tokens if not is_number(token)]
    named = any(word in _DATE_WORDS or (numbered and month_of(word) is not None) for word in words)
    return named and all(word in _WITH_THEM or (numbered and month_of(word) is not None) for word in words)


def _onset(text: str, today: date) -> PartialDate | None:
    try:
        return read_onset(text, today).date
    except DateRefused:
        return None
