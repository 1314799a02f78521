"""An account in words: for the list of Réglages and for the command."""

from __future__ import annotations

from datetime import datetime

from osnp_console.app.people.accounts import SeenAccount
from osnp_console.domain.account import STATE_NAMES, AccountState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import role_names
from osnp_console.domain.typed_times import said


def state_words(seen: SeenAccount) -> str:
    """`actif`, `bloqué`, `essais épuisés jusqu’à 10:12:30`."""
    if seen.waits_until is not None and seen.account.state is not AccountState.REMOVED:
        return f"essais épuisés jusqu’à {in_paris(seen.waits_until):%H:%M:%S}"
    return STATE_NAMES[seen.account.state]


def last_in_words(seen: SeenAccount, now: datetime) -> str:
    """When it last signed in: `connecté hier à 10:02`, `jamais connecté`."""
    return "jamais connecté" if seen.last_in is None else f"connecté {said(seen.last_in, now)}"


def roles_words(seen: SeenAccount) -> str:
    """`OSNP, administrateur`."""
    return role_names(seen.account.roles)
