"""Python's collector runs on the window's thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from osnp_console.ui.collecting import EVERY_MS, Collecting

MANY = 5_000


@pytest.fixture
def collecting(qtbot: QtBot) -> Iterator[Collecting]:
    """A collector at work."""
    made = Collecting()
    yield made
    made.stop()


class Cycle:
    """Something that only the collector can free; notes the thread it goes on."""

    def __init__(self, went: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: went.append(threading.current_thread().name))


def in_a_thread(went: list[str]) -> None:
    thread = threading.Thread(target=lambda: [Cycle(went) for _ in range(MANY)], name="base")
    thread.start()
    thread.join()


def test_what_another_thread_leaves_behind_goes_on_the_window_s_thread(
    collecting: Collecting, qtbot: QtBot
) -> None:
    went: list[str] = []
    in_a_thread(went)
    assert went == []
    qtbot.waitUntil(lambda: len(went) == MANY, timeout=3 * EVERY_MS)
    assert set(went) == {threading.main_thread().name}


def test_without_much_garbage_a_second_collects_nothing(collecting: Collecting) -> None:
    gc.collect()
    went: list[str] = []
    Cycle(went)
    collecting.collect()
    assert went == []
    gc.collect()
    assert len(went) == 1


def test_python_collects_by_itself_again_once_the_window_is_gone() -> None:
    before = gc.isenabled()
    gc.enable()
    parent = QObject()
    made = Collecting(parent)
    during = gc.isenabled()
    made.stop()
    after = gc.isenabled()
    if not before:  # the tests of the whole program run without
        gc.disable()
    assert (during, after) == (False, True)
