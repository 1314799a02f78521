"""The time of a call back, as operators type it at 10:00 on Wednesday 25 November 2026."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.clock import in_paris
from osnp_console.domain.typed_times import (
    HOUR_MISSING,
    NO_SUCH_DAY,
    NO_SUCH_TIME,
    NO_TIME,
    TOO_FAR,
    TimeRefused,
    read_time,
    said,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def refusal(text: str, now: datetime = NOW) -> str:
    with pytest.raises(TimeRefused) as refused:
        read_time(text, now)
    return refused.value.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("14h30", "aujourd’hui 14:30"),
        ("14:30", "aujourd’hui 14:30"),
        ("1430", "aujourd’hui 14:30"),
        ("14 h 30", "aujourd’hui 14:30"),
        ("à 14h30", "aujourd’hui 14:30"),
        ("11h", "aujourd’hui 11:00"),
        ("14", "aujourd’hui 14:00"),
        ("midi", "aujourd’hui 12:00"),
        ("aujourd’hui 15h", "aujourd’hui 15:00"),
        ("dans 2 h", "aujourd’hui 12:00"),
        ("dans 2h", "aujourd’hui 12:00"),
        ("dans 1 h 30", "aujourd’hui 11:30"),
        ("dans 1h30", "aujourd’hui 11:30"),
        ("dans une heure", "aujourd’hui 11:00"),
        ("dans une heure et demie", "aujourd’hui 11:30"),
        ("dans une demi-heure", "aujourd’hui 10:30"),
        ("dans un quart d’heure", "aujourd’hui 10:15"),
        ("dans 20 min", "aujourd’hui 10:20"),
        ("dans 3 jours", "sam. 28/11 10:00"),
        ("dans une semaine", "mer. 02/12 10:00"),
        ("demain 9h", "demain 9:00"),
        ("Demain à 930", "demain 9:30"),
        ("après-demain 14h", "ven. 27/11 14:00"),
        ("lundi 9h", "lun. 30/11 9:00"),
        ("mercredi 9h", "mer. 02/12 9:00"),
        ("27/11 9h", "ven. 27/11 9:00"),
        ("le 5/1 à 9h", "mar. 05/01/2027 9:00"),
    ],
)
def test_a_typed_time_is_read_as_people_mean_it(text: str, shown: str) -> None:
    assert said(read_time(text, NOW), NOW) == shown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NO_TIME),
        ("x", NO_TIME),
        ("dans", NO_TIME),
        ("dans 2", NO_TIME),
        ("dans 0 min", NO_TIME),
        ("14h7", NO_TIME),
        ("ce soir", NO_TIME),
        ("25h", NO_SUCH_TIME),
        ("14h75", NO_SUCH_TIME),
        ("30/2 9h", NO_SUCH_DAY),
        ("demain", HOUR_MISSING),
        ("27/11", HOUR_MISSING),
        ("dans 91 jours", TOO_FAR),
        ("dans 9999 h", TOO_FAR),
        ("1/6 9h", TOO_FAR),
    ],
)
def test_what_is_no_time_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_a_time_that_is_past_is_not_moved_to_tomorrow_by_itself() -> None:
    assert refusal("9h30") == "09:30 est passé\u202f: pour demain, écrire «\u202fdemain 9h30\u202f»."
    assert refusal("25/11 9h") == "09:00 est passé\u202f: pour demain, écrire «\u202fdemain 9h\u202f»."


def test_two_hours_are_two_hours_over_the_change_of_the_clock() -> None:
    """On 25 October 2026, three o’clock comes twice."""
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_time("dans 2 h", night) == night + timedelta(hours=2)
    before = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
    assert said(read_time("dans 1 jour", before), before) == "demain 10:00"


def test_a_call_back_of_yesterday_is_said_so() -> None:
    assert said(NOW - timedelta(days=1), NOW) == "hier 10:00"


WORDS = st.sampled_from(
    (
        "dans",
        "demain",
        "lundi",
        "h",
        "min",
        "jours",
        "et",
        "demi",
        "heure",
        "midi",
        "27/11",
        "9",
        "14",
        "1430",
    )
)


@given(st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=8).map(" ".join)))
def test_any_text_is_a_time_to_come_or_a_sentence(text: str) -> None:
    moment, sentence = NOW + timedelta(minutes=1), "."
    try:
        moment = read_time(text, NOW)
    except TimeRefused as refused:
        sentence = refused.message
    assert NOW < moment <= NOW + timedelta(days=91)
    assert sentence.endswith((".", "»"))


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(("{}h{:02}", "{}:{:02}", "{:02}{:02}")))
def test_every_time_of_tomorrow_can_be_written_three_ways(hour: int, minute: int, shape: str) -> None:
    moment = in_paris(read_time("demain " + shape.format(hour, minute), NOW))
    assert (moment.day, moment.hour, moment.minute) == (26, hour, minute)
