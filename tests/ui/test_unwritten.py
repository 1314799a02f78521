"""An outcome that the base could not take is written again until it is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.errors import StoreFailure
from osnp_console.app.sources.agendas import Outcome
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.agendas.unwritten import Unwritten
from tests.unit.slot_world import NOW, slot

AWAY = StoreFailure("reseau", "Le serveur ne répond plus.")
FIRST = BookingDone(Outcome.BOOKED, "10:40 est réservé.", slot("10:40"), NOW, unsaved=AWAY)
SECOND = BookingDone(Outcome.BOOKED, "11:20 est réservé.", slot("11:20"), NOW, unsaved=AWAY)


class Base:
    """Takes an outcome once it has refused so many."""

    def __init__(self, refuses: int) -> None:
        self.refuses = refuses
        self.asked: list[BookingDone] = []

    def write_again(self, done: BookingDone) -> BookingDone:
        self.asked.append(done)
        if self.refuses:
            self.refuses -= 1
            return done
        return replace(done, unsaved=None)


@pytest.fixture
def door(qtbot: QtBot) -> Iterator[AgendaDoor]:
    made = AgendaDoor()
    yield made
    qtbot.waitUntil(lambda: made.is_idle)


def test_an_outcome_is_tried_until_the_base_takes_it_and_the_next_after_it(
    qtbot: QtBot, door: AgendaDoor
) -> None:
    base = Base(refuses=3)
    unwritten = Unwritten(door, base.write_again, retry_ms=1)
    kept: list[tuple[BookingDone, BookingDone]] = []
    unwritten.written.connect(lambda told, now: kept.append((told, now)))
    unwritten.take(FIRST)
    unwritten.take(SECOND)
    qtbot.waitUntil(lambda: unwritten.is_empty)
    assert base.asked == [FIRST] * 4 + [SECOND]
    assert kept == [(one, replace(one, unsaved=None)) for one in (FIRST, SECOND)]


def test_an_outcome_that_is_written_is_let_be(door: AgendaDoor) -> None:
    base = Base(refuses=0)
    unwritten = Unwritten(door, base.write_again, retry_ms=1)
    unwritten.take(replace(FIRST, unsaved=None))
    assert unwritten.is_empty
    assert base.asked == []
