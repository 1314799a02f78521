"""The clock of a dispositif's delay: until when the nurse should have come, how near that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from osnp_console.domain.dispositif import NurseVisit

NEAR = timedelta(minutes=45)
"""From when on the clock is amber (interface, section 8)."""


class Nearness(Enum):
    """How near the end of the delay is."""

    FAR = "loin"
    NEAR = "proche"
    PAST = "depasse"


@dataclass(frozen=True, slots=True)
class Delay:
    """The end of the delay, and how long until then: less than nothing once it is past."""

    until: datetime
    left: timedelta
    nearness: Nearness


def delay_of(visit: NurseVisit, asked_at: datetime, now: datetime) -> Delay | None:
    """The delay as it stands, counted from the request (S5, page 81); None where the source gives none."""
    if visit.delay_hours is None:
        return None
    # In UTC: on the clock of Paris, hours added across the change of hour would be one too many or too few.
    until = asked_at.astimezone(UTC) + timedelta(hours=visit.delay_hours)
    left = until - now.astimezone(UTC)
    nearness = Nearness.PAST if left < timedelta(0) else Nearness.NEAR if left < NEAR else Nearness.FAR
    return Delay(until, left, nearness)
