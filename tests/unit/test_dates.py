"""Dates known to the day, the month or the year; ages and months as people count them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.dates import ALWAYS, PartialDate, Validity, add_months, completed_years


def is_a_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-05-02", date(2024, 5, 2), date(2024, 5, 2)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_date_is_the_days_it_may_be(text: str, first: date, last: date) -> None:
    assert PartialDate.parse(text) == PartialDate(first, last)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-5-2", "2024-13", "2024-00", "2023-02-29", "2024-04-31", "02/05/2024", "2024-05-02T10:00",
     " 2024", "2024-05-02\n", "0000", "mai 2024", "2024-05-"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_a_date(text)


@pytest.mark.parametrize("text", ["٢٠٢٤", "２０２４-05-02"])
def test_only_the_digits_of_the_contract_make_a_date(text: str) -> None:
    assert not is_a_date(text)


@given(DAYS)
def test_the_day_is_within_its_month_and_its_month_within_its_year(day: date) -> None:
    whole = [
        PartialDate.parse(f"{day:%Y-%m-%d}"),
        PartialDate.parse(f"{day:%Y-%m}"),
        PartialDate.parse(f"{day:%Y}"),
    ]
    firsts, lasts = [one.first for one in whole], [one.last for one in whole]
    assert firsts == sorted(firsts, reverse=True)
    assert lasts == sorted(lasts)
    assert firsts[0] == lasts[0] == day


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2024, 2, 28), 23), (date(2024, 2, 29), 24), (date(2025, 2, 28), 24), (date(2025, 3, 1), 25),
        (date(2000, 2, 29), 0),
    ],
)  # fmt: skip
def test_born_on_29_february(day: date, years: int) -> None:
    assert completed_years(date(2000, 2, 29), day) == years


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@given(DAYS, st.integers(0, 100))
def test_on_the_anniversary_the_years_are_completed(born: date, years: int) -> None:
    anniversary = add_months(born, 12 * years)
    if (born.month, born.day) != (2, 29):
        assert completed_years(born, anniversary) == years


def test_a_validity_counts_its_first_and_its_last_day() -> None:
    november = Validity(date(2026, 11, 1), date(2026, 11, 30))
    assert november.covers(date(2026, 11, 1))
    assert november.covers(date(2026, 11, 30))
    assert not november.covers(date(2026, 10, 31))
    assert not november.covers(date(2026, 12, 1))
    assert ALWAYS.covers(date(1900, 1, 1))


@given(st.lists(st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 1, 20))), min_size=4, max_size=4))
def test_two_validities_overlap_when_a_day_is_in_both(bounds: list[date | None]) -> None:
    one, other = Validity(*bounds[:2]), Validity(*bounds[2:])
    if any(each.start and each.end and each.start > each.end for each in (one, other)):
        return
    days = [date(2025, 12, 31), *(date(2026, 1, number) for number in range(1, 22))]
    assert one.overlaps(other) is any(one.covers(day) and other.covers(day) for day in days)
    assert one.overlaps(other) is other.overlaps(one)
