"""What the page Téléphonie lets somebody do; each act answers later, on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from osnp_console.app.errors import StoreFailure
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.telephony.settings import SECRET_ENTRY, Telephony
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.telephony.phone_desk import PhoneDesk

T = TypeVar("T")
Done = Callable[[str | None], None]
"""Told that an act has ended: None, or a French sentence that says why it was not done."""


class TelephonyActs(Protocol):
    """Acts of the page; each returns at once."""

    def has_secret(self, then: Callable[[bool], None], failed: Callable[[str], None]) -> None:
        """Whether the keyring has a secret for the telephony server."""

    def keep_secret(self, secret: str, then: Done) -> None:
        """Keep it in the keyring."""

    def drop_secret(self, then: Done) -> None:
        """Forget it."""

    def attempt(self, number: str, telephony: Telephony, then: Callable[[Dialled], None]) -> None:
        """Dial a number for real."""


class TelephonyDeeds(QObject):
    """`TelephonyActs` over the keyring and the telephone of the desk."""

    def __init__(
        self, secrets: SecretKeeper, phone: PhoneDesk, door: AgendaDoor, parent: QObject | None = None
    ) -> None:
        """`door` leads to threads that may wait for the keyring."""
        super().__init__(parent)
        self._secrets = secrets
        self._phone = phone
        self._door = door

    def has_secret(self, then: Callable[[bool], None], failed: Callable[[str], None]) -> None:
        """Whether the keyring has a secret for the telephony server."""

        def look() -> bool | str:
            try:
                return self._secrets.get(SECRET_ENTRY) is not None
            except StoreFailure as failure:
                return failure.message

        def found(answer: bool | str) -> None:
            if isinstance(answer, str):
                failed(answer)
            else:
                then(answer)

        self._door.go_and(look, self._here(found))

    def keep_secret(self, secret: str, then: Done) -> None:
        """Keep it in the keyring."""
        self._change(lambda: self._secrets.set(SECRET_ENTRY, secret.strip()), then)

    def drop_secret(self, then: Done) -> None:
        """Forget it."""
        self._change(lambda: self._secrets.delete(SECRET_ENTRY), then)

    def attempt(self, number: str, telephony: Telephony, then: Callable[[Dialled], None]) -> None:
        """Dial a number for real; the call on screen is told nothing of it."""
        self._phone.attempt(number, telephony, self._here(then))

    def _change(self, act: Callable[[], None], then: Done) -> None:
        def work() -> str | None:
            try:
                act()
            except StoreFailure as failure:
                return failure.message
            return None

        self._door.go_and(work, self._here(then))

    def _here(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """The act, unless the panels were made anew meanwhile: those that asked are gone."""

        def arrive(answer: T) -> None:
            if isValid(self):
                act(answer)

        return arrive
