"""The whole program, at a workstation that each test has for itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.bootstrap import build
from osnp_console.bootstrap.window import make_application
from osnp_console.cli.program import Program
from tests.journeys.operator import Operator
from tests.journeys.workstation import Workstation

# Before the first test makes the application.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(scope="session")
def program() -> Program:
    """The program behind the window; catalogue and communes are read once."""
    return build()


@pytest.fixture
def workstation(tmp_path: Path, program: Program) -> Workstation:
    """A workstation whose desk is settled and whose base is there, the console not started."""
    made = Workstation(tmp_path, program)
    made.install()
    return made


@pytest.fixture
def operator(qtbot: QtBot, workstation: Workstation) -> Iterator[Operator]:
    """An operator before the started console; no call is open."""
    sitting = Operator(qtbot, workstation)
    sitting.start()
    yield sitting
    sitting.stop()
