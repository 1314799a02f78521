"""Whoever comes after somebody at a desk sees what they may see, and nothing that the other looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import session_of
from osnp_console.app.ports import OpenUnit
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain import journal
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.lock.lock_page import LockPage
from tests.journeys.operator import pressed, typed
from tests.journeys.test_locked_desk import OTHER, WORD, Shift
from tests.journeys.workstation import DESK, Workstation

BOSS, BOSS_WORD = "a.exemple", "trois ponts sur la riviere"
NAME = "MARTINEAU"


@pytest.fixture
def shift(qtbot: QtBot, workstation: Workstation) -> Iterator[Shift]:
    """A desk of two operators and of an administrator who takes no calls."""
    made = Shift(qtbot, workstation)
    made.hire()
    store, now = workstation.opened(), workstation.clock()
    with store.unit() as unit:
        first = unit.accounts.of("e.morvan")
    assert first is not None
    accounts = Accounts(ArgonPasswords(32, 1, 1), lambda: "compte-3")
    ruling = signed(store.unit, session_of(first.account, DESK.code, now))
    form = AccountForm(BOSS, "Anne Exemple", ("administrateur",))
    boss = accounts.create(ruling, form, WORD, now)
    accounts.choose_password(store.unit, boss, WORD, BOSS_WORD, DESK.code, now)
    store.close()
    yield made
    made.stop()


def words_on(window: QWidget) -> str:
    """Every word that is on the window: labels, fields, rows of lists, what a screen reader hears."""
    said: list[str] = []
    for one in (*window.findChildren(QWidget), window):
        if not one.isVisible():
            continue
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit):
            said.append(one.text())
        elif isinstance(one, QPlainTextEdit):
            said.append(one.toPlainText())
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            said += cells(one.model())
    return " ".join(said)


def cells(model: QAbstractItemModel) -> list[str]:
    """What the rows of a list or a table say."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    return [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(columns)
        for role in roles
    ]


def ended_call(shift: Shift) -> None:
    """A call of a named patient, ended."""
    pressed("F2")
    shift.window.frame.call_desk.intake.controls.name.setFocus()
    typed(NAME.lower())
    pressed("Tab")
    pressed("Ctrl+G")
    typed("c")
    pressed("Return")
    shift.wait(lambda: shift.window.calls.calls == [] and shift.window.calls.is_saved)


def read_in_follow_up(shift: Shift) -> None:
    """The call found again, and read."""
    pressed("Ctrl+F")
    place = shift.window.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    shift.wait(lambda: NAME in words_on(place.table))
    pressed("Down")
    shift.wait(lambda: NAME in words_on(place.call))


def test_an_administrator_who_comes_after_an_operator_sees_no_patient_of_theirs(shift: Shift) -> None:
    shift.start()
    shift.sign_in("e.morvan", WORD)
    ended_call(shift)
    read_in_follow_up(shift)
    shift.lock().other.click()
    shift.sign_in(BOSS, BOSS_WORD)
    shift.wait(lambda: who_may(Act.READ_CALLS) in words_on(shift.window))
    assert NAME not in words_on(shift.window)


def test_what_the_next_operator_sees_is_read_in_their_name(shift: Shift) -> None:
    shift.start()
    shift.sign_in("e.morvan", WORD)
    ended_call(shift)
    read_in_follow_up(shift)
    shift.lock().other.click()
    shift.sign_in("g.tessier", OTHER)
    shift.wait(lambda: NAME in words_on(shift.window))
    shift.stop()
    read = [person for kind, person in shift.lines() if kind in (journal.READ, journal.SEARCHED)]
    assert read[-1] == "compte-2"


def ruled_elsewhere(shift: Shift, act: Callable[[Accounts, OpenUnit], object]) -> None:
    """The administrator does something with an account at another desk, or by a command."""
    store = shift.workstation.opened()
    with store.unit() as unit:
        boss = unit.accounts.of(BOSS)
    assert boss is not None
    ruling = signed(store.unit, session_of(boss.account, "44-9", shift.workstation.clock()))
    act(Accounts(ArgonPasswords(32, 1, 1), lambda: ""), ruling)
    store.close()
    for _ in range(60):  # seconds, where no other desk is heard
        shift.window.calls.ticked.emit(shift.workstation.clock())


def test_somebody_who_may_read_calls_no_more_has_them_taken_off_their_screen(shift: Shift) -> None:
    shift.start()
    shift.sign_in("e.morvan", WORD)
    ended_call(shift)
    read_in_follow_up(shift)
    ruled_elsewhere(shift, lambda accounts, units: accounts.change(units, "e.morvan", roles=["referent"]))
    shift.wait(lambda: who_may(Act.READ_CALLS) in words_on(shift.window))
    assert NAME not in words_on(shift.window)


def test_a_desk_without_accounts_asks_who_is_there_once_there_are_some(
    qtbot: QtBot, workstation: Workstation
) -> None:
    shift = Shift(qtbot, workstation)
    shift.start()
    shift.wait(lambda: shift.window.is_open)
    ended_call(shift)
    read_in_follow_up(shift)
    store = workstation.opened()
    form = AccountForm(BOSS, "Anne Exemple", ())
    accounts = Accounts(ArgonPasswords(32, 1, 1), lambda: "compte-3")
    accounts.create_first(store.unit, form, BOSS_WORD, "44-9", workstation.clock())
    store.close()
    for _ in range(60):  # seconds, where no other desk is heard
        shift.window.calls.ticked.emit(workstation.clock())
    shift.sign_in(BOSS, BOSS_WORD)
    shift.wait(lambda: who_may(Act.READ_CALLS) in words_on(shift.window))
    assert NAME not in words_on(shift.window)
    shift.stop()


def test_somebody_blocked_at_another_desk_takes_no_call_any_more(shift: Shift) -> None:
    shift.start()
    shift.sign_in("g.tessier", OTHER)
    ruled_elsewhere(shift, lambda accounts, units: accounts.block(units, "g.tessier"))
    shift.page(LockPage)
    pressed("F2")
    assert shift.window.calls.calls == []
