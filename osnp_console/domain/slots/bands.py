"""The bands in which slots are counted: hours from now, as operators know them from the national platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Band:
    """From `first` hours (included) to `last` hours (excluded) after now."""

    first: int
    last: int

    @property
    def label(self) -> str:
        """`0–4 h`, then without the unit."""
        return f"{self.first}–{self.last} h" if self.first == 0 else f"{self.first}–{self.last}"

    def holds(self, start: datetime, now: datetime) -> bool:
        """Whether a slot that starts then is in the band at that instant."""
        # Through UTC: two instants of one zone would be told apart by what their clocks show.
        ahead = start.astimezone(UTC) - now.astimezone(UTC)
        return timedelta(hours=self.first) <= ahead < timedelta(hours=self.last)


BANDS: tuple[Band, ...] = tuple(
    Band(first, last) for first, last in ((0, 4), (4, 8), (8, 12), (12, 24), (24, 48), (48, 72))
)
"""National platform, time buckets (SAS protocol note, section 9)."""


def band_of(start: datetime, now: datetime) -> Band | None:
    """The band of a slot; None before now and from 72 hours on."""
    return next((band for band in BANDS if band.holds(start, now)), None)
