"""How a line's conditions and hours are told when a transfer is prepared."""

from __future__ import annotations

from datetime import datetime

import pytest

from osnp_console.app.checklist.check_eligibility import Answer, WayIn
from osnp_console.app.transfer.prepare import conditions_of
from osnp_console.domain.access import Access, Mode, Phone
from osnp_console.domain.checklist import Judgement
from osnp_console.domain.clock import PARIS
from osnp_console.domain.hours import Hours
from osnp_console.domain.sources import Source
from osnp_console.domain.states import Verdict
from osnp_console.domain.transfer.line import Line
from tests.unit.slot_world import dispositif

NB = "\u202f"
HOURS = Hours("Mo-Fr 08:00-12:00,14:00-19:00", "De 8 h à 12 h et de 14 h à 19 h")


def closed_words(at: datetime) -> str:
    access = Access(
        Mode.TRANSFER, Source("S5", 14), name="AccèsS", phone=Phone("+33230303434"), hours=HOURS, line=Line()
    )
    way = WayIn(access, access.opening(at))
    judged = Judgement(dispositif("44-pays-de-redon-mg", "CPTS Pays de Redon"), Verdict.ELIGIBLE)
    return conditions_of(Answer(judged, way, (), None), way, at).closed


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (19, 4, "AccèsS ferme à 19:00, il est 19:04. Ouvre demain à 8:00."),
        (12, 30, "AccèsS ferme à 12:00, il est 12:30. Ouvre à 14:00."),
        (7, 10, f"AccèsS, il est 07:10{NB}: fermé · ouvre à 8:00."),
        (10, 2, ""),
    ],
)
def test_a_closed_line_says_since_when_and_until_when(hour: int, minute: int, said: str) -> None:
    assert closed_words(datetime(2026, 11, 24, hour, minute, tzinfo=PARIS)) == said


def test_on_a_day_without_hours_only_the_next_opening_is_told() -> None:
    assert closed_words(datetime(2026, 11, 28, 10, 0, tzinfo=PARIS)) == (
        f"AccèsS, il est 10:00{NB}: fermé · ouvre lundi à 8:00."
    )
