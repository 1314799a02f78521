"""Which desk this workstation is, as its settings say."""

from __future__ import annotations

from pathlib import Path

from osnp_console.desk.settings import KeptPreferences


def settled_desk(settings: Path) -> str:
    """The desk's code in the journal; empty while nobody settled which one it is."""
    kept = KeptPreferences(settings)
    preferences = kept.load()
    return "" if kept.first or kept.message is not None else preferences.desk.code
