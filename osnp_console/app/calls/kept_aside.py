"""What a desk typed and the shared base does not hold yet, kept on the desk's own disk meanwhile.

The disk is never behind the base: a save goes to the disk first. Else a desk that is started again after a
power cut would hold an older text of its own against a newer one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.journal import JournalEntry


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call as typed here, and as the base is known to hold it; None for one that it never had.

    `tried` are the states that the base was given and has not confirmed: it may hold one of them.
    """

    record: CallRecord
    stored: CallRecord | None = None
    tried: tuple[CallRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for the base.

    `mark` grows with each change of it while the program runs: of two, the greater is the newer. 0 is newer
    than whatever was there.
    """

    calls: tuple[WaitingCall, ...] = ()
    entries: tuple[JournalEntry, ...] = ()
    mark: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        return bool(self.calls or self.entries)


NOTHING_WAITS = Waiting()


def not_there_yet(open_unit: OpenUnit, waiting: Waiting) -> Waiting:
    """What the base lacks of it: the program may have stopped between a commit and taking note of it.

    Calls are merged when they are saved again; a journal line is there when its desk, instant and kind are.
    Raises StoreFailure.
    """
    with open_unit() as unit:
        there = {
            (past.line.desk, past.line.at, past.line.kind, past.line.call)
            for call in {entry.call for entry in waiting.entries if entry.call is not None}
            for past in unit.journal.of_call(call)
        }
    missing = (one for one in waiting.entries if (one.desk, one.at, one.kind, one.call) not in there)
    return Waiting(waiting.calls, tuple(missing))


class Aside(Protocol):
    """An encrypted place of this workstation for what waits."""

    def keep(self, waiting: Waiting) -> None:
        """Keep this in place of what was kept before; returns at once, the newest is written."""

    def keep_first(self, waiting: Waiting) -> None:
        """The same, but return once it is on the disk, or cannot be written, or takes too long."""

    def read(self) -> Waiting:
        """What was kept when the program last stopped; NOTHING_WAITS when all of it had reached the base."""

    def close(self) -> None:
        """Write the last of it, and end."""
