"""The whole program, at a workstation that each test has for itself."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.bootstrap import build
from osnp_console.bootstrap.window import make_application
from osnp_console.cli.program import Program
from tests.journeys.operator import Operator
from tests.journeys.town import Town, town_of
from tests.journeys.workstation import Workstation

# Before the first test makes the application.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
NEVER_MS = 24 * 3_600_000


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The program behind the window; catalogue and communes are read once.

    One process starts the console many times here: what is young is collected between two starts, what was
    read once is left alone.
    """
    built = build()
    communes = built.communes()
    communes.prepare()
    gc.collect()
    gc.disable()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osnp_console.bootstrap.window.WARM_UP_AFTER_MS", NEVER_MS)
        yield replace(built, communes=lambda: communes)
    gc.enable()


@pytest.fixture
def workstation(tmp_path: Path, program: Program) -> Workstation:
    """A workstation whose desk is settled and whose base is there, the console not started."""
    made = Workstation(tmp_path, program)
    made.install()
    return made


@pytest.fixture
def town(workstation: Workstation) -> Iterator[Town]:
    """The agendas around the workstation, none declared yet; ask for it before the operator."""
    with town_of(workstation) as made:
        yield made


@pytest.fixture
def operator(qtbot: QtBot, workstation: Workstation) -> Iterator[Operator]:
    """An operator before the started console; no call is open."""
    sitting = Operator(qtbot, workstation)
    sitting.start()
    yield sitting
    sitting.stop()
    gc.collect(1)
