"""Opening hours against a calendar counted by hand, minute by minute, on the clock of Paris."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.clock import PARIS, in_paris
from osnp_console.domain.hours import NOT_SAID, Hours, Opening

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
EVEN, ODD = "week 02-52/2 ", "week 01-53/2 "
MIDNIGHT = 24 * 60
YEARS = range(2019, 2034)
FRENCH_HOLIDAYS = frozenset(holidays.country_holidays("FR", years=YEARS))
WHEN_HOLIDAY: Mapping[str, bool | None] = {"convention": False, "ferme": False, "inconnu": None}

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
REMARKABLE_DAYS = (
    *(day + timedelta(days=shift) for day in (SPRING, AUTUMN) for shift in (-1, 0, 1)),
    date(2026, 5, 1), date(2026, 4, 6), date(2026, 12, 25), date(2027, 1, 1),
    *(date(2026, 12, 28) + timedelta(days=shift) for shift in range(14)),
    *(date(2020, 12, 28) + timedelta(days=shift) for shift in range(14)),
)  # fmt: skip


@dataclass(frozen=True)
class DayPlan:
    """One day as a source tells it: minutes at which it opens and closes, and those it leaves open."""

    opened: tuple[tuple[int, int], ...] = ()
    silent: tuple[tuple[int, int], ...] = ()

    def at(self, minute: int) -> bool | None:
        if any(start <= minute < end for start, end in self.opened):
            return True
        return None if any(start <= minute < end for start, end in self.silent) else False

    def osm(self) -> str:
        if self.silent == ((0, MIDNIGHT),):
            return "unknown"
        spans = self.opened or self.silent
        told = ",".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
        return told if self.opened else f"{told} unknown"


CLOSED = DayPlan()


@dataclass(frozen=True)
class Calendar:
    """Hours written in two ways: as OSM tells them, and as days counted by hand."""

    even: tuple[DayPlan, ...]
    odd: tuple[DayPlan, ...]
    holidays: str

    def hours(self) -> Hours:
        if self.even == self.odd:
            rules = [f"{day} {plan.osm()}" for day, plan in named(self.even)]
        else:
            rules = [
                f"{week}{day} {plan.osm()}"
                for week, plans in ((EVEN, self.even), (ODD, self.odd))
                for day, plan in named(plans)
            ]
        return Hours("; ".join(rules), "", self.holidays)

    def at(self, moment: datetime) -> bool | None:
        local = in_paris(moment)
        if self.holidays != "ouvert" and local.date() in FRENCH_HOLIDAYS:
            return WHEN_HOLIDAY[self.holidays]
        plans = self.odd if local.isocalendar().week % 2 else self.even
        return plans[local.weekday()].at(local.hour * 60 + local.minute)


def named(plans: tuple[DayPlan, ...]) -> list[tuple[str, DayPlan]]:
    """The days that are told, with their names."""
    return [(WEEKDAYS[rank], plan) for rank, plan in enumerate(plans) if plan != CLOSED]


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def day_plans(draw: st.DrawFn) -> DayPlan:
    """A day as a source may tell it; nobody opens or closes between two and three (see the last tests)."""
    kind = draw(st.sampled_from(("closed", "open", "open", "silent", "half")))
    if kind == "closed":
        return CLOSED
    if kind == "silent":
        return DayPlan(silent=((0, MIDNIGHT),))
    if kind == "half":
        return DayPlan(silent=(draw(st.sampled_from(((0, 12 * 60), (12 * 60, MIDNIGHT)))),))
    told = st.sampled_from([minute for minute in range(0, MIDNIGHT + 1, 15) if not 120 <= minute < 180])
    bounds = sorted(draw(st.lists(told, min_size=2, max_size=4, unique=True).map(even_count)))
    return DayPlan(tuple(zip(bounds[::2], bounds[1::2], strict=True)))


def even_count(bounds: list[int]) -> list[int]:
    return bounds[: len(bounds) // 2 * 2]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    weeks = st.lists(day_plans(), min_size=7, max_size=7).map(tuple)
    even = draw(weeks.filter(lambda plans: any(plan != CLOSED for plan in plans)))
    odd = draw(st.one_of(st.just(even), weeks))
    return Calendar(even, odd, draw(st.sampled_from(("convention", "ferme", "ouvert", "inconnu"))))


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A minute of a remarkable day, of a year of 53 weeks, or of any other."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[-2], 12, 31)
    day = draw(st.one_of(st.sampled_from(REMARKABLE_DAYS), st.dates(first, last)))
    start = datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)
    return start + timedelta(minutes=draw(st.integers(0, 25 * 60 - 1)))


@given(calendars(), moments())
def test_it_is_open_when_the_calendar_counted_by_hand_says_so(calendar: Calendar, moment: datetime) -> None:
    assert calendar.hours().at(moment).open is calendar.at(moment)


@given(calendars(), st.sampled_from((*(SPRING, AUTUMN), date(2026, 12, 31), date(2027, 1, 4))))
def test_a_whole_day_agrees_quarter_by_quarter(calendar: Calendar, day: date) -> None:
    hours = calendar.hours()
    start = datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)
    for quarter in range(25 * 4):
        moment = start + timedelta(minutes=15 * quarter)
        assert hours.at(moment).open is calendar.at(moment), in_paris(moment)


@given(calendars(), moments())
def test_the_closing_told_is_where_it_is_no_longer_open(calendar: Calendar, moment: datetime) -> None:
    hours = calendar.hours()
    found = hours.at(moment)
    if found.closes_at is not None:
        assert found.open is True
        assert found.closes_at > moment
        assert hours.at(found.closes_at).open is False
        assert hours.at(found.closes_at.astimezone(UTC) - timedelta(minutes=1)).open is True
        assert all_quarters(calendar, moment, found.closes_at, True)


@given(calendars(), moments())
def test_the_opening_told_is_the_first_one_to_come(calendar: Calendar, moment: datetime) -> None:
    hours = calendar.hours()
    found = hours.at(moment)
    if found.opens_at is not None:
        assert found.open is False
        assert found.opens_at > moment
        assert hours.at(found.opens_at).open is True
        assert hours.at(found.opens_at.astimezone(UTC) - timedelta(minutes=1)).open is not True
        assert not any_open_quarter(calendar, moment, found.opens_at)


@given(calendars(), moments())
def test_what_the_source_leaves_open_has_neither_closing_nor_opening(
    calendar: Calendar, moment: datetime
) -> None:
    if calendar.at(moment) is None:
        assert calendar.hours().at(moment) == NOT_SAID


def quarters(start: datetime, end: datetime) -> list[datetime]:
    first = start.astimezone(UTC)
    count = int((end.astimezone(UTC) - first) / timedelta(minutes=15))
    return [first + timedelta(minutes=15 * rank) for rank in range(min(count, 24 * 4 * 10))]


def all_quarters(calendar: Calendar, start: datetime, end: datetime, state: bool) -> bool:
    return all(calendar.at(moment) is state for moment in quarters(start, end))


def any_open_quarter(calendar: Calendar, start: datetime, end: datetime) -> bool:
    return any(calendar.at(moment) for moment in quarters(start, end))


# In the words of the job ----------------------------------------------------------------------------------

WEEKDAY_LINE = Hours("Mo-Fr 08:00-20:00; Sa 08:00-12:00", "Lundi à vendredi 8 h-20 h, samedi 8 h-12 h")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_a_line_open_this_morning_closes_tonight() -> None:
    assert WEEKDAY_LINE.at(paris("2026-11-24T10:00")) == Opening(True, closes_at=paris("2026-11-24T20:00"))


def test_at_the_minute_of_closing_it_is_closed_and_at_the_minute_of_opening_open() -> None:
    assert WEEKDAY_LINE.at(paris("2026-11-24T20:00")) == Opening(False, opens_at=paris("2026-11-25T08:00"))
    assert WEEKDAY_LINE.at(paris("2026-11-24T08:00")).open is True


def test_saturday_noon_sends_to_monday() -> None:
    assert WEEKDAY_LINE.at(paris("2026-11-28T12:00")).opens_at == paris("2026-11-30T08:00")


def test_an_instant_in_another_offset_is_the_same_instant() -> None:
    in_utc = datetime(2026, 11, 24, 18, 59, tzinfo=UTC)
    assert WEEKDAY_LINE.at(in_utc).open is True
    assert WEEKDAY_LINE.at(in_utc + timedelta(minutes=1)).open is False


def test_an_instant_without_offset_is_paris_time() -> None:
    assert WEEKDAY_LINE.at(datetime(2026, 11, 24, 19, 59)).open is True  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rule", "open_on_christmas"),
    [("convention", False), ("ferme", False), ("ouvert", True), ("inconnu", None)],
)
def test_christmas_is_what_the_source_or_our_convention_says(
    rule: str, open_on_christmas: bool | None
) -> None:
    line = Hours(WEEKDAY_LINE.osm, "", rule)
    assert line.at(paris("2026-12-25T10:00")).open is open_on_christmas


def test_good_friday_is_a_holiday_in_alsace_only() -> None:
    assert WEEKDAY_LINE.at(paris("2026-04-03T10:00")).open is True
    assert WEEKDAY_LINE.at(paris("2026-12-26T10:00")).open is True


def test_the_week_53_and_the_week_1_after_it_are_both_odd() -> None:
    line = Hours(f"{EVEN}Tu 08:00-12:00; {ODD}Th 08:00-12:00", "", "ouvert")
    open_days = [
        day
        for day in (date(2026, 12, 21) + timedelta(days=shift) for shift in range(28))
        if line.at(datetime(day.year, day.month, day.day, 9, tzinfo=PARIS)).open
    ]
    assert open_days == [date(2026, 12, 22), date(2026, 12, 31), date(2027, 1, 7), date(2027, 1, 12)]


def test_a_day_and_night_line_is_always_open_and_never_says_that_it_closes() -> None:
    line = Hours("24/7", "24 h sur 24", "ouvert")
    for text in ("2026-12-25T03:00", "2026-03-29T02:30", "2026-10-25T02:30"):
        assert line.at(paris(text)) == Opening(True)


def test_an_hour_that_the_spring_change_skips_is_answered() -> None:
    assert Hours("Mo-Su 01:00-04:00", "").at(paris("2026-03-29T02:30")).open is True


def test_the_days_around_a_change_of_the_clock_last_23_and_25_hours() -> None:
    line = Hours("Mo-Su 12:00-13:00", "")
    spring, autumn = (line.at(paris(text)).opens_at for text in ("2026-03-28T13:00", "2026-10-24T13:00"))
    assert spring is not None
    assert autumn is not None
    assert spring.astimezone(UTC) - paris("2026-03-28T13:00").astimezone(UTC) == timedelta(hours=22)
    assert autumn.astimezone(UTC) - paris("2026-10-24T13:00").astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize("second_time", [False, True])
def test_in_the_hour_that_comes_twice_the_clock_on_the_wall_decides_both_times(second_time: bool) -> None:
    line = Hours("Mo-Su 00:00-02:30", "", "ouvert")
    first = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    moment = first + timedelta(hours=1) if second_time else first
    assert in_paris(moment).hour == 2
    assert line.at(moment).open is True
    assert line.at(moment + timedelta(minutes=20)).open is False


def test_hours_that_run_past_midnight_go_on_the_day_after() -> None:
    line = Hours("Fr 20:00-08:00", "", "ouvert")
    assert line.at(paris("2026-11-28T07:59")) == Opening(True, closes_at=paris("2026-11-28T08:00"))
    assert line.at(paris("2026-11-27T07:59")).open is False


def test_a_weekend_the_source_does_not_speak_of_is_not_closed() -> None:
    line = Hours("Mo-Fr 08:00-20:00; Sa,Su unknown", "8 h à 20 h, jours non précisés")
    assert line.at(paris("2026-11-28T10:00")) == NOT_SAID
    assert line.at(paris("2026-11-27T21:00")).open is False


def test_a_morning_without_hours_is_not_known_and_its_afternoon_closed() -> None:
    line = Hours("Mo,Tu,Th unknown; Fr 00:00-12:00 unknown", "")
    assert line.at(paris("2026-11-27T11:59")).open is None
    assert line.at(paris("2026-11-27T12:00")).open is False
    assert line.at(paris("2026-11-26T23:59")).open is None


def test_open_until_the_source_falls_silent_has_no_closing() -> None:
    line = Hours("Mo-Su 08:00-12:00, Mo-Su 12:00-24:00 unknown", "", "ouvert")
    assert line.at(paris("2026-11-24T10:00")) == Opening(True)


def test_hours_that_cannot_be_read_are_refused_with_a_reason() -> None:
    with pytest.raises(ValueError, match=r"."):
        Hours("lundi de 8 h à midi", "").check()
    WEEKDAY_LINE.check()


# Openings and closings between two and three, on the nights without that hour or with it twice -------------


def test_an_opening_in_the_hour_that_comes_twice_is_told_for_the_first_time() -> None:
    line = Hours("Su 02:00-02:15", "", "ouvert")
    # Compared in UTC: in the hour that comes twice Python holds times of two zones for unequal (PEP 495).
    opens = line.at(paris("2026-10-24T10:00")).opens_at
    assert opens is not None
    assert opens.astimezone(UTC) == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def test_a_closing_in_the_hour_that_comes_twice_is_told_for_the_first_time() -> None:
    line = Hours("Su 01:00-02:30", "", "ouvert")
    closes = line.at(paris("2026-10-25T01:15")).closes_at
    assert closes is not None
    assert closes.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_opening_in_the_hour_that_is_skipped_is_not_told() -> None:
    line = Hours("Su 02:00-02:15", "", "ouvert")
    assert line.at(paris("2026-03-28T10:00")).opens_at == paris("2026-04-05T02:00")


@given(calendars(), st.sampled_from((SPRING, AUTUMN)))
def test_the_night_of_a_change_of_the_clock_keeps_closings_ahead(calendar: Calendar, day: date) -> None:
    hours = calendar.hours()
    midnight = datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)
    for quarter in range(4 * 4):
        moment = midnight + timedelta(minutes=15 * quarter)
        found = hours.at(moment)
        told = found.closes_at or found.opens_at
        assert told is None or told.astimezone(UTC) > moment
