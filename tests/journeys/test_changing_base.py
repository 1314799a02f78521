"""A desk that noted another base changes once nothing of it is open in the base of today."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.base.address import ServerAddress
from osnp_console.app.base.choice import LeftBehind, place_words
from osnp_console.app.base.leaving import staying_words, unseen_words
from osnp_console.app.calls.kept_aside import Waiting
from osnp_console.cli.program import Program
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.server_store import Server, create_server_store
from osnp_console.ui.first_start.open_page import ClosedBasePage
from tests.journeys.changing_desk import PHONE, ChangingDesk, note, place_section
from tests.journeys.operator import NARROW, Operator, pressed
from tests.journeys.workstation import NOON, SITE_KEY
from tests.storage.server import RealServer, running

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.file_only


@pytest.fixture
def server() -> Iterator[RealServer]:
    """A server."""
    with running() as started:
        yield started


@pytest.fixture
def desk(tmp_path: Path, program: Program) -> ChangingDesk:
    """A desk with its own base."""
    made = ChangingDesk(tmp_path, program)
    made.install()
    return made


@pytest.fixture
def shared(server: RealServer, desk: ChangingDesk, tmp_path: Path) -> ServerAddress:
    """A base on the server whose secrets the desk's keyring has."""
    address = server.address(server.new_base())
    create_server_store(Server(address, None, SITE_KEY, tmp_path / "administrateur", joins=True)).close()
    ServerKeys(address, desk.keyring).remember(ServerSecrets(None, SITE_KEY))
    return address


@pytest.fixture
def operator(qtbot: QtBot, desk: ChangingDesk) -> Iterator[Operator]:
    """An operator whose console is not started."""
    sitting = Operator(qtbot, desk)
    yield sitting
    sitting.stop()


def killed_with_a_call_open(desk: ChangingDesk, shared: ServerAddress) -> None:
    """It noted the shared base, took a call, and was killed."""
    console = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.journeys.changing_desk",
            str(desk.folder),
            json.dumps(desk.keyring.secrets),
            shared.text,
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert console.stdout is not None
    with console.stdout:
        for line in console.stdout:
            if line.startswith("DONE"):
                console.send_signal(signal.SIGKILL)
    assert console.wait() == -signal.SIGKILL


def test_a_call_that_was_open_when_the_desk_was_killed_is_taken_back_before_the_base_changes(
    operator: Operator, desk: ChangingDesk, shared: ServerAddress
) -> None:
    killed_with_a_call_open(desk, shared)
    operator.start()
    assert operator.notice == f"1 appel était ouvert. Le reprendre{NARROW}?"
    pressed("Return")
    assert operator.sheet.text(fields.CALLER_PHONE).replace(NARROW, "") == PHONE
    assert operator.notice == staying_words(LeftBehind(1, False), shared)
    assert place_words(shared) in place_section(operator.window).next_start.text()
    operator.window.calls.close("conseil")
    operator.stop()
    assert (desk.named, desk.kept_calls()) == (desk.file, [])
    operator.start()
    assert desk.named == shared
    assert operator.notice == ""
    assert not place_section(operator.window).next_start.isVisible()
    pressed("F2")
    operator.wait_saved()
    operator.stop()
    assert desk.kept_calls() == []
    assert call_numbers(shared) == 1
    assert desk.faults() == ()


def test_a_call_left_in_the_follow_up_keeps_the_desk_on_its_base_at_every_start_until_it_is_ended(
    operator: Operator, desk: ChangingDesk, shared: ServerAddress
) -> None:
    operator.start()
    note(operator.window, shared, operator.qtbot.waitUntil)
    pressed("F2")
    operator.wait_saved()
    for _ in range(2):
        operator.stop()
        operator.start()
        pressed("Tab")
        pressed("Return")
        assert operator.notice == staying_words(LeftBehind(1, False), shared)
    assert desk.named == desk.file


def test_with_nothing_open_the_base_changes_at_the_next_start_whatever_ended_the_last_one(
    operator: Operator, desk: ChangingDesk, shared: ServerAddress
) -> None:
    operator.start()
    note(operator.window, shared, operator.qtbot.waitUntil)
    assert str(desk.named) == str(desk.file)
    operator.crash()
    operator.start()
    assert (desk.named, operator.notice) == (shared, "")


@pytest.fixture
def unreachable(desk: ChangingDesk) -> ServerAddress:
    """A shared base that does not answer, from which a change to the desk's own is noted."""
    address = ServerAddress("postgres", "127.0.0.1", 1, "appels", "disable")
    ServerKeys(address, desk.keyring).remember(ServerSecrets(None, SITE_KEY))
    settings = KeptPreferences(desk.settings)
    settings.change_base(address.text)
    settings.note_next_base(f"sqlite:///{desk.file}")
    return address


def closed_page(operator: Operator) -> ClosedBasePage:
    """The page of a base that does not open, once it says all it can."""
    operator.begin()
    window = operator.window
    operator.qtbot.waitUntil(
        lambda: any(page.noted.isVisible() for page in window.findChildren(ClosedBasePage)), timeout=20_000
    )
    return next(page for page in window.findChildren(ClosedBasePage) if page.noted.isVisible())


def test_a_base_that_does_not_answer_is_left_when_somebody_says_so(
    operator: Operator, desk: ChangingDesk, unreachable: ServerAddress
) -> None:
    page = closed_page(operator)
    assert page.noted.text() == unseen_words(LeftBehind(None, False), desk.file)
    operator.capture("base-a-quitter-sans-reponse")
    assert str(desk.named) == str(unreachable)
    pressed("Shift+Tab")
    pressed("Shift+Tab")
    assert operator.here == "Changer de base maintenant"
    pressed("Return")
    operator.qtbot.waitUntil(lambda: operator.window.is_open, timeout=20_000)
    assert desk.named == desk.file


def test_a_base_for_which_the_desk_keeps_what_was_typed_is_not_left(
    operator: Operator, desk: ChangingDesk, unreachable: ServerAddress
) -> None:
    place = hashlib.sha256(unreachable.text.encode()).hexdigest()[:16]
    kept = KeptAside(desk.folder / f"serveur-{place}.attente", SITE_KEY)
    kept.keep(Waiting(entries=(JournalEntry("44-3", NOON, TAKEN, "appel-1"),)))
    kept.close()
    page = closed_page(operator)
    assert page.noted.text() == unseen_words(LeftBehind(None, True), desk.file)
    assert not page.change.isVisible()
    assert desk.named == unreachable


def call_numbers(address: ServerAddress) -> int:
    """How many calls a base on the server has."""
    with psycopg.connect(address.text) as link:
        (count,) = link.execute("select count(*) from call").fetchone() or (0,)
    return int(count)
