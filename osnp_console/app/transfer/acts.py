"""What is done to a transfer, at either side, as it stands in the store and not as it stood on screen.

A move names what happened, not « the next step »: pressed on a screen that is late, it is refused with what
became of the transfer meanwhile, and nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.app.transfer import journal as told
from osnp_console.app.transfer.words import refused_words, taken_words
from osnp_console.domain.desk import LINE
from osnp_console.domain.permissions import Act
from osnp_console.domain.transfer.moves import ON_THE_LINE, TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Actor, IllegalTransferMove, Transfer


@dataclass(frozen=True, slots=True)
class Done:
    """The transfer as it has become."""

    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Late:
    """Nothing was done: the transfer is not where it stood on screen any more, or somebody else has it.

    `transfer` is as it stands, `sentence` says so in French.
    """

    transfer: Transfer
    sentence: str


Outcome = Done | Late


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """A move that somebody asks for, at an instant; `reason` is a code, `text` what was typed.

    `appointment` is the booking that gives the slot, where the console made it. `seen` is the state in which
    whoever asks saw the transfer, None where they were shown none.
    """

    transfer: str
    move: TransferMove
    desk: str
    at: datetime
    reason: str = ""
    text: str = ""
    appointment: str = ""
    seen: TransferState | None = None

    def dials_too_late(self, transfer: Transfer) -> bool:
        """Whether the line has answered since: dialling again is for a call that was cut."""
        unheard = self.seen is not None and self.seen not in ON_THE_LINE
        return self.move is TransferMove.DIAL and unheard and transfer.is_on_the_line


def move(asked: MoveAsked) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: make a move. Raises StoreFailure, Forbidden.

    A move whose reason lacks raises IllegalTransferMove: the window asks for it first.
    """

    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            transfer = _held(unit, asked.transfer)
            by = Actor(asked.desk, unit.session.name)
            if _made_already(transfer, asked, by):
                return Done(transfer)
            if asked.move is TransferMove.ANSWER and transfer.is_on_the_line:
                return Done(transfer)  # both ends say that the line answers: it is one answer
            if transfer.taken is not None and _is_in_other_hands(transfer, asked.desk):
                return Late(transfer, taken_words(transfer.taken, asked.desk))
            if not transfer.may(asked.move) or asked.dials_too_late(transfer):
                return Late(transfer, refused_words(transfer, asked.move, asked.desk))
            moved = transfer.moved(asked.move, by, asked.at, reason=asked.reason, text=asked.text)
            if asked.appointment:
                moved = replace(moved, appointment=asked.appointment)
            return Done(_keep(unit, moved, asked.desk, asked.at))

    return work


def _held(unit: Unit, key: str) -> Transfer:
    unit.transfers.hold(key)
    return unit.transfers.get(key)


def _made_already(transfer: Transfer, asked: MoveAsked, by: Actor) -> bool:
    """Whether this very move was written by an earlier try whose answer was lost."""
    return any(
        one.move is asked.move and one.at == asked.at and one.by.desk == by.desk for one in transfer.history
    )


def _keep(unit: Unit, moved: Transfer, desk: str, at: datetime) -> Transfer:
    saved = unit.transfers.save(moved)
    for call in _calls(saved):
        unit.journal.append(told.state_entry(saved, call, desk, at))
    unit.commit()
    return saved


def _calls(transfer: Transfer) -> tuple[str, ...]:
    return tuple(call for call in (transfer.call, transfer.line_call) if call)


def patient_left(transfer: str, desk: str, at: datetime) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: the patient is not on the phone any more; the transfer goes on."""
    return _of_patient(transfer, desk, at, told.PATIENT_LEFT)


def patient_back(transfer: str, desk: str, at: datetime) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: the patient is on the phone again."""
    return _of_patient(transfer, desk, at, told.PATIENT_BACK)


def _of_patient(key: str, desk: str, at: datetime, what: str) -> Callable[[OpenUnit], Outcome]:
    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            transfer = _held(unit, key)
            try:
                changed = transfer.left(at) if what == told.PATIENT_LEFT else transfer.back()
            except IllegalTransferMove:
                return Late(transfer, refused_words(transfer, None, desk))
            if changed == transfer:
                return Done(transfer)
            return Done(_keep_with(unit, changed, what, desk, at))

    return work


def take(key: str, desk: str, at: datetime, *, over: bool = False) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: a desk of the line takes a transfer, which answers it.

    Of two desks that take it at once, the second is told who has it. `over` takes it over from the desk that
    has it, on purpose: the journal says so. A transfer that is over is told as such.
    """

    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            transfer = _held(unit, key)
            if transfer.is_settled:
                return Late(transfer, refused_words(transfer, None, desk))
            held = transfer.taken
            if held is not None and held.by.desk == desk:
                return Done(transfer)
            if held is not None and not over:
                return Late(transfer, taken_words(held, desk))
            by = Actor(desk, unit.session.name)
            taken = transfer.taken_by(by, at)
            # Whoever sends may have said already that the line answers.
            if taken.may(TransferMove.ANSWER):
                taken = taken.moved(TransferMove.ANSWER, by, at)
            what = told.TAKEN_OVER if held is not None else told.TAKEN
            return Done(_keep_with(unit, taken, what, desk, at, held.by.desk if held is not None else ""))

    return work


def give_back(key: str, desk: str, at: datetime) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: the desk that has a transfer puts it back into the queue, where it stood."""

    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            transfer = _held(unit, key)
            if transfer.is_settled or transfer.taken is None or transfer.taken.by.desk != desk:
                return Late(transfer, refused_words(transfer, None, desk))
            return Done(_keep_with(unit, replace(transfer, taken=None), told.GIVEN_BACK, desk, at))

    return work


def keep_line_call(key: str, call: str, desk: str) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: the call that the line's desk keeps for the patient of a transfer it has taken."""

    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            transfer = _held(unit, key)
            if transfer.taken is None or transfer.taken.by.desk != desk:
                return Late(transfer, refused_words(transfer, None, desk))
            saved = unit.transfers.save(replace(transfer, line_call=call))
            unit.commit()
            return Done(saved)

    return work


def join(unannounced: str, announced: str, desk: str, at: datetime) -> Callable[[OpenUnit], Outcome]:
    """Work for the store: a caller taken without an announcement is the patient of one that came.

    The announcement goes on in the hands of this desk, with its call; the other is over, and says to which
    it was joined.
    """

    def work(open_unit: OpenUnit) -> Outcome:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            unit.transfers.hold(announced, unannounced)
            kept, double = unit.transfers.get(announced), unit.transfers.get(unannounced)
            if double.joined_to == kept.id and _is_in_hand(kept, desk):
                return Done(kept)  # by an earlier try whose answer was lost
            if kept.is_settled or double.is_settled or double.announced or not kept.announced:
                return Late(kept, refused_words(kept, None, desk))
            if kept.taken is not None and not _is_in_hand(kept, desk):
                return Late(kept, taken_words(kept.taken, desk))
            if kept.line_call not in ("", double.line_call):
                return Late(kept, refused_words(kept, None, desk))  # its patient has a call here already
            by = Actor(desk, unit.session.name)
            unit.transfers.save(double.joined(kept.id, by, at))
            joined = kept.takes_in(double, by, at)
            if joined.may(TransferMove.ANSWER):
                joined = joined.moved(TransferMove.ANSWER, by, at)
            if joined.state is not kept.state:
                for call in _calls(joined):
                    unit.journal.append(told.state_entry(joined, call, desk, at))
            return Done(_keep_with(unit, joined, told.JOINED, desk, at))

    return work


def _is_in_other_hands(transfer: Transfer, desk: str) -> bool:
    """Whether another desk of the line has it: the desk it was taken over from decides nothing any more."""
    return desk.rpartition("-")[0] == LINE and not _is_in_hand(transfer, desk)


def _is_in_hand(transfer: Transfer, desk: str) -> bool:
    return transfer.taken is not None and transfer.taken.by.desk == desk


def _keep_with(
    unit: Unit, changed: Transfer, what: str, desk: str, at: datetime, before: str = ""
) -> Transfer:
    saved = unit.transfers.save(changed)
    for call in _calls(saved):
        unit.journal.append(told.other_entry(saved, what, call, desk, at, before))
    unit.commit()
    return saved
