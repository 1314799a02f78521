"""Proposals of a store that is only memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from osnp_console.domain.slots.proposal import Proposal


class MemoryProposals:
    """Proposals in a dictionary, by desk; what is written shows at once."""

    def __init__(self) -> None:
        self.kept: dict[str, Proposal] = {}

    def put(self, proposal: Proposal, now: datetime) -> None:
        self.kept = {desk: one for desk, one in self.kept.items() if one.until > now}
        self.kept[proposal.desk] = proposal

    def withdraw(self, desk: str) -> None:
        self.kept.pop(desk, None)

    def all(self, now: datetime) -> Sequence[Proposal]:
        return [self.kept[desk] for desk in sorted(self.kept) if self.kept[desk].until > now]
