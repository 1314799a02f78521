"""Who sits at this desk: their session, and the work that signs them in, out and back in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import AccountForm, Accounts, Passwords, has_accounts
from osnp_console.app.people.permissions import SignedBackground, signed
from osnp_console.app.people.session import CLOSED, NOBODY, UNNAMED, Session, Standing
from osnp_console.app.people.sign_in import TOO_MANY, SignedIn, SignIn, account_now
from osnp_console.app.ports import Background, StoreFailure
from osnp_console.domain import journal
from osnp_console.domain.account_attempts import Attempts, wait_words, waiting_until, wrong_words
from osnp_console.domain.journal import JournalEntry
from osnp_console.ui.background import OnBehalf

T = TypeVar("T")
Refused = Callable[[str], None]
Failure = Refusal | StoreFailure


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """What the first start says of its administrator."""

    form: AccountForm
    password: str


class Seat(QObject):
    """The session of this desk. Hashes and store are waited for on another thread.

    `background` is the base as whoever sits here may use it: what is asked through it is asked, and
    journaled, in their name.

    Signals:
        changed(object): the Session is another one.
        account_changed(object): before `changed`: the Session of the same person, whose account is not what
            it was when they came.
        told(): a line of the journal waits to be written.
    """

    changed = Signal(object)
    account_changed = Signal(object)
    told = Signal()
    _home = Signal(object)

    def __init__(
        self,
        base: Background,
        passwords: Passwords,
        clock: Callable[[], datetime],
        desk: Callable[[], str],
        new_id: Callable[[], str],
        log: Callable[[JournalEntry], None],
        parent: QObject | None = None,
        *,
        is_alone: Callable[[], bool] = lambda: False,
    ) -> None:
        """`desk` gives the desk's code in the journal, `new_id` the id of a new account.

        `log` takes a line of the journal that is written as soon as the store answers. `is_alone` says
        whether the link to a shared base is known to be lost.
        """
        super().__init__(parent)
        self._base = base
        self._clock = clock
        self._desk = desk
        self._door = SignIn(base, passwords, clock)
        self._accounts = Accounts(passwords, new_id)
        self._passwords = passwords
        self._log = log
        self._is_alone = is_alone
        self._signed_in: SignedIn | None = None
        self._wrong_alone = Attempts()
        self.session: Session = UNNAMED
        self.background: Background = SignedBackground(base, self.session_now)
        self._home.connect(self._come_home)

    def on_behalf(self) -> OnBehalf:
        """How units are signed for whoever acts now, in work that may wait until somebody else sits here."""
        session = self.session_now()
        return lambda units: signed(units, session)

    def session_now(self) -> Session:
        """The session of an act that begins now; for any thread."""
        return self.session.placed(self._desk(), self._clock())

    @property
    def has_person(self) -> bool:
        """Whether somebody is signed in; else there is nothing to lock with."""
        return self.session.person is not None

    @property
    def is_closed(self) -> bool:
        """Whether the account of whoever sits here was blocked, or its password replaced, since they came."""
        return self.has_person and self.session.standing is Standing.NOBODY

    @property
    def identifier(self) -> str:
        """What whoever sits here signs in with, to be identified again; empty where nobody did."""
        return self._signed_in.account.identifier if self._signed_in is not None else ""

    def take(self, entered: SignedIn) -> None:
        """Somebody who gave their password sits here now."""
        self._signed_in, self._wrong_alone = entered, Attempts()
        self.session = entered.session
        self.changed.emit(self.session)

    def close_to_all(self) -> None:
        """The base has accounts and nobody signed in: nothing is done in anybody's name."""
        self._signed_in, self.session = None, NOBODY
        self.changed.emit(self.session)

    # --- work -------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Read again what the account of whoever sits here is; a store that does not answer says nothing."""
        signed_in = self._signed_in
        if signed_in is None:
            return
        work = account_now(signed_in.account.id, self._desk(), self._clock())

        def read(found: SignedIn | None) -> None:
            # Somebody else may sit here by now, or the same person with a password that they just chose.
            if self._signed_in is signed_in:
                self._follow(signed_in, found)

        self._ask(lambda: self._base.submit(work).result(), read, lambda sentence: None)

    def _follow(self, before: SignedIn, found: SignedIn | None) -> None:
        if found is None:
            gone = replace(before.session, standing=Standing.NOBODY, roles=frozenset(), why_closed=CLOSED)
            found = replace(before, session=gone)
        self._signed_in = found
        is_same = (found.session.standing, found.session.roles, found.session.name) == (
            self.session.standing,
            self.session.roles,
            self.session.name,
        )
        if not is_same:
            self.session = found.session
            self.account_changed.emit(self.session)
            self.changed.emit(self.session)

    def look(self, then: Callable[[bool], None], failed: Refused) -> None:
        """Whether somebody has to sign in: the base has accounts."""
        self._ask(lambda: self._base.submit(has_accounts).result(), then, failed)

    def create_first(self, first: FirstAccount, then: Callable[[SignedIn], None], failed: Refused) -> None:
        """Create the administrator of a base without accounts, and sign them in."""

        def work() -> SignedIn:
            desk, now = self._desk(), self._clock()
            self._base.submit(
                lambda units: self._accounts.create_first(units, first.form, first.password, desk, now)
            ).result()
            return self._door.sign_in(first.form.identifier, first.password, desk)

        self._ask(work, then, failed)

    def sign_in(
        self,
        identifier: str,
        password: str,
        then: Callable[[SignedIn], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Try an identifier and a password."""
        self._ask_whole(lambda: self._door.sign_in(identifier, password, self._desk()), then, failed)

    def unlock(self, password: str, then: Callable[[SignedIn], None], failed: Refused) -> None:
        """Try the password of whoever sits here; a store that does not answer keeps nobody locked out.

        One that is known not to answer is not asked: its deadline would be waited for in vain.
        """
        signed_in, is_closed = self._signed_in, self.is_closed
        assert signed_in is not None
        is_alone = self._is_alone() and not is_closed

        def work() -> SignedIn:
            if is_alone:
                return self._unlock_alone(signed_in, password)
            try:
                name = signed_in.account.identifier
                return self._door.sign_in(name, password, self._desk(), journal.UNLOCKED)
            except Refusal:
                raise
            except StoreFailure:
                if is_closed:
                    raise
                return self._unlock_alone(signed_in, password)

        self._ask(work, then, failed)

    def _unlock_alone(self, signed_in: SignedIn, password: str) -> SignedIn:
        """By the hash that was right when they signed in; attempts are limited as they are in the store."""
        now = self._clock()
        until = waiting_until(self._wrong_alone, Attempts(), now)
        if until is not None:
            raise Refusal("interdit", f"{TOO_MANY} {wait_words(until)}")
        if not self._passwords.verify(signed_in.password, password):
            self._wrong_alone = self._wrong_alone.counted(now)
            told = {"compte": signed_in.account.id}
            self._log(JournalEntry(self._desk(), now, journal.NOT_SIGNED_IN, None, told))
            self.told.emit()
            raise Refusal("interdit", wrong_words(self._wrong_alone, Attempts(), now))
        self.tell(journal.UNLOCKED)
        return signed_in

    def choose_password(
        self, entered: SignedIn, old: str, new: str, then: Callable[[SignedIn], None], failed: Refused
    ) -> None:
        """Change a password that has to be changed, then go on as signed in."""

        def work() -> SignedIn:
            desk, now = self._desk(), self._clock()
            session = self._accounts.choose_password
            self._base.submit(lambda units: session(units, entered.account, old, new, desk, now)).result()
            return self._door.sign_in(entered.account.identifier, new, desk)

        self._ask(work, then, failed)

    def change_own_password(
        self, old: str, new: str, then: Callable[[SignedIn], None], failed: Callable[[Failure], None]
    ) -> None:
        """Whoever sits here chooses another password, giving the one they have; the session goes on."""
        signed_in = self._signed_in
        assert signed_in is not None

        def work() -> SignedIn:
            desk, now, account = self._desk(), self._clock(), signed_in.account
            choose = self._accounts.choose_password
            return self._base.submit(lambda units: choose(units, account, old, new, desk, now)).result()

        def changed(entered: SignedIn) -> None:
            if self._signed_in is signed_in:
                # The new one opens the locked screen from now on, also while the store does not answer.
                self._signed_in = entered
            then(entered)

        self._ask_whole(work, changed, failed)

    def leave(self) -> None:
        """The window is going: the journal says that whoever sits here left."""
        if self.has_person:
            self.tell(journal.SIGNED_OUT)

    def tell(self, kind: str, session: Session | None = None) -> None:
        """Journal that the screen was locked, or that somebody left; for any thread."""
        told = session or self.session
        self._log(JournalEntry(self._desk(), self._clock(), kind, person=told.person))
        self.told.emit()

    def note(self, entry: JournalEntry) -> None:
        """Journal what whoever sits here looked at; written as soon as the store answers."""
        self._log(replace(entry, person=self.session.person))
        self.told.emit()

    # --- home -------------------------------------------------------------------------------------------

    def _ask(self, work: Callable[[], T], then: Callable[[T], None], failed: Refused) -> None:
        self._ask_whole(work, then, lambda failure: failed(failure.message))

    def _ask_whole(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Failure], None]
    ) -> None:
        def run() -> None:
            try:
                answer = work()
            except (Refusal, StoreFailure) as refusal:
                failure = refusal
                self._home.emit(lambda: failed(failure))
            except BaseException as error:  # raised again at home, where the last resort sees it
                broken = error
                self._home.emit(lambda: _raise(broken))
            else:
                self._home.emit(lambda: then(answer))

        Thread(target=run, name="connexion", daemon=True).start()

    @Slot(object)
    def _come_home(self, act: Callable[[], None]) -> None:
        act()


def _raise(error: BaseException) -> None:
    raise error
