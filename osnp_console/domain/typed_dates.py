"""What an operator types for a date of birth and for the day something began, read as it stands.

Pure: `today` is passed in. The shapes and the sentences are those of the interface's intake (birth date)
and table of messages. `Né(e) le` also takes `00/03/2019` and `00/00/2019`, as identity services write dates
of which the day or the month is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from osnp_console.domain.date_words import LEADING, MONTHS, NUMBERS, UNITS, could_go_on, without_leading
from osnp_console.domain.date_words import tokens_of as _tokens_of
from osnp_console.domain.dates import PartialDate, add_months
from osnp_console.domain.typed_ages import Span, age_said, counted, days_before, read_span
from osnp_console.domain.typed_onset import TypedOnset, read_onset
from osnp_console.domain.typed_shapes import (
    BEFORE_1900,
    DOES_NOT_EXIST,
    IN_THE_FUTURE,
    OLDEST_YEAR,
    DateRefused,
    Unfinished,
    Written,
    in_full,
    may_begin_packed,
    plausible,
    read_range,
    read_written,
    reading_of,
    shown,
)

__all__ = [
    "BEFORE_1900",
    "DOES_NOT_EXIST",
    "INCOMPLETE",
    "IN_THE_FUTURE",
    "NOT_A_DATE",
    "DateRefused",
    "TypedBirth",
    "TypedOnset",
    "age_said",
    "read_birth",
    "read_onset",
    "shown",
]

INCOMPLETE = "Date incomplète\u202f: jour, mois et année, ou l’année seule, ou l’âge."
NOT_A_DATE = "Ce texte n’est pas une date\u202f: écrire 14/03/2019, 2019 ou 7 ans."

_VOCABULARY = frozenset((*MONTHS, *LEADING, *NUMBERS, *UNITS, "er", "et", "demi", "demie"))


@dataclass(frozen=True, slots=True)
class TypedBirth:
    """A birth as it was typed: a date, or an age in completed years; never both, never neither.

    `reading` says how the text was read (`lu 14/03/2019`), None when it was typed exactly so.
    """

    date: PartialDate | None
    age_years: int | None
    reading: str | None


def read_birth(text: str, today: date) -> TypedBirth:
    """Read a date of birth or an age; raises DateRefused, `incomplete` while it may still become one.

    `7 ans` is an age and no date. Months, weeks and days give the days on which one is born who has that
    age today. A two-digit year is the latest that keeps the date from the future.
    """
    found = read_range(text)
    if found is None:
        tokens = without_leading(_tokens_of(text))
        span = read_span(tokens)
        if span is not None and span.unit == "an":
            return _aged(span.count, today)
        found = _read(tokens, text, today) if span is None else days_before(span, today)
    plausible(found, today)
    return TypedBirth(found, None, reading_of(text, found))


def _aged(years: int, today: date) -> TypedBirth:
    if years >= today.year - 1 or add_months(today, -12 * years).year < OLDEST_YEAR:
        raise DateRefused(BEFORE_1900)
    return TypedBirth(None, years, f"lu {counted(Span(years, 'an'))}, date non connue")


def _read(tokens: tuple[str, ...], text: str, today: date) -> PartialDate:
    try:
        written = read_written(tokens)
    except Unfinished:
        raise DateRefused(INCOMPLETE, incomplete=True) from None
    if written is None:
        if could_go_on(tokens, _VOCABULARY) or (not tokens and (not text.strip() or _tokens_of(text))):
            raise DateRefused(INCOMPLETE, incomplete=True)
        raise DateRefused(NOT_A_DATE)
    if not written.year or _may_be_a_day_and_a_month(written, today):
        raise DateRefused(INCOMPLETE, incomplete=True)
    return in_full(written, today)


def _may_be_a_day_and_a_month(written: Written, today: date) -> bool:
    """`1403` is no year of birth, and the beginning of `14032019`."""
    alone = not written.month and len(written.year) == 4
    return alone and not OLDEST_YEAR <= int(written.year) <= today.year and may_begin_packed(written.year)
