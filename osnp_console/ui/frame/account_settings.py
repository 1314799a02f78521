"""What the page Comptes of Réglages does, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from osnp_console.app.people.sign_in import SignedIn
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.pieces import Pieces

if TYPE_CHECKING:
    from osnp_console.ui.preferences.accounts.deeds import AccountDeeds


def account_deeds(
    pieces: Pieces, services: DeskServices, come_in: Callable[[SignedIn], None], parent: QObject
) -> AccountDeeds:
    """`come_in` lets in whoever makes the first account: the desk is theirs from then on."""
    from osnp_console.app.people.accounts import Accounts
    from osnp_console.ui.preferences.accounts.deeds import AccountDeeds

    return AccountDeeds(
        Accounts(pieces.passwords, pieces.new_id),
        services.door,
        services.seat,
        pieces.clock,
        come_in,
        lambda: bool(services.calls.calls),
        parent,
    )
