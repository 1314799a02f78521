"""One theme for the tests of the interface: light, 100 % text, no screen needed."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication

from osnp_console.ui.theme.theme import Theme

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
