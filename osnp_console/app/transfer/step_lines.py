"""What happened to a transfer, as the lines of the journal on screen say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from osnp_console.app.transfer.journal import (
    PATIENT_BACK,
    PATIENT_LEFT,
    other_entry,
    state_entry,
    transfer_words,
)
from osnp_console.app.transfer.panel_words import the
from osnp_console.domain.clock import in_paris
from osnp_console.domain.transfer.transfer import Transfer

Line = tuple[str, str]
"""An hour and words."""


def prepared_line(transfer: Transfer) -> Line:
    """That it was prepared."""
    return _line(replace(transfer, history=()), transfer.prepared_at)


def lines_since(transfer: Transfer, told: int) -> Iterator[Line]:
    """Each step after the first `told` ones, whoever marked it."""
    for number in range(told, len(transfer.history)):
        passage = transfer.history[number]
        past = replace(transfer, history=transfer.history[: number + 1], state=passage.state)
        yield _line(past, passage.at)


def patient_line(transfer: Transfer, patient: str, at: datetime) -> Line:
    """That the patient is not on the phone any more, or is again, as it stands now."""
    what = PATIENT_LEFT if transfer.patient_left_at is not None else PATIENT_BACK
    entry = other_entry(transfer, what, transfer.call, transfer.prepared_by.desk, at)
    return _hour(at), transfer_words(entry.facts).replace("le patient", the(patient))


def _line(transfer: Transfer, at: datetime) -> Line:
    entry = state_entry(transfer, transfer.call, transfer.prepared_by.desk, at)
    return _hour(at), transfer_words(entry.facts)


def _hour(at: datetime) -> str:
    return f"{in_paris(at):%H:%M:%S}"
