"""The shapes in which a day, a month or a year is written, whatever the date is for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from osnp_console.domain.date_words import is_number, month_of
from osnp_console.domain.dates import PartialDate

OLDEST_YEAR = 1900

# Exact sentences of the interface's table of messages.
DOES_NOT_EXIST = "Cette date n’existe pas."
IN_THE_FUTURE = "Cette date est dans l’avenir."
BEFORE_1900 = "Avant 1900\u202f: à relire avec l’appelant."

_A_LEAP_YEAR = 2000
_NOT_KNOWN = {len("2019"): ", jour et mois non connus", len("03/2019"): ", jour non connu"}
_RANGE = re.compile(r"du (\d{2})/(\d{2})/(\d{4}) au (\d{2})/(\d{2})/(\d{4})", re.ASCII)


class DateRefused(ValueError):
    """A typed text is no date. `message` is a French sentence to show under the field.

    `incomplete` is True when the text may become a date as one types on: nothing is to be said before the
    field is left.
    """

    def __init__(self, message: str, incomplete: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.incomplete = incomplete


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written. A day or a month that is absent or `00` is 0; `year` holds 0, 2 or 4 digits."""

    day: int
    month: int
    year: str


class Unfinished(Exception):
    """The tokens are the beginning of a date."""


def read_written(tokens: tuple[str, ...]) -> Written | None:
    """What the tokens write, None when they have no shape of a date.

    Raises `Unfinished` for the beginning of a date and `DateRefused` where no more typing can mend it.
    """
    match tokens:
        case (packed,) if is_number(packed):
            return _packed(packed)
        case (month,) if (number := month_of(month)) is not None:
            return Written(0, number, "")
        case (first, second) if is_number(first) and is_number(second):
            return _two_numbers(first, second)
        case (day, month) if is_number(day) and (number := month_of(month)) is not None:
            return _separated(day, str(number), "")
        case (month, year) if is_number(year) and (number := month_of(month)) is not None:
            return _separated("0", str(number), year)
        case (year, month, day) if all(map(is_number, tokens)) and len(year) == 4:
            return _separated(day, month, year)
        case (day, month, year) if all(map(is_number, tokens)):
            return _separated(day, month, year)
        case (day, month, year) if is_number(day) and is_number(year):
            number = month_of(month)
            return None if number is None else _separated(day, str(number), year)
    return None


def shown(day: PartialDate) -> str:
    """The date as it is shown: `14/03/2019`, `03/2019`, `2019`, `du 26/02/2026 au 25/03/2026`.

    The readers read each of them back as the same date.
    """
    first, last = day.first, day.last
    if first == last:
        return _day(first)
    for text, whole in (
        (f"{first.year:04}", build(0, 0, first.year)),
        (f"{first.month:02}/{first.year:04}", build(0, first.month, first.year)),
    ):
        if day == whole:
            return text
    return f"du {_day(first)} au {_day(last)}"


def read_range(text: str) -> PartialDate | None:
    """`du 26/02/2026 au 25/03/2026`, None for anything else; raises DateRefused for a day that is none."""
    found = _RANGE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    one, two = (build(*map(int, found.groups()[start : start + 3])) for start in (0, 3))
    if one.first != one.last or two.first != two.last or one.first > two.last:
        raise DateRefused(DOES_NOT_EXIST)
    return PartialDate(one.first, two.last)


def reading_of(text: str, day: PartialDate) -> str | None:
    """How a text was read, None when it is the full date as it is shown; says which part is not known."""
    said = shown(day)
    if day.first == day.last:
        return None if text.strip() == said else f"lu {said}"
    return f"lu {said}{_NOT_KNOWN.get(len(said), '')}"


def build(day: int, month: int, year: int) -> PartialDate:
    """The date, or the whole month or year when the day, or both, are 0; raises DateRefused."""
    try:
        if month:
            last = calendar.monthrange(year, month)[1]
            return PartialDate(date(year, month, day or 1), date(year, month, day or last))
        if not day:
            return PartialDate(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        pass
    raise DateRefused(DOES_NOT_EXIST)


def in_full(written: Written, today: date) -> PartialDate:
    """The date of a two-digit year, in the latest century that keeps it from the future, or of a full year.

    Raises DateRefused when it does not exist.
    """
    if len(written.year) != 2:
        return build(written.day, written.month, int(written.year))
    latest = today.year // 100 * 100 + int(written.year)
    found = latest_past(written.day, written.month, (latest, latest - 100), today)
    if found is None:
        raise DateRefused(IN_THE_FUTURE)
    return found


def latest_past(day: int, month: int, years: Iterable[int], today: date) -> PartialDate | None:
    """The date of the first of `years`, given from the latest, in which it exists and has begun."""
    existing = False
    for year in years:
        try:
            found = build(day, month, year)
        except DateRefused:
            continue
        existing = True
        if found.first <= today:
            return found
    if existing:
        return None
    raise DateRefused(DOES_NOT_EXIST)


def plausible(found: PartialDate, today: date) -> PartialDate:
    """The date itself; raises DateRefused when it is in the future or before 1900."""
    if found.first > today:
        raise DateRefused(IN_THE_FUTURE)
    if found.last.year < OLDEST_YEAR:
        raise DateRefused(BEFORE_1900)
    return found


def may_begin_a_year(digits: str) -> bool:
    """True for nothing, `1`, `19`, `190`, `2`, `20`, `202`…: the beginning of a year of our time."""
    return any(century.startswith(digits[:2]) for century in ("19", "20"))


def may_begin_packed(digits: str) -> bool:
    """True when `ddmmyyyy` can begin with these digits."""
    day, month, year = digits[:2], digits[2:4], digits[4:]
    if len(day) == 2 and int(day) > 31:
        return False
    if len(day) == 1 and day > "3":
        return False
    if len(month) == 1 and month > "1":
        return False
    if len(month) == 2 and not _exists_some_year(int(day), int(month), finished=True):
        return False
    return len(digits) < 8 and may_begin_a_year(year)


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _packed(digits: str) -> Written:
    if len(digits) == 8:
        usual = Written(int(digits[:2]), int(digits[2:4]), digits[4:])
        iso = Written(int(digits[6:]), int(digits[4:6]), digits[:4])
        return iso if not _is_of_our_time(usual) and _is_of_our_time(iso) else usual
    if len(digits) == 6:
        usual = Written(int(digits[:2]), int(digits[2:4]), digits[4:])
        month = Written(0, int(digits[:2]), digits[2:])
        return month if usual.month > 12 and _is_of_our_time(month) else usual
    if len(digits) == 4:
        return Written(0, 0, digits)
    if len(digits) < 8 and (len(digits) < 3 or may_begin_packed(digits) or may_begin_a_year(digits)):
        raise Unfinished
    raise DateRefused(DOES_NOT_EXIST)


def _is_of_our_time(written: Written) -> bool:
    try:
        found = build(written.day, written.month, int(written.year))
    except DateRefused:
        return False
    return OLDEST_YEAR <= found.last.year < 2100


def _two_numbers(first: str, second: str) -> Written:
    if len(second) == 4:
        return _separated("0", first, second)
    if len(first) == 4:
        return _separated("0", second, first)
    may_be_a_month = len(first) <= 2 and 0 <= int(first) <= 12
    if len(second) in (2, 3) and int(second) > 12 and may_be_a_month and may_begin_a_year(second):
        raise Unfinished
    return _separated(first, second, "")


def _separated(day: str, month: str, year: str) -> Written:
    if len(day) > 2 or len(month) > 2 or len(year) > 4:
        raise DateRefused(DOES_NOT_EXIST)
    if not _exists_some_year(int(day), int(month), finished=bool(year)):
        raise DateRefused(DOES_NOT_EXIST)
    if len(year) in (1, 3):
        if may_begin_a_year(year) or len(year) == 1:
            raise Unfinished
        raise DateRefused(DOES_NOT_EXIST)
    return Written(int(day), int(month), year)


def _exists_some_year(day: int, month: int, *, finished: bool) -> bool:
    """Whether a day and a month, either of them 0 when unknown, can stand together."""
    if day > 31 or month > 12:
        return False
    if month == 0:
        return day == 0 or not finished
    return day <= calendar.monthrange(_A_LEAP_YEAR, month)[1]
