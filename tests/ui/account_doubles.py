"""Acts on accounts in memory: the use cases themselves, done at once for whoever sits there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import AccountForm, Accounts, SeenAccount
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import UNNAMED, Session
from osnp_console.app.ports import OpenUnit
from osnp_console.ui.preferences.accounts.acts import Done, NotDone
from tests.unit.account_doubles import AccountBase, PlainPasswords
from tests.unit.desk_calls import NOW

PHRASE, OTHER = "quatre marees basses", "un phare sur la dune"
BOSS = AccountForm("e.morvan", "Erwan Morvan", ("osnp",))
GAELLE = AccountForm("g.tessier", "Gaëlle Tessier", ("osnp",))


class AccountsAtOnce:
    """`AccountActs` over accounts in memory."""

    def __init__(self) -> None:
        self.base = AccountBase()
        self.accounts = Accounts(PlainPasswords(), lambda: f"compte-{len(self.base.accounts.kept) + 1}")
        self.session: Session = UNNAMED

    def populate(self) -> None:
        """An administrator, who sits here, and somebody who takes calls."""
        self.session = self.accounts.create_first(self.base.open, BOSS, PHRASE, "44-3", NOW)
        self.accounts.create(signed(self.base.open, self.session), GAELLE, OTHER, NOW)

    def sit(self, identifier: str) -> None:
        """Somebody else sits here from now on, their password their own."""
        kept = self.base.accounts.of(identifier)
        assert kept is not None
        done = self.accounts.choose_password(self.base.open, kept.account, OTHER, PHRASE, "44-3", NOW)
        self.session = done.session

    def now(self) -> datetime:
        return NOW

    def load(self, then: Callable[[Sequence[SeenAccount]], None], failed: Callable[[NotDone], None]) -> None:
        try:
            found = self.accounts.seen(signed(self.base.open, self.session), NOW)
        except Refusal as refusal:
            failed(NotDone(refusal.message, refusal.field or ""))
            return
        then(found)

    def create(self, form: AccountForm, password: str, then: Done) -> None:
        self._do(then, lambda: self.accounts.create(self._units, form, password, NOW))

    def create_first(self, form: AccountForm, password: str, then: Done) -> None:
        def make() -> None:
            self.session = self.accounts.create_first(self.base.open, form, password, "44-3", NOW)

        self._do(then, make)

    def change(self, identifier: str, form: AccountForm, then: Done) -> None:
        self._do(
            then,
            lambda: self.accounts.change(
                self._units, identifier, name=form.name, roles=form.roles, new_identifier=form.identifier
            ),
        )

    def block(self, identifier: str, then: Done) -> None:
        self._do(then, lambda: self.accounts.block(self._units, identifier))

    def unblock(self, identifier: str, then: Done) -> None:
        self._do(then, lambda: self.accounts.unblock(self._units, identifier))

    def remove(self, identifier: str, then: Done) -> None:
        self._do(then, lambda: self.accounts.remove(self._units, identifier))

    def give_password(self, identifier: str, password: str, then: Done) -> None:
        self._do(then, lambda: self.accounts.reset_password(self._units, identifier, password))

    def choose_password(self, old: str, new: str, then: Done) -> None:
        kept = self.base.accounts.get(self.session.person or "")
        assert kept is not None
        account = kept.account
        self._do(then, lambda: self.accounts.choose_password(self.base.open, account, old, new, "44-3", NOW))

    @property
    def _units(self) -> OpenUnit:
        return signed(self.base.open, self.session)

    def _do(self, then: Done, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal as refusal:
            then(NotDone(refusal.message, refusal.field or ""))
        else:
            then(None)
