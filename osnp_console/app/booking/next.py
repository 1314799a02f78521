"""The next best slot, once one was lost: the first of the list that is still free when asked again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.slots.recheck_slot import Checked, Recheck
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import SlotRuling, Standing
from osnp_console.domain.slots.slot import Slot

MOST_CHECKS = 3
"""How many slots are asked for again before the operator chooses: each may take its seconds."""


@dataclass(frozen=True, slots=True)
class NextBest:
    """A slot to propose instead, and what its agenda said of it just now: free, or not known."""

    ranked: RankedSlot
    recheck: Recheck


def next_best(
    ranked: Iterable[RankedSlot],
    lost: Collection[str],
    ruling: SlotRuling,
    now: Callable[[], datetime],
    check: Callable[[Slot], Recheck],
) -> NextBest | None:
    """The best slot left that can be had for sure, asked for again; None when there is none.

    `lost` are ids of slots that are gone. One that its agenda confirms goes before one it does not; slots
    under reserve and over-bookings are not proposed of the program's own accord.
    """
    not_confirmed: NextBest | None = None
    checks = 0
    for one in ranked:
        if one.slot.id in lost or one.group is not Group.USABLE:
            continue
        if ruling.decide(one.slot, now()).standing is not Standing.FREE:
            continue
        if checks == MOST_CHECKS:
            break
        checks += 1
        found = NextBest(one, check(one.slot))
        if found.recheck.state is Checked.FREE:
            if ruling.decide(found.recheck.slot, now()).standing is Standing.FREE:
                return found
            continue
        if found.recheck.state is Checked.NOT_KNOWN and not_confirmed is None:
            not_confirmed = found
    return not_confirmed
