"""How long something has lasted, as the clocks of the window show it."""

from __future__ import annotations

from datetime import timedelta


def clock_words(lasted: timedelta) -> str:
    """`02:14`, or `1:02:14` from one hour on; what has not begun yet is at `00:00`."""
    seconds = max(0, int(lasted.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
