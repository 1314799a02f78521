"""Slots proposed at a desk, made known to the others: what is kept of them, and the work for the store.

Nothing here keeps anybody from booking: a local agenda's place is booked once by its own lock, and another
agenda decides itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.proposal import Elsewhere, Proposal, proposed, seen_from
from osnp_console.domain.slots.slot import Slot

if TYPE_CHECKING:
    from osnp_console.app.ports import OpenUnit


class ProposalRecords(Protocol):
    """The proposals of the desks that share the store, at most one for each."""

    def put(self, proposal: Proposal, now: datetime) -> None:
        """Keep it in place of the desk's former one; those that are over for long at `now` are removed."""

    def withdraw(self, desk: str) -> None:
        """Remove the desk's proposal, if it has one."""

    def all(self, now: datetime) -> Sequence[Proposal]:
        """Those that are not over, by desk."""


def propose(slot: Slot, desk: str, now: datetime) -> Callable[[OpenUnit], Elsewhere]:
    """Work for the store: say that a desk proposes a slot, or still does; answers what the others propose.

    Whoever may not book proposes nothing to anybody: nothing is written for them.
    """

    def work(open_unit: OpenUnit) -> Elsewhere:
        with open_unit() as unit:
            session = unit.session
            if session.may(Act.BOOK):
                unit.proposals.put(proposed(slot, desk, session.name, now), now)
                unit.commit()
            return seen_from(desk, unit.proposals.all(now), now)

    return work


def withdraw(desk: str, now: datetime) -> Callable[[OpenUnit], Elsewhere]:
    """Work for the store: say that a desk proposes nothing any more; answers what the others propose."""

    def work(open_unit: OpenUnit) -> Elsewhere:
        with open_unit() as unit:
            unit.proposals.withdraw(desk)
            unit.commit()
            return seen_from(desk, unit.proposals.all(now), now)

    return work


def proposals_elsewhere(desk: str, now: datetime) -> Callable[[OpenUnit], Elsewhere]:
    """Work for the store: what the others propose."""

    def work(open_unit: OpenUnit) -> Elsewhere:
        with open_unit() as unit:
            return seen_from(desk, unit.proposals.all(now), now)

    return work
