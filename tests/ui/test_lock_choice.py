"""After how long the screen locks is settled with the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.preferences import Preferences
from osnp_console.ui.preferences.desk_page import DeskPage
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme


class Keeper:
    """Keeps preferences in a list."""

    first = False

    def __init__(self) -> None:
        self.saved: list[Preferences] = []

    def load(self) -> Preferences:
        return Preferences()

    def save(self, preferences: Preferences) -> None:
        self.saved.append(preferences)


def test_the_length_chosen_is_kept_and_an_unusual_one_is_among_the_choices(
    qtbot: QtBot, theme: Theme
) -> None:
    parent, keeper = QWidget(), Keeper()
    qtbot.addWidget(parent)
    kept = KeptPreferences(keeper, Preferences(lock_minutes=12), parent)
    page = DeskPage(theme, kept, {"44": "Loire-Atlantique"}, [], parent)
    assert page.lock.answer == 12
    assert [one.value for one in page.lock.choices] == [5, 10, 12, 15, 20, 30]
    page.lock.set_answer(30)
    page.lock.answered.emit(30)
    assert [one.lock_minutes for one in keeper.saved] == [30]
