"""The day on which something began, as a caller says it: `hier`, `lundi`, `12/11`, `depuis 2 semaines`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from osnp_console.domain.date_words import (
    LEADING,
    MONTHS,
    NUMBERS,
    UNITS,
    WEEKDAYS,
    could_go_on,
    is_number,
    tokens_of,
    without_leading,
)
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.typed_ages import Span, days_before, read_span
from osnp_console.domain.typed_shapes import (
    DOES_NOT_EXIST,
    IN_THE_FUTURE,
    OLDEST_YEAR,
    DateRefused,
    Unfinished,
    Written,
    build,
    latest_past,
    plausible,
    read_range,
    read_written,
    reading_of,
    shown,
)

INCOMPLETE_ONSET = "Date incomplète\u202f: écrire hier, lundi, 12/11 ou il y a 3 jours."
NOT_AN_ONSET = "Ce texte n’est pas une date\u202f: écrire hier, lundi, 12/11 ou il y a 3 jours."

# Days back from today to the first and to the last day that are meant.
_SAID: Mapping[tuple[str, ...], tuple[int, int]] = {
    ("aujourd", "hui"): (0, 0),
    ("aujourdhui",): (0, 0),
    ("ce", "matin"): (0, 0),
    ("cet", "apres", "midi"): (0, 0),
    ("ce", "soir"): (0, 0),
    ("cette", "nuit"): (1, 0),
    ("hier",): (1, 1),
    ("hier", "matin"): (1, 1),
    ("hier", "soir"): (1, 1),
    ("avant", "hier"): (2, 2),
}
_AGO = (("il", "y", "a"), ("y", "a"), ("depuis",), ("depuis", "le"))
_VOCABULARY = frozenset(
    (*MONTHS, *WEEKDAYS, *LEADING, *NUMBERS, *UNITS, "er", "et", "demi", "il", "y", "depuis", "dernier")
) | {word for words in _SAID for word in words}
_YEARS_WITHOUT_A_29_FEBRUARY = 8


@dataclass(frozen=True, slots=True)
class TypedOnset:
    """The days on which something may have begun, and how the text was read (None: exactly as typed)."""

    date: PartialDate
    reading: str | None


def read_onset(text: str, today: date) -> TypedOnset:
    """Read the day something began; raises DateRefused, `incomplete` while it may still become one.

    A weekday is the last such day: today when today is that day, else strictly before; `lundi dernier` is
    never today. Without a year, `12/11` and `novembre` are the latest that have begun. `il y a 2 semaines` is
    the day two weeks ago; months and years, said loosely, give all the days that they can mean.
    """
    found = read_range(text)
    if found is None:
        found = _read(tokens_of(text), text, today)
    plausible(found, today)
    return TypedOnset(found, reading_of(text, found))


def _read(tokens: tuple[str, ...], text: str, today: date) -> PartialDate:
    for ago in sorted(_AGO, key=len, reverse=True):
        if tokens[: len(ago)] == ago:
            tokens = tokens[len(ago) :]
            break
    said = _SAID.get(tokens)
    if said is not None:
        return PartialDate(today - timedelta(days=said[0]), today - timedelta(days=said[1]))
    day_alone = len(tokens) == 2 and tokens[0] == "le" and is_number(tokens[1]) and len(tokens[1]) <= 2
    if day_alone:
        return _day_of_a_month(int(tokens[1]), today)
    tokens = without_leading(tokens)
    if tokens and tokens[0] in WEEKDAYS:
        return _from_a_weekday(WEEKDAYS.index(tokens[0]), tokens[1:], text, today)
    span = read_span(tokens)
    if span is not None:
        weeks = span.unit == "semaine"
        return days_before(Span(7 * span.count, "jour") if weeks else span, today)
    return _dated(tokens, text, today)


def _from_a_weekday(weekday: int, rest: tuple[str, ...], text: str, today: date) -> PartialDate:
    back = (today.weekday() - weekday) % 7
    if rest == ("dernier",):
        back = back or 7
    elif rest and rest not in (("matin",), ("soir",)):
        if len(rest) == 1 and is_number(rest[0]) and len(rest[0]) <= 2:
            raise DateRefused(INCOMPLETE_ONSET, incomplete=True)
        found = _dated(rest, text, today)
        if found.first == found.last and found.first.weekday() != weekday:
            sentence = f"Le {shown(found)} est un {WEEKDAYS[found.first.weekday()]}."
            raise DateRefused(sentence, incomplete=len(rest[-1]) < 4)
        return found
    day = today - timedelta(days=back)
    return PartialDate(day, day)


def _dated(tokens: tuple[str, ...], text: str, today: date) -> PartialDate:
    try:
        written = read_written(tokens)
    except Unfinished:
        raise DateRefused(INCOMPLETE_ONSET, incomplete=True) from None
    if written is None:
        if could_go_on(tokens, _VOCABULARY) or (not tokens and (not text.strip() or tokens_of(text))):
            raise DateRefused(INCOMPLETE_ONSET, incomplete=True)
        raise DateRefused(NOT_AN_ONSET)
    if not written.month and len(written.year) == 4:
        written = _as_day_and_month(written, today)
    if written.year:
        year = int(written.year)
        if len(written.year) == 2:
            year += today.year // 100 * 100
        return build(written.day, written.month, year)
    if not written.month:
        raise DateRefused(INCOMPLETE_ONSET, incomplete=True)
    years = range(today.year, today.year - _YEARS_WITHOUT_A_29_FEBRUARY - 1, -1)
    found = latest_past(written.day, written.month, years, today)
    if found is None:
        raise DateRefused(IN_THE_FUTURE)
    return found


def _as_day_and_month(written: Written, today: date) -> Written:
    """`1211` typed for an onset is the 12th of November, `2011` the year: both are read back as shown."""
    day, month = int(written.year[:2]), int(written.year[2:])
    if not day or not month or OLDEST_YEAR <= int(written.year) <= today.year:
        return written
    try:
        build(day, month, 2000)
    except DateRefused:
        return written
    return Written(day, month, "")


def _day_of_a_month(number: int, today: date) -> PartialDate:
    """`le 12`: the latest 12th that is not in the future."""
    if 1 <= number <= 31:
        for back in range(62):
            day = today - timedelta(days=back)
            if day.day == number:
                return PartialDate(day, day)
    raise DateRefused(DOES_NOT_EXIST)
