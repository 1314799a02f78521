"""What the page Comptes lets somebody do; each act answers later, on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from osnp_console.app.people.accounts import AccountForm, SeenAccount
from osnp_console.app.people.session import Session


@dataclass(frozen=True, slots=True)
class NotDone:
    """Why an act was not done, in a French sentence, and the field that is wrong, empty for none."""

    sentence: str
    field: str = ""


Done = Callable[[NotDone | None], None]
"""Told that an act has ended: None, or why it was not done."""


class AccountActs(Protocol):
    """Acts on accounts. Passwords go through them and stay nowhere."""

    @property
    def session(self) -> Session:
        """Who sits at this desk."""

    def now(self) -> datetime:
        """This instant."""

    def load(self, then: Callable[[Sequence[SeenAccount]], None], failed: Callable[[NotDone], None]) -> None:
        """Every account, removed ones included."""

    def create(self, form: AccountForm, password: str, then: Done) -> None:
        """Add an account, whose password is to be changed at the first sign-in."""

    def create_first(self, form: AccountForm, password: str, then: Done) -> None:
        """The base's first account, an administrator, who then sits at this desk."""

    def change(self, identifier: str, form: AccountForm, then: Done) -> None:
        """Let an account have the identifier, the name and the roles of a form."""

    def block(self, identifier: str, then: Done) -> None:
        """Let nobody use it."""

    def unblock(self, identifier: str, then: Done) -> None:
        """Let it be used again, its wrong passwords forgotten."""

    def remove(self, identifier: str, then: Done) -> None:
        """Remove it for good."""

    def give_password(self, identifier: str, password: str, then: Done) -> None:
        """Give another password, to be changed at the next sign-in."""

    def choose_password(self, old: str, new: str, then: Done) -> None:
        """Change the password of whoever sits here."""
