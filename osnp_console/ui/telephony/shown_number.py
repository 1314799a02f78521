"""Ctrl+T: the number on screen is dialled, whichever panel shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from PySide6.QtWidgets import QApplication, QWidget


class ShowsNumber(Protocol):
    """A widget that may show a number to dial: it only has to have this method."""

    def dial_shown(self) -> bool:
        """Dial the number it shows now; False when it shows none."""


def dial_shown_in(workspace: QWidget) -> bool:
    """Dial the number nearest to the keyboard, else the innermost one on screen; False without any.

    Only what can be seen in `workspace` counts: a number behind a tab is not the number shown.
    """
    return any(one.dial_shown() for one in _showing(workspace))


def _showing(workspace: QWidget) -> Iterator[ShowsNumber]:
    at = QApplication.focusWidget()
    while at is not None and workspace.isAncestorOf(at):
        if hasattr(at, "dial_shown"):
            yield cast("ShowsNumber", at)
        at = at.parentWidget()
    # Parents come before their children: from the end, a card is met before the panel it lies in.
    for widget in reversed(workspace.findChildren(QWidget)):
        if hasattr(widget, "dial_shown") and widget.isVisibleTo(workspace):
            yield cast("ShowsNumber", widget)
