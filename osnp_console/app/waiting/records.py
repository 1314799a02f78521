"""What is kept of waiting lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from osnp_console.domain.waiting_entry import WaitingEntry


class WaitingRecords(Protocol):
    """The entries of waiting lists in the store."""

    def hold(self, entry: str) -> None:
        """Be the only one to change that entry until the transaction ends."""

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        """Insert it (version 0) or update it; returns it with its new version. Raises Conflict."""

    def get(self, entry: str) -> WaitingEntry:
        """The entry of that id; raises StoreFailure (`introuvable`)."""

    def of_call(self, call: str) -> Sequence[WaitingEntry]:
        """Those of a call, oldest first."""

    def of_list(self, dispositif: str) -> Sequence[WaitingEntry]:
        """All of a list, whatever became of them, oldest first."""

    def all(self) -> Sequence[WaitingEntry]:
        """All of every list, oldest first."""
