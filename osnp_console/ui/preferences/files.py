"""Asks for files by the system's own dialogs: settings are not in the path of a call."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication, QFileDialog


class Files(Protocol):
    """Which file to read or to write; an empty answer gives up."""

    def to_read(self, title: str, kinds: str = "") -> str:
        """A file that is there; `kinds` as Qt writes filters."""

    def to_write(self, title: str, suggested: str, kinds: str = "") -> str:
        """A file to write."""


class SystemFiles:
    """`Files` by the system's dialogs, over the window in use."""

    def to_read(self, title: str, kinds: str = "") -> str:
        """A file that is there."""
        path, _filter = QFileDialog.getOpenFileName(QApplication.activeWindow(), title, "", kinds)
        return path

    def to_write(self, title: str, suggested: str, kinds: str = "") -> str:
        """A file to write; the dialog itself asks before one is replaced."""
        path, _filter = QFileDialog.getSaveFileName(QApplication.activeWindow(), title, suggested, kinds)
        return path
