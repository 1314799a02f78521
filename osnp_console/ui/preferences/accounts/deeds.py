"""The acts of the page Comptes, over the use cases: never on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import AccountForm, Accounts, SeenAccount
from osnp_console.app.people.session import Session, SignedIn
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.permissions import Act, may
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.lock.seat import FirstAccount, Seat
from osnp_console.ui.preferences.accounts.acts import Done, NotDone

CALLS_GO_ON = (
    "Un appel est ouvert à ce poste\u202f: le terminer d’abord, ou cocher un rôle qui prend des appels."
)
T = TypeVar("T")
_Work = Callable[[OpenUnit], object]


class AccountDeeds(QObject):
    """`AccountActs` over the base, and over the seat for whoever sits at this desk."""

    def __init__(
        self,
        accounts: Accounts,
        store: StoreDoor,
        seat: Seat,
        clock: Callable[[], datetime],
        came_in: Callable[[SignedIn], None],
        has_calls: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`came_in` takes the administrator who was just created: they sit here from then on.

        `has_calls` says whether calls are open here: those go on in their hands.
        """
        super().__init__(parent)
        self._accounts = accounts
        self._store = store
        self._seat = seat
        self._clock = clock
        self._came_in = came_in
        self._has_calls = has_calls

    @property
    def session(self) -> Session:
        """Who sits at this desk."""
        return self._seat.session

    def now(self) -> datetime:
        """This instant."""
        return self._clock()

    def load(self, then: Callable[[Sequence[SeenAccount]], None], failed: Callable[[NotDone], None]) -> None:
        """Every account."""
        now = self._clock()
        self._ask(lambda units: self._accounts.seen(units, now), then, failed)

    def create(self, form: AccountForm, password: str, then: Done) -> None:
        """Add an account."""
        now = self._clock()
        self._do(lambda units: self._accounts.create(units, form, password, now), then)

    def create_first(self, form: AccountForm, password: str, then: Done) -> None:
        """The base's first account, who then sits here."""
        if self._has_calls() and not may(form.roles, Act.TAKE_CALL):
            then(NotDone(CALLS_GO_ON, "roles"))
            return

        def entered(signed_in: SignedIn) -> None:
            self._came_in(signed_in)
            then(None)

        self._seat.create_first(
            FirstAccount(form, password),
            self._here(entered),
            self._here(lambda sentence: then(NotDone(sentence))),
        )

    def change(self, identifier: str, form: AccountForm, then: Done) -> None:
        """Let an account have what a form says."""

        def work(units: OpenUnit) -> object:
            return self._accounts.change(
                units, identifier, name=form.name, roles=form.roles, new_identifier=form.identifier
            )

        self._do(work, then)

    def block(self, identifier: str, then: Done) -> None:
        """Let nobody use it."""
        self._do(lambda units: self._accounts.block(units, identifier), then)

    def unblock(self, identifier: str, then: Done) -> None:
        """Let it be used again."""
        self._do(lambda units: self._accounts.unblock(units, identifier), then)

    def remove(self, identifier: str, then: Done) -> None:
        """Remove it for good."""
        self._do(lambda units: self._accounts.remove(units, identifier), then)

    def give_password(self, identifier: str, password: str, then: Done) -> None:
        """Give another password."""
        self._do(lambda units: self._accounts.reset_password(units, identifier, password), then)

    def choose_password(self, old: str, new: str, then: Done) -> None:
        """Change the password of whoever sits here."""
        self._seat.change_own_password(
            old,
            new,
            self._here(lambda done: then(None)),
            self._here(lambda error: then(_not_done(error))),
        )

    def _do(self, work: _Work, then: Done) -> None:
        self._ask(work, lambda done: then(None), then)

    def _ask(
        self,
        work: Callable[[OpenUnit], T],
        then: Callable[[T], None],
        failed: Callable[[NotDone], None],
    ) -> None:
        def guarded(units: OpenUnit) -> tuple[T | None, Refusal | None]:
            try:
                return work(units), None
            except Refusal as refusal:
                return None, refusal

        def answered(outcome: tuple[T | None, Refusal | None]) -> None:
            answer, refusal = outcome
            if refusal is not None:
                failed(_not_done(refusal))
            else:
                then(answer)  # type: ignore[arg-type]  # a T, where nothing was refused

        self._store.ask(guarded, self._here(answered), self._here(lambda error: failed(_not_done(error))))

    def _here(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """The act, unless the panels were made anew meanwhile: those that asked are gone."""

        def arrive(answer: T) -> None:
            if isValid(self):
                act(answer)

        return arrive


def _not_done(error: Refusal | StoreFailure) -> NotDone:
    return NotDone(error.message, (error.field or "") if isinstance(error, Refusal) else "")
