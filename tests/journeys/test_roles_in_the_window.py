"""Each role at the window, by its keys: what the table refuses is refused in words, and does nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.people.permissions import signed
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain.permissions import ACCOUNT_ROLES, MAY, Act, who_may
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import pressed
from tests.journeys.test_locked_desk import OTHER, WORD, Shift
from tests.journeys.test_next_person import words_on
from tests.journeys.workstation import DESK, Workstation

NAME = "marie.exemple"


@pytest.fixture
def shift(qtbot: QtBot, workstation: Workstation) -> Iterator[Shift]:
    made = Shift(qtbot, workstation)
    yield made
    made.stop()


def hire(shift: Shift, role: str) -> None:
    """An administrator, and somebody of one role."""
    names = iter(("compte-1", "compte-2"))
    accounts = Accounts(ArgonPasswords(32, 1, 1), lambda: next(names))
    store, now = shift.workstation.opened(), shift.workstation.clock()
    form = AccountForm("e.morvan", "Erwan Morvan", ())
    boss = accounts.create_first(store.unit, form, WORD, DESK.code, now)
    form = AccountForm(NAME, "Marie Exemple", (role,))
    made = accounts.create(signed(store.unit, boss), form, WORD, now)
    accounts.choose_password(store.unit, made, WORD, OTHER, DESK.code, now)
    store.close()


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_a_role_does_at_the_window_what_the_table_says(shift: Shift, role: str) -> None:
    hire(shift, role)
    shift.start()
    shift.sign_in(NAME, OTHER)
    window = shift.window

    pressed("F2")
    takes = role in MAY[Act.TAKE_CALL]
    assert len(window.calls.calls) == int(takes)
    assert (window.frame.notice.words.text() == who_may(Act.TAKE_CALL)) is not takes

    for keys, act in (("Ctrl+F", Act.READ_CALLS), ("Alt+O", Act.SEND_PRESCRIPTION)):
        pressed(keys)
        shift.wait(lambda: window.door.is_idle)
        assert (who_may(act) in words_on(window.frame)) is (role not in MAY[act]), keys

    pressed("Alt+R")
    settings = window.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(settings, PreferencesWorkspace)
    settings.show_heading("Comptes")
    shift.wait(lambda: window.door.is_idle)
    assert settings.accounts.add.isVisible() is (role in MAY[Act.MANAGE_ACCOUNTS])
    assert ("Erwan Morvan" in words_on(settings.accounts)) is (role in MAY[Act.MANAGE_ACCOUNTS])
