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
from osnp_console.bootstrap.application import make_application
from osnp_console.cli.program import Program
from osnp_console.desk import passphrase
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.storage.server_store import Server, create_server_store
from tests.journeys.operator import Operator
from tests.journeys.town import Town, town_of
from tests.journeys.workstation import SITE_KEY, Workstation
from tests.storage.places import FILE, SERVER, TEMPLATE
from tests.storage.server import RealServer, running

# Before the first test makes the application.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
NEVER_MS = 24 * 3_600_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both_bases` is lived through on both where none was chosen by `--base`."""
    is_free = metafunc.config.getoption("base") is None and "base_kind" in metafunc.fixturenames
    if is_free and metafunc.definition.get_closest_marker("both_bases"):
        metafunc.parametrize("base_kind", [FILE, SERVER])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server are left out the journeys without a base, and those about what only a file has."""
    if config.getoption("base") != SERVER:
        return
    kept = [
        item
        for item in items
        if "base_kind" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("file_only")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture
def base_kind(request: pytest.FixtureRequest) -> str:
    """What kind of base the workstation has."""
    return str(request.config.getoption("base") or FILE)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The program behind the window; catalogue and communes are read once.

    One process starts the console many times here: what is young is collected between two starts, what was
    read once is left alone. Passwords and passphrases cost next to nothing (tests/desk pays their price).
    """
    built = build()
    communes = built.communes()
    communes.prepare()
    gc.collect()
    gc.disable()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osnp_console.bootstrap.window.WARM_UP_AFTER_MS", NEVER_MS)
        for price, paid in (("MEMORY_KIB", 64), ("PASSES", 1), ("LANES", 1)):
            patch.setattr(passphrase, price, paid)
        yield replace(built, communes=lambda: communes, passwords=lambda: ArgonPasswords(64, 1, 1))
    gc.enable()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server of the journeys that are lived through on one, with an empty console's base to copy."""
    with running() as started:
        address = started.address(started.new_base(name=TEMPLATE))
        create_server_store(Server(address, None, SITE_KEY, tmp_path_factory.mktemp("modele"))).close()
        yield started


@pytest.fixture
def workstation(
    tmp_path: Path, program: Program, base_kind: str, request: pytest.FixtureRequest
) -> Iterator[Workstation]:
    """A workstation whose desk is settled and whose base is there, the console not started."""
    made = Workstation(tmp_path, program)
    if base_kind == FILE:
        made.install()
        yield made
        return
    site: RealServer = request.getfixturevalue("site")
    base = site.new_base(TEMPLATE)
    made.address = site.address(base)
    made.install()
    yield made
    site.drop_base(base)


@pytest.fixture
def town(workstation: Workstation) -> Iterator[Town]:
    """The agendas around the workstation, none declared yet; ask for it before the operator."""
    with town_of(workstation) as made:
        yield made


@pytest.fixture
def seated(qtbot: QtBot, workstation: Workstation) -> Iterator[Operator]:
    """An operator whose console is not started."""
    sitting = Operator(qtbot, workstation)
    yield sitting
    sitting.stop()
    gc.collect(1)


@pytest.fixture
def operator(seated: Operator) -> Operator:
    """An operator before the started console; no call is open."""
    seated.start()
    return seated
