"""The few words the widgets say themselves, and how a name and its state are put together."""

from __future__ import annotations

NARROW_SPACE = "\u202f"
NOT_ASKED = "pas demandé"
NOT_KNOWN = "ne sait pas"


def named(label: str, state: str) -> str:
    """`Peut venir : pas demandé`, with the narrow no-break space French wants before a colon."""
    return f"{label}{NARROW_SPACE}: {state}" if state else label
