"""What a transfer may become: one table, read by buttons, keys, errors, commands and tests.

The steps are those of AccèsS (S5, page 14), the model of the lines; a line that has fewer skips the others.
What can go wrong between two steps is ours: the sources describe a transfer that succeeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from osnp_console.domain.transfer.steps import ALL_STEPS, Step


class TransferState(Enum):
    """Where a transfer stands; the value of a step is the catalogue's (`etapes`)."""

    PREPARED = "prepare"
    CALLING = "appel"
    NO_ANSWER = "sans_reponse"
    ENGAGED = "occupe"
    ANSWERED = "repondu"
    PRESENTED = "presente"
    SLOT_FOUND = "creneau"
    NO_SLOT = "rien_de_libre"
    AGREED = "accord"
    REFUSED = "refuse"
    HANDED_OVER = "remis"
    REGISTERED = "inscrit"
    FAILED = "echec"
    CANCELLED = "annule"


class TransferMove(Enum):
    """What somebody does, or says that the line did; the value is its name in commands and the journal."""

    DIAL = "appeler"
    GET_NO_ANSWER = "sans_reponse"
    FIND_ENGAGED = "occupe"
    ANSWER = "repondre"
    PRESENT = "presenter"
    FIND_SLOT = "trouver"
    FIND_NOTHING = "rien_de_libre"
    AGREE = "accorder"
    REFUSE = "refuser"
    HAND_OVER = "remettre"
    REGISTER = "inscrire"
    FAIL = "echouer"
    CANCEL = "annuler"


_S, _M = TransferState, TransferMove

STEP_STATES: Mapping[Step, TransferState] = {step: TransferState(step.value) for step in ALL_STEPS}
"""The state in which a step is done."""
STEP_MOVES: Mapping[Step, TransferMove] = {
    Step.CALL: _M.DIAL,
    Step.ANSWERED: _M.ANSWER,
    Step.PRESENTED: _M.PRESENT,
    Step.SLOT: _M.FIND_SLOT,
    Step.AGREED: _M.AGREE,
    Step.HANDED_OVER: _M.HAND_OVER,
    Step.REGISTERED: _M.REGISTER,
}
"""The move that does a step; a transfer begins prepared."""
STATE_STEPS: Mapping[TransferState, Step] = {
    **{state: step for step, state in STEP_STATES.items()},
    # The call is still the step that stands.
    _S.NO_ANSWER: Step.CALL,
    _S.ENGAGED: Step.CALL,
}
"""The step a state stands on, for those that are not an end aside."""

_RESULTS: Mapping[TransferMove, TransferState] = {
    **{move: STEP_STATES[step] for step, move in STEP_MOVES.items()},
    _M.GET_NO_ANSWER: _S.NO_ANSWER,
    _M.FIND_ENGAGED: _S.ENGAGED,
    _M.FIND_NOTHING: _S.NO_SLOT,
    _M.REFUSE: _S.REFUSED,
    _M.FAIL: _S.FAILED,
    _M.CANCEL: _S.CANCELLED,
}
"""Where each move leads."""

_WITH_THE_LINE = frozenset({_M.REFUSE, _M.FIND_NOTHING, _M.FAIL, _M.CANCEL, _M.DIAL})
"""With the line on the phone: it says no, or the call is cut and the line is called again."""
_UNANSWERED = frozenset({_M.DIAL, _M.ANSWER, _M.FAIL, _M.CANCEL})
ASIDE: Mapping[TransferState, frozenset[TransferMove]] = {
    # The line's own desk may answer before the other has said that it dials.
    _S.PREPARED: frozenset({_M.ANSWER, _M.CANCEL}),
    _S.CALLING: frozenset({_M.GET_NO_ANSWER, _M.FIND_ENGAGED, _M.FAIL, _M.CANCEL}),
    _S.NO_ANSWER: _UNANSWERED,
    _S.ENGAGED: _UNANSWERED,
    _S.ANSWERED: _WITH_THE_LINE,
    _S.PRESENTED: _WITH_THE_LINE,
    _S.SLOT_FOUND: _WITH_THE_LINE,
    _S.AGREED: _WITH_THE_LINE,
    # The patient is with the line: whoever handed them over cannot call that back.
    _S.HANDED_OVER: frozenset({_M.FAIL}),
    _S.NO_SLOT: frozenset(),
    _S.REFUSED: frozenset(),
    _S.REGISTERED: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""The moves of a state beside its next step. A state without any is settled."""

SETTLED = frozenset(state for state, moves in ASIDE.items() if not moves)
ON_THE_LINE = frozenset({_S.ANSWERED, _S.PRESENTED, _S.SLOT_FOUND, _S.AGREED})
"""Somebody of the line is on the phone with whoever transfers."""
NEEDS_REASON = frozenset({_M.REFUSE, _M.FAIL})
"""What is not done without saying why."""


def steps_of(steps: Sequence[Step]) -> tuple[Step, ...]:
    """A line's steps in their order; all of them for a line whose steps no source gives (a convention)."""
    return tuple(step for step in ALL_STEPS if step in steps) if steps else ALL_STEPS


def next_step(state: TransferState, steps: Sequence[Step]) -> Step | None:
    """The step that comes next for a line with these steps, None once there is none.

    A call without an answer is made again.
    """
    if state in SETTLED:
        return None
    if state in (_S.NO_ANSWER, _S.ENGAGED):
        return Step.CALL
    place = ALL_STEPS.index(STATE_STEPS[state])
    return next((step for step in ALL_STEPS[place + 1 :] if step in steps), None)


def usual_move(state: TransferState, steps: Sequence[Step]) -> TransferMove | None:
    """The move of the next step: what F8 does."""
    step = next_step(state, steps)
    return STEP_MOVES[step] if step is not None else None


def legal_moves(state: TransferState, steps: Sequence[Step]) -> Mapping[TransferMove, TransferState]:
    """Every legal move from a state, and where it leads; empty once settled.

    Beyond the last step that a source gives, the further ones are there to be marked, and none is expected.
    """
    usual = usual_move(state, steps)
    if usual is not None:
        further = {usual}
    elif state in SETTLED:
        further = set()
    else:
        place = ALL_STEPS.index(STATE_STEPS[state])
        further = {STEP_MOVES[step] for step in ALL_STEPS[place + 1 :]}
    moves = ASIDE[state] | further
    # In the order of the enumeration, so that menus and messages do not change about.
    return {move: _RESULTS[move] for move in TransferMove if move in moves}
