"""What a transfer's clocks count from: instants, which midnight and the change of hour do not disturb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Transfer

_ENDS_OF_TRY = frozenset({TransferMove.GET_NO_ANSWER, TransferMove.FIND_ENGAGED, TransferMove.ANSWER})

PATIENT_AMBER = timedelta(minutes=2)
"""How long a patient on hold waits before the clock turns amber (interface, §6; a site may set it)."""
QUEUE_AMBER = timedelta(minutes=3)
"""The same in the queue of a line (interface, §7)."""


@dataclass(frozen=True, slots=True)
class Try:
    """One call to the line: when it was dialled; how and when it ended, None while it rings."""

    dialled_at: datetime
    outcome: TransferMove | None = None
    ended_at: datetime | None = None


def tries(transfer: Transfer) -> tuple[Try, ...]:
    """The calls made to the line, in order."""
    found: list[Try] = []
    for passage in transfer.history:
        if passage.move is TransferMove.DIAL:
            found.append(Try(passage.at))
        elif passage.move in _ENDS_OF_TRY and found and found[-1].outcome is None:
            found[-1] = Try(found[-1].dialled_at, passage.move, passage.at)
    return tuple(found)


def on_line_since(transfer: Transfer) -> datetime | None:
    """When the line answered, None while nobody of the line is on the phone."""
    if not transfer.is_on_the_line:
        return None
    answers = [one.at for one in transfer.history if one.move is TransferMove.ANSWER]
    return answers[-1] if answers else None


def waiting_since(transfer: Transfer) -> datetime | None:
    """Since when the line lets this transfer wait: from its first call, or from its announcement.

    None once somebody of the line has answered, or it is over.
    """
    if transfer.is_settled or transfer.is_on_the_line or transfer.state is TransferState.HANDED_OVER:
        return None
    made = tries(transfer)
    return made[0].dialled_at if made else transfer.prepared_at


def step_at(transfer: Transfer, state: TransferState) -> datetime | None:
    """When a state was last reached, None when it never was."""
    if state is TransferState.PREPARED:
        return transfer.prepared_at
    return next((one.at for one in reversed(transfer.history) if one.state is state), None)
