"""Transfers as tests need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.steps import ALL_STEPS, Step
from osnp_console.domain.transfer.transfer import Actor, LineCalled, Transfer, prepared

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
OPERATOR = Actor("35-1", "Inès Leroy")
SECRETARY = Actor("ligne-1", "Gaëlle Robin")
ACCESS = LineCalled("44-pays-de-redon-mg", 0, "AccèsS", "+33230303434")


def line(*steps: Step) -> LineCalled:
    """A line that has these steps."""
    return LineCalled("45-ouest-loiret-mg", 0, "Ligne de la CPTS", "+33788975233", steps or ALL_STEPS)


def transfer_to(called: LineCalled = ACCESS) -> Transfer:
    """A transfer that was just prepared."""
    return prepared("t-1", "call-1", called, OPERATOR, NOON, sas="35")


def after(transfer: Transfer, *moves: TransferMove) -> Transfer:
    """The transfer after these moves, ten seconds apart."""
    for move in moves:
        at = transfer.since + timedelta(seconds=10)
        reason = {TransferMove.REFUSE: "complet", TransferMove.FAIL: "coupure"}.get(move, "")
        transfer = transfer.moved(move, OPERATOR, at, reason=reason)
    return transfer
