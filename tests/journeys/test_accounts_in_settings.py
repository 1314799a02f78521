"""Réglages, Comptes, in the whole program: a base gets its first account, and a password is changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from osnp_console.ui.frame.rail import Place
from osnp_console.ui.lock.lock_page import LockPage
from osnp_console.ui.preferences.accounts.deeds import CALLS_GO_ON
from osnp_console.ui.preferences.accounts.page import AccountsPage
from osnp_console.ui.preferences.accounts.passwords import CHANGED
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import Operator, focused, pressed, typed
from tests.journeys.test_accessible import nameless

WORD, OTHER = "quatre marees basses", "un phare sur la dune"


def page(operator: Operator) -> AccountsPage:
    """The page, reached by the keyboard."""
    pressed("Alt+R")
    place = operator.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(place, PreferencesWorkspace)
    place.show_heading("Comptes")
    pressed("Return")
    return place.accounts


def tab_to(widget: QWidget) -> None:
    for _ in range(40):
        if widget is focused() or widget.isAncestorOf(focused()):
            return
        pressed("Tab")
    raise AssertionError(f"Tab does not lead to {widget.accessibleName()}")


def test_a_desk_without_accounts_makes_its_first_one_goes_on_with_its_call_and_changes_its_password(
    operator: Operator,
) -> None:
    pressed("F2")
    accounts = page(operator)
    assert nameless(accounts) == []
    typed("Erwan Morvan")
    pressed("Return")
    typed("e.morvan")
    pressed("Return")
    tab_to(accounts.form.pair.word)
    typed(WORD)
    pressed("Return")
    typed(WORD)
    pressed("Return")
    operator.qtbot.waitUntil(lambda: accounts.form.roles.message.words == CALLS_GO_ON)
    accounts.form.roles.ticks["osnp"].setFocus()
    pressed("Space")
    tab_to(accounts.form.create_it)
    pressed("Return")
    operator.qtbot.waitUntil(accounts.list.isVisible)
    assert operator.frame.top.person.text() == "Erwan Morvan"
    assert len(operator.window.calls.calls) == 1

    tab_to(accounts.mine)
    pressed("Return")
    for words in (WORD, OTHER, OTHER):
        typed(words)
        pressed("Return")
    operator.qtbot.waitUntil(lambda: accounts.own.state.words == CHANGED)
    pressed("Ctrl+Shift+L")
    operator.qtbot.waitUntil(lambda: any(one.isVisible() for one in operator.window.findChildren(LockPage)))
    locked = next(one for one in operator.window.findChildren(LockPage) if one.isVisible())
    typed(WORD)
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "Encore 4 essais" in locked.word.message.words)
    typed(OTHER)
    pressed("Return")
    operator.qtbot.waitUntil(operator.frame.isVisible)
    operator.wait_saved()
    handed = operator.journal_of(operator.call.record.id)
    assert handed == ["appel_pris", "appel_remis"]
