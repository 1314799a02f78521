"""Signing in, locking, changing person: what is covered, what stays, who the calls go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Forbidden
from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import CLOSED, NOBODY, UNNAMED, Session
from osnp_console.app.ports import StoreFailure
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.lock import waiting
from osnp_console.ui.lock.copies import take_back
from osnp_console.ui.lock.covered import covered
from osnp_console.ui.lock.guard import CHECK_SECONDS, Guard
from osnp_console.ui.lock.lock_page import LockPage
from osnp_console.ui.lock.new_password_page import NOT_THE_SAME, NewPasswordPage
from osnp_console.ui.lock.seat import FirstAccount, Seat
from osnp_console.ui.lock.sign_in_page import SignInPage
from osnp_console.ui.theme.theme import Theme
from tests.unit.account_doubles import AccountBase, PlainPasswords
from tests.unit.desk_calls import NOW, DeskAtWork

# What QTest can type: ASCII.
PHRASE, OTHER = "quatre marees basses", "un phare sur la dune"
BOSS = AccountForm("e.morvan", "Erwan Morvan", ("osnp",))
FIRST = FirstAccount(BOSS, PHRASE)


class Room:
    """A desk whose window is a form with one field, behind a guard."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.qtbot = qtbot
        self.base = AccountBase()
        self.passwords = PlainPasswords()
        self.now = NOW
        self.desk = DeskAtWork()
        self.handed: list[Session] = []
        self.entered = 0
        self.is_alone = False
        self.window = QWidget()
        self.pages = QStackedWidget(self.window)
        self.form = QWidget()
        self.field = QLineEdit(self.form)
        QVBoxLayout(self.form).addWidget(self.field)
        self.pages.addWidget(self.form)
        QVBoxLayout(self.window).addWidget(self.pages)
        self.seat = Seat(
            self.base,
            self.passwords,
            lambda: self.now,
            lambda: "44-3",
            self._new_id,
            self.base.journal.append,
            self.window,
            is_alone=lambda: self.is_alone,
        )
        self.guard = Guard(
            self.pages,
            self.seat,
            lambda: theme,
            lambda: self.now,
            lambda: self.desk.in_hand.calls,
            self._hand_over,
            self.window,
        )
        self.guard.entered.connect(self._enter)
        self.window.resize(900, 640)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def _new_id(self) -> str:
        return f"compte-{len(self.base.accounts.kept) + 1}"

    def _enter(self) -> None:
        self.entered += 1

    def _hand_over(self, session: Session) -> None:
        self.desk.in_hand.hand_over(session, self.now)
        self.handed.append(session)

    def populate(self) -> None:
        """An administrator and a person who has to choose a password."""
        accounts = self.accounts = Accounts(self.passwords, self._new_id)
        boss = accounts.create_first(self.base.open, BOSS, PHRASE, "44-3", self.now)
        units = self.ruling = signed(self.base.open, boss)
        accounts.create(units, AccountForm("g.tessier", "Gaëlle Tessier", ("osnp",)), OTHER, self.now)
        accounts.create(units, AccountForm("n.referente", "Noémie Référente", ("referent",)), OTHER, self.now)

    def page(self, kind: type[QWidget]) -> QWidget:
        """The page of that kind, once it covers the window."""
        self.wait(lambda: isinstance(self.pages.currentWidget(), kind))
        found = self.pages.currentWidget()
        assert found is not None
        return found

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=5000)

    def enter(self, identifier: str, word: str) -> None:
        """Fill in the sign-in page by the keyboard."""
        page = self.page(SignInPage)
        assert isinstance(page, SignInPage)
        page.identifier.set_text(identifier)
        page.word.setFocus()
        QTest.keyClicks(page.word.line_edit, word)
        QTest.keyClick(page.word.line_edit, Qt.Key.Key_Return)

    def unlock(self, word: str) -> None:
        page = self.page(LockPage)
        assert isinstance(page, LockPage)
        QTest.keyClicks(page.word.line_edit, word)
        QTest.keyClick(page.word.line_edit, Qt.Key.Key_Return)

    def seen(self) -> str:
        """Every word on the page that covers the window."""
        page = self.pages.currentWidget()
        assert page is not None
        return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())

    def is_clear(self) -> bool:
        return self.pages.currentWidget() is self.form


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Iterator[Room]:
    made = Room(qtbot, theme)
    yield made
    made.window.hide()
    made.window.deleteLater()


@pytest.fixture
def signed_in(room: Room) -> Room:
    """A room whose administrator is at work."""
    room.populate()
    room.guard.open()
    room.enter("e.morvan", PHRASE)
    room.wait(room.is_clear)
    return room


def test_a_base_without_accounts_lets_anybody_in_and_cannot_be_locked(room: Room) -> None:
    room.guard.open()
    room.wait(lambda: room.entered == 1)
    assert room.is_clear()
    assert room.seat.session == UNNAMED
    assert not room.guard.lock()


def test_the_first_start_creates_the_administrator_who_is_at_work_at_once(room: Room) -> None:
    room.guard.open(FIRST)
    room.wait(lambda: room.entered == 1)
    assert room.seat.session.name == "Erwan Morvan"
    assert room.seat.session.may(Act.TAKE_CALL)
    assert room.handed == [room.seat.session]


def test_a_first_start_on_a_base_that_has_accounts_asks_to_sign_in_instead(room: Room) -> None:
    room.populate()
    room.guard.open(FirstAccount(replace(BOSS, identifier="n.nouvelle"), OTHER))
    page = room.page(SignInPage)
    assert isinstance(page, SignInPage)
    assert page.identifier.text() == "n.nouvelle"
    assert "Cette base a déjà des comptes" in room.seen()
    assert len(room.base.accounts.kept) == 3


def test_nothing_is_allowed_before_somebody_signed_in(room: Room) -> None:
    room.populate()
    room.guard.open()
    room.page(SignInPage)
    assert room.seat.session == NOBODY
    assert room.entered == 0
    assert room.guard.is_covering
    with pytest.raises(Forbidden):
        room.seat.background.submit(
            lambda units: units().__enter__().session.require(Act.READ_CALLS)
        ).result()


def test_a_wrong_password_says_how_many_attempts_are_left_and_keeps_the_identifier(room: Room) -> None:
    room.populate()
    room.guard.open()
    room.enter("e.morvan", "faux")
    page = room.page(SignInPage)
    assert isinstance(page, SignInPage)
    room.wait(page.word.isEnabled)
    assert "Identifiant ou mot de passe inexact. Encore 4 essais." in room.seen()
    assert (page.identifier.text(), page.word.phrase) == ("e.morvan", "")
    room.enter("e.morvan", PHRASE)
    room.wait(room.is_clear)
    assert room.entered == 1


def test_a_password_given_by_the_administrator_is_changed_before_anything_else(room: Room) -> None:
    room.populate()
    room.guard.open()
    room.enter("g.tessier", OTHER)
    page = room.page(NewPasswordPage)
    assert isinstance(page, NewPasswordPage)
    QTest.keyClicks(page.pair.word.line_edit, "une barque verte")
    page.pair.again.setFocus()
    QTest.keyClicks(page.pair.again.line_edit, "une barque bleue")
    QTest.keyClick(page.pair.again.line_edit, Qt.Key.Key_Return)
    assert NOT_THE_SAME in room.seen()
    assert not page.go.isEnabled()
    page.pair.again.set_text("")
    QTest.keyClicks(page.pair.again.line_edit, "une barque verte")
    QTest.keyClick(page.pair.again.line_edit, Qt.Key.Key_Return)
    room.wait(room.is_clear)
    assert room.seat.session.name == "Gaëlle Tessier"


def test_locking_covers_everything_and_keeps_what_is_typed_and_where_the_keyboard_was(
    signed_in: Room,
) -> None:
    signed_in.field.setFocus()
    QTest.keyClicks(signed_in.field, "MART")
    signed_in.field.setCursorPosition(2)
    assert signed_in.guard.lock()
    page = signed_in.page(LockPage)
    assert isinstance(page, LockPage)
    assert not signed_in.form.isVisible()
    assert page.size() == signed_in.pages.size()
    image = page.grab().toImage()
    assert image.pixelColor(3, image.height() - 3) == page.theme.color("window")
    signed_in.unlock("faux")
    signed_in.wait(page.word.isEnabled)
    assert "inexact" in signed_in.seen()
    signed_in.unlock(PHRASE)
    signed_in.wait(signed_in.is_clear)
    assert (signed_in.field.text(), signed_in.field.cursorPosition()) == ("MART", 2)
    signed_in.wait(signed_in.field.hasFocus)
    kinds = [one.kind for one in signed_in.base.journal]
    assert journal.LOCKED in kinds
    assert kinds[-1] == journal.UNLOCKED
    assert signed_in.entered == 1


def test_a_store_that_does_not_answer_keeps_nobody_locked_out(signed_in: Room) -> None:
    signed_in.guard.lock()
    page = signed_in.page(LockPage)
    assert isinstance(page, LockPage)
    signed_in.base.failure = StoreFailure("reseau", "Le serveur ne répond pas.")
    for left in (4, 3, 2, 1):
        signed_in.unlock("faux")
        signed_in.wait(page.word.isEnabled)
        assert f"Encore {left} essai" in signed_in.seen()
    signed_in.unlock("faux")
    signed_in.wait(page.word.isEnabled)
    wrong = [one for one in signed_in.base.journal if one.kind == journal.NOT_SIGNED_IN]
    assert [(one.desk, one.facts) for one in wrong] == [("44-3", {"compte": "compte-1"})] * 5
    signed_in.unlock(PHRASE)
    signed_in.wait(page.word.isEnabled)
    assert "Trop d’essais." in signed_in.seen()
    signed_in.now += timedelta(seconds=31)
    signed_in.unlock(PHRASE)
    signed_in.wait(signed_in.is_clear)
    assert signed_in.base.journal[-1].kind == journal.UNLOCKED


def test_the_locked_screen_shows_clocks_and_masked_alarms_and_no_name(signed_in: Room) -> None:
    call = signed_in.desk.in_hand.take(NOW)
    signed_in.desk.in_hand.answer(call, fields.BIRTH_NAME, "MARTINEAU")
    signed_in.desk.in_hand.raise_alarm(call, NOW + timedelta(minutes=1))
    signed_in.desk.in_hand.take(NOW + timedelta(minutes=2))
    signed_in.guard.lock()
    signed_in.page(LockPage)
    signed_in.now = NOW + timedelta(minutes=4, seconds=10)
    signed_in.guard.tick(signed_in.now)
    said = signed_in.seen()
    for words in ("Appel 2 en cours", "02:10", "Appel 1 en attente", "04:10", "1 urgence vitale · 03:10"):
        assert words in said
    assert "MARTINEAU" not in said


def test_open_calls_are_listed_and_handed_to_the_next_person(signed_in: Room) -> None:
    signed_in.desk.in_hand.take(signed_in.now)
    signed_in.guard.lock()
    lock = signed_in.page(LockPage)
    assert isinstance(lock, LockPage)
    lock.other.click()
    signed_in.page(SignInPage)
    assert "Remis à la personne qui se connecte\u202f:\n· Appel 1 en cours" in signed_in.seen()
    signed_in.enter("g.tessier", OTHER)
    page = signed_in.page(NewPasswordPage)
    assert isinstance(page, NewPasswordPage)
    page.chosen.emit("une barque verte")
    signed_in.wait(signed_in.is_clear)
    assert signed_in.seat.session.name == "Gaëlle Tessier"
    assert [one.person for one in signed_in.desk.journal if one.kind == journal.HANDED_OVER] == ["compte-2"]
    signed_in.wait(lambda: journal.SIGNED_OUT in [one.kind for one in signed_in.base.journal])


def test_open_calls_are_not_handed_to_somebody_who_takes_none(signed_in: Room) -> None:
    signed_in.desk.in_hand.take(signed_in.now)
    signed_in.guard.lock()
    lock = signed_in.page(LockPage)
    assert isinstance(lock, LockPage)
    lock.other.click()
    signed_in.enter("n.referente", OTHER)
    page = signed_in.page(NewPasswordPage)
    assert isinstance(page, NewPasswordPage)
    page.chosen.emit("une barque verte")
    signed_in.wait(lambda: who_may(Act.TAKE_CALL) in signed_in.seen())
    assert signed_in.seat.session.name == "Erwan Morvan"
    assert signed_in.guard.is_covering


def test_coming_back_from_the_change_of_person_is_the_locked_screen_again(signed_in: Room) -> None:
    signed_in.guard.lock()
    lock = signed_in.page(LockPage)
    assert isinstance(lock, LockPage)
    lock.other.click()
    change = signed_in.page(SignInPage)
    assert isinstance(change, SignInPage)
    assert change.leave.accessibleName() == "Revenir"
    change.leave.click()
    signed_in.page(LockPage)
    signed_in.unlock(PHRASE)
    signed_in.wait(signed_in.is_clear)


def test_nobody_there_locks_the_screen_but_never_over_a_call_in_progress(signed_in: Room) -> None:
    watch = signed_in.guard.idle
    watch.watch(15)
    assert watch.is_watching
    call = signed_in.desk.in_hand.take(signed_in.now)
    watch._timer.timeout.emit()
    assert not signed_in.guard.is_covering
    signed_in.desk.in_hand.hold(call, signed_in.now)
    watch._timer.timeout.emit()
    signed_in.page(LockPage)
    watch.watch(0)
    assert not watch.is_watching


class Restarts(QTimer):
    """A timer that counts how often it is started again."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def start(self, *interval: object) -> None:
        self.count += 1

    def isActive(self) -> bool:  # noqa: N802 (Qt's own name)
        return True


def test_a_touch_starts_the_time_again_and_painting_does_not(signed_in: Room) -> None:
    watch = signed_in.guard.idle
    watch.watch(15)
    watch._timer.stop()
    watch._timer = timer = Restarts()
    handle = signed_in.window.windowHandle()
    signed_in.window.repaint()
    QApplication.processEvents()
    assert timer.count == 0
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    after_key = timer.count
    assert after_key > 0
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert timer.count > after_key
    watch.watch(0)


def test_what_passers_by_see_puts_the_call_on_the_line_first() -> None:
    desk = DeskAtWork()
    first = desk.in_hand.take(NOW)
    desk.in_hand.take(NOW)
    desk.in_hand.hold(desk.in_hand.calls[1], NOW)
    desk.in_hand.resume(first, NOW)
    calls: list[OpenCall] = desk.in_hand.calls
    later: datetime = NOW + timedelta(hours=1)
    assert [(one.words, one.clock) for one in covered(list(reversed(calls)), later).calls] == [
        ("Appel 1 en cours", "1:00:00"),
        ("Appel 2 en attente", "1:00:00"),
    ]
    assert covered([], later).alarms == ""


def test_a_store_known_not_to_answer_is_not_waited_for_to_unlock(
    signed_in: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits_in_vain(work: object) -> None:
        raise AssertionError("the store was asked")

    assert signed_in.guard.lock()
    signed_in.is_alone = True
    monkeypatch.setattr(signed_in.base, "submit", waits_in_vain)
    signed_in.unlock(PHRASE)
    signed_in.wait(signed_in.is_clear)
    assert signed_in.base.journal[-1].kind == journal.UNLOCKED


def test_a_store_that_does_not_answer_keeps_what_was_typed_and_is_asked_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "AGAIN_MS", 20)
    room.populate()
    room.guard.open()
    room.page(SignInPage)
    room.base.failure = StoreFailure("reseau", "Le serveur ne répond plus.")
    room.enter("e.morvan", PHRASE)
    page = room.page(SignInPage)
    assert isinstance(page, SignInPage)
    room.wait(lambda: page.word.message.words == "Le serveur ne répond plus.")
    assert (page.identifier.text(), page.word.phrase) == ("e.morvan", PHRASE)
    room.base.failure = None
    room.wait(room.is_clear)
    assert room.seat.session.name == "Erwan Morvan"


def test_what_is_changed_while_the_store_does_not_answer_is_not_tried_by_itself(room: Room) -> None:
    room.populate()
    room.guard.open()
    room.page(SignInPage)
    room.base.failure = StoreFailure("reseau", "Le serveur ne répond plus.")
    room.enter("e.morvan", PHRASE)
    page = room.page(SignInPage)
    assert isinstance(page, SignInPage)
    room.wait(lambda: page.patience.will_ask_again)
    page.word.line_edit.setFocus()
    QTest.keyClicks(page.word.line_edit, "x")
    assert not page.patience.will_ask_again
    assert page.word.message.words == ""


# --- an account that is changed while its person is at work ------------------------------------------------


@pytest.fixture
def at_work(room: Room) -> Room:
    """A room where somebody who takes calls is at work; the administrator is at another desk."""
    room.populate()
    gaelle = room.base.accounts.of("g.tessier")
    assert gaelle is not None
    room.accounts.choose_password(room.base.open, gaelle.account, OTHER, PHRASE, "44-3", room.now)
    room.guard.open()
    room.enter("g.tessier", PHRASE)
    room.wait(room.is_clear)
    return room


def test_somebody_blocked_meanwhile_takes_no_call_any_more_and_their_screen_is_locked(at_work: Room) -> None:
    at_work.accounts.block(at_work.ruling, "g.tessier")
    at_work.guard.heard(Change(Subject.ACCOUNTS, "compte-2"))
    at_work.page(LockPage)
    with pytest.raises(Forbidden, match="Ce compte ne permet plus rien"):
        at_work.desk.in_hand.take(at_work.now)
    at_work.unlock(PHRASE)
    at_work.wait(lambda: CLOSED in at_work.seen())
    assert not at_work.is_clear()


def test_a_blocking_waits_for_the_end_of_the_call_in_progress_which_is_kept(at_work: Room) -> None:
    call = at_work.desk.in_hand.take(at_work.now)
    at_work.accounts.block(at_work.ruling, "g.tessier")
    at_work.guard.heard(Change(Subject.ACCOUNTS, "compte-2"))
    at_work.wait(lambda: at_work.seat.is_closed)
    assert at_work.is_clear()
    with pytest.raises(Forbidden):
        at_work.desk.in_hand.take(at_work.now)
    at_work.desk.in_hand.answer(call, fields.BIRTH_NAME, "ESSAI")
    at_work.desk.in_hand.hold(call, at_work.now)
    at_work.guard.tick(at_work.now)
    at_work.page(LockPage)
    assert at_work.desk.in_hand.calls == [call]


def test_a_blocked_person_is_not_let_in_by_a_store_that_does_not_answer(at_work: Room) -> None:
    at_work.accounts.block(at_work.ruling, "g.tessier")
    at_work.guard.linked(True)
    page = at_work.page(LockPage)
    assert isinstance(page, LockPage)
    at_work.base.failure = StoreFailure("reseau", "Le serveur ne répond pas.")
    at_work.is_alone = True
    at_work.unlock(PHRASE)
    at_work.wait(page.word.isEnabled)
    assert not at_work.is_clear()


def test_rights_given_or_taken_meanwhile_are_those_of_the_desk_within_a_minute(at_work: Room) -> None:
    at_work.accounts.change(at_work.ruling, "g.tessier", roles=["referent"])
    for _ in range(CHECK_SECONDS):
        at_work.guard.tick(at_work.now)
    at_work.wait(lambda: at_work.seat.session.roles == {"referent"})
    assert at_work.is_clear()
    with pytest.raises(Forbidden, match="Seuls un OSNP"):
        at_work.desk.in_hand.take(at_work.now)


def test_a_desk_that_was_nobodys_asks_who_is_there_once_its_base_gets_accounts(room: Room) -> None:
    room.guard.open()
    room.wait(lambda: room.entered == 1)
    call = room.desk.in_hand.take(room.now)
    room.populate()
    room.guard.heard(Change(Subject.ACCOUNTS, "compte-1"))
    room.wait(lambda: room.seat.session == NOBODY)
    assert room.is_clear()
    with pytest.raises(Forbidden, match="se connecter d’abord"):
        room.desk.in_hand.take(room.now)
    room.desk.in_hand.hold(call, room.now)
    room.guard.tick(room.now)
    assert not room.is_clear()
    room.enter("e.morvan", PHRASE)
    room.wait(room.is_clear)
    assert room.desk.in_hand.calls == [call]
    assert room.desk.in_hand.session.person == "compte-1"


def test_an_identifier_changed_meanwhile_still_opens_the_screen_by_the_same_password(at_work: Room) -> None:
    at_work.accounts.change(at_work.ruling, "g.tessier", new_identifier="g.letessier")
    at_work.guard.heard(Change(Subject.ACCOUNTS, "compte-2"))
    at_work.wait(lambda: at_work.seat.identifier == "g.letessier")
    at_work.guard.lock()
    at_work.unlock(PHRASE)
    at_work.wait(at_work.is_clear)


def test_a_dialog_that_is_open_is_given_up_and_nobody_answers_it_over_the_locked_screen(
    signed_in: Room,
) -> None:
    signed_in.field.setFocus()
    dialog = QDialog(signed_in.window)
    QLineEdit(dialog).setFocus()
    QTimer.singleShot(0, signed_in.guard.lock)
    QTimer.singleShot(3000, dialog.accept)  # what a passer-by would do
    assert dialog.exec() == QDialog.DialogCode.Rejected
    dialog.deleteLater()
    signed_in.unlock(PHRASE)
    signed_in.wait(signed_in.is_clear)
    assert signed_in.window.focusWidget() is signed_in.field


class Copied:
    """A clipboard; what is `own` was copied in this program."""

    def __init__(self, *own: QClipboard.Mode) -> None:
        self.own = own
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:  # noqa: N802 (Qt's own name)
        return QClipboard.Mode.Clipboard in self.own

    def ownsSelection(self) -> bool:  # noqa: N802 (Qt's own name)
        return QClipboard.Mode.Selection in self.own

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


def test_what_was_copied_here_does_not_wait_to_be_pasted_on_the_locked_screen() -> None:
    ours = Copied(QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
    take_back(ours)
    assert ours.cleared == [QClipboard.Mode.Clipboard, QClipboard.Mode.Selection]
    others = Copied()
    take_back(others)
    assert others.cleared == []
