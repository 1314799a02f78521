"""The steps of a transfer as they are shown: done and when, the one being gone through, those to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.clock import in_paris
from osnp_console.domain.transfer.clocks import tries
from osnp_console.domain.transfer.moves import (
    STATE_STEPS,
    STEP_MOVES,
    STEP_STATES,
    TransferMove,
    TransferState,
    next_step,
    steps_of,
)
from osnp_console.domain.transfer.steps import ALL_STEPS, STEP_NAMES, Step
from osnp_console.domain.transfer.transfer import Transfer


class StepState(Enum):
    """How a step stands; the value is what a screen reader hears."""

    DONE = "fait"
    NOW = "en cours"
    STOPPED = "arrêté là"
    TO_COME = "à venir"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: its words (a time and tries, or how it stands), and since when it is gone through."""

    name: str
    state: StepState
    words: str = ""
    since: datetime | None = None


_NOW_WORDS: Mapping[TransferState, str] = {
    TransferState.NO_ANSWER: "sans réponse",
    TransferState.ENGAGED: "occupé",
}
_STOPPED_WORDS: Mapping[TransferState, str] = {
    TransferState.NO_SLOT: "rien de libre",
    TransferState.REFUSED: "refusé",
    TransferState.FAILED: "échec",
    TransferState.CANCELLED: "annulé",
}


def steps_shown(transfer: Transfer) -> tuple[StepShown, ...]:
    """The steps that the line has, in order."""
    steps = steps_of(transfer.line.steps)
    stopped = _STOPPED_WORDS.get(transfer.state)
    at = _stopped_at(transfer, steps) if stopped is not None else transfer.next_step
    reached = _reached(transfer)
    shown = []
    for step in steps:
        name = STEP_NAMES[step]
        if step is at and stopped is not None:
            words = f"{stopped} · {_hour(transfer.since)}"
            shown.append(StepShown(name, StepState.STOPPED, words))
        elif step is at:
            words = _NOW_WORDS.get(transfer.state, "en cours")
            shown.append(StepShown(name, StepState.NOW, words, transfer.since))
        elif step in reached:
            shown.append(StepShown(name, StepState.DONE, _done_words(transfer, step)))
        else:
            shown.append(StepShown(name, StepState.TO_COME))
    return tuple(shown)


def nth_try(number: int) -> str:
    """`1er essai`, `2e essai`."""
    return f"{number}{'er' if number == 1 else 'e'} essai"


def _reached(transfer: Transfer) -> frozenset[Step]:
    """The steps that are behind: an earlier one that nobody marked was gone through all the same."""
    states = [TransferState.PREPARED, *(one.state for one in transfer.history)]
    last = max(ALL_STEPS.index(STATE_STEPS[one]) for one in states if one in STATE_STEPS)
    return frozenset(ALL_STEPS[: last + 1])


def _stopped_at(transfer: Transfer, steps: tuple[Step, ...]) -> Step:
    """The step that was being gone through when it was over, the last one where none was."""
    states = [TransferState.PREPARED, *(one.state for one in transfer.history)]
    before = next((one for one in reversed(states) if one in STATE_STEPS), TransferState.PREPARED)
    return next_step(before, steps) or steps[-1]


def _done_words(transfer: Transfer, step: Step) -> str:
    """`10:03:10 · 2e essai`; empty for a step that nobody marked."""
    if step is Step.PREPARED:
        return _hour(transfer.prepared_at)
    at = _marked_at(transfer, STEP_MOVES[step])
    if at is None:
        at = next((one.at for one in transfer.history if one.state is STEP_STATES[step]), None)
    if at is None:
        return ""
    made = len(tries(transfer)) if step is Step.CALL else 0
    return f"{_hour(at)} · {nth_try(made)}" if made > 1 else _hour(at)


def _marked_at(transfer: Transfer, move: TransferMove) -> datetime | None:
    return next((one.at for one in reversed(transfer.history) if one.move is move), None)


def _hour(at: datetime) -> str:
    return f"{in_paris(at):%H:%M:%S}"
