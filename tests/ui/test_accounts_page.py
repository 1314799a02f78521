"""The heading Comptes: accounts by the keyboard, errors at their fields, one's own password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.people.accounts import AccountForm
from osnp_console.app.people.permissions import signed
from osnp_console.domain.account import LOOKS_SHARED, AccountState, identifier_fault
from osnp_console.domain.account_password import SAME_AGAIN, TOO_SHORT
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.lock.new_password_page import NOT_THE_SAME
from osnp_console.ui.preferences.accounts.page import GIVEN, AccountsPage
from osnp_console.ui.preferences.accounts.passwords import CHANGED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.line_field import LineField
from tests.ui.account_doubles import OTHER, PHRASE, AccountsAtOnce
from tests.ui.showing import focused, shown

Make = Callable[[], AccountsPage]


@pytest.fixture
def acts() -> AccountsAtOnce:
    """A base with an administrator, who sits here, and somebody who takes calls."""
    made = AccountsAtOnce()
    made.populate()
    return made


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, acts: AccountsAtOnce) -> Make:
    """Makes pages over the same base, as a change of theme does."""
    unfinished = Unfinished()
    held: list[object] = []

    def page() -> AccountsPage:
        made = AccountsPage(theme, acts, unfinished)
        held.extend((made, shown(qtbot, made, width=1100, height=640)))
        return made

    return page


@pytest.fixture
def page(make: Make) -> AccountsPage:
    return make()


def press(key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def write(qtbot: QtBot, field: LineField, text: str) -> None:
    focused(qtbot, field)
    field.line_edit.selectAll()
    QTest.keyClicks(field.line_edit, text)


def rows(page: AccountsPage) -> list[tuple[str, str, str]]:
    return [(row.title, row.second, row.aside) for row in page.list.rows]


def has_keyboard(widget: QWidget) -> bool:
    target = QApplication.focusWidget()
    return target is widget or (target is not None and widget.isAncestorOf(target))


def state_of(acts: AccountsAtOnce, account: str) -> AccountState:
    return acts.base.accounts.kept[account].account.state


def open_gaelle(page: AccountsPage) -> None:
    page.list.setFocus()
    page.list.choose("compte-2")
    press(Qt.Key.Key_Return)


def test_the_accounts_are_listed_with_roles_state_and_last_sign_in(
    page: AccountsPage, acts: AccountsAtOnce
) -> None:
    assert rows(page) == [
        ("Erwan Morvan", "OSNP, administrateur · jamais connecté", "actif"),
        ("Gaëlle Tessier", "OSNP · jamais connecté", "mot de passe à changer"),
    ]
    open_gaelle(page)
    assert has_keyboard(page.form.name)
    assert page.form.form == AccountForm("g.tessier", "Gaëlle Tessier", ("osnp",))
    stops: list[QWidget] = [page.form.identifier, *page.form.roles.ticks.values(), page.form.block]
    for stop in (*stops, page.form.word.ask, page.form.remove.ask):
        press(Qt.Key.Key_Tab)
        assert has_keyboard(stop)
    page.mine.click()
    for stop in (page.own.old, page.own.pair.word, page.own.pair.again, page.own.pair.visible):
        assert has_keyboard(stop)
        press(Qt.Key.Key_Tab)
    page.list.choose("compte-2")
    page.form.focus_first()
    press(Qt.Key.Key_Escape)
    assert has_keyboard(page.list)


def test_an_account_is_made_by_the_keyboard_and_each_mistake_stands_at_its_field(
    qtbot: QtBot, page: AccountsPage, acts: AccountsAtOnce
) -> None:
    focused(qtbot, page.add)
    press(Qt.Key.Key_Return)
    form = page.form
    assert has_keyboard(form.name)
    QTest.keyClicks(form.name.line_edit, "Poste 3")
    press(Qt.Key.Key_Return)
    assert form.name.message.words == LOOKS_SHARED
    QTest.keyClicks(form.identifier.line_edit, "a d")
    press(Qt.Key.Key_Return)
    assert form.identifier.message.words == identifier_fault("a d")
    assert has_keyboard(form.roles)
    focused(qtbot, form.pair.again)
    press(Qt.Key.Key_Return)
    assert has_keyboard(form.identifier)
    assert form.roles.message.words == "Choisir au moins un rôle."
    write(qtbot, form.name, "Alain Durand")
    write(qtbot, form.identifier, "g.tessier")
    form.roles.ticks["osnp"].setFocus()
    press(Qt.Key.Key_Space)
    write(qtbot, form.pair.word, "court")
    press(Qt.Key.Key_Return)
    assert form.pair.word.message.words == TOO_SHORT
    write(qtbot, form.pair.word, OTHER)
    write(qtbot, form.pair.again, "un phare sur la mer")
    press(Qt.Key.Key_Return)
    assert form.pair.again.message.words == NOT_THE_SAME
    write(qtbot, form.pair.again, OTHER)
    press(Qt.Key.Key_Return)
    assert "déjà pris" in form.identifier.message.words
    assert len(acts.base.accounts.kept) == 2
    write(qtbot, form.identifier, "a.durand")
    focused(qtbot, form.create_it)
    press(Qt.Key.Key_Return)
    made = acts.base.accounts.of("a.durand")
    assert made is not None
    assert (made.account.roles, made.account.state) == (frozenset({"osnp"}), AccountState.MUST_CHANGE)
    assert [row[0] for row in rows(page)] == ["Alain Durand", "Erwan Morvan", "Gaëlle Tessier"]
    assert has_keyboard(page.list)


def test_what_is_typed_of_a_new_account_outlives_the_panels_except_its_password(
    qtbot: QtBot, make: Make
) -> None:
    page = make()
    page.add.click()
    write(qtbot, page.form.name, "Alain Durand")
    write(qtbot, page.form.pair.word, OTHER)
    again = make()
    again.list.choose(again.list.rows[0].key)
    assert (again.form.form.name, again.form.typed_word) == ("Alain Durand", "")
    again.form.give_up.ask.click()
    again.form.give_up.yes.click()
    assert [row[0] for row in rows(again)] == ["Erwan Morvan", "Gaëlle Tessier"]


def test_fields_and_roles_apply_on_leaving_and_what_cannot_be_kept_stays_typed(
    qtbot: QtBot, page: AccountsPage, acts: AccountsAtOnce
) -> None:
    open_gaelle(page)
    write(qtbot, page.form.name, "Gaelle Letessier")
    press(Qt.Key.Key_Tab)
    page.form.roles.ticks["referent"].setFocus()
    press(Qt.Key.Key_Space)
    kept = acts.base.accounts.of("g.tessier")
    assert kept is not None
    assert (kept.account.name, sorted(kept.account.roles)) == ("Gaelle Letessier", ["osnp", "referent"])
    # What is kept is held no longer: another administrator's change shows.
    acts.accounts.change(signed(acts.base.open, acts.session), "g.tessier", name="Gaelle Ailleurs")
    page.list.choose("compte-1")
    page.load()
    page.list.choose("compte-2")
    assert page.form.form.name == "Gaelle Ailleurs"
    for role in ("referent", "osnp"):
        page.form.roles.ticks[role].click()
    assert page.form.roles.message.words == "Choisir au moins un rôle."
    write(qtbot, page.form.identifier, "e.morvan")
    page.form.roles.ticks["osnp"].click()
    assert "déjà pris" in page.form.identifier.message.words
    page.list.choose("compte-1")
    page.list.choose("compte-2")
    assert page.form.identifier.text() == "e.morvan"
    assert acts.base.accounts.of("g.tessier") is not None


def test_blocking_giving_a_password_and_removing_leave_the_keyboard_where_work_goes_on(
    qtbot: QtBot, page: AccountsPage, acts: AccountsAtOnce
) -> None:
    acts.sit("g.tessier")
    acts.session = acts.accounts.choose_password(
        acts.base.open, acts.base.accounts.kept["compte-1"].account, PHRASE, OTHER, "44-3", acts.now()
    ).session
    open_gaelle(page)
    focused(qtbot, page.form.block)
    press(Qt.Key.Key_Return)
    assert rows(page)[1][2] == "bloqué"
    assert has_keyboard(page.form.unblock)
    press(Qt.Key.Key_Return)
    assert rows(page)[1][2] == "mot de passe à changer"
    focused(qtbot, page.form.word.ask)
    press(Qt.Key.Key_Return)
    assert has_keyboard(page.form.word.pair.word)
    for field in (page.form.word.pair.word, page.form.word.pair.again):
        QTest.keyClicks(field.line_edit, OTHER)
        press(Qt.Key.Key_Return)
    assert page.form.state.words == GIVEN
    assert has_keyboard(page.form.word.ask)
    assert state_of(acts, "compte-2") is AccountState.MUST_CHANGE
    focused(qtbot, page.form.remove.ask)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Backtab)
    assert has_keyboard(page.form.remove.yes)
    press(Qt.Key.Key_Return)
    assert state_of(acts, "compte-2") is AccountState.REMOVED
    assert rows(page)[1][2] == "retiré"
    assert has_keyboard(page.list)
    assert not page.form.name.isEnabled()


def test_the_last_administrator_neither_blocks_nor_removes_nor_lets_go_of_the_role(
    page: AccountsPage, acts: AccountsAtOnce
) -> None:
    page.list.choose("compte-1")
    last = "C’est le dernier administrateur\u202f: en nommer un autre d’abord."
    for act in (page.form.block.click, page.form.remove.confirmed.emit):
        act()
        assert page.form.state.words == last
    page.form.roles.ticks["administrateur"].click()
    assert page.form.state.words == last
    assert acts.base.accounts.kept["compte-1"].account.is_administrator


def test_somebody_else_finds_who_may_and_their_own_password(
    qtbot: QtBot, make: Make, acts: AccountsAtOnce
) -> None:
    acts.sit("g.tessier")
    page = make()
    assert page.message.words == who_may(Act.MANAGE_ACCOUNTS)
    assert not page.list.isVisible()
    assert not page.add.isVisible()
    own = page.own
    write(qtbot, own.old, "faux")
    for field in (own.pair.word, own.pair.again):
        write(qtbot, field, OTHER)
    press(Qt.Key.Key_Return)
    assert own.old.message.words == "Identifiant ou mot de passe inexact. Encore 4 essais."
    assert own.pair.word.phrase == OTHER
    write(qtbot, own.old, OTHER)
    for field in (own.pair.word, own.pair.again):
        write(qtbot, field, PHRASE)
    write(qtbot, own.old, PHRASE)
    focused(qtbot, own.go)
    press(Qt.Key.Key_Return)
    assert own.pair.word.message.words == SAME_AGAIN
    for field in (own.pair.word, own.pair.again):
        write(qtbot, field, OTHER)
    press(Qt.Key.Key_Return)
    assert own.state.words == CHANGED
    assert (own.old.phrase, own.pair.word.phrase, own.pair.again.phrase) == ("", "", "")
    assert acts.base.accounts.kept["compte-2"].password.endswith(OTHER)


def test_a_base_without_accounts_makes_its_first_administrator_here(qtbot: QtBot, theme: Theme) -> None:
    acts = AccountsAtOnce()
    page = AccountsPage(theme, acts, Unfinished())
    window = shown(qtbot, page, width=1100, height=640)
    page.focus_first()
    form = page.form
    assert has_keyboard(form.name)
    assert page.message.words.startswith("Cette base n’a pas encore de compte")
    assert form.form.roles == ("administrateur",)
    assert not form.roles.ticks["administrateur"].isEnabled()
    assert not page.mine.isVisible()
    QTest.keyClicks(form.name.line_edit, "Erwan Morvan")
    write(qtbot, form.identifier, "e.morvan")
    form.roles.ticks["osnp"].click()
    for field in (form.pair.word, form.pair.again):
        write(qtbot, field, PHRASE)
    press(Qt.Key.Key_Return)
    assert acts.session.name == "Erwan Morvan"
    assert rows(page) == [("Erwan Morvan", "OSNP, administrateur · jamais connecté", "actif")]
    window.hide()
