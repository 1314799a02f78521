"""One theme for the tests of the interface: light, 100 % text, no screen needed."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication

from osnp_console.ui.theme.theme import Theme

# Before the first test makes the application.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, given to the whole application as the program does."""
    theme = Theme.of(dark=False)
    theme.apply(qapp)
    return theme
