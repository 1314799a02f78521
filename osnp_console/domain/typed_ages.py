"""Ages and lengths of time as people say them: `7 ans`, `8 mois`, `depuis 2 semaines`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from osnp_console.domain.date_words import UNITS, count_of
from osnp_console.domain.dates import PartialDate, add_months, completed_years
from osnp_console.domain.typed_shapes import BEFORE_1900, OLDEST_YEAR, DateRefused

_MONTHS_SAID_IN_YEARS = 24
_HALF = ({"et", "demi"}, {"et", "demie"})
_SHORTEST_DAYS = {"an": 365, "mois": 28, "semaine": 7, "jour": 1, "heure": 0}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: a count, and its unit among `an`, `mois`, `semaine`, `jour`, `heure`."""

    count: int
    unit: str


def read_span(tokens: tuple[str, ...]) -> Span | None:
    """`7 ans`, `un mois`, `1 an et 3 mois` (15 months), `2 ans et demi` (2 years); None for anything else."""
    if len(tokens) < 2:
        return None
    count, unit, rest = count_of(tokens[0]), UNITS.get(tokens[1]), tokens[2:]
    if count is None or unit is None:
        return None
    if not rest or (unit == "an" and set(rest) in _HALF):
        return Span(count, unit)
    further = read_span(rest[1:] if rest[0] == "et" else rest)
    if unit == "an" and further is not None and further.unit == "mois":
        return Span(12 * count + further.count, "mois")
    return None


def days_before(span: Span, today: date) -> PartialDate:
    """The days of which it can be said `today` that they are completed `span`s ago.

    `8 mois` is a month of days and `3 semaines` seven, `12 jours` is one day. Without a clock, hours reach
    over the day before. Raises DateRefused before 1900.
    """
    count = span.count
    if count * _SHORTEST_DAYS[span.unit] > (today - date(OLDEST_YEAR, 1, 1)).days:
        raise DateRefused(BEFORE_1900)
    match span.unit:
        case "an" | "mois":
            months = count * 12 if span.unit == "an" else count
            after = add_months(today, -(months + (12 if span.unit == "an" else 1)))
            found = PartialDate(after + timedelta(days=1), add_months(today, -months))
        case "semaine":
            found = PartialDate(today - timedelta(days=7 * count + 6), today - timedelta(days=7 * count))
        case "heure":
            found = PartialDate(today - timedelta(days=-(-count // 24)), today - timedelta(days=count // 24))
        case _:
            day = today - timedelta(days=count)
            found = PartialDate(day, day)
    if found.last.year < OLDEST_YEAR:
        raise DateRefused(BEFORE_1900)
    return found


def completed_months(born: date, day: date) -> int:
    """Age in completed months on `day`, counted as `completed_years` counts years."""
    return 12 * (day.year - born.year) + day.month - born.month - (day.day < born.day)


def age_said(born: PartialDate | None, age_years: int | None, today: date) -> str:
    """The age in words: days under one month, months under two years, then years.

    A birth date known to the month or the year gives every age it can mean: `7 ou 8 ans`, `de 3 à 14 mois`;
    an age that was given is kept when the date allows it. Empty when nothing is known.
    """
    if born is None:
        return "" if age_years is None else counted(Span(age_years, "an"))
    if born.first > today:
        return ""
    last = min(born.last, today)
    within = age_years is not None and (
        completed_years(last, today) <= age_years <= completed_years(born.first, today)
    )
    if age_years is not None and within and born.first != last:
        return counted(Span(age_years, "an"))
    youngest, oldest = _age_of(last, today), _age_of(born.first, today)
    if youngest == oldest:
        return counted(youngest)
    if youngest.unit != oldest.unit:
        return f"de {counted(youngest)} à {counted(oldest)}"
    if oldest.count == youngest.count + 1:
        return f"{youngest.count} ou {counted(oldest)}"
    return f"de {youngest.count} à {counted(oldest)}"


def counted(span: Span) -> str:
    """`1 an`, `7 ans`, `8 mois`, `12 jours`."""
    return (
        f"{span.count} {span.unit}" if span.count < 2 or span.unit == "mois" else f"{span.count} {span.unit}s"
    )


def _age_of(born: date, today: date) -> Span:
    months = completed_months(born, today)
    if months < 1:
        return Span((today - born).days, "jour")
    if months < _MONTHS_SAID_IN_YEARS:
        return Span(months, "mois")
    return Span(completed_years(born, today), "an")
