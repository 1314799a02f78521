"""What was copied at a desk, once its screen is locked."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QClipboard


class Copies(Protocol):
    """The part of the clipboard that is looked at (`QClipboard`)."""

    def ownsClipboard(self) -> bool:
        """Whether what is there was copied in this program."""

    def ownsSelection(self) -> bool:
        """The same of what is selected, where the middle button pastes it."""

    def clear(self, mode: QClipboard.Mode) -> None:
        """Empty it."""


def take_back(copies: Copies) -> None:
    """Empty what was copied here: it speaks of a patient, and a field of the locked screen would show it.

    What another program put there is left to it.
    """
    if copies.ownsClipboard():
        copies.clear(QClipboard.Mode.Clipboard)
    if copies.ownsSelection():
        copies.clear(QClipboard.Mode.Selection)
