"""The window on a base that several desks share: first connection, what is kept, what it waits for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.cli.program import Program
from osnp_console.desk.server_keys import ASK_AGAIN, ASK_AT_START
from osnp_console.storage.failures import WRONG_KEY
from osnp_console.storage.server_engine import open_server_engine
from osnp_console.storage.server_failures import NOT_REACHED
from osnp_console.storage.server_store import (
    WAITING,
    Server,
    _take_schema_lock,
    create_server_store,
    open_server_store,
)
from osnp_console.storage.server_verify import verify_server
from osnp_console.ui.first_start.open_page import ClosedBasePage, OpenBasePage, WaitingPage
from tests.journeys.operator import pressed, typed
from tests.journeys.test_opening_the_base import Starting
from tests.journeys.workstation import DESK, Keyring, Workstation
from tests.storage.kept import full_call, save
from tests.storage.server import RealServer, running

KEY = "ab" * 32


def another(shared: Workstation, folder: str) -> Server:
    """The base as another desk reaches it, which keeps its heads in that folder."""
    return replace(shared.reached, key=bytes.fromhex(KEY), heads=shared.folder / folder, joins=True)


@pytest.fixture
def server() -> Iterator[RealServer]:
    """A server of the test's own."""
    with running() as started:
        yield started


@pytest.fixture
def shared(tmp_path: Path, program: Program, server: RealServer) -> Workstation:
    """A desk that was never connected to the site's base, which an administrator has made."""
    made = Workstation(tmp_path, program, Keyring(), address=server.address(server.new_base()))
    made.settle()
    create_server_store(another(made, "administrateur")).close()
    return made


@pytest.fixture
def starting(qtbot: QtBot) -> Iterator[Starting]:
    """Starts consoles; the last one is stopped at the end."""
    made = Starting(qtbot)
    yield made
    made.stop()


def open_page(starting: Starting) -> OpenBasePage:
    page = starting.page(OpenBasePage)
    assert isinstance(page, OpenBasePage)
    return page


def texts(page: QWidget) -> list[str]:
    """What a page says."""
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_sites_key_is_typed_once_and_the_next_start_asks_nothing(
    starting: Starting, shared: Workstation
) -> None:
    starting.start(shared)
    page = open_page(starting)
    assert page.lead.text() == ASK_AT_START
    typed("cd" * 32)
    pressed("Return")
    starting.wait_for(lambda: WRONG_KEY in texts(page))
    assert shared.keyring.secrets == {}
    page.phrase.line_edit.setText(f"mot de passe {KEY}")
    pressed("Return")
    starting.wait_until_open()
    assert sorted(shared.keyring.secrets.values()) == [KEY, "mot de passe"]
    opened = starting.start(shared)
    starting.wait_until_open()
    assert shared.address is not None
    assert opened.base.place == shared.address.text
    assert opened.base.verify().result(20).faults == ()
    assert opened.base.feed() is not None
    assert opened.base.aside() is not None


def test_calls_taken_at_two_desks_are_in_one_base(starting: Starting, shared: Workstation) -> None:
    starting.start(shared)
    page = open_page(starting)
    page.phrase.line_edit.setText(KEY)
    pressed("Return")
    starting.wait_until_open()
    pressed("F2")
    typed("QUATREMERE")
    starting.stop()
    other = create_other(shared)
    assert other == 2
    assert verify_server(another(shared, "administrateur")).faults == ()


def create_other(shared: Workstation) -> int:
    """Another desk's call; how many the base then has."""
    store = open_server_store(another(shared, "autre"))
    try:
        save(store, full_call("autre"))
        with store.unit() as unit:
            return len(unit.calls.still_open(DESK.code))
    finally:
        store.close()


def test_a_server_that_does_not_answer_is_told_and_tried_again(
    starting: Starting, shared: Workstation, server: RealServer
) -> None:
    starting.start(shared)
    open_page(starting).phrase.line_edit.setText(KEY)
    pressed("Return")
    starting.wait_until_open()
    starting.stop()
    server.kill()
    starting.start(shared)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert (page.title.text(), page.lead.text()) == ("Le serveur de la base ne répond pas", NOT_REACHED)
    server.start()
    page.retry_wanted.emit()
    starting.wait_until_open()


def test_a_password_that_changed_on_the_server_is_asked_for(
    starting: Starting, shared: Workstation, server: RealServer
) -> None:
    starting.start(shared)
    open_page(starting).phrase.line_edit.setText(f"ancien {KEY}")
    pressed("Return")
    starting.wait_until_open()
    starting.stop()
    server.say("alter role postgres password 'nouveau'")
    server.demand_passwords()
    starting.start(shared)
    closed = starting.page(ClosedBasePage)
    assert isinstance(closed, ClosedBasePage)
    closed.retry_wanted.emit()
    page = open_page(starting)
    assert page.lead.text() == ASK_AGAIN
    page.phrase.line_edit.setText("nouveau")
    pressed("Return")
    starting.wait_until_open()
    assert "nouveau" in shared.keyring.secrets.values()


def test_a_desk_that_waits_for_another_ones_update_says_so(
    starting: Starting, shared: Workstation, server: RealServer
) -> None:
    assert shared.address is not None
    starting.start(shared)
    open_page(starting).phrase.line_edit.setText(KEY)
    pressed("Return")
    starting.wait_until_open()
    starting.stop()
    server.say("update base_note set value = '0' where name = 'mots'", shared.address.base)
    engine = open_server_engine(shared.address, None)
    with engine.begin() as connection:
        _take_schema_lock(connection, lambda: None)
        starting.start(shared)
        page = starting.page(WaitingPage)
        assert isinstance(page, WaitingPage)
        assert page.lead.text() == WAITING
    engine.dispose()
    starting.wait_until_open()
