"""The slots of one call as they are judged now: what can be had, in which order, what was found taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from osnp_console.app.slots.pool import SlotPool
from osnp_console.app.slots.rows import Loss, place_of, section_of
from osnp_console.domain.slots.ranking import Locate, RankedSlot, Whereabouts, rank
from osnp_console.domain.slots.ruling import USUAL_RIGHTS, Admissions, Rights, SlotRuling
from osnp_console.domain.slots.slot import Slot


class JudgedSlots:
    """The pool's slots, merged, decided and ranked; `ranked` and `by_id` are as of `now`.

    As time passes only the slots whose clocks have run out are decided again.
    """

    def __init__(
        self, pool: SlotPool, now: datetime, rights: Rights = USUAL_RIGHTS, locate: Locate | None = None
    ) -> None:
        self.ranked: list[RankedSlot] = []
        self.by_id: dict[str, RankedSlot] = {}
        self.losses: dict[str, Loss] = {}
        self.now = now
        self._pool = pool
        self._rights = rights
        self._locate = locate
        self._admissions: Admissions = {}
        self._ruling = SlotRuling({}, rights)
        self._own_doctor = ""
        self._patient: Whereabouts | None = None
        self._places: dict[str, tuple[int, bool, datetime, float, str]] = {}
        self._changes: list[tuple[datetime, str]] = []
        self._passed = 0
        self._proposed: list[RankedSlot] | None = None

    def judge_by(self, admissions: Admissions, own_doctor: str, patient: Whereabouts | None) -> bool:
        """What is known of the call; returns whether it changed: then `decide` is still to be called."""
        if (admissions, own_doctor, patient) == (self._admissions, self._own_doctor, self._patient):
            return False
        self._admissions = admissions
        self._ruling = SlotRuling(admissions, self._rights)
        self._own_doctor, self._patient = own_doctor, patient
        return True

    def allow(self, rights: Rights) -> None:
        """Other types of slots may be used; `decide` is still to be called."""
        self._rights = rights
        self._ruling = SlotRuling(self._admissions, rights)

    def decide(self, now: datetime) -> None:
        """Decide every slot again, as of `now`."""
        self.now = now
        self._places.clear()
        self.by_id = {}
        self._changes, self._passed = [], 0
        self._take(self._pool.merged())

    def decide_new(self, now: datetime) -> None:
        """The pool holds other slots: decide those, the others stand as they were decided."""
        if now < self.now:
            self.decide(now)
            return
        self.go_on(now)
        kept: dict[str, RankedSlot] = {}
        fresh: list[Slot] = []
        for slot in self._pool.merged():
            before = self.by_id.get(slot.id)
            if before is not None and before.slot is slot:
                kept[slot.id] = before
            else:
                fresh.append(slot)
        self.by_id = kept
        self._take(fresh)

    def _take(self, slots: Sequence[Slot]) -> None:
        """Decide and rank further slots; thousands more may be there already."""
        now, decide = self.now, self._ruling.decide
        decided = [(slot, decide(slot, now)) for slot in slots]
        news = rank(decided, self._own_doctor, self._patient, self._locate)
        for one in news:
            self.by_id[one.slot.id] = one
            self._places[one.slot.id] = place_of(one, section_of(one))
        places = self._places
        self.ranked = sorted(self.by_id.values(), key=lambda one: places[one.slot.id])
        self._changes = self._changes[self._passed :]
        self._changes += [(at, one.slot.id) for one in news for at in _changes(one) if at > now]
        self._changes.sort()
        self._passed = 0
        self._proposed = None

    def go_on(self, now: datetime) -> list[str]:
        """Let time pass; returns the ids of the slots of which something else is decided now."""
        if now < self.now:
            self.decide(now)  # a clock set back makes what had closed open again
            return list(self.by_id)
        self.now = now
        touched: list[str] = []
        while self._passed < len(self._changes) and self._changes[self._passed][0] <= now:
            name = self._changes[self._passed][1]
            self._passed += 1
            before = self.by_id.get(name)
            if before is not None:
                # What is over keeps its rank: it is no longer proposed.
                self.by_id[name] = replace(before, ruling=self._ruling.decide(before.slot, now))
                touched.append(name)
        if touched:
            self.ranked = [self.by_id[one.slot.id] for one in self.ranked]
            self._proposed = None
        return touched

    def lose(self, slot_id: str, loss: Loss) -> None:
        """A slot was found taken."""
        self.losses[slot_id] = loss
        self._proposed = None

    def is_lost(self, slot: Slot) -> bool:
        """Whether a slot was found taken, and not read free since."""
        loss = self.losses.get(slot.id)
        return loss is not None and slot.seen_at <= loss.at

    def is_proposed(self, one: RankedSlot) -> bool:
        """Whether a slot can be had, for sure or under reserve."""
        return one.ruling.is_proposed and not self.is_lost(one.slot)

    def proposed(self) -> list[RankedSlot]:
        """The slots that can be had, best first."""
        if self._proposed is None:
            self._proposed = [one for one in self.ranked if self.is_proposed(one)]
        return self._proposed

    def renamed(self, slot: Slot) -> RankedSlot | None:
        """The slot that one of the same announcements is merged into now; None when none is."""
        names = {(origin.source, origin.reference) for origin in slot.origins}
        at_once = (one for one in self.ranked if one.slot.start == slot.start)
        return next((one for one in at_once if _announced(one.slot, names)), None)


def _announced(slot: Slot, names: set[tuple[str, str]]) -> bool:
    return any((origin.source, origin.reference) in names for origin in slot.origins)


def _changes(one: RankedSlot) -> tuple[datetime, ...]:
    """The instants at which something else is decided of a slot."""
    closes_at = one.ruling.closes_at
    return (one.slot.start,) if closes_at is None else (closes_at, one.slot.start)
