"""Where the window stands and how wide its columns are, kept for each set of screens and text size."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.app.preferences_in_use import PreferencesInUse
from osnp_console.ui.frame import layout_memory
from osnp_console.ui.frame.layout_memory import LayoutMemory

WIDTHS = [400, 420, 480]


@dataclass
class Drawer:
    """Where preferences are kept in memory; what was kept last is there at the next start."""

    first: bool = False
    kept: list[Preferences] = field(default_factory=list)

    def load(self) -> Preferences:
        return self.kept[-1] if self.kept else Preferences(theme=LIGHT)

    def save(self, preferences: Preferences) -> None:
        self.kept.append(preferences)


class Desk:
    """A window of a console that is started as often as one likes."""

    def __init__(self, qtbot: QtBot, drawer: Drawer) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.scale = 1.0
        said: list[str] = []
        preferences = PreferencesInUse(drawer, said.append)
        self.memory = LayoutMemory(self.window, preferences, lambda: self.scale)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def test_screens_that_were_never_seen_give_no_place_and_no_widths(qtbot: QtBot, drawer: Drawer) -> None:
    desk = Desk(qtbot, drawer)
    assert not desk.memory.restore()
    assert desk.memory.widths == []


def test_the_next_start_finds_the_window_as_large_and_the_columns_as_wide(
    qtbot: QtBot, drawer: Drawer
) -> None:
    desk = Desk(qtbot, drawer)
    desk.window.resize(640, 480)
    desk.memory.take_widths(WIDTHS)
    desk.memory.settle()
    again = Desk(qtbot, drawer)
    assert again.memory.restore()
    assert again.window.size() == desk.window.size()
    assert again.memory.widths == WIDTHS


def test_a_window_that_is_being_moved_is_kept_once_it_stands(
    qtbot: QtBot, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_memory, "REMEMBER_AFTER_MS", 1)
    desk = Desk(qtbot, drawer)
    desk.memory.moved()
    desk.memory.moved()
    assert drawer.kept == []
    qtbot.waitUntil(lambda: bool(drawer.kept))
    assert len(drawer.kept) == 1


def test_a_window_that_did_not_move_has_nothing_to_keep_when_it_closes(qtbot: QtBot, drawer: Drawer) -> None:
    Desk(qtbot, drawer).memory.settle()
    assert drawer.kept == []


def test_another_text_size_has_a_layout_of_its_own(qtbot: QtBot, drawer: Drawer) -> None:
    desk = Desk(qtbot, drawer)
    desk.memory.take_widths(WIDTHS)
    desk.scale = 1.5
    assert desk.memory.widths == []
    desk.scale = 1.0
    assert desk.memory.widths == WIDTHS
