"""Instants are aware; the day and the hour of the job are those of Europe/Paris."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def in_paris(instant: datetime) -> datetime:
    """The same instant on the clock of Paris.

    A naive `instant` is a Paris time. It goes through UTC in every case: a wall-clock time that the
    spring change skips would otherwise stay an impossible local time (opening-hours-py raises on it).
    """
    aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=PARIS)
    return aware.astimezone(UTC).astimezone(PARIS)
