"""A desk whose base has accounts: nobody before signing in, nothing lost by locking, calls handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.people.permissions import signed
from osnp_console.bootstrap.window import OpenWindow
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain import call_sheet as fields
from osnp_console.ui.frame.main_window import NO_ACCOUNTS, MainWindow
from osnp_console.ui.lock.lock_page import LockPage
from osnp_console.ui.lock.sign_in_page import SignInPage
from tests.journeys.operator import focused, label_of, pressed, typed
from tests.journeys.test_accessible import nameless
from tests.journeys.workstation import DESK, Workstation

WORD, OTHER = "quatre marees basses", "un phare sur la dune"
WAIT_MS = 20_000


class Shift:
    """People who follow one another at a workstation."""

    def __init__(self, qtbot: QtBot, workstation: Workstation) -> None:
        self.qtbot = qtbot
        self.workstation = workstation
        self.opened: OpenWindow | None = None

    def hire(self) -> None:
        """Two accounts, made with hashes of smaller parameters: they are made anew at the first sign-in."""
        names = iter(("compte-1", "compte-2"))
        accounts = Accounts(ArgonPasswords(32, 1, 1), lambda: next(names))
        now = self.workstation.clock()
        store = self.workstation.opened()
        form = AccountForm("e.morvan", "Erwan Morvan", ("osnp",))
        boss = accounts.create_first(store.unit, form, WORD, DESK.code, now)
        form = AccountForm("g.tessier", "Gaëlle Tessier", ("osnp",))
        made = accounts.create(signed(store.unit, boss), form, WORD, now)
        accounts.choose_password(store.unit, made, WORD, OTHER, DESK.code, now)
        store.close()

    def start(self) -> None:
        """Start the console."""
        self.opened = self.workstation.start()
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.window.start()

    def stop(self) -> None:
        """Close it."""
        opened, self.opened = self.opened, None
        if opened is not None:
            opened.window.close()
            assert opened.finish()

    @property
    def window(self) -> MainWindow:
        assert self.opened is not None
        return self.opened.window

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def page(self, kind: type[QWidget]) -> QWidget:
        """The page of that kind, once it covers the window."""
        self.wait(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        return next(one for one in self.window.findChildren(kind) if one.isVisible())

    def sign_in(self, identifier: str, word: str) -> None:
        """By the keyboard alone."""
        self.page(SignInPage)
        typed(identifier)
        pressed("Return")
        typed(word)
        pressed("Return")
        self.wait(lambda: self.window.frame.isVisible() and self.window.is_open)

    def lock(self) -> LockPage:
        """By its key."""
        pressed("Ctrl+Shift+L")
        page = self.page(LockPage)
        assert isinstance(page, LockPage)
        return page

    def lines(self) -> list[tuple[str, str | None]]:
        """Kind and person of every line that the desk wrote, read once the console is stopped."""
        store = self.workstation.opened()
        with store.engine.connect() as connection:
            found = connection.exec_driver_sql("select kind, person from journal order by number").all()
        store.close()
        return [(row[0], row[1]) for row in found]


@pytest.fixture
def shift(qtbot: QtBot, workstation: Workstation) -> Iterator[Shift]:
    made = Shift(qtbot, workstation)
    yield made
    made.stop()


def test_nobody_works_before_signing_in_and_what_is_done_is_under_their_name(shift: Shift) -> None:
    shift.hire()
    shift.start()
    page = shift.page(SignInPage)
    assert nameless(page) == []
    pressed("F2")
    assert shift.window.calls.calls == []
    assert not shift.window.frame.isVisible()
    shift.sign_in("e.morvan", WORD)
    assert shift.window.frame.top.person.text() == "Erwan Morvan"
    pressed("F2")
    pressed("Ctrl+G")
    typed("c")
    pressed("Return")
    shift.stop()
    lines = shift.lines()[3:]
    assert {person for _, person in lines} == {"compte-1"}
    assert [kind for kind, _ in lines][:2] == ["connexion", "appel_pris"]
    assert lines[-1][0] == "deconnexion"
    assert shift.workstation.faults() == ()


def test_locking_in_the_middle_of_a_word_loses_no_letter_of_it(shift: Shift) -> None:
    shift.hire()
    shift.start()
    shift.sign_in("e.morvan", WORD)
    pressed("F2")
    name = shift.window.frame.call_desk.intake.controls.name
    name.setFocus()
    typed("marti")
    page = shift.lock()
    assert nameless(page) == []
    assert not shift.window.frame.isVisible()
    assert "marti" not in " ".join(one.accessibleName() for one in page.findChildren(QWidget)).lower()
    pressed("F2")
    assert len(shift.window.calls.calls) == 1
    shift.workstation.hand_clock.go(minutes=3)
    typed("faux")
    pressed("Return")
    shift.wait(page.word.isEnabled)
    typed(WORD)
    pressed("Return")
    shift.wait(shift.window.frame.isVisible)
    shift.wait(lambda: label_of(focused()) == "Nom")
    typed("n")
    assert name.text().lower() == "martin"
    call = shift.window.calls.calls[0]
    assert str(call.record.sheet.answer(fields.BIRTH_NAME)).lower() == "martin"


def test_at_the_end_of_a_shift_open_calls_go_on_with_the_next_person(shift: Shift) -> None:
    shift.hire()
    shift.start()
    shift.sign_in("e.morvan", WORD)
    pressed("F2")
    shift.lock().other.click()
    shift.sign_in("g.tessier", OTHER)
    assert [one.record.title for one in shift.window.calls.calls] == ["Appel 1"]
    assert shift.window.frame.top.person.text() == "Gaëlle Tessier"
    pressed("F4")
    shift.stop()
    lines = shift.lines()
    assert ("appel_pris", "compte-1") in lines
    assert ("appel_remis", "compte-2") in lines
    assert ("attente", "compte-2") in lines
    assert ("deconnexion", "compte-1") in lines
    assert shift.workstation.faults() == ()


def test_a_window_made_anew_while_it_is_locked_stays_covered(shift: Shift) -> None:
    shift.hire()
    shift.start()
    shift.sign_in("e.morvan", WORD)
    shift.lock()
    pressed("Ctrl++")
    shift.page(LockPage)
    assert not shift.window.frame.isVisible()
    typed(WORD)
    pressed("Return")
    shift.wait(shift.window.frame.isVisible)


def test_a_desk_without_accounts_says_that_nothing_would_lock_it(shift: Shift) -> None:
    shift.start()
    shift.wait(lambda: shift.window.is_open)
    assert not shift.window.frame.rail.lock.isVisible()
    pressed("Ctrl+Shift+L")
    assert shift.window.frame.isVisible()
    assert NO_ACCOUNTS in shift.window.frame.notice.words.text()


def test_the_key_that_locks_says_nothing_false_before_anybody_signed_in(shift: Shift) -> None:
    shift.hire()
    shift.start()
    shift.page(SignInPage)
    pressed("Ctrl+Shift+L")
    shift.sign_in("e.morvan", WORD)
    assert NO_ACCOUNTS not in shift.window.frame.notice.words.text()
