"""Slots proposed to patients, made known to the other desks before they are booked."""

from __future__ import annotations

from collections.abc import Callable

from osnp_console.app.base.live import Change, Heard, Linked, Subject
from osnp_console.app.ports import StoreFailure
from osnp_console.app.slots.proposals import proposals_elsewhere, propose, withdraw
from osnp_console.domain import journal
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.slots.proposal import NOTHING_ELSEWHERE, Elsewhere, slot_key
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.other_desks import REST_MS
from tests.load.workplace import Workplace


class Proposing:
    """What a desk proposes, and what it shows of the others, read as `ui.other_desks` has it read."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self.elsewhere: Elsewhere = NOTHING_ELSEWHERE
        self._is_reading = self._is_told = False
        workplace.watch(self._hear)

    def propose(self, call: str, slot: Slot) -> None:
        """Propose a slot for a call; the patient thinks about it for a moment."""
        desk, now = self._at.plan.desk.code, self._at.now()
        entry = JournalEntry(desk, now, journal.PROPOSED, call, {"creneau": slot_key(slot)})
        self._at.in_hand.note(entry)
        self._at.save()
        self._at.ledger.proposed(slot_key(slot))
        self._show(self._at.ask_until_answered(propose(slot, desk, now)))
        self._at.wait(self._at.plan.letter * 10)

    def withdraw(self) -> None:
        """Propose nothing any more."""
        desk = self._at.plan.desk.code
        self._show(self._at.ask_until_answered(withdraw(desk, self._at.now())))

    def _hear(self, heard: Heard) -> None:
        match heard:
            case Change(subject=Subject.PROPOSAL) | Linked():
                self._is_told = True
                self._read()

    def _read(self) -> None:
        if self._is_reading:
            return
        self._is_reading, self._is_told = True, False
        work = proposals_elsewhere(self._at.plan.desk.code, self._at.now())
        self._at.submit(work, self._were_read)

    def _were_read(self, found: Elsewhere | StoreFailure) -> None:
        if isinstance(found, Elsewhere):
            self._show(found)
        self._at.later(REST_MS / 1000, self._rested)

    def _rested(self) -> None:
        self._is_reading = False
        if self._is_told:
            self._read()

    def _show(self, found: Elsewhere) -> None:
        had = {(one.desk, one.slot) for one in self.elsewhere.proposals}
        for one in found.proposals:
            if (one.desk, one.slot) not in had:
                self._at.ledger.saw_proposed(one.desk, one.slot)
        self.elsewhere = found


def without_those(free: list[Slot], is_taken: Callable[[Slot], bool]) -> list[Slot]:
    """The slots that nobody else has on offer, all of them where everything is."""
    return [slot for slot in free if not is_taken(slot)] or free
