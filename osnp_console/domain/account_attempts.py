"""How many wrong passwords are borne before one has to wait, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.domain.clock import in_paris

FREE_BY_ACCOUNT, FREE_BY_DESK = 5, 20
"""Wrong passwords in a row before the first wait; a desk is shared by several people and bears more."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=12)
"""Wrong passwords older than that no longer count."""
_WRONG = "Identifiant ou mot de passe inexact."


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords in a row of a desk, or of an identifier as typed, whether or not it exists."""

    count: int = 0
    last_at: datetime | None = None

    def counted(self, now: datetime) -> Attempts:
        """With one more, now."""
        return Attempts((self.count if self._counts(now) else 0) + 1, now)

    def wait_until(self, free: int, now: datetime) -> datetime | None:
        """Until when nothing may be tried; None when it may be now.

        30 s after the last free attempt, twice as long after each further one, 15 minutes at most.
        """
        if not self._counts(now) or self.count < free or self.last_at is None:
            return None
        doubled = min(self.count - free, 10)
        until = self.last_at + min(FIRST_WAIT * 2**doubled, LONGEST_WAIT)
        return until if until > now else None

    def left(self, free: int, now: datetime) -> int:
        """How many may be tried before the first wait."""
        return max(0, free - self.count) if self._counts(now) else free

    def _counts(self, now: datetime) -> bool:
        return self.last_at is not None and now - self.last_at < FORGOTTEN_AFTER


def waiting_until(account: Attempts, desk: Attempts, now: datetime) -> datetime | None:
    """Until when nobody may try this identifier at this desk; None when it may be tried now."""
    waits = (account.wait_until(FREE_BY_ACCOUNT, now), desk.wait_until(FREE_BY_DESK, now))
    return max((one for one in waits if one is not None), default=None)


def wrong_words(account: Attempts, desk: Attempts, now: datetime) -> str:
    """What is said after a wrong password: the same whether the account exists or not (interface, §10)."""
    until = waiting_until(account, desk, now)
    if until is not None:
        return f"{_WRONG} {wait_words(until)}"
    left = min(account.left(FREE_BY_ACCOUNT, now), desk.left(FREE_BY_DESK, now))
    return f"{_WRONG} Encore {left} essai{'s' if left > 1 else ''}." if left else _WRONG


def wait_words(until: datetime) -> str:
    """When the next attempt is taken."""
    return f"Prochain essai à {in_paris(until):%H:%M:%S}."
