"""News that come in bursts are read at once, then together; news that never end are read all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from osnp_console.ui.burst import Burst

REST_MS = 20


class Reader:
    """What reads again, and how often it did."""

    def __init__(self, burst: Burst) -> None:
        self.readings = 0
        burst.due.connect(self._read)

    def _read(self) -> None:
        self.readings += 1


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


def test_news_of_one_moment_are_one_reading_and_those_after_it_another(qtbot: QtBot, parent: QObject) -> None:
    burst = Burst(REST_MS, parent)
    reader = Reader(burst)
    for _ in range(5):
        burst.tell()
    assert reader.readings == 0, "not within the news itself: more of them may be on their way"
    with qtbot.waitSignal(burst.due):
        pass
    assert reader.readings == 1
    burst.tell()
    burst.tell()
    with qtbot.waitSignal(burst.due):
        pass
    assert reader.readings == 2
    with qtbot.assertNotEmitted(burst.due, wait=3 * REST_MS):
        pass


def test_news_that_never_end_are_read_all_the_same(qtbot: QtBot, parent: QObject) -> None:
    burst = Burst(REST_MS, parent)
    reader = Reader(burst)
    news = QTimer(parent, interval=1)
    news.timeout.connect(burst.tell)
    news.start()
    qtbot.waitUntil(lambda: reader.readings >= 3)
    news.stop()
