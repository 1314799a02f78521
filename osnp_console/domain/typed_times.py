"""What an operator types for the time of a call back, read as it stands.

Pure: `now` is passed in. Shapes: `14h30`, `14:30`, `1430`, `9h`, `midi`, `dans 2 h`, `dans 1 h 30`,
`dans 20 min`, `dans 3 jours`, `demain 9h`, `après-demain 14h`, `lundi 9h`, `27/11 9h`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import NUMBERS, UNITS, WEEKDAYS, is_number, tokens_of

FARTHEST_DAYS = 90
"""A call back is promised for the days to come; a convention of the console."""

NO_TIME = "Heure attendue\u202f: 14h30, dans 2 h, demain 9h."
NO_SUCH_TIME = "Cette heure n’existe pas."
NO_SUCH_DAY = "Cette date n’existe pas."
HOUR_MISSING = "Il manque l’heure\u202f: demain 9h."
TOO_FAR = f"C’est dans plus de {FARTHEST_DAYS} jours."

_DAYS_AHEAD: Mapping[tuple[str, ...], int] = {("demain",): 1, ("apres", "demain"): 2, ("aujourd", "hui"): 0}
_NAMED_TIMES: Mapping[str, time] = {"midi": time(12, 0)}
_DATED = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?!\d)")
_HOURS = frozenset({"h", "heure", "heures"})
_MINUTES = frozenset({"min", "mn", "minute", "minutes"})
_DAYS_OF: Mapping[str, int] = {"jour": 1, "semaine": 7}
_FRACTIONS: Mapping[tuple[str, ...], int] = {
    ("une", "demi", "heure"): 30,
    ("demi", "heure"): 30,
    ("un", "quart", "d", "heure"): 15,
    ("quart", "d", "heure"): 15,
    ("demie",): 30,
    ("quart",): 15,
}
_IGNORED = frozenset({"a", "vers", "le", "et"})
_SHORT_WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


class TimeRefused(ValueError):
    """A typed text is no time to call back. `message` is a French sentence to show under the field."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class _Day:
    """The day a text begins with, and whether it was said (else today is meant)."""

    day: date
    said: bool


def read_time(text: str, now: datetime) -> datetime:
    """The instant a text means, in UTC; raises TimeRefused.

    A bare time that is past today is refused, never moved to tomorrow: the operator says the day.
    """
    local = in_paris(now)
    tokens = tuple(token for token in tokens_of(_DATED.sub(" ", text, count=1)) if token not in _IGNORED)
    dated = _DATED.search(text)
    if dated is None and tokens[:1] == ("dans",):
        return _within(_after(local, tokens[1:]), local)
    day, rest = _day(dated, tokens, local.date())
    if not rest:
        raise TimeRefused(HOUR_MISSING if day.said else NO_TIME)
    moment = in_paris(datetime.combine(day.day, _clock_time(rest)))
    if moment <= local:
        shown = f"{moment:%H:%M}"
        if day.day == local.date():
            again = f"{moment.hour}h{moment.minute or '':0>2}" if moment.minute else f"{moment.hour}h"
            raise TimeRefused(f"{shown} est passé\u202f: pour demain, écrire «\u202fdemain {again}\u202f».")
        raise TimeRefused("Cette heure est passée.")
    return _within(moment, local)


def said(moment: datetime, now: datetime) -> str:
    """The instant as the screen says it: `aujourd’hui 14:30`, `demain 9:00`, `ven. 27/11 14:30`."""
    local, today = in_paris(moment), in_paris(now).date()
    hour = f"{local.hour}:{local.minute:02}"
    days = (local.date() - today).days
    if days in (-1, 0, 1):
        return f"{('aujourd’hui', 'demain', 'hier')[days]} {hour}"
    year = f"/{local.year}" if local.year != today.year else ""
    return f"{_SHORT_WEEKDAYS[local.weekday()]} {local:%d/%m}{year} {hour}"


def _within(moment: datetime, local: datetime) -> datetime:
    if moment.astimezone(UTC) - local.astimezone(UTC) > timedelta(days=FARTHEST_DAYS):
        raise TimeRefused(TOO_FAR)
    return moment.astimezone(UTC)


def _after(local: datetime, tokens: tuple[str, ...]) -> datetime:
    """The instant that many days (the same time of day) and hours later."""
    days, clock = 0, timedelta()
    while tokens:
        step, unit_days, tokens = _part(tokens)
        days, clock = days + unit_days, clock + step
        if days > FARTHEST_DAYS or clock > timedelta(days=FARTHEST_DAYS):
            raise TimeRefused(TOO_FAR)
    if not days and not clock:
        raise TimeRefused(NO_TIME)
    return in_paris(in_paris(local + timedelta(days=days)).astimezone(UTC) + clock)


def _part(tokens: tuple[str, ...]) -> tuple[timedelta, int, tuple[str, ...]]:
    """The first span of a delay, its days apart, and what follows it."""
    for words, minutes in _FRACTIONS.items():
        if tokens[: len(words)] == words:
            return timedelta(minutes=minutes), 0, tokens[len(words) :]
    count, unit = _count(tokens[0]), tokens[1] if len(tokens) > 1 else ""
    if unit in _MINUTES:
        return timedelta(minutes=count), 0, tokens[2:]
    kind = UNITS.get(unit)
    if kind == "heure":
        if len(tokens) == 3 and is_number(tokens[2]) and len(tokens[2]) == 2:  # dans 1 h 30
            return timedelta(hours=count, minutes=int(tokens[2])), 0, ()
        return timedelta(hours=count), 0, tokens[2:]
    if kind is not None and kind in _DAYS_OF:
        return timedelta(), count * _DAYS_OF[kind], tokens[2:]
    raise TimeRefused(NO_TIME)


def _count(token: str) -> int:
    if is_number(token) and len(token) <= 4:
        return int(token)
    if token in NUMBERS:
        return NUMBERS[token]
    raise TimeRefused(NO_TIME)


def _day(dated: re.Match[str] | None, tokens: tuple[str, ...], today: date) -> tuple[_Day, tuple[str, ...]]:
    if dated is not None:
        return _Day(_next_date(int(dated[1]), int(dated[2]), today), True), tokens
    for words, ahead in _DAYS_AHEAD.items():
        if tokens[: len(words)] == words:
            return _Day(today + timedelta(days=ahead), True), tokens[len(words) :]
    if tokens and tokens[0] in WEEKDAYS:
        ahead = (WEEKDAYS.index(tokens[0]) - today.weekday() - 1) % 7 + 1
        return _Day(today + timedelta(days=ahead), True), tokens[1:]
    return _Day(today, False), tokens


def _next_date(day: int, month: int, today: date) -> date:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise TimeRefused(NO_SUCH_DAY)


def _clock_time(tokens: tuple[str, ...]) -> time:
    if len(tokens) == 1 and tokens[0] in _NAMED_TIMES:
        return _NAMED_TIMES[tokens[0]]
    numbers = [token for token in tokens if is_number(token)]
    words = [token for token in tokens if not is_number(token)]
    if not numbers or len(numbers) > 2 or not is_number(tokens[0]):
        raise TimeRefused(NO_TIME)
    if not all(word in _HOURS or word in _MINUTES for word in words):
        raise TimeRefused(NO_TIME)
    if len(numbers) == 1 and not words and len(numbers[0]) in (3, 4):
        numbers = [numbers[0][:-2], numbers[0][-2:]]
    if any(len(number) > 2 for number in numbers) or (len(numbers) == 2 and len(numbers[1]) != 2):
        raise TimeRefused(NO_SUCH_TIME if len(numbers[0]) > 2 else NO_TIME)
    try:
        return time(int(numbers[0]), int(numbers[1]) if len(numbers) == 2 else 0)
    except ValueError:
        raise TimeRefused(NO_SUCH_TIME) from None
