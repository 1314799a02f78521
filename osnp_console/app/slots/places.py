"""The places of the rows on screen: each keeps its slot, and moves only when it is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.app.slots.filters import SlotFilters
from osnp_console.app.slots.judged_slots import JudgedSlots
from osnp_console.app.slots.rows import RowState, Section, SlotRow, place_of, section_of, state_of
from osnp_console.domain.slots.ranking import RankedSlot

CLOSED_STAYS = timedelta(seconds=60)
"""How long a row that closed stays in its place (interface, §5)."""
MOST_ROWS = 150
"""Rows shown in a section: nobody reads further, and thousands would keep every key waiting. Ours."""
_OVER = frozenset({RowState.CLOSED, RowState.STARTED})

Spot = tuple[str, Section]
"""Where a slot stands: its id and its section."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A row's slot as last read, in the section where it was put."""

    one: RankedSlot
    section: Section
    is_gone: bool = False

    @property
    def id(self) -> str:
        return self.one.slot.id


class SlotPlaces:
    """The rows shown, in order.

    `closings` are when shown rows closed, `leaves_at` when the next one goes; `totals` how many slots each
    section would have without `MOST_ROWS`, as of the last `wanted`.
    """

    def __init__(self, judged: JudgedSlots) -> None:
        self.totals: Counter[Section] = Counter()
        self.closings: dict[str, datetime] = {}
        self.leaves_at: datetime | None = None
        self._judged = judged
        self._shown: list[_Place] = []
        self._index: dict[str, int] = {}

    # --- what is shown ----------------------------------------------------------------------------------

    def __bool__(self) -> bool:
        return bool(self._shown)

    def __contains__(self, slot_id: str) -> bool:
        return slot_id in self._index

    def row(self, slot_id: str | None) -> SlotRow | None:
        """A row that is shown."""
        at = self._index.get(slot_id) if slot_id is not None else None
        return self._row(self._shown[at]) if at is not None else None

    def rows(self) -> Iterator[SlotRow]:
        """The rows, in order."""
        return (self._row(place) for place in self._shown)

    def spots(self) -> list[Spot]:
        """Ids and sections, in order."""
        return [(place.id, place.section) for place in self._shown]

    # --- what is read -----------------------------------------------------------------------------------

    def follow(self) -> dict[str, str]:
        """Each row takes its slot as last read; returns the new ids of slots merged under another one."""
        renamed: dict[str, str] = {}
        for at, place in enumerate(self._shown):
            one = self._judged.by_id.get(place.id)
            if one is None:
                one = self._renamed(place)
                if one is not None:
                    renamed[place.id] = one.slot.id
            if one is None:
                self._shown[at] = _Place(place.one, place.section, is_gone=True)
            else:
                self._shown[at] = self._followed(place, one)
        self._note()
        return renamed

    def follow_some(self, names: Iterable[str]) -> None:
        """The same for a few slots that are still read."""
        for name in names:
            at = self._index.get(name)
            if at is not None:
                self._shown[at] = self._followed(self._shown[at], self._judged.by_id[name])
        self._note_leaving()

    def _renamed(self, place: _Place) -> RankedSlot | None:
        one = self._judged.renamed(place.one.slot)
        if one is None or one.slot.id in self._index:
            return None
        self._index[one.slot.id] = self._index[place.id]  # no other row may take it as well
        return one

    def _followed(self, place: _Place, one: RankedSlot) -> _Place:
        if state_of(one.ruling.standing) in _OVER:
            self.closings.setdefault(one.slot.id, one.ruling.closes_at or one.slot.start)
        return _Place(one, place.section)

    # --- where they stand -------------------------------------------------------------------------------

    def wanted(self, filters: SlotFilters, *, linger: bool) -> list[Spot]:
        """How the rows should stand now; with `linger`, those just lost or closed keep their place."""
        now, lets = self._judged.now, filters.lets_through if filters.narrows else None
        found: list[tuple[RankedSlot, Section]] = []
        self.totals = Counter()
        for one in self._judged.proposed():
            if lets is None or lets(one, now):
                section = section_of(one)
                self.totals[section] += 1
                if self.totals[section] <= MOST_ROWS:
                    found.append((one, section))
        lingering = self._lingering() if linger else []
        if lingering:
            found += [(place.one, place.section) for place in lingering]
            found.sort(key=lambda pair: place_of(*pair))
        return [(one.slot.id, section) for one, section in found]

    def arrange(self, wanted: Iterable[Spot]) -> None:
        """Put every row in its place."""
        found, before = self._judged.by_id, self._shown
        self._shown = [
            _Place(found[name], section)
            if name in found
            else _Place(before[self._index[name]].one, section, is_gone=True)
            for name, section in wanted
        ]
        self._note()

    def _lingering(self) -> list[_Place]:
        names = (self._judged.losses.keys() | self.closings.keys()) & self._index.keys()
        places = (self._shown[self._index[name]] for name in names)
        return [place for place in places if self._lingers(place)]

    def _lingers(self, place: _Place) -> bool:
        state, closed_at = self._row(place).state, self.closings.get(place.id)
        is_fresh = closed_at is not None and self._judged.now - closed_at < CLOSED_STAYS
        return state is RowState.LOST or (state in _OVER and is_fresh)

    def _note(self) -> None:
        self._index = {place.id: at for at, place in enumerate(self._shown)}
        self._note_leaving()

    def _note_leaving(self) -> None:
        closed = (self.closings[name] for name in self.closings.keys() & self._index.keys())
        self.leaves_at = min((at + CLOSED_STAYS for at in closed), default=None)

    def _row(self, place: _Place) -> SlotRow:
        if self._judged.is_lost(place.one.slot):
            return SlotRow(place.one, place.section, RowState.LOST, self._judged.losses[place.id])
        state = RowState.GONE if place.is_gone else state_of(place.one.ruling.standing)
        return SlotRow(place.one, place.section, state)
