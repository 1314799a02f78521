"""The slots that desks propose, in the base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from osnp_console.app.base.live import Subject
from osnp_console.domain.slots.proposal import Proposal
from osnp_console.storage import proposal_tables
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

_p = proposal_tables.proposals.c
REMOVED_AFTER = timedelta(days=1)
"""How long after its end a proposal is removed: a desk whose clock is ahead must not end those of the others.

There is one for each desk at most: those that are over cost nothing.
"""


class StoredProposals:
    """The proposals within a transaction (`app.proposals.ProposalRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, proposal: Proposal, now: datetime) -> None:
        """Keep it in place of the desk's former one; those that are over for a day at `now` are removed."""
        connection = self._transaction.writing()
        # A row that another desk is at is left to it: two desks never wait for each other here.
        over = select(_p.desk).where(_p.until <= now - REMOVED_AFTER, _p.desk != proposal.desk)
        names = connection.execute(over.with_for_update(skip_locked=True)).scalars().all()
        if names:
            connection.execute(delete(proposal_tables.proposals).where(_p.desk.in_(names)))
        values = {
            "desk": proposal.desk,
            "slot": proposal.slot,
            "person": proposal.person,
            "until": proposal.until,
        }
        put_row(connection, proposal_tables.proposals, _p.desk == proposal.desk, values)
        self._transaction.tell(Subject.PROPOSAL, proposal.desk)

    def withdraw(self, desk: str) -> None:
        """Remove the desk's proposal, if it has one."""
        self._transaction.writing().execute(delete(proposal_tables.proposals).where(_p.desk == desk))
        self._transaction.tell(Subject.PROPOSAL, desk)

    def all(self, now: datetime) -> Sequence[Proposal]:
        """Those that are not over, by desk."""
        statement = select(proposal_tables.proposals).where(_p.until > now).order_by(_p.desk)
        rows = self._transaction.reading.execute(statement)
        return [Proposal(row.slot, row.desk, row.person, row.until) for row in rows]
