"""Turns of the event loop, for what is posted to it: layouts above all."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def all_in_place() -> None:
    """Let all that was posted happen: what was to move has moved once this returns, and no time was waited.

    A layout that takes its place may post the next one, hence several turns.
    """
    for _turn in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
