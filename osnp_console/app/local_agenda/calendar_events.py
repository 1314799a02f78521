"""What an event of a calendar says, whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One occurrence of an event. Instants are aware; `end` is not before `start`.

    `uid` is the calendar's own key, the same for every occurrence of a recurrence. `free` is True where the
    event leaves its time free, False where it takes it, None where it does not say. `all_day` events have no
    hours: they go from midnight to midnight in Paris. `tentative`: not confirmed.
    """

    uid: str
    start: datetime
    end: datetime
    title: str = ""
    place: str = ""
    free: bool | None = None
    all_day: bool = False
    tentative: bool = False


class CalendarUnreadable(ValueError):
    """What was received is no calendar, or not the whole of one; the text is a French sentence."""


ReadEvents = Callable[[bytes, datetime, datetime], list[CalendarEvent]]
"""The events of a calendar that touch a window; raises CalendarUnreadable."""
