"""Whether a journal entry was written after all: for commits whose answer was lost on the way."""

from __future__ import annotations

from osnp_console.app.ports import JournalRecords
from osnp_console.domain.journal import JournalEntry, canonical


def is_written(lines: JournalRecords, entry: JournalEntry) -> bool:
    """Whether the journal has an entry; the transaction must not be committed.

    It is sealed once more, and is then there once or twice. Whoever seals has the desk's chain to itself: a
    commit that is still under way is waited for. An entry without a call is never found.
    """
    lines.append(entry)
    past = lines.of_call(entry.call) if entry.call is not None else ()
    same = (
        one
        for one in past
        if (one.line.desk, one.line.at, one.line.kind) == (entry.desk, entry.at, entry.kind)
        and canonical(one.facts or {}) == canonical(entry.facts)
    )
    return sum(1 for _ in same) > 1
