"""What is kept of transfers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from osnp_console.domain.transfer.transfer import Transfer


class TransferRecords(Protocol):
    """The transfers of the store."""

    def hold(self, *names: str) -> None:
        """Be the only one to change those transfers until the transaction ends: what is read stays true."""

    def save(self, transfer: Transfer) -> Transfer:
        """Insert it (version 0) or update it; returns it with its new version. Raises Conflict."""

    def get(self, transfer: str) -> Transfer:
        """The transfer of that id; raises StoreFailure (`introuvable`)."""

    def of_call(self, call: str) -> Sequence[Transfer]:
        """Those of a call of either side, oldest first."""

    def going_on(self, desk: str) -> Sequence[Transfer]:
        """Those that a desk prepared or has in hand and that are not settled, oldest first.

        A patient who was handed over is in the hands of the line's desk alone.
        """

    def of_lines(self, dispositifs: Collection[str], since: datetime) -> Sequence[Transfer]:
        """Those to the lines of these dispositifs, oldest first.

        They are not settled, or came to their state at `since` or later; so do those that were handed over
        and that no desk of the line has in hand: a line that is not here never says more of them.
        """
