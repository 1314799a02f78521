"""Who acts, and at which desk: handed to every use case with its unit of work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from osnp_console.app.errors import Forbidden
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.permissions import Act, may, who_may

NOT_SIGNED_IN = "Cette base a des comptes\u202f: se connecter d’abord."
MUST_CHANGE = "Choisir d’abord un nouveau mot de passe."
CLOSED = "Ce compte ne permet plus rien\u202f: voir l’administrateur."


class Standing(Enum):
    """On what ground a session acts."""

    WITHOUT_ACCOUNTS = "sans_comptes"
    SIGNED_IN = "connecte"
    NOBODY = "personne"


_NOT_UNNAMED = frozenset({Act.VALIDATE_PRESCRIPTION, Act.MANAGE_ACCOUNTS})
"""What only a person whose name is known does, even where there are no accounts yet."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks at a screen, by their account, and with the rights of which roles."""

    person: str | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts.

    `desk` is the desk's code in the journal, `at` the instant of the act; both may lack where there are no
    accounts. `person` is the account's id.
    """

    standing: Standing
    desk: str = ""
    person: str | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    at: datetime | None = None
    why_closed: str = NOT_SIGNED_IN

    def may(self, act: Act) -> bool:
        """Whether this session may do it."""
        if self.standing is Standing.WITHOUT_ACCOUNTS:
            return act not in _NOT_UNNAMED
        return self.standing is Standing.SIGNED_IN and may(self.roles, act)

    def require(self, act: Act) -> None:
        """Raise Forbidden, which names who may, unless this session may do it."""
        if self.may(act):
            return
        if self.standing is Standing.NOBODY:
            raise Forbidden(self.why_closed)
        raise Forbidden(who_may(act))

    @property
    def eyes(self) -> Eyes:
        """Who looks at what is shown to this session; what was shown to other eyes is read again."""
        return Eyes(self.person, self.roles if self.standing is Standing.SIGNED_IN else frozenset())

    def placed(self, desk: str, at: datetime) -> Session:
        """The same at a desk and an instant."""
        return replace(self, desk=desk, at=at)


UNNAMED = Session(Standing.WITHOUT_ACCOUNTS)
"""A desk whose base has no account yet: it works as it did before there were any."""
NOBODY = Session(Standing.NOBODY)
"""A base that has accounts, and nobody signed in."""


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


def session_of(account: Account, desk: str = "", at: datetime | None = None) -> Session:
    """The session of an account as it stands now: without any right unless it is active."""
    standing = Standing.SIGNED_IN if account.is_open else Standing.NOBODY
    why = MUST_CHANGE if account.state is AccountState.MUST_CHANGE else CLOSED
    return Session(standing, desk, account.id, account.name, account.roles, at, why)
