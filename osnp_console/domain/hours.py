"""Weekly hours with week parity, holidays and what a source leaves open: one value, three answers.

The only module that knows opening-hours-py. Traps it guards against (measured): the library raises on
fixed offsets and on a local time the spring change skips, and the source's silence (`unknown`) must
never read as closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, State, validate

from osnp_console.domain.clock import PARIS, in_paris

HORIZON = timedelta(days=400)

# Public holidays: closed for daytime hours unless the source says otherwise (a convention of ours).
HOLIDAY_RULES = {"convention": "; PH off", "ferme": "; PH off", "ouvert": "", "inconnu": "; PH unknown"}


@dataclass(frozen=True, slots=True)
class Opening:
    """Open (True), closed (False) or not known (None) at an instant, and the next known change."""

    open: bool | None
    closes_at: datetime | None = None
    opens_at: datetime | None = None


NOT_SAID = Opening(None)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours in OSM opening-hours syntax, without holidays; `holidays` is a key of HOLIDAY_RULES.

    `text` is what the source says of them, in a few French words.
    """

    osm: str
    text: str
    holidays: str = "convention"

    def check(self) -> None:
        """Raises ValueError, with the library's explanation, when the hours do not parse."""
        if validate(self._expression()):
            return
        try:  # once more for the explanation: the library's error class is in none of its type stubs
            _compile(self._expression())
        except Exception as error:
            raise ValueError(str(error)) from error

    def at(self, instant: datetime) -> Opening:
        """Whether it is open, until when, or when it is next known to open.

        `closes_at` only where the source says that it closes then (not where it falls silent);
        `opens_at` is the next opening that the source gives.
        """
        moment = in_paris(instant)
        periods = self._periods(moment)
        _, end, state = next(periods)
        if state is State.UNKNOWN:
            return NOT_SAID
        if state is State.OPEN:
            after = next(periods, None)
            closes = after is not None and after[2] is State.CLOSED
            return Opening(True, closes_at=end if closes else None)
        return Opening(
            False, opens_at=next((start for start, _, other in periods if other is State.OPEN), None)
        )

    def _periods(self, moment: datetime) -> Iterator[tuple[datetime, datetime, State]]:
        expression, start = _compile(self._expression()), moment
        for _, boundary, state, _ in expression.intervals(moment, in_paris(moment + HORIZON)):
            end = _first_time(boundary, moment)
            if end.astimezone(UTC) > start.astimezone(UTC):  # else the spring change skipped it whole
                yield start, end, state
                start = end

    def _expression(self) -> str:
        return self.osm + HOLIDAY_RULES[self.holidays]


@lru_cache(maxsize=4096)
def is_public_holiday(day: date) -> bool:
    """Whether the day is a public holiday of metropolitan France."""
    return _compile("PH").state(datetime.combine(day, time(12), tzinfo=PARIS))[0] is State.OPEN


@lru_cache(maxsize=4096)
def _compile(expression: str) -> OpeningHours:
    return OpeningHours(expression, timezone=PARIS, country="FR")


def _first_time(boundary: datetime, moment: datetime) -> datetime:
    """A boundary in the hour that comes twice in autumn is its first time round, unless that is past."""
    first = in_paris(boundary.replace(fold=0))
    return first if first.astimezone(UTC) > moment.astimezone(UTC) else in_paris(boundary)
