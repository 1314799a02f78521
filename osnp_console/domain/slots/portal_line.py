"""The one line that is typed once a slot was taken at a portal or by phone: when, with whom, where.

Pure: `now` is passed in. `demain 14h20 Dr Maury, Savenay`, `jeu 26 9:40 …`, `26/11 à 14 h 20 …`,
`dans 2 h …`, and the full words in which a line is read back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.date_words import SHOWN_MONTHS, WEEKDAYS, month_of
from osnp_console.domain.typed_times import TimeRefused, read_time

FARTHEST_DAYS = 14
"""A slot for unscheduled care is near; farther away the date is more likely mistyped. Ours."""
LOOKED_BACK_DAYS = 60
"""A date without a year that is at most so long ago is meant as it stands, hence past."""

WHEN_MISSING = "Il manque le jour et l’heure\u202f: demain 14h20 Dr Maury."
PAST = "C’est passé\u202f: à relire."
TOO_FAR = f"C’est dans plus de {FARTHEST_DAYS}\u00a0jours\u202f: date à relire."
NO_SUCH_DAY = "Cette date n’existe pas."

_SHORT = {name[:3]: number for number, name in enumerate(WEEKDAYS)}
_DAYS: Mapping[str, int] = {"aujourdhui": 0, "auj": 0, "demain": 1, "apresdemain": 2}
_WEEKDAY = "|".join((*WEEKDAYS, *_SHORT))
# Read on the folded text, in which every letter stands where it stood.
_HOURS = r"(?:heures?|h)"
_CLOCK = rf"""(?:(?:a|vers)\s+)?
    (?P<time>
        \d{{1,2}}\s*{_HOURS}\s*(?:[0-5]\d)?(?!\d)
      | \d{{1,2}}:\d{{2}}(?!\d)
      | \d{{3,4}}(?!\d)
      | midi\b
    )"""
_LINE = re.compile(
    rf"""\s*(?:le\s+)?
    (?:
        (?P<near>aujourd['’]?\s?hui|auj|demain|apres[-\s]demain)\b\.?
      | (?:(?P<weekday>{_WEEKDAY})\b\.?\s*)?
        (?:
            (?P<day>\d{{1,2}})\s*[/.]\s*(?P<month>\d{{1,2}})(?:\s*[/.]\s*(?P<year>\d{{4}}))?(?!\d)
          | (?P<named_day>\d{{1,2}})(?:er)?\s+(?P<name>[a-z]{{3,9}})\b\.?
            (?:\s+(?P<named_year>\d{{4}})\b(?!\s*h))?
          | (?P<only_day>\d{{1,2}})(?![\d:]|\s*h)
        )?
    )
    [\s,]*{_CLOCK}""",
    re.VERBOSE,
)
_DELAY = re.compile(
    rf"\s*dans\s+(?:\d{{1,3}}\s*(?:minutes?|min|mn)\b|\d{{1,2}}\s*{_HOURS}(?:\s*[0-5]\d\b|\b))"
)
_AT = re.compile(r"\s+à\s+")

_SOME_DAY = datetime(2001, 1, 1, tzinfo=UTC)
"""Far from any change of the clocks: only the hour is read there."""


class LineRefused(ValueError):
    """A line that cannot be read, or of which the time cannot be. `message` is shown under the field."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class PortalLine:
    """What was taken. `start` is in UTC, to the minute; practitioner and place as typed, or empty."""

    start: datetime
    practitioner: str = ""
    place: str = ""

    @property
    def said(self) -> str:
        """The line read back: `mercredi 25 novembre 2026 à 14:20, Dr Maury, Savenay`."""
        local = in_paris(self.start)
        number = "1er" if local.day == 1 else str(local.day)
        day = f"{WEEKDAYS[local.weekday()]} {number} {SHOWN_MONTHS[local.month - 1]} {local.year}"
        when = f"{day} à {local.hour}:{local.minute:02}"
        return ", ".join(part for part in (when, self.practitioner, self.place) if part)


def read_portal_line(text: str, now: datetime) -> PortalLine:
    """What a line says; raises LineRefused with the sentence to show.

    The instant comes first; then the practitioner, and after a comma or `à` the place. A time that is past,
    or more than 14 days away, is refused: what was taken lies ahead, and near.
    """
    folded = _same_length_fold(text)
    delay = _DELAY.match(folded)
    if delay is not None:
        start, rest = _time(delay.group(), now), text[delay.end() :]
    else:
        found = _LINE.match(folded)
        if found is None:
            raise LineRefused(WHEN_MISSING)
        start, rest = _start(found, now), text[found.end() :]
    start = start.astimezone(UTC).replace(second=0, microsecond=0)
    if start <= now:
        raise LineRefused(PAST)
    if start - now > timedelta(days=FARTHEST_DAYS):
        raise LineRefused(TOO_FAR)
    practitioner, place = _who_and_where(rest)
    return PortalLine(start, practitioner, place)


def _same_length_fold(text: str) -> str:
    """Small letters without accents, one for one; a letter that folds to none or several stays."""
    return "".join(plain if len(plain := fold(letter)) == 1 else letter.lower()[:1] for letter in text)


def _who_and_where(rest: str) -> tuple[str, str]:
    bare = rest.strip(" \t,;:.–-")
    parts = [part.strip() for part in bare.split(",", 1)]
    if len(parts) == 1:
        parts = [part.strip() for part in _AT.split(bare, 1)]
    who, where = (*parts, "")[:2]
    return " ".join(who.split()), " ".join(where.split())


def _start(found: re.Match[str], now: datetime) -> datetime:
    today = in_paris(now).date()
    typed = found["time"]
    if found["near"]:
        ahead = _DAYS[re.sub(r"[^a-z]", "", found["near"])]
        return _on(today + timedelta(days=ahead), typed)
    weekday = _SHORT[found["weekday"][:3]] if found["weekday"] else None
    day = _day(found, today, weekday)
    if day is None:
        if weekday is None:
            return _time(typed, now)
        return _time(f"{WEEKDAYS[weekday]} {typed}", now)
    if weekday is not None and day.weekday() != weekday:
        raise LineRefused(f"Le {day:%d/%m} est un {WEEKDAYS[day.weekday()]}\u202f: à relire.")
    return _on(day, typed)


def _day(found: re.Match[str], today: date, weekday: int | None) -> date | None:
    if found["day"]:
        return _dated(int(found["day"]), int(found["month"]), found["year"], today)
    if found["named_day"]:
        month = month_of(found["name"])
        if month is None:
            raise LineRefused(WHEN_MISSING)
        return _dated(int(found["named_day"]), month, found["named_year"], today)
    if found["only_day"]:
        return _next_such_day(int(found["only_day"]), weekday, today)
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    years = (int(year),) if year else (today.year, today.year + 1)
    for one in years:
        try:
            made = date(one, month, day)
        except ValueError:
            continue
        if year or made >= today - timedelta(days=LOOKED_BACK_DAYS):
            return made
    raise LineRefused(NO_SUCH_DAY)


def _next_such_day(number: int, weekday: int | None, today: date) -> date:
    """The next day of that number; with a weekday, the next on which both agree, if one is near."""
    days = [today + timedelta(days=ahead) for ahead in range(62)]
    such = [day for day in days if day.day == number]
    if not such:
        raise LineRefused(NO_SUCH_DAY)
    near = [day for day in such if (day - today).days <= FARTHEST_DAYS]
    return next((day for day in near if day.weekday() == weekday), such[0])


def _on(day: date, typed: str) -> datetime:
    """The typed time on a day that is known."""
    clock = in_paris(_time(f"demain {typed}", _SOME_DAY)).time()
    return in_paris(datetime.combine(day, clock))


def _time(text: str, now: datetime) -> datetime:
    try:
        return read_time(text, now)
    except TimeRefused as refused:
        raise LineRefused(refused.message) from None
