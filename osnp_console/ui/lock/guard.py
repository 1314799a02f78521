"""Who may see the window: the sign-in page once the base is open, the locked screen, the change of person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QToolTip, QWidget

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.people.sign_in import SignedIn
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.lock.copies import take_back
from osnp_console.ui.lock.cover import CoverPage
from osnp_console.ui.lock.covered import covered
from osnp_console.ui.lock.idle import IdleWatch
from osnp_console.ui.lock.lock_page import LockPage
from osnp_console.ui.lock.new_password_page import NewPasswordPage
from osnp_console.ui.lock.seat import Failure, FirstAccount, Seat
from osnp_console.ui.lock.sign_in_page import SignInPage
from osnp_console.ui.theme.theme import Theme

ALREADY = "Cette base a déjà des comptes\u202f: se connecter avec le sien."
CHECK_SECONDS = 60
"""How often the account of whoever sits here is read again."""
HandOver = Callable[[Session], None]


class Guard(QObject):
    """Covers the window's pages with its own until somebody may see them.

    The page under it is left as it is: what is typed there is there when it shows again, and the keyboard
    goes back to where it was.

    Signals:
        entered(): for the first time since the base is open somebody may work: a person who signed in, or
            anybody where the base has no account.
        failed(str): the base did not say whether it has accounts.
    """

    entered = Signal()
    failed = Signal(str)

    def __init__(
        self,
        pages: QStackedWidget,
        seat: Seat,
        theme: Callable[[], Theme],
        clock: Callable[[], datetime],
        calls: Callable[[], list[OpenCall]],
        hand_over: HandOver,
        parent: QObject | None = None,
    ) -> None:
        """`hand_over` gives the open calls to a session; it raises Refusal when they cannot be its."""
        super().__init__(parent)
        self._pages = pages
        self._seat = seat
        self._theme = theme
        self._clock = clock
        self._calls = calls
        self._hand_over = hand_over
        self.waiting: Callable[[], Sequence[Transfer]] = tuple
        """The transfers that wait for this desk, the longest waiting first; the window sets it."""
        self._page: CoverPage | None = None
        self._under: QWidget | None = None
        self._focus: QWidget | None = None
        self._is_in = False
        self._old_word = ""
        self.idle = IdleWatch(pages.window(), self._has_running_call, self)
        self.idle.idle.connect(self.lock)
        self._seconds = 0
        seat.account_changed.connect(self._account_changed)

    @property
    def is_covering(self) -> bool:
        """Whether nothing of the window may be seen or done."""
        return self._page is not None

    # --- opening ----------------------------------------------------------------------------------------

    def open(self, first: FirstAccount | None = None) -> None:
        """The base is open: let somebody in. `first` is the administrator that the first start asked for."""

        def looked(has_accounts: bool) -> None:
            if has_accounts:
                self._seat.close_to_all()
                identifier = first.form.identifier if first is not None else ""
                self._ask_who(identifier, ALREADY if first is not None else "")
            elif first is not None:
                self._seat.create_first(first, self.come_in, self.failed.emit)
            else:
                self._let_in()

        self._seat.look(looked, self.failed.emit)

    def _ask_who(self, identifier: str = "", note: str = "") -> None:
        changing = self._seat.has_person
        calls = [one.words for one in covered(self._calls(), self._clock()).calls]
        page = SignInPage(self._theme(), handed_over=calls if changing else None, note=note)
        page.fill(identifier)
        page.given.connect(self._try)
        page.back_wanted.connect(self._show_lock)
        page.quit_wanted.connect(QApplication.quit)
        self._show(page)

    def _try(self, identifier: str, password: str) -> None:
        self._old_word = password
        self._seat.sign_in(identifier, password, self.come_in, self._not_in)

    def _not_in(self, failure: Failure) -> None:
        page = self._page
        if isinstance(failure, Refusal) or not isinstance(page, SignInPage):
            self._wrong(failure.message)
        else:
            self._old_word = ""
            page.show_no_answer(failure.message)

    def _wrong(self, sentence: str) -> None:
        self._old_word = ""
        page = self._page
        if isinstance(page, SignInPage | LockPage | NewPasswordPage):
            page.show_wrong(sentence)
        else:
            self.failed.emit(sentence)

    def come_in(self, signed_in: SignedIn) -> None:
        """Somebody gave their password: the desk is theirs, with the open calls, once they may have it."""
        if signed_in.must_change:
            self._ask_password(signed_in)
            return
        self._old_word = ""
        try:
            self._hand_over(signed_in.session)
        except Refusal as refusal:
            self._seat.tell(journal.SIGNED_OUT, signed_in.session)
            self._wrong(refusal.message)
            return
        before = self._seat.session
        if before.person is not None and before.person != signed_in.session.person:
            self._seat.tell(journal.SIGNED_OUT, before)
        self._seat.take(signed_in)
        self._let_in()

    def _ask_password(self, signed_in: SignedIn) -> None:
        account, old = signed_in.account, self._old_word
        page = NewPasswordPage(self._theme(), account.identifier, account.name)

        def chosen(new: str) -> None:
            self._seat.choose_password(signed_in, old, new, self.come_in, self._wrong)

        page.chosen.connect(chosen)
        page.back_wanted.connect(self._ask_who)
        self._old_word = ""
        self._show(page)

    # --- locking ----------------------------------------------------------------------------------------

    def lock(self) -> bool:
        """Cover the window until its person's password is given; False where no account could uncover it.

        Before anybody is in there is nothing to cover.
        """
        if not self._is_in:
            return True
        if not self._seat.has_person:
            return False
        if not self.is_covering:
            self._seat.tell(journal.LOCKED)
            self._show_lock()
        return True

    def _show_lock(self) -> None:
        page = LockPage(self._theme(), self._seat.session.name)
        page.password_given.connect(self._unlock)
        page.other_wanted.connect(self._ask_who)
        self._show(page)

    def _unlock(self, password: str) -> None:
        self._seat.unlock(password, self.come_in, self._wrong)

    def _has_running_call(self) -> bool:
        return any(call.record.state is CallState.ACTIVE for call in self._calls())

    # --- an account that is changed elsewhere -------------------------------------------------------------

    @Slot(object)
    def heard(self, change: Change) -> None:
        """Another desk changed something: what whoever sits here may do is read again, where it is theirs."""
        if change.subject is Subject.ACCOUNTS and self._seat.session.person in (change.id, None):
            self._check()

    @Slot(bool)
    def linked(self, was_alone: bool) -> None:
        """The others are heard again: nobody told what was done to accounts meanwhile."""
        self._check()

    def _check(self) -> None:
        if self._seat.has_person:
            self._seat.check()
        elif self._is_in and not self.is_covering:
            self._seat.look(self._accounts_looked_for, lambda sentence: None)

    def _accounts_looked_for(self, has_accounts: bool) -> None:
        """A desk that worked without accounts is nobody's once its base has some."""
        is_unnamed = self._seat.session.standing is Standing.WITHOUT_ACCOUNTS
        if has_accounts and self._is_in and is_unnamed:  # it may have been asked twice
            self._seat.close_to_all()
            self._hand_over(self._seat.session)
            self._shut_if_closed()

    @Slot(object)
    def _account_changed(self, session: Session) -> None:
        self._hand_over(session)
        self._shut_if_closed()

    def _shut_if_closed(self) -> None:
        """Cover what nobody here may see any more, once no call is in progress; acts are refused at once."""
        if not self._is_in or self.is_covering or self._has_running_call():
            return
        if self._seat.is_closed:
            self.lock()
        elif self._seat.session.standing is Standing.NOBODY:
            self._ask_who()

    # --- pages ------------------------------------------------------------------------------------------

    def tick(self, now: object) -> None:
        """Take the time (`DeskCalls.ticked`)."""
        self._seconds = (self._seconds + 1) % CHECK_SECONDS
        if self._seconds == 0 and self._is_in and not self.is_covering:
            # A base of this desk alone tells nothing by itself, and a command may have changed it.
            self._check()
        self._shut_if_closed()
        if self._page is not None:
            at = self._clock()
            self._page.tick(at, covered(self._calls(), at, self.waiting()))

    def retheme(self) -> None:
        """Show the locked screen in another theme; a page that somebody types in keeps its own."""
        if isinstance(self._page, LockPage) and not self._page.word.phrase:
            self._show_lock()

    def put_under(self, page: QWidget) -> None:
        """Another page stands under the cover: the window was made anew meanwhile."""
        self._under, self._focus = page, None

    def _show(self, page: CoverPage) -> None:
        if self._page is None:
            _give_up_dialogs()
            _close_popups()
            self._under = self._pages.currentWidget()
            self._focus = self._pages.window().focusWidget()
            take_back(QGuiApplication.clipboard())
        old, self._page = self._page, page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self.tick(None)
        focus = getattr(page, "focus_first", None)
        if focus is not None:
            focus()

    def _let_in(self) -> None:
        page, self._page = self._page, None
        under, self._under = self._under, None
        focus, self._focus = self._focus, None
        if page is not None:
            if under is not None:
                self._pages.setCurrentWidget(under)
            self._pages.removeWidget(page)
            page.deleteLater()
        if not self._is_in:
            self._is_in = True
            self.entered.emit()
        elif focus is not None and under is not None and under.isAncestorOf(focus):
            focus.setFocus()


def _give_up_dialogs() -> None:
    """A file or a printer that is being asked for is not answered by whoever passes by."""
    dialog = QApplication.activeModalWidget()
    while isinstance(dialog, QDialog):
        dialog.reject()
        after = QApplication.activeModalWidget()
        dialog = after if after is not dialog else None


def _close_popups() -> None:
    """Lists, menus and tool tips that hang open over the window would show through."""
    QToolTip.hideText()
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        after = QApplication.activePopupWidget()
        popup = after if after is not popup else None
