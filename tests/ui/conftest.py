"""One theme for the tests of the interface: light, 100 % text, no screen needed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.ui.theme.theme import Theme

if TYPE_CHECKING:
    from tests.ui.intake_world import Intake

# Before the first test makes the application.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def light(qapp: QApplication) -> tuple[Theme, str]:
    """The light theme at 100 %, made once, and the style sheet by which it is known."""
    theme = Theme.of(dark=False)
    theme.apply(qapp)
    return theme, qapp.styleSheet()


@pytest.fixture
def theme(qapp: QApplication, light: tuple[Theme, str]) -> Theme:
    """The light theme at 100 %, given to the whole application as the program does."""
    theme, sheet = light
    if qapp.styleSheet() != sheet:  # a test before wanted another one
        theme.apply(qapp)
    return theme


@pytest.fixture
def intake(qtbot: QtBot, theme: Theme) -> Intake:
    """The form of a call in a window of its own."""
    from tests.ui.intake_world import Intake  # most tests here do without it

    return Intake(qtbot, theme)
