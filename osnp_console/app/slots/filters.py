"""Which of the slots that can be had are looked at: band, modality, type, dispositif, walk-in, distance."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from osnp_console.domain.slots.bands import BANDS, Band
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.slot import AT_HOME, AT_PRACTICE, REMOTE

MODALITY_NAMES: Mapping[str, str] = {
    AT_PRACTICE: "au cabinet",
    AT_HOME: "à domicile",
    REMOTE: "téléconsultation",
}
WALK_IN_NAMES: Mapping[bool, str] = {True: "sans rendez-vous", False: "sur rendez-vous"}
ALL = "Tous"


@dataclass(frozen=True, slots=True)
class SlotFilters:
    """What the operator narrowed the list to; None narrows nothing.

    What a source does not say is never filtered out: not said is not refused. So a slot without modality
    passes every modality, one without type every type, one whose distance is not known every distance.
    """

    band: Band | None = None
    modality: str | None = None
    type: str | None = None
    dispositif: str | None = None
    walk_in: bool | None = None
    max_km: float | None = None

    @property
    def narrows(self) -> bool:
        """True when something is left out."""
        return self != NO_FILTER

    @property
    def without_band(self) -> SlotFilters:
        """The same but for the band: what the bands' counts are counted among."""
        return self if self.band is None else replace(self, band=None)

    def lets_through(self, one: RankedSlot, now: datetime) -> bool:
        """Whether a slot is looked at."""
        slot = one.slot
        return (
            (self.band is None or self.band.holds(slot.start, now))
            and (self.modality is None or not slot.modalities or self.modality in slot.modalities)
            and (self.type is None or not slot.types or self.type in slot.types)
            and (self.dispositif is None or self.dispositif in one.ruling.dispositifs)
            and (self.walk_in is None or self.walk_in is slot.walk_in)
            and (self.max_km is None or one.km is None or one.km <= self.max_km)
        )


NO_FILTER = SlotFilters()


@dataclass(frozen=True, slots=True)
class BandCount:
    """One band with its count; `band` is None for all of them. `open` while more may come."""

    band: Band | None
    count: int
    open: bool = False

    @property
    def label(self) -> str:
        """`Tous`, `0–4 h`, `4–8`."""
        return ALL if self.band is None else self.band.label

    @property
    def words(self) -> str:
        """The count, or three dots while nothing is there and somebody is still asked."""
        return "…" if self.open and not self.count else str(self.count)

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        span = "tous" if self.band is None else f"de {self.band.first} à {self.band.last} heures"
        plural = "x" if self.count > 1 else ""
        return f"{span}, {'en cours' if self.words == '…' else f'{self.count} créneau{plural}'}"


def count_bands(
    proposed: Iterable[RankedSlot], filters: SlotFilters, now: datetime, *, asking: bool
) -> tuple[BandCount, ...]:
    """All, then each band, with how many slots the other filters leave in it."""
    apart = filters.without_band
    kept = proposed if not apart.narrows else (one for one in proposed if apart.lets_through(one, now))
    # As `Band.holds` says, for thousands of slots at each landing.
    ends = [now, *(now + timedelta(hours=band.last) for band in BANDS)]
    counted = Counter(bisect_right(ends, one.slot.start) for one in kept)
    bands = tuple(BandCount(band, counted[place], asking) for place, band in enumerate(BANDS, 1))
    return (BandCount(None, counted.total(), asking), *bands)


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is to choose from among the slots read: codes and ids, in the order they are shown."""

    modalities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    dispositifs: tuple[str, ...] = ()
    has_walk_in: bool = False
    has_km: bool = False


def choices_among(proposed: Iterable[RankedSlot]) -> FilterChoices:
    """The values that at least one slot has."""
    modalities: set[str] = set()
    types: set[str] = set()
    dispositifs: dict[str, None] = {}
    has_walk_in = has_km = False
    for one in proposed:
        modalities |= one.slot.modalities
        types |= one.slot.types
        for name in one.ruling.dispositifs:
            dispositifs[name] = None
        has_walk_in = has_walk_in or one.slot.walk_in
        has_km = has_km or one.km is not None
    known = [code for code in MODALITY_NAMES if code in modalities]
    return FilterChoices(
        (*known, *sorted(modalities.difference(MODALITY_NAMES))),
        tuple(sorted(types)),
        tuple(dispositifs),
        has_walk_in,
        has_km,
    )
