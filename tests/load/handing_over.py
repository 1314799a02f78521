"""Calls handed over to a line: what each side does as soon as its screen shows the other's step."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from osnp_console.app.base.live import Change, Heard, Linked, Subject
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.transfer import acts, read
from osnp_console.app.transfer.acts import Done, MoveAsked, Outcome
from osnp_console.app.transfer.prepare import AlreadyGoingOn, prepare
from osnp_console.app.transfer.receive import prefilled, read_calls
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.steps import ALL_STEPS
from osnp_console.domain.transfer.transfer import Actor, LineCalled, Transfer, prepared
from osnp_console.ui.transfer.desk_transfers import REST_MS
from tests.load.ledger import Ledger
from tests.load.workplace import Workplace

T = TypeVar("T")
LINE = LineCalled("44-lande-mg", 0, "Ligne d’essai", "+33240000000", ALL_STEPS)
REFUSALS = 0.15
OF_SENDER = {
    TransferState.PREPARED: TransferMove.DIAL,
    TransferState.ANSWERED: TransferMove.PRESENT,
    TransferState.AGREED: TransferMove.HAND_OVER,
}
OF_LINE = {
    TransferState.PRESENTED: TransferMove.FIND_SLOT,
    TransferState.SLOT_FOUND: TransferMove.AGREE,
    TransferState.HANDED_OVER: TransferMove.REGISTER,
}
LOOKS_AGAIN = 0.5
"""Seconds after which a line's desk looks round although nothing was heard."""


class Transfers:
    """The transfers on a desk's screen, read as `ui.transfer.desk_transfers` reads them."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._since = workplace.now()
        self.known: dict[str, Transfer] = {}
        self._heard: set[str] = set()
        self._is_reading = False
        workplace.watch(self._hear)

    def _hear(self, heard: Heard) -> None:
        match heard:
            case Change(subject=Subject.TRANSFER, id=key):
                self._heard.add(key)
            case Linked():
                self._heard.update(self.known)
            case _:
                return
        self._read()

    def _read(self) -> None:
        if self._is_reading:
            return
        self._is_reading = True
        heard, self._heard = self._heard, set()
        wanted = sorted(heard & self.known.keys())
        is_line, now = self._at.plan.is_line, self._at.now()

        def work(units: OpenUnit) -> list[Transfer]:
            found = [read.by_id(key)(units) for key in wanted]
            return [*found, *(read.queue({LINE.dispositif}, now)(units) if is_line else ())]

        self._at.submit(work, self._were_read)

    def _were_read(self, found: list[Transfer] | StoreFailure) -> None:
        if isinstance(found, StoreFailure):
            self._heard.update(self.known)
        else:
            for one in found:
                self.see(one)
        self._at.later(REST_MS / 1000, self._rested)

    def _rested(self) -> None:
        self._is_reading = False
        if self._heard:
            self._read()

    def see(self, transfer: Transfer) -> None:
        """Take in a transfer as it is now, where that is news."""
        had = self.known.get(transfer.id)
        if had is not None and had.version >= transfer.version:
            return
        self.known[transfer.id] = transfer
        for passage in transfer.history[len(had.history) if had is not None else 0 :]:
            # What went on before this desk was started (again) is read, not seen to happen.
            if passage.by.desk != self._at.plan.desk.code and passage.at > self._since:
                self._at.ledger.saw_transfer(transfer.id, passage.state.value)

    def recover(self) -> None:
        """What was going on when the desk died."""
        works = [read.going_on(self._at.plan.desk.code)]
        # A patient who was handed over is in the line's hands: their call still tells.
        works += [read.of_call(call.record.id) for call in self._at.in_hand.calls]
        for work in works:
            for one in self._at.ask_until_answered(work):
                if not one.is_settled:
                    self.known[one.id] = one

    def look(self) -> None:
        """Read the queue, whatever was heard."""
        self._heard.update(self.known)
        self._read()

    # --- acts -------------------------------------------------------------------------------------------

    def begin(self, transfer: Transfer) -> None:
        """Keep a transfer that was just prepared."""
        work = prepare(transfer)

        def begun(units: OpenUnit) -> Outcome:
            try:
                return Done(work(units))
            except AlreadyGoingOn as going_on:
                if going_on.transfer.id != transfer.id:
                    raise
                return Done(going_on.transfer)  # an earlier try whose answer was lost

        self._ask(begun, transfer.id, transfer.state, transfer.prepared_at)

    def move(self, transfer: Transfer, move: TransferMove, *, reason: str = "", text: str = "") -> bool:
        """Make a move; False when it came late."""
        now = self._at.now()
        asked = MoveAsked(transfer.id, move, self._at.plan.desk.code, now, reason, text, seen=transfer.state)
        return self._ask(acts.move(asked), transfer.id, transfer.moves[move], now)

    def take(self, transfer: Transfer) -> bool:
        """Take one of the queue; False when another desk has it."""
        now = self._at.now()
        work = acts.take(transfer.id, self._at.plan.desk.code, now)
        return self._ask(work, transfer.id, TransferState.ANSWERED, now)

    def _ask(
        self, work: Callable[[OpenUnit], Outcome], key: str, state: TransferState, now: datetime
    ) -> bool:
        ledger = self._at.ledger
        ledger.asks(key, state.value)
        failures = self._at.failures
        outcome = self._at.ask_until_answered(work)
        self.see(outcome.transfer)
        if not isinstance(outcome, Done):
            return False
        ledger.made(key, state.value)
        line_call = outcome.transfer.line_call
        for call in (outcome.transfer.call, line_call):
            if call and call == line_call and self._at.failures != failures:
                # The line may have said which call is its own between two tries.
                ledger.may_have_logged(journal.TRANSFERRED, call, now.isoformat())
            elif call:
                ledger.logged(JournalEntry(self._at.plan.desk.code, now, journal.TRANSFERRED, call))
        return True


class Sender:
    """The desk that hands a patient over."""

    def __init__(self, workplace: Workplace, transfers: Transfers) -> None:
        self._at, self._transfers = workplace, transfers

    def hand_over(self, call: OpenCall) -> str:
        """Go through all steps; the outcome of the call."""
        by = Actor(self._at.plan.desk.code, self._at.in_hand.session.name)
        key = uuid4().hex
        self._transfers.begin(prepared(key, call.record.id, LINE, by, self._at.now()))
        return self.go_on(key)

    def open_transfers(self) -> dict[str, str]:
        """The transfers that were going on when the desk died: their ids by call."""
        self._transfers.recover()
        return {one.call: one.id for one in self._transfers.known.values()}

    def go_on(self, key: str) -> str:
        """The further steps of a transfer."""
        known = self._transfers.known
        while not known[key].is_settled and known[key].state is not TransferState.HANDED_OVER:
            before = known[key]
            move = OF_SENDER.get(before.state)
            if move is not None:
                self._transfers.move(before, move)
            else:
                self._wait_for_the_other(before)
        return "transfere" if known[key].state in OF_LINE or _is_registered(known[key]) else "conseil"

    def _wait_for_the_other(self, before: Transfer) -> None:
        """Until the other side has done something; a line that is too busy to answer is given up.

        Raises AssertionError when nothing comes of a transfer that the line has taken.
        """
        known = self._transfers.known
        if self._at.until(lambda: known[before.id] != before, self._at.plan.patience):
            return
        if before.state is not TransferState.CALLING:
            raise AssertionError(f"nothing came of a transfer: {before.state.value}")
        # As an operator does; told as late when the line answers meanwhile.
        self._transfers.move(before, TransferMove.FAIL, reason="sans_reponse")


def _is_registered(transfer: Transfer) -> bool:
    return transfer.state is TransferState.REGISTERED


class LineDesk:
    """A tele-secretary: takes transfers while there are any."""

    def __init__(
        self,
        workplace: Workplace,
        transfers: Transfers,
        letters: Callable[[OpenCall, str, str], None],
        nobody_sends: Callable[[], bool],
    ) -> None:
        """`letters` types a text into a field; `nobody_sends` tells that no further transfer will come."""
        self._at, self._transfers, self._letters = workplace, transfers, letters
        self._nobody_sends = nobody_sends
        self._dice = random.Random(workplace.plan.seed + 2)

    def work(self, before: Ledger | None = None) -> Iterator[None]:
        """Until the whole room's transfers are over; yields after each of this desk's.

        `before` is what was done before a death.
        """
        if before is not None:
            self._find_again(before)
        self._transfers.look()
        while not self._is_over():
            known = dict(self._transfers.known)
            mine = [one for one in known.values() if self._is_mine(one)]
            due = next((one for one in mine if one.state in OF_LINE), None)
            if due is not None:
                if self._step(due):
                    yield
            elif not mine and (waiting := self._waiting()):
                self._take(waiting)
            else:
                self._wait_for_news(known)
        self._close_left()

    def _find_again(self, before: Ledger) -> None:
        """The transfers in hand, and what was typed in this desk's own calls."""
        self._transfers.recover()
        for call in self._at.in_hand.calls:
            self._at.ledger.took(call.record.id, call.record.number)
            for found, code in before.texts:
                if found == call.record.id:
                    self._at.ledger.found(found, code, str(call.record.sheet.answer(code) or ""))
        for one in self._transfers.known.values():
            if self._is_mine(one):
                self._at.ledger.took_transfer(one.id)

    def _wait_for_news(self, known: dict[str, Transfer]) -> None:
        self._at.until(lambda: self._transfers.known != known, LOOKS_AGAIN)

    def _is_over(self) -> bool:
        """Whether none is in hand and none will come; what was not heard of is read first."""
        if not self._nobody_sends() or self._has_work():
            return False
        for one in self._at.ask_until_answered(read.queue({LINE.dispositif}, self._at.now())):
            self._transfers.see(one)
        return not self._has_work()

    def _has_work(self) -> bool:
        return any(
            not one.is_settled and (one.taken is None or self._is_mine(one))
            for one in self._transfers.known.values()
        )

    def _is_mine(self, transfer: Transfer) -> bool:
        taken = transfer.taken
        return not transfer.is_settled and taken is not None and taken.by.desk == self._at.plan.desk.code

    def _waiting(self) -> list[Transfer]:
        free = [one for one in self._transfers.known.values() if one.taken is None and not one.is_settled]
        return sorted(free, key=lambda one: (one.prepared_at, one.id))[:2]

    def _take(self, waiting: list[Transfer]) -> None:
        transfer = self._dice.choice(waiting)
        if not self._transfers.take(transfer):
            return
        self._at.ledger.took_transfer(transfer.id)
        sent = self._read_call(transfer.call)
        call = self._at.in_hand.take(self._at.now(), prefilled(sent.sheet))
        self._at.ledger.took(call.record.id, call.record.number)
        self._at.save()
        self._keep_call(transfer.id, call)
        self._letters(call, fields.NOTE, f"poste {self._at.plan.number} : attend le patient")

    def _read_call(self, call: str) -> CallRecord:
        """What the sending desk typed; each try is a reading, journaled as such."""
        desk = self._at.plan.desk.code
        while True:
            now = self._at.now()
            try:
                found = self._at.ask(read_calls([call], (), desk, now))
            except StoreFailure as failure:
                self._at.ledger.failed(failure.code)
                self._at.ledger.may_have_logged(journal.READ, call, now.isoformat())
                self._at.wait(self._at.plan.retry)
                continue
            if call in found:
                self._at.ledger.logged(JournalEntry(desk, now, journal.READ, call))
                return found[call]
            # The transfer is there before what was typed: the call is on its way.
            self._at.wait(LOOKS_AGAIN / 10)

    def _keep_call(self, key: str, call: OpenCall) -> None:
        desk = self._at.plan.desk.code
        kept = self._at.ask_until_answered(acts.keep_line_call(key, call.record.id, desk))
        self._transfers.known[key] = kept.transfer

    def _step(self, transfer: Transfer) -> bool:
        """Do what is due; True once the transfer is over."""
        move, reason, text = OF_LINE[transfer.state], "", ""
        if transfer.state is TransferState.SLOT_FOUND and self._dice.random() < REFUSALS:
            move, reason = TransferMove.REFUSE, "complet"
        elif move is TransferMove.FIND_SLOT:
            text = "demain 10:40, Dr Exemple"
        self._at.wait(self._at.plan.letter * 4)
        self._transfers.move(transfer, move, reason=reason, text=text)
        now = self._transfers.known[transfer.id]
        if not now.is_settled:
            return False
        call = self._at.in_hand.find(now.line_call)
        if call is not None:
            self._close(call, "rendez_vous" if _is_registered(now) else "conseil")
        return True

    def _close_left(self) -> None:
        """Calls that a death left without their transfer."""
        for call in list(self._at.in_hand.calls):
            self._close(call, "conseil")

    def _close(self, call: OpenCall, outcome: str) -> None:
        self._at.in_hand.close(call, outcome, self._at.now())
        self._at.ledger.ended(call.record.id, outcome)
        self._at.save()
