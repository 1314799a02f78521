"""Who books, as it is typed on the page Ce poste."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.preferences import Preferences
from osnp_console.domain.regulator import NOT_AN_ADDRESS, Regulator
from osnp_console.ui.preferences.desk_page import DeskPage
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.line_field import LineField
from tests.ui.showing import focused, shown


class Keeper:
    """Keeps preferences in a list."""

    def __init__(self) -> None:
        self.first = False
        self.saved: list[Preferences] = []

    def load(self) -> Preferences:
        return self.saved[-1] if self.saved else Preferences()

    def save(self, preferences: Preferences) -> None:
        self.saved.append(preferences)


@pytest.fixture
def keeper() -> Keeper:
    """What the page keeps."""
    return Keeper()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, keeper: Keeper, qapp: QApplication) -> Iterator[DeskPage]:
    """The page Ce poste of a desk that names nobody yet."""
    kept = KeptPreferences(keeper, Preferences(), qapp)
    page = DeskPage(theme, kept, {"44": "Loire-Atlantique"}, ["CPTS inventée"])
    shown(qtbot, page, width=640, height=700)
    yield page
    kept.deleteLater()


def _type(qtbot: QtBot, field: LineField, text: str) -> None:
    focused(qtbot, field)
    QTest.keyClicks(field.line_edit, text)
    QTest.keyClick(field.line_edit, Qt.Key.Key_Return)


def test_who_books_is_kept_field_by_field(qtbot: QtBot, page: DeskPage, keeper: Keeper) -> None:
    fields = page.regulator
    _type(qtbot, fields.name, "INVENTÉ")
    _type(qtbot, fields.first_name, " Élise ")
    _type(qtbot, fields.email, "e.invente@exemple.fr")
    _type(qtbot, fields.identifier, "10002 909 371")
    assert keeper.load().regulator == Regulator("INVENTÉ", "Élise", "e.invente@exemple.fr", "810002909371")
    assert fields.identifier.text() == "810002909371"


def test_an_address_that_is_none_has_its_sentence_stays_typed_and_is_not_kept(
    qtbot: QtBot, page: DeskPage, keeper: Keeper
) -> None:
    _type(qtbot, page.regulator.email, "elise chez exemple")
    assert page.regulator.email.message.words == NOT_AN_ADDRESS
    assert page.regulator.email.text() == "elise chez exemple"
    assert keeper.saved == []
    page.regulator.email.line_edit.selectAll()
    _type(qtbot, page.regulator.email, "e@exemple.fr")
    assert page.regulator.email.message.words == ""
    assert keeper.load().regulator.email == "e@exemple.fr"
