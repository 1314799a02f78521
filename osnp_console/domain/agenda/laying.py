"""When slots begin and end: openings laid out on the clock of Paris, through both nights of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from osnp_console.domain.agenda.plan import Closure, SingleOpening, WeeklyOpening, who_of
from osnp_console.domain.clock import in_paris
from osnp_console.domain.hours import is_public_holiday

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
Span = tuple[datetime, datetime]


def weekly_spans(opening: WeeklyOpening, start: datetime, end: datetime) -> Iterator[Span]:
    """Its slots or ranges (UTC) that begin from `start` (included) to `end` (included)."""
    # A night that began the day before may still have slots in the window.
    day, last = in_paris(start).date() - DAY, in_paris(end).date()
    while day <= last:
        if _is_on(opening, day):
            for span in _laid(opening, day):
                if start <= span[0] <= end:
                    yield span
        day += DAY


def single_spans(opening: SingleOpening, start: datetime, end: datetime) -> Iterator[Span]:
    """The same of an opening on one date."""
    begin, finish = opening.start.astimezone(UTC), opening.end.astimezone(UTC)
    if opening.offer.minutes is None:
        spans: Iterator[Span] = iter([(begin, finish)] if begin < finish else [])
    else:
        spans = _one_after_the_other(begin, finish, timedelta(minutes=opening.offer.minutes))
    return (span for span in spans if start <= span[0] <= end)


def closures_of(who: str, closures: Iterable[Closure]) -> list[Closure]:
    """The closures of everybody, and those of that practitioner (`who_of`)."""
    return [one for one in closures if one.practitioner is None or who_of(one.practitioner) == who]


def is_closed(span: Span, closures: Iterable[Closure]) -> bool:
    """Whether one of the closures touches it; a range is then closed whole."""
    return any(closure.start < span[1] and closure.end > span[0] for closure in closures)


def _is_on(opening: WeeklyOpening, day: date) -> bool:
    return (
        day.weekday() in opening.weekdays
        and opening.parity.holds(day)
        and opening.validity.covers(day)
        and (opening.on_holidays or not is_public_holiday(day))
    )


def _laid(opening: WeeklyOpening, day: date) -> Iterator[Span]:
    """The slots of a day, by the clock on the wall.

    A slot is at the hours it always is: those that the spring night skips fall away, and the hour that
    comes twice in autumn is offered once, its first time round.
    """
    at = datetime.combine(day, opening.start)
    until = datetime.combine(day if opening.end > opening.start else day + DAY, opening.end)
    finish = _real(until)
    if opening.offer.minutes is None:
        begin = _real(at)
        if begin < finish:
            yield begin, finish
        return
    length = timedelta(minutes=opening.offer.minutes)
    free_from = _real(at)
    while at + length <= until:
        begin = in_paris(at).astimezone(UTC)
        if _exists(at) and begin >= free_from and begin + length <= finish:
            free_from = begin + length
            yield begin, free_from
        at += length


def _one_after_the_other(begin: datetime, finish: datetime, length: timedelta) -> Iterator[Span]:
    while begin + length <= finish:
        yield begin, begin + length
        begin += length


def _exists(wall: datetime) -> bool:
    return in_paris(wall).replace(tzinfo=None, fold=0) == wall


def _real(wall: datetime) -> datetime:
    """The instant (UTC) of a time on the wall; for one that is skipped, the first that is not."""
    while not _exists(wall):
        wall += MINUTE
    return in_paris(wall).astimezone(UTC)
