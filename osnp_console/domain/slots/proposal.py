"""A slot proposed at one desk: the others see it for a short while, and may book it all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.domain.slots.slot import Slot

LASTS = timedelta(minutes=3)
"""How long a proposal counts unless it is renewed: about what an answer takes once it is read out; ours."""
RENEWED_AFTER = timedelta(minutes=1)
"""How often a desk renews it while the slot stays chosen: two renewals may fail before it is over."""
RENEWED_AT_MOST = timedelta(minutes=20)
"""How long a slot that stays chosen is renewed: a call that is forgotten must not hold it all night; ours."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`slot` is a `slot_key`, `desk` the code of the desk in the journal.

    `person` is who proposes as shown, empty where nobody is named. `until` is aware.
    """

    slot: str
    desk: str
    person: str
    until: datetime

    def counts(self, now: datetime) -> bool:
        """Whether it is still to be told.

        One that ends too far ahead comes from a desk whose clock is wrong: nobody could wait for its end.
        """
        return now < self.until <= now + 2 * LASTS


def slot_key(slot: Slot) -> str:
    """What names the slot at every desk, whatever sources each of them reads.

    The practitioner (or the site) and the start, as in `slot_id`. The place that merging adds to the id of
    somebody announced at two places at once is left out: it hangs on the sources read, and nobody is at two
    places at once. Proposed at one, they are proposed at both.
    """
    return slot.id.partition("@")[0]


def proposed(slot: Slot, desk: str, person: str, now: datetime) -> Proposal:
    """The proposal of a slot that a desk makes, or renews, now."""
    return Proposal(slot_key(slot), desk, person, now + LASTS)


def latest(proposals: Iterable[Proposal]) -> dict[str, Proposal]:
    """One proposal a desk: of several in the order they were made, the last takes the place of the others."""
    return {one.desk: one for one in proposals}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What desks other than `own` propose, as it was last read; each desk once."""

    own: str = ""
    proposals: tuple[Proposal, ...] = ()

    def of(self, slot: Slot, now: datetime) -> tuple[Proposal, ...]:
        """Who proposes a slot now, by desk."""
        key = slot_key(slot)
        return tuple(one for one in self.proposals if one.slot == key and one.counts(now))

    def take_all(self, slot: Slot, now: datetime) -> bool:
        """Whether no place of it would be left if all of them booked: a range has several."""
        room = slot.capacity.left if slot.capacity is not None else 1
        return bool(self.proposals) and len(self.of(slot, now)) >= max(room, 1)

    def at(self, now: datetime) -> tuple[Proposal, ...]:
        """Those that count now."""
        return tuple(one for one in self.proposals if one.counts(now))


NOTHING_ELSEWHERE = Elsewhere()
"""No other desk proposes anything."""


def seen_from(own: str, proposals: Iterable[Proposal], now: datetime) -> Elsewhere:
    """What a desk is shown: one proposal for each other desk, those that are over left out, never its own."""
    others = latest(proposals)
    shown = (others[desk] for desk in sorted(others) if desk != own)
    return Elsewhere(own, tuple(one for one in shown if one.counts(now)))
