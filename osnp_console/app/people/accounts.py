"""The accounts of a base: the first administrator, then whom an administrator adds, changes, blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from osnp_console.app.errors import Refusal
from osnp_console.app.people.account_records import AccountTaken, KeptAccount
from osnp_console.app.people.attempts import account_subject, begin_attempt, end_attempt
from osnp_console.app.people.permissions import note
from osnp_console.app.people.session import Session, SignedIn, Standing, session_of
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.domain import journal
from osnp_console.domain.account import (
    Account,
    AccountState,
    identifier_fault,
    looks_shared,
    name_fault,
    read_identifier,
    roles_fault,
)
from osnp_console.domain.account_attempts import FREE_BY_ACCOUNT
from osnp_console.domain.account_password import SAME_AGAIN, password_fault
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import ADMINISTRATOR, Act

NO_ACCOUNT = "Aucun compte n’a cet identifiant."
TAKEN = "Cet identifiant est déjà pris, ou l’a été\u202f: le journal le nomme, en choisir un autre."
NOT_FIRST = "Cette base a déjà des comptes\u202f: un administrateur en crée d’autres."
LAST_ADMINISTRATOR = "C’est le dernier administrateur\u202f: en nommer un autre d’abord."
GONE = "Ce compte est retiré\u202f: en créer un autre."
REPLACED = "Ce mot de passe a été changé entre-temps par un administrateur. Se connecter avec le nouveau."
ACCOUNT, IDENTIFIER, WHAT = "compte", "identifiant", "quoi"
OLD_PASSWORD = "ancien"
"""The field in which a person gives the password they have."""


class Passwords(Protocol):
    """Hashes passwords; each method takes about a fifth of a second, on purpose."""

    def hashed(self, password: str) -> str:
        """The encoded hash, with its salt and parameters."""

    def verify(self, kept: str, password: str) -> bool:
        """Whether it is the one; the same work for an empty `kept`, which nothing opens."""

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than today's."""


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What is typed of an account."""

    identifier: str
    name: str
    roles: tuple[str, ...]

    @property
    def warns(self) -> bool:
        """Whether it looks like a shared login: a warning, never a refusal."""
        return looks_shared(self.identifier, self.name)


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account as an administrator sees it.

    `last_in` is when it last signed in, None for never; `waits_until`, until when too many wrong passwords
    keep anybody from trying it.
    """

    account: Account
    last_in: datetime | None = None
    waits_until: datetime | None = None


class Accounts:
    """What is done with accounts. Passwords are hashed here: never on the window's thread."""

    def __init__(self, passwords: Passwords, new_id: Callable[[], str]) -> None:
        self._passwords = passwords
        self._new_id = new_id

    def create_first(
        self, units: OpenUnit, form: AccountForm, password: str, desk: str, now: datetime
    ) -> Session:
        """Create the base's first account, an administrator, and sign it in.

        Raises Refusal (`interdit` where there is an account already: then only an administrator adds one).
        """
        form = replace(form, roles=(*form.roles, ADMINISTRATOR))
        account, kept = self._new(form, password, AccountState.ACTIVE, now)
        with units() as unit:
            # Nobody can be asked for a right yet; held, so that two desks do not both create one.
            unit.accounts.hold()
            if unit.accounts.any():
                raise Refusal("interdit", NOT_FIRST)
            saved = _save(unit, account, kept)
            told = {ACCOUNT: saved.id, IDENTIFIER: saved.identifier, "roles": sorted(saved.roles)}
            unit.journal.append(JournalEntry(desk, now, journal.ACCOUNT_MADE, None, told, saved.id))
            unit.commit()
        return session_of(saved, desk, now)

    def create(self, units: OpenUnit, form: AccountForm, password: str, now: datetime) -> Account:
        """Add an account; its password is to be changed at the first sign-in. Raises Refusal."""
        with units() as unit:
            unit.session.require(Act.MANAGE_ACCOUNTS)
        account, kept = self._new(form, password, AccountState.MUST_CHANGE, now)
        with units() as unit:
            unit.session.require(Act.MANAGE_ACCOUNTS)
            saved = _save(unit, account, kept)
            told = {ACCOUNT: saved.id, IDENTIFIER: saved.identifier, "roles": sorted(saved.roles)}
            note(unit, journal.ACCOUNT_MADE, told)
            unit.commit()
        return saved

    def _new(
        self, form: AccountForm, password: str, state: AccountState, now: datetime
    ) -> tuple[Account, str]:
        account = Account(
            self._new_id(),
            read_identifier(form.identifier),
            form.name.strip(),
            frozenset(form.roles),
            state,
            now,
        )
        _check(account)
        check_password(password, account)
        return account, self._passwords.hashed(password)

    def seen(self, units: OpenUnit, now: datetime) -> tuple[SeenAccount, ...]:
        """Every account with what is known of its use, removed ones too, by identifier. Raises Refusal."""
        with units() as unit:
            unit.session.require(Act.MANAGE_ACCOUNTS)
            last = unit.accounts.last_sign_ins()
            return tuple(
                SeenAccount(
                    one,
                    last.get(one.id),
                    unit.accounts.attempts(account_subject(one.identifier)).wait_until(FREE_BY_ACCOUNT, now),
                )
                for one in unit.accounts.all()
            )

    def change(
        self,
        units: OpenUnit,
        identifier: str,
        *,
        name: str | None = None,
        roles: Iterable[str] | None = None,
        new_identifier: str | None = None,
    ) -> Account:
        """Change what is given of an account. Raises Refusal (`introuvable`, `conflit`, `interdit`…)."""
        with units() as unit:
            kept = _held(unit, identifier)
            account = kept.account
            changed = replace(
                account,
                name=account.name if name is None else name.strip(),
                roles=account.roles if roles is None else frozenset(roles),
                identifier=account.identifier if new_identifier is None else read_identifier(new_identifier),
            )
            _check(changed)
            what = {"nom": changed.name != account.name, "roles": sorted(changed.roles)}
            return _put(unit, kept, changed, {**what, IDENTIFIER: changed.identifier})

    def block(self, units: OpenUnit, identifier: str) -> Account:
        """Let nobody sign in with it, and nobody who is signed in do anything more. Raises Refusal."""
        with units() as unit:
            kept = _held(unit, identifier)
            return _put(unit, kept, kept.account.moved(AccountState.BLOCKED), {WHAT: "blocage"})

    def unblock(self, units: OpenUnit, identifier: str) -> Account:
        """Let it be used again, its wrong passwords forgotten. Raises Refusal.

        One that was blocked has its password changed at the next sign-in: it may be one that was given and
        not changed yet, and whoever blocked it may have doubted who knows it.
        """
        with units() as unit:
            kept = _held(unit, identifier)
            was_blocked = kept.account.state is AccountState.BLOCKED
            state = AccountState.MUST_CHANGE if was_blocked else kept.account.state
            unit.accounts.forget(account_subject(kept.account.identifier))
            return _put(unit, kept, kept.account.moved(state), {WHAT: "deblocage"})

    def remove(self, units: OpenUnit, identifier: str) -> Account:
        """Remove it: its password goes, its name stays for the journal. Raises Refusal."""
        with units() as unit:
            kept = _held(unit, identifier)
            gone = KeptAccount(kept.account, "")
            return _put(unit, gone, kept.account.moved(AccountState.REMOVED), {WHAT: "retrait"})

    def reset_password(self, units: OpenUnit, identifier: str, password: str) -> Account:
        """Give another password, to be changed at the next sign-in. Raises Refusal."""
        with units() as unit:
            kept = _held(unit, identifier)
        check_password(password, kept.account)
        hashed = self._passwords.hashed(password)
        with units() as unit:
            kept = replace(_held(unit, identifier), password=hashed)
            state = kept.account.state
            if state is AccountState.ACTIVE:
                state = AccountState.MUST_CHANGE
            unit.accounts.forget(account_subject(kept.account.identifier))
            return _put(unit, kept, kept.account.moved(state), {WHAT: "mot_de_passe"})

    def choose_password(
        self, units: OpenUnit, account: Account, old: str, new: str, desk: str, now: datetime
    ) -> SignedIn:
        """A person chooses a password of their own, having just given the one they have.

        A wrong `old` is counted, as it is at the sign-in. Raises Refusal: `valeur_invalide` for a bad or
        unchanged one, `interdit` (field `ancien`) when `old` is not theirs or has to wait.
        """
        check_password(new, account)
        proved = self._prove(units, account, old, desk, now)
        if new == old:
            raise Refusal("valeur_invalide", SAME_AGAIN, "mot_de_passe")
        hashed = self._passwords.hashed(new)
        with units() as unit:
            unit.accounts.hold()
            again = unit.accounts.get(account.id)
            if again is None or again.account.state not in (AccountState.ACTIVE, AccountState.MUST_CHANGE):
                raise Refusal("interdit", GONE)
            if again.password != proved:
                raise Refusal("interdit", REPLACED, OLD_PASSWORD)
            saved = _save(unit, again.account.moved(AccountState.ACTIVE), hashed)
            told = {ACCOUNT: saved.id, WHAT: "mot_de_passe"}
            unit.journal.append(JournalEntry(desk, now, journal.ACCOUNT_CHANGED, None, told, saved.id))
            unit.commit()
        return SignedIn(saved, session_of(saved, desk, now), hashed)

    def _prove(self, units: OpenUnit, account: Account, old: str, desk: str, now: datetime) -> str:
        """The hash of `old`; raise Refusal (`interdit`) unless it is the account's password as kept now."""
        try:
            with units() as unit:
                wrong = begin_attempt(unit, account.identifier, desk, now)
                kept = unit.accounts.get(account.id)
                unit.commit()
        except Refusal as refusal:
            raise Refusal(refusal.code, refusal.message, OLD_PASSWORD) from refusal
        is_right = self._passwords.verify(kept.password if kept is not None else "", old)
        with units() as unit:
            if is_right and kept is not None:
                end_attempt(unit, account.identifier, desk)
            else:
                told = {ACCOUNT: account.id}
                unit.journal.append(JournalEntry(desk, now, journal.NOT_SIGNED_IN, None, told))
            unit.commit()
        if kept is None or not is_right:
            raise Refusal("interdit", wrong, OLD_PASSWORD)
        return kept.password


def has_accounts(units: OpenUnit) -> bool:
    """Whether somebody has to sign in: the base has an account."""
    with units() as unit:
        return unit.session.standing is not Standing.WITHOUT_ACCOUNTS


def check_password(password: str, account: Account) -> None:
    """Raise Refusal (`valeur_invalide`) for a password that an account may not have."""
    fault = password_fault(password, account.identifier, account.name)
    if fault is not None:
        raise Refusal("valeur_invalide", fault, "mot_de_passe")


def _check(account: Account) -> None:
    for fault, field in (
        (identifier_fault(account.identifier), "identifiant"),
        (name_fault(account.name), "nom"),
        (roles_fault(sorted(account.roles)), "roles"),
    ):
        if fault is not None:
            raise Refusal("valeur_invalide", fault, field)


def _held(unit: Unit, identifier: str) -> KeptAccount:
    """The account to change, nobody else changing any; raises Refusal."""
    unit.session.require(Act.MANAGE_ACCOUNTS)
    unit.accounts.hold()
    kept = unit.accounts.of(read_identifier(identifier))
    if kept is None:
        raise Refusal("introuvable", NO_ACCOUNT, "identifiant")
    if kept.account.state is AccountState.REMOVED:
        raise Refusal("interdit", GONE, "identifiant")
    return kept


def _put(unit: Unit, kept: KeptAccount, changed: Account, told: dict[str, object]) -> Account:
    if kept.account.is_administrator and not changed.is_administrator:
        others = (one for one in unit.accounts.all() if one.id != changed.id)
        if not any(one.is_administrator for one in others):
            raise Refusal("interdit", LAST_ADMINISTRATOR)
    saved = _save(unit, changed, kept.password)
    note(unit, journal.ACCOUNT_CHANGED, {ACCOUNT: saved.id, **told})
    unit.commit()
    return saved


def _save(unit: Unit, account: Account, password: str) -> Account:
    try:
        return unit.accounts.save(account, password)
    except AccountTaken as error:
        raise Refusal("conflit", TAKEN, "identifiant") from error
