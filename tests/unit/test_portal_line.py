"""What was taken at a portal or by phone is typed in one line, and read back in full before it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from osnp_console.domain.clock import PARIS, in_paris
from osnp_console.domain.slots.portal_line import (
    FARTHEST_DAYS,
    NO_SUCH_DAY,
    PAST,
    TOO_FAR,
    WHEN_MISSING,
    LineRefused,
    PortalLine,
    read_portal_line,
)

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
"""A Wednesday."""
THURSDAY = "jeudi 26 novembre 2026 à "


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("demain 14h20 Dr Maury, Savenay", THURSDAY + "14:20, Dr Maury, Savenay"),
        ("Demain 14H20 dr maury à Savenay", THURSDAY + "14:20, dr maury, Savenay"),
        ("jeu 26 9:40 Dr Maury, Savenay", THURSDAY + "9:40, Dr Maury, Savenay"),
        ("jeu. 9h40 Dr Maury", THURSDAY + "9:40, Dr Maury"),
        ("26/11 à 14 h 20", THURSDAY + "14:20"),
        ("26/11/2026 14h Centre de la Lande", THURSDAY + "14:00, Centre de la Lande"),
        ("le 26 novembre 14h20 – Dr Maury", THURSDAY + "14:20, Dr Maury"),
        ("26 14h20 Dr Maury", THURSDAY + "14:20, Dr Maury"),
        ("dans 2 h Dr Maury", "mercredi 25 novembre 2026 à 12:00, Dr Maury"),
        ("dans 1h30 Dr Maury", "mercredi 25 novembre 2026 à 11:30, Dr Maury"),
        ("dans 20 min", "mercredi 25 novembre 2026 à 10:20"),
        ("14h20 Dr Maury", "mercredi 25 novembre 2026 à 14:20, Dr Maury"),
        ("1420 Dr Maury", "mercredi 25 novembre 2026 à 14:20, Dr Maury"),
        ("aujourd’hui midi Dr Maury, 12 rue du Port, Savenay",
         "mercredi 25 novembre 2026 à 12:00, Dr Maury, 12 rue du Port, Savenay"),
        ("14h 2 rue du Port", "mercredi 25 novembre 2026 à 14:00, 2 rue du Port"),
        ("mer 9h", "mercredi 2 décembre 2026 à 9:00"),
        ("1er déc. 9h", "mardi 1er décembre 2026 à 9:00"),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_spoken(typed: str, said: str) -> None:
    assert read_portal_line(typed, NOW).said == said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", WHEN_MISSING),
        ("Dr Maury", WHEN_MISSING),
        ("demain Dr Maury", WHEN_MISSING),
        ("Dr Maury demain 14h", WHEN_MISSING),
        ("demain 14h2 Dr Maury", WHEN_MISSING),
        ("demain 25h10", "Cette heure n’existe pas."),
        ("31/02 9h", NO_SUCH_DAY),
        ("24/11 9h", PAST),
        ("26/12 9h", TOO_FAR),
        ("ven 26 9h", "Le 26/11 est un jeudi\u202f: à relire."),
        ("9h Dr Maury", "09:00 est passé\u202f: pour demain, écrire «\u202fdemain 9h\u202f»."),
    ],
)
def test_a_line_that_cannot_be_meant_so_says_why(typed: str, sentence: str) -> None:
    with pytest.raises(LineRefused) as refused:
        read_portal_line(typed, NOW)
    assert refused.value.message == sentence


def test_over_the_night_of_the_clock_change_the_hour_typed_is_the_hour_of_that_day() -> None:
    saturday = datetime(2027, 3, 27, 22, 0, tzinfo=PARIS)
    assert read_portal_line("demain 9h", saturday).start == datetime(2027, 3, 28, 7, 0, tzinfo=UTC)
    assert read_portal_line("lundi 2h30", saturday).start == datetime(2027, 3, 29, 0, 30, tzinfo=UTC)


_word = st.from_regex(r"[A-Za-zÉéèçô'’-]{1,9}", fullmatch=True).filter(lambda word: word.strip("-–"))
_names = st.lists(_word, max_size=3).map(" ".join).filter(lambda text: text == text.strip("-–"))
_days = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001 — made aware below


@given(_days, st.integers(1, FARTHEST_DAYS * 24 * 60 - 1), _names, _names)
def test_a_line_read_back_in_full_reads_the_same(day: datetime, minutes: int, who: str, where: str) -> None:
    now = day.replace(tzinfo=UTC, second=0, microsecond=0)
    start = now + timedelta(minutes=minutes)
    assume(in_paris(start).fold == 0)  # at the hour that comes twice, the words mean the first
    assume(" à " not in f" {who} ")
    line = PortalLine(start, who, where if who else "")
    assert read_portal_line(line.said, now) == line


@given(st.text(max_size=40) | st.text(alphabet="0123456789h/:. ,àdemainjeulr", max_size=25))
def test_whatever_is_typed_is_refused_or_read_as_a_near_time_ahead(typed: str) -> None:
    try:
        line = read_portal_line(typed, NOW)
    except LineRefused:
        return
    assert NOW < line.start <= NOW + timedelta(days=FARTHEST_DAYS)
    assert line.start.second == 0
