from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.connectors.fhir.instants import read_instant, written_instant

TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DATES = st.datetimes(timezones=st.just(UTC)).filter(lambda date: 2000 <= date.year < 2100)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T10:00:00+01:00",
        "2026-11-24T10:00:00.000+01:00",
        "2026-11-24T10:00:00.000000000+01:00",
        "2026-11-24T10:00+01:00",
        "2026-11-24T09:00:00Z",
        "2026-11-24T09:00:00.000Z",
        "2026-11-24T09:00Z",
        "2026-11-24t09:00:00z",
        "2026-11-24T09:00:00+00:00",
        "2026-11-24T06:00:00-03:00",
        "2026-11-24T10:00:00",
        "2026-11-24T10:00",
        "2026-11-24 10:00:00",
    ],
)
def test_every_writing_of_an_instant_is_the_same_instant(text: str) -> None:
    assert read_instant(text) == TEN
    assert read_instant(text).tzinfo is UTC


def test_without_offset_it_is_paris_time_in_summer_too() -> None:
    assert read_instant("2026-07-01T10:00:00") == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-11-24T24:00:00+01:00", "2026-11-24T24:00+01:00", "2026-11-24T24:00:00.000"]
)
def test_midnight_at_the_end_of_a_day_is_the_next_day(text: str) -> None:
    assert read_instant(text) == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "2026-11-24",
        "2026-11",
        "2026-13-24T10:00:00Z",
        "2026-11-24T25:00:00Z",
        "10:00",
        "20261124",
    ],
)
def test_what_is_no_instant_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_instant(text)


@given(DATES, OFFSETS)
def test_an_instant_keeps_its_meaning_whatever_its_offset(date: datetime, offset: timezone) -> None:
    instant = date.replace(tzinfo=offset)
    assert read_instant(instant.isoformat()) == instant


@given(DATES)
def test_what_is_asked_is_read_back_to_the_millisecond(date: datetime) -> None:
    written = written_instant(date)
    assert abs(read_instant(written) - date) < timedelta(milliseconds=1)
    assert written[-6] in "+-"


def test_what_is_asked_is_on_the_clock_of_paris() -> None:
    assert written_instant(TEN) == "2026-11-24T10:00:00.000+01:00"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert read_instant(text).tzinfo is UTC
