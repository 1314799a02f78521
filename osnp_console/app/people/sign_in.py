"""Signing in: few attempts, the same words and the same work whether the account exists or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import Passwords
from osnp_console.app.people.attempts import TOO_MANY as TOO_MANY  # noqa: PLC0414 (whoever signs in tells it)
from osnp_console.app.people.attempts import begin_attempt, end_attempt
from osnp_console.app.people.session import CLOSED, session_of
from osnp_console.app.people.session import SignedIn as SignedIn  # noqa: PLC0414 (what signing in gives)
from osnp_console.app.ports import Background, OpenUnit
from osnp_console.domain import journal
from osnp_console.domain.account import Account, AccountState, read_identifier
from osnp_console.domain.journal import Facts, JournalEntry

NOTHING_MORE: Facts = {}


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

    def sign_in(
        self,
        identifier: str,
        password: str,
        desk: str,
        kind: str = journal.SIGNED_IN,
        told: Facts = NOTHING_MORE,
    ) -> SignedIn:
        """The session of whoever gave the right password; `kind` is what the journal calls it.

        `told` is what its line, or that of a refusal, says besides.
        Raises Refusal (`interdit`) with the sentence to show, StoreFailure.
        """
        now = self._clock()
        tried = self._store.submit(lambda units: self._begin(units, identifier, desk, now)).result()
        # For an account that does not exist, the same work on a hash that nothing opens.
        is_right = self._passwords.verify(tried.password, password)
        account = tried.account
        if not is_right or account is None:
            self._store.submit(lambda units: _refused(units, account, desk, now, told)).result()
            raise Refusal("interdit", tried.wrong)
        line = JournalEntry(desk, now, kind, None, told, account.id)
        better = self._passwords.hashed(password) if self._passwords.is_outdated(tried.password) else None
        ended = self._store.submit(lambda units: _end(units, tried, account, better, line)).result()
        if isinstance(ended, Refusal):
            raise ended
        return ended

    def _begin(self, units: OpenUnit, identifier: str, desk: str, now: datetime) -> _Tried:
        """Count the attempt, and find the account."""
        with units() as unit:
            words = begin_attempt(unit, identifier, desk, now)
            kept = unit.accounts.of(read_identifier(identifier))
            unit.commit()
        if kept is None:
            return _Tried(None, "", words)
        return _Tried(kept.account, kept.password, words)


def _refused(units: OpenUnit, account: Account | None, desk: str, now: datetime, told: Facts) -> None:
    """Journal that nobody was let in: whose account it was tried on, never what was typed."""
    about = {"compte": account.id, **told} if account is not None else told
    with units() as unit:
        unit.journal.append(JournalEntry(desk, now, journal.NOT_SIGNED_IN, None, about))
        unit.commit()


def _end(
    units: OpenUnit, tried: _Tried, account: Account, better: str | None, line: JournalEntry
) -> SignedIn | Refusal:
    """Let them in, which is `line` in the journal, unless the account was changed meanwhile."""
    with units() as unit:
        unit.accounts.hold()
        kept = unit.accounts.get(account.id)
        closed = kept is not None and kept.account.state in (AccountState.BLOCKED, AccountState.REMOVED)
        if kept is None or closed or kept.password != tried.password:
            about = {"compte": account.id, **line.facts}
            unit.journal.append(replace(line, kind=journal.NOT_SIGNED_IN, facts=about, person=None))
            unit.commit()
            # That it is closed is told to nobody but the person who knows the password; one that was
            # replaced while it was looked at is a wrong one.
            return Refusal("interdit", CLOSED if closed else tried.wrong)
        account = kept.account
        end_attempt(unit, account.identifier, line.desk)
        password = kept.password
        if better is not None:
            account, password = unit.accounts.save(account, better), better
        unit.journal.append(line)
        unit.commit()
    return SignedIn(account, session_of(account, line.desk, line.at), password)


def account_now(person: str, desk: str, now: datetime) -> Callable[[OpenUnit], SignedIn | None]:
    """Work for the store: the account of whoever sits at a desk as it stands now; None when it is gone.

    An administrator may have changed, blocked or removed it, or its person its password at another desk. The
    work raises StoreFailure.
    """

    def work(units: OpenUnit) -> SignedIn | None:
        with units() as unit:
            kept = unit.accounts.get(person)
        if kept is None:
            return None
        return SignedIn(kept.account, session_of(kept.account, desk, now), kept.password)

    return work
