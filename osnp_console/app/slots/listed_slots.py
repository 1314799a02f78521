"""Which of the slots read a command lists, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.ranking import RankedSlot, rank
from osnp_console.domain.slots.ruling import Ruling, SlotRuling, Standing, clocks_of
from osnp_console.domain.slots.slot import Slot


def listed_for_call(
    slots: Iterable[Slot], ruling: SlotRuling, now: datetime, until: datetime, own_doctor: str = ""
) -> list[RankedSlot]:
    """The slots that a call can be proposed, merged and ranked; those past their closing are not listed."""
    decided = ((slot, ruling.decide(slot, now)) for slot in merge_slots(slots) if slot.start <= until)
    return rank(((slot, found) for slot, found in decided if found.is_proposed), own_doctor)


def listed_all(slots: Iterable[Slot], dispositifs: Iterable[Dispositif]) -> list[RankedSlot]:
    """Every slot, whatever the call, the rights and the hour; clocks are those of all its dispositifs."""
    known = {one.id: one for one in dispositifs}
    decided = []
    for slot in merge_slots(slots):
        tied = [known[name] for name in sorted(slot.dispositifs) if name in known]
        closes_at, take_back_at = clocks_of(slot.start, tied)
        ids = tuple(sorted(slot.dispositifs))
        decided.append((slot, Ruling(Standing.FREE, ids, closes_at, take_back_at)))
    return rank(decided)


def window(now: datetime, hours: int) -> tuple[datetime, datetime]:
    """From now on, that many hours."""
    return now, now + timedelta(hours=hours)
