"""The first start, the passphrase at each start, and a base that is not where or what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.bootstrap.window import OpenWindow
from osnp_console.cli.program import Program
from osnp_console.desk.keys import LOST
from osnp_console.desk.passphrase import salt_file
from osnp_console.desk.settings import KeptPreferences
from osnp_console.desk.single_instance import ALREADY, BaseLock
from osnp_console.desk.vault import VaultState
from osnp_console.storage.backup import back_up
from osnp_console.storage.engine import connect
from osnp_console.ui.first_start.first_page import FirstStartPage
from osnp_console.ui.first_start.keeping_block import NOT_THE_SAME
from osnp_console.ui.first_start.open_page import ClosedBasePage, OpenBasePage
from osnp_console.ui.first_start.who_block import NO_NAME
from osnp_console.ui.lock.sign_in_page import SignInPage
from tests.journeys.operator import pressed, typed
from tests.journeys.test_accessible import nameless
from tests.journeys.workstation import Keyring, Workstation

pytestmark = pytest.mark.file_only

PHRASE = "quatre mots bien longs"
WORD = "quatre marees basses"
OPENS_IN_MS = 20_000


class NoKeyring(Keyring):
    """A session without any keyring."""

    @property
    def state(self) -> VaultState:
        return VaultState.ABSENT


class Starting:
    """Starts the console of a workstation, and stops what it started."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.opened: OpenWindow | None = None

    def start(self, workstation: Workstation) -> OpenWindow:
        """Start it and wait for its first page."""
        self.stop()
        self.opened = opened = workstation.start()
        opened.window.resize(1366, 768)
        opened.window.show()
        opened.window.activateWindow()
        self._qtbot.waitUntil(opened.window.isActiveWindow)
        opened.window.start()
        return opened

    def stop(self) -> None:
        """Close the console."""
        opened, self.opened = self.opened, None
        if opened is not None:
            opened.window.close()
            opened.finish()

    def page(self, kind: type[QWidget]) -> QWidget:
        """The page of that kind, once it is on screen."""
        opened = self.opened
        assert opened is not None

        def on_screen() -> bool:
            return any(page.isVisible() for page in opened.window.findChildren(kind))

        self.wait_for(on_screen)
        return next(page for page in opened.window.findChildren(kind) if page.isVisible())

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(condition, timeout=OPENS_IN_MS)

    def wait_until_open(self) -> None:
        """Wait until calls can be taken."""
        opened = self.opened
        assert opened is not None
        self.wait_for(lambda: opened.window.is_open)


@pytest.fixture
def starting(qtbot: QtBot) -> Iterator[Starting]:
    """Starts consoles; the last one is stopped at the end."""
    made = Starting(qtbot)
    yield made
    made.stop()


@pytest.fixture
def bare(tmp_path: Path, program: Program) -> Workstation:
    """A workstation on which the console was never started, in a session without a keyring."""
    return Workstation(tmp_path, program, keyring=NoKeyring())


def say_who() -> None:
    """The administrator of the first start, from the field of the name on."""
    typed("Erwan Morvan")
    pressed("Tab")
    typed("e.morvan")
    for _ in range(2):
        pressed("Tab")
        typed(WORD)


def sign_in(starting: Starting) -> None:
    """Sign the administrator in."""
    starting.page(SignInPage)
    typed("e.morvan")
    pressed("Tab")
    typed(WORD)
    pressed("Return")
    starting.wait_until_open()


def first_start(starting: Starting, workstation: Workstation) -> None:
    """Go through the first start by the keyboard."""
    starting.start(workstation)
    starting.page(FirstStartPage)
    pressed("Tab")
    typed("44")
    for _ in range(4):
        pressed("Tab")
    typed(PHRASE)
    pressed("Tab")
    typed(PHRASE)
    pressed("Tab")
    pressed("Tab")
    say_who()
    pressed("Return")
    starting.wait_until_open()


def test_the_first_start_without_a_keyring_asks_the_desk_and_a_phrase_and_ends_on_an_open_base(
    starting: Starting, bare: Workstation
) -> None:
    first_start(starting, bare)
    assert (bare.file.exists(), salt_file(bare.file).exists()) == (True, True)
    assert KeptPreferences(bare.settings).load().desk.sas == "44"
    assert PHRASE.encode() not in bare.settings.read_bytes()


def test_a_first_start_that_was_given_up_is_a_first_start_again(
    starting: Starting, bare: Workstation
) -> None:
    opened = starting.start(bare)
    starting.page(FirstStartPage)
    pressed("Ctrl++")
    opened.window.resize(1200, 700)
    starting.stop()
    first_start(starting, bare)
    assert KeptPreferences(bare.settings).load().desk.sas == "44"


def test_every_control_of_the_start_pages_has_a_name(starting: Starting, bare: Workstation) -> None:
    starting.start(bare)
    pages = [nameless(starting.page(FirstStartPage))]
    first_start(starting, bare)
    starting.start(bare)
    pages.append(nameless(starting.page(OpenBasePage)))
    starting.stop()
    bare.file.write_bytes(b"abime" * 4096)
    salt_file(bare.file).unlink()
    bare.keyring = Keyring()
    starting.start(bare)
    pages.append(nameless(starting.page(ClosedBasePage)))
    assert pages == [[], [], []]


def test_two_phrases_that_differ_make_no_base_and_stay_typed(starting: Starting, bare: Workstation) -> None:
    starting.start(bare)
    page = starting.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    pressed("Tab")
    typed("44")
    for _ in range(4):
        pressed("Tab")
    typed(PHRASE)
    pressed("Tab")
    typed(PHRASE + " de plus")
    pressed("Return")
    assert not bare.file.exists()
    assert NOT_THE_SAME in [label.text() for label in page.findChildren(QWidget) if hasattr(label, "text")]


def test_each_start_asks_the_phrase_and_a_wrong_one_says_so_and_opens_nothing(
    starting: Starting, bare: Workstation
) -> None:
    first_start(starting, bare)
    starting.start(bare)
    page = starting.page(OpenBasePage)
    assert isinstance(page, OpenBasePage)
    typed("une tout autre phrase")
    pressed("Return")
    starting.wait_for(lambda: bool(page.phrase.message.words))
    opened = starting.opened
    assert opened is not None
    assert not opened.window.is_open
    assert page.phrase.phrase == "une tout autre phrase"
    page.phrase.line_edit.selectAll()
    typed(PHRASE)
    pressed("Return")
    sign_in(starting)


def test_a_base_that_went_away_is_said_and_not_replaced_by_an_empty_one(
    starting: Starting, workstation: Workstation
) -> None:
    kept = workstation.file.rename(workstation.folder / "ailleurs.base")
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert str(workstation.file) in page.lead.text()
    assert not workstation.file.exists()
    kept.rename(workstation.file)
    pressed("Return")
    starting.wait_until_open()


def test_a_damaged_base_has_its_page_and_is_left_as_it_is(
    starting: Starting, workstation: Workstation
) -> None:
    damaged = b"abime" * 4096
    workstation.file.write_bytes(damaged)
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert page.lead.text()
    assert workstation.file.read_bytes() == damaged


def test_a_phrase_under_twelve_characters_makes_no_base(starting: Starting, bare: Workstation) -> None:
    starting.start(bare)
    starting.page(FirstStartPage)
    pressed("Tab")
    typed("44")
    for _ in range(4):
        pressed("Tab")
    typed("trop court")
    pressed("Tab")
    typed("trop court")
    pressed("Return")
    opened = starting.opened
    assert opened is not None
    assert (bare.file.exists(), opened.window.is_open) == (False, False)


def test_with_a_keyring_the_first_start_asks_the_desk_and_who_administers_it(
    starting: Starting, tmp_path: Path, program: Program
) -> None:
    workstation = Workstation(tmp_path, program)
    starting.start(workstation)
    starting.page(FirstStartPage)
    pressed("Tab")
    typed("35")
    for _ in range(4):
        pressed("Tab")
    say_who()
    for _ in range(2):
        pressed("Tab")
    pressed("M")
    pressed("Return")
    starting.wait_until_open()
    assert (workstation.file.exists(), salt_file(workstation.file).exists()) == (True, False)
    assert len(workstation.keyring.secrets) == 1
    opened = starting.opened
    assert opened is not None
    assert opened.window.frame.top.person.text() == "Erwan Morvan"
    assert opened.window.seat.session.roles == {"osnp", "administrateur"}
    frame = opened.window.frame
    starting.wait_for(lambda: frame.places.heading == "Agendas")
    assert opened.window.calls.current is None


def test_a_first_start_without_an_administrator_makes_no_base(
    starting: Starting, tmp_path: Path, program: Program
) -> None:
    workstation = Workstation(tmp_path, program)
    starting.start(workstation)
    page = starting.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    pressed("Tab")
    typed("35")
    pressed("Return")
    assert not workstation.file.exists()
    assert page.start.toolTip() == NO_NAME


def test_a_base_that_another_console_holds_says_so_and_opens_once_it_is_let_go(
    starting: Starting, workstation: Workstation
) -> None:
    other = BaseLock(workstation.file)
    other.take()
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert page.lead.text() == ALREADY
    other.release()
    pressed("Return")
    starting.wait_until_open()


def test_a_lost_key_says_so_and_changes_nothing(starting: Starting, workstation: Workstation) -> None:
    workstation.keyring.secrets.clear()
    before = workstation.file.read_bytes()
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert page.lead.text() == LOST
    assert (workstation.file.read_bytes(), workstation.keyring.secrets) == (before, {})


def test_a_base_of_a_newer_console_is_refused_and_there_is_nothing_to_retry(
    starting: Starting, workstation: Workstation
) -> None:
    key = bytes.fromhex(next(iter(workstation.keyring.secrets.values())))
    connection = connect(workstation.file, key)
    connection.execute("update alembic_version set version_num = '0099'")
    connection.close()
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    assert page.retry.isHidden()
    assert page.leave.isVisible()
    assert "récente" in page.lead.text()


def test_a_copy_is_put_in_place_of_a_damaged_base_from_its_page(
    starting: Starting, workstation: Workstation
) -> None:
    key = bytes.fromhex(next(iter(workstation.keyring.secrets.values())))
    copy = workstation.folder / "copie.base"
    back_up(workstation.file, key, copy)
    workstation.file.write_bytes(b"abime" * 4096)
    starting.start(workstation)
    page = starting.page(ClosedBasePage)
    assert isinstance(page, ClosedBasePage)
    page.copy.setFocus()
    typed(str(workstation.folder / "rien.base"))
    pressed("Return")
    starting.wait_for(lambda: "existe pas" in page.lead.text())
    page.copy.line_edit.selectAll()
    typed(str(copy))
    pressed("Return")
    starting.wait_until_open()
    assert workstation.faults() == ()
