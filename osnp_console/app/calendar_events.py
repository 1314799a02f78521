"""Events of a calendar, as whatever reads calendars hands them over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One occurrence of an event. Instants are aware; `start` is before `end`.

    `uid` is the calendar's own key, the same for each occurrence of one that repeats. `free` says whether
    the time is shown as free (True), busy (False), or not said (None).
    """

    uid: str
    start: datetime
    end: datetime
    title: str = ""
    place: str = ""
    free: bool | None = None


ReadEvents = Callable[[bytes, datetime, datetime], Sequence[CalendarEvent]]
"""Reads a calendar's text: occurrences that begin between two instants; raises Refusal for what is none."""
