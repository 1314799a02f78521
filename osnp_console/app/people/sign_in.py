"""Signing in: few attempts, the same words and the same work whether the account exists or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import Passwords, account_subject, desk_subject
from osnp_console.app.people.session import CLOSED, Session, session_of
from osnp_console.app.ports import Background, OpenUnit
from osnp_console.domain import journal
from osnp_console.domain.account import Account, AccountState, read_identifier
from osnp_console.domain.account_attempts import (
    FORGOTTEN_AFTER,
    wait_words,
    waiting_until,
    wrong_words,
)
from osnp_console.domain.journal import JournalEntry

TOO_MANY = "Trop d’essais."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in; a session that `must_change` its password has no other right yet."""

    account: Account
    session: Session
    password: str = field(default="", repr=False)
    """Its hash: what opens the locked screen while the store does not answer."""

    @property
    def must_change(self) -> bool:
        """Whether a password of their own is to be chosen first."""
        return self.account.state is AccountState.MUST_CHANGE


@dataclass(frozen=True, slots=True)
class _Tried:
    """What is known before the password is looked at."""

    account: Account | None
    password: str
    wrong: str


class SignIn:
    """Signs people in at a desk. It waits for the store and for the hash: never on the window's thread."""

    def __init__(self, store: Background, passwords: Passwords, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock

    def sign_in(self, identifier: str, password: str, desk: str, kind: str = journal.SIGNED_IN) -> SignedIn:
        """The session of whoever gave the right password; `kind` is what the journal calls it.

        Raises Refusal (`interdit`) with the sentence to show, StoreFailure.
        """
        now = self._clock()
        tried = self._store.submit(lambda units: self._begin(units, identifier, desk, now)).result()
        # For an account that does not exist, the same work on a hash that nothing opens.
        is_right = self._passwords.verify(tried.password, password)
        account = tried.account
        if not is_right or account is None:
            self._store.submit(lambda units: _refused(units, account, desk, now)).result()
            raise Refusal("interdit", tried.wrong)
        better = self._passwords.hashed(password) if self._passwords.is_outdated(tried.password) else None
        return self._store.submit(lambda units: _end(units, account, better, desk, now, kind)).result()

    def _begin(self, units: OpenUnit, identifier: str, desk: str, now: datetime) -> _Tried:
        """Count the attempt as a wrong one before it is looked at: no two at once are one."""
        own, place = account_subject(identifier), desk_subject(desk)
        with units() as unit:
            unit.accounts.hold()
            by_account, by_desk = unit.accounts.attempts(own), unit.accounts.attempts(place)
            until = waiting_until(by_account, by_desk, now)
            if until is not None:
                raise Refusal("interdit", f"{TOO_MANY} {wait_words(until)}")
            by_account, by_desk = by_account.counted(now), by_desk.counted(now)
            unit.accounts.forget_before(now - FORGOTTEN_AFTER)
            unit.accounts.count(own, by_account)
            unit.accounts.count(place, by_desk)
            kept = unit.accounts.of(read_identifier(identifier))
            unit.commit()
        words = wrong_words(by_account, by_desk, now)
        if kept is None:
            return _Tried(None, "", words)
        return _Tried(kept.account, kept.password, words)


def _refused(units: OpenUnit, account: Account | None, desk: str, now: datetime) -> None:
    """Journal a wrong password: whose account it was tried on, never what was typed."""
    told = {"compte": account.id} if account is not None else {}
    with units() as unit:
        unit.journal.append(JournalEntry(desk, now, journal.NOT_SIGNED_IN, None, told))
        unit.commit()


def _end(
    units: OpenUnit, account: Account, better: str | None, desk: str, now: datetime, kind: str
) -> SignedIn:
    with units() as unit:
        unit.accounts.hold()
        kept = unit.accounts.get(account.id)
        if kept is None or kept.account.state in (AccountState.BLOCKED, AccountState.REMOVED):
            # Told to nobody but the person who knows the password.
            raise Refusal("interdit", CLOSED)
        account = kept.account
        unit.accounts.forget(account_subject(account.identifier))
        unit.accounts.forget(desk_subject(desk))
        password = kept.password
        if better is not None:
            account, password = unit.accounts.save(account, better), better
        unit.journal.append(JournalEntry(desk, now, kind, None, {}, account.id))
        unit.commit()
    return SignedIn(account, session_of(account, desk, now), password)
