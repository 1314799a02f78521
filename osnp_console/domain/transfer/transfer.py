"""A patient handed over to a line: where it stands, who did what and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from osnp_console.domain.transfer.moves import (
    NEEDS_REASON,
    ON_THE_LINE,
    SETTLED,
    STATE_STEPS,
    TransferMove,
    TransferState,
    legal_moves,
    next_step,
    usual_move,
)
from osnp_console.domain.transfer.reasons import OTHER, REASONS
from osnp_console.domain.transfer.steps import ALL_STEPS, Step


class IllegalTransferMove(Exception):
    """A move that the transfer's state does not allow, or that lacks its reason."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: the desk's code, and the person's name, empty where there are no accounts."""

    desk: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One move that was made: by whom, when, where it led; `reason` is a code, `text` what was typed."""

    move: TransferMove
    state: TransferState
    at: datetime
    by: Actor
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The line's desk that has the transfer in hand, since when."""

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LineCalled:
    """The line a transfer goes to, as the catalogue described it when it was prepared.

    `dispositif` is its id, `access` the place of the way in among the dispositif's, `name` the line's,
    `number` in E.164 or short, `steps` those of the line.
    """

    dispositif: str
    access: int
    name: str
    number: str = ""
    steps: tuple[Step, ...] = ALL_STEPS


@dataclass(frozen=True, slots=True)
class Conditions:
    """How the line's conditions stood when the transfer was prepared, in words; `reason` is why it went on.

    `unmet` are known not to be met, `to_check` are not known; `closed` is the sentence that says that the
    line does not answer at that time, empty when it does or when no source says.
    """

    unmet: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    closed: str = ""
    reason: str = ""

    @property
    def asks_why(self) -> bool:
        """Whether going on needs a typed reason."""
        return bool(self.unmet or self.closed)


NO_CONDITION: Final = Conditions()


@dataclass(frozen=True, slots=True)
class Transfer:
    """One patient, one line. Instants are aware.

    `call` is the call of whoever sends; `line_call` the one that the line's desk keeps for the same patient,
    empty while it has none. `prepared_by` is where it began: the sending desk, or, for a patient whom no
    desk announced, the line's own (`announced` False; `sas` is the SAS that transferred them, empty where
    not known). `history` begins with its preparation. `patient_left_at` is set while the patient is not on
    the phone any more. `slot` is the slot in words, `appointment` its id where the console booked it.
    `joined_to` is the announcement that an unannounced one turned out to be.
    """

    id: str
    call: str
    line: LineCalled
    prepared_by: Actor
    prepared_at: datetime
    state: TransferState = TransferState.PREPARED
    state_since: datetime | None = None
    history: tuple[Passage, ...] = ()
    conditions: Conditions = NO_CONDITION
    sas: str = ""
    announced: bool = True
    taken: Taken | None = None
    line_call: str = ""
    patient_left_at: datetime | None = None
    slot: str = ""
    appointment: str = ""
    joined_to: str = ""
    version: int = 0

    @property
    def since(self) -> datetime:
        """Since when it is in its state."""
        return self.state_since or self.prepared_at

    @property
    def is_settled(self) -> bool:
        """Whether it is over: a settled transfer never moves again."""
        return self.state in SETTLED

    @property
    def is_on_the_line(self) -> bool:
        """Whether somebody of the line is on the phone with the sending desk."""
        return self.state in ON_THE_LINE

    @property
    def moves(self) -> Mapping[TransferMove, TransferState]:
        """What may be done now, and where each leads."""
        return legal_moves(self.state, self.line.steps)

    @property
    def usual(self) -> TransferMove | None:
        """The move of the next step, None once there is none."""
        return usual_move(self.state, self.line.steps)

    @property
    def next_step(self) -> Step | None:
        """The step that is being gone through, None once there is none left."""
        return next_step(self.state, self.line.steps)

    def may(self, move: TransferMove) -> bool:
        """Whether the state allows a move."""
        return move in self.moves

    def moved(
        self, move: TransferMove, by: Actor, now: datetime, *, reason: str = "", text: str = ""
    ) -> Transfer:
        """The transfer after a move; raises IllegalTransferMove.

        A call that was cut and is answered again goes on from where it was: what the line was told and what
        it agreed to stays told and agreed.
        """
        after = self.moves.get(move)
        if after is None:
            raise IllegalTransferMove(f"{self.state.value} : {move.value}")
        if move in NEEDS_REASON:
            _check_reason(move, reason, text)
        if move is TransferMove.ANSWER:
            after = self._furthest()
        passage = Passage(move, after, now, by, reason, text.strip())
        moved = replace(self, state=after, state_since=now, history=(*self.history, passage))
        if move in (TransferMove.FIND_SLOT, TransferMove.AGREE) and text.strip():
            moved = replace(moved, slot=text.strip())
        return moved

    def _furthest(self) -> TransferState:
        """The furthest state with the line that was reached so far, answered at least."""
        states = [TransferState.ANSWERED, *(one.state for one in self.history if one.state in ON_THE_LINE)]
        return max(states, key=lambda state: ALL_STEPS.index(STATE_STEPS[state]))

    def left(self, now: datetime) -> Transfer:
        """The patient hung up, or was lost; raises IllegalTransferMove once they are with the line.

        The transfer goes on: the line may agree, and the patient be called back, by the desk or by the line.
        """
        self._check_patient_here()
        return self if self.patient_left_at is not None else replace(self, patient_left_at=now)

    def back(self) -> Transfer:
        """The patient is on the phone again; raises IllegalTransferMove once they are with the line."""
        self._check_patient_here()
        return replace(self, patient_left_at=None)

    def _check_patient_here(self) -> None:
        if self.is_settled or self.state is TransferState.HANDED_OVER:
            raise IllegalTransferMove(f"{self.state.value} : patient")

    def taken_by(self, by: Actor, now: datetime) -> Transfer:
        """In the hands of a desk of the line; raises IllegalTransferMove when it is over.

        Whether another desk has it is for whoever takes it to look at first.
        """
        if self.is_settled:
            raise IllegalTransferMove(f"{self.state.value} : prise")
        return replace(self, taken=Taken(by, now))

    def joined(self, announcement: str, by: Actor, now: datetime) -> Transfer:
        """Over, because its patient is that of an announcement, where all of it goes on (`takes_in`).

        Raises IllegalTransferMove for one that is over, or was announced itself. It is no move of the table:
        nothing happened to the patient.
        """
        if self.is_settled or self.announced:
            raise IllegalTransferMove(f"{self.state.value} : jonction")
        over = Passage(TransferMove.CANCEL, TransferState.CANCELLED, now, by)
        return replace(
            self,
            state=TransferState.CANCELLED,
            state_since=now,
            history=(*self.history, over),
            joined_to=announcement,
        )

    def takes_in(self, double: Transfer, by: Actor, now: datetime) -> Transfer:
        """The announcement of a caller who was taken without it: in hand there, and as far as they were.

        What the line was told, found and agreed to stays so, and so does its booking. Raises
        IllegalTransferMove when it is over.
        """
        taken = replace(
            self.taken_by(by, now),
            line_call=double.line_call,
            patient_left_at=double.patient_left_at,
            slot=double.slot or self.slot,
            appointment=double.appointment or self.appointment,
        )
        for done in double.history:
            if done.move in _FORWARD and taken.may(done.move):
                at = max(done.at, taken.since)
                taken = taken.moved(done.move, done.by, at, text=done.text)
        return taken


_FORWARD = frozenset(
    {
        TransferMove.ANSWER,
        TransferMove.PRESENT,
        TransferMove.FIND_SLOT,
        TransferMove.AGREE,
        TransferMove.HAND_OVER,
    }
)
"""Towards the end of a transfer: once done for a patient, they are done for their announcement too."""


def prepared(
    key: str,
    call: str,
    line: LineCalled,
    by: Actor,
    now: datetime,
    *,
    sas: str = "",
    conditions: Conditions = NO_CONDITION,
) -> Transfer:
    """A transfer that begins; raises IllegalTransferMove when going on needs a reason that is not given."""
    if conditions.asks_why and not conditions.reason.strip():
        raise IllegalTransferMove("sans motif")
    return Transfer(key, call, line, by, now, state_since=now, sas=sas, conditions=conditions)


def unannounced(
    key: str, line_call: str, line: LineCalled, by: Actor, now: datetime, sas: str = ""
) -> Transfer:
    """A patient on the line whom no desk announced: in the hands of the desk that answered."""
    first = Passage(TransferMove.ANSWER, TransferState.ANSWERED, now, by)
    return Transfer(
        key,
        "",
        line,
        by,
        now,
        TransferState.ANSWERED,
        now,
        (first,),
        sas=sas,
        announced=False,
        taken=Taken(by, now),
        line_call=line_call,
    )


def _check_reason(move: TransferMove, reason: str, text: str) -> None:
    if reason not in REASONS[move]:
        raise IllegalTransferMove(f"{move.value} : motif inconnu")
    if reason == OTHER and not text.strip():
        raise IllegalTransferMove(f"{move.value} : motif à préciser")
