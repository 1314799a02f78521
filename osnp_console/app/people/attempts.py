"""Wrong passwords are counted, of an account and of a desk, before a password is even looked at."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import Unit
from osnp_console.domain.account import read_identifier
from osnp_console.domain.account_attempts import FORGOTTEN_AFTER, wait_words, waiting_until, wrong_words

TOO_MANY = "Trop d’essais."


def account_subject(identifier: str) -> str:
    """Whose wrong passwords are counted: an identifier, kept as a hash, since anything may be typed there."""
    return f"compte:{sha256(read_identifier(identifier).encode()).hexdigest()}"


def desk_subject(desk: str) -> str:
    """Whose wrong passwords are counted: a desk."""
    return f"poste:{desk}"


def begin_attempt(unit: Unit, identifier: str, desk: str, now: datetime) -> str:
    """Count an attempt as a wrong one before it is looked at: no two at once are one.

    Returns what is to be said should it be wrong. Raises Refusal (`interdit`) where one has to wait.
    """
    own, place = account_subject(identifier), desk_subject(desk)
    unit.accounts.hold()
    by_account, by_desk = unit.accounts.attempts(own), unit.accounts.attempts(place)
    until = waiting_until(by_account, by_desk, now)
    if until is not None:
        raise Refusal("interdit", f"{TOO_MANY} {wait_words(until)}")
    by_account, by_desk = by_account.counted(now), by_desk.counted(now)
    unit.accounts.forget_before(now - FORGOTTEN_AFTER)
    unit.accounts.count(own, by_account)
    unit.accounts.count(place, by_desk)
    return wrong_words(by_account, by_desk, now)


def end_attempt(unit: Unit, identifier: str, desk: str) -> None:
    """It was right: the wrong ones of before no longer count."""
    unit.accounts.forget(account_subject(identifier))
    unit.accounts.forget(desk_subject(desk))
