"""Instants as agendas write them, and as they are asked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from osnp_console.domain.clock import PARIS, in_paris

_MIDNIGHT_AT_THE_END = re.compile(r"^(\d{4}-\d{2}-\d{2}[Tt])24:00(:00(?:\.0+)?)?(?=$|[Zz+-])")


def read_instant(text: str) -> datetime:
    """The instant in UTC: with or without seconds, fractions, `Z` or offset; without one it is Paris time.

    A date alone is no instant. Raises ValueError.
    """
    if len(text) < 16 or text[10] not in "Tt ":
        raise ValueError("no instant")
    try:
        found = datetime.fromisoformat(text)
        days = timedelta()
    except ValueError:
        text = text.strip().upper()
        days = timedelta(days=1) if _MIDNIGHT_AT_THE_END.match(text) else timedelta()
        found = datetime.fromisoformat(_MIDNIGHT_AT_THE_END.sub(r"\g<1>00:00\g<2>", text))
    try:
        if found.tzinfo is None:
            return (found + days).replace(tzinfo=PARIS).astimezone(UTC)
        return found.astimezone(UTC) + days
    except OverflowError as error:
        raise ValueError("no instant") from error


def written_instant(instant: datetime) -> str:
    """`2026-03-02T08:00:00.000+01:00`: on the clock of Paris, with milliseconds and offset (section 2.1)."""
    return in_paris(instant).isoformat(timespec="milliseconds")
