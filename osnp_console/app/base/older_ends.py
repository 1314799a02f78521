"""The journal ends before where this desk noted its end: told, then accepted by somebody who answers for it.

It is so after a server was restored from an older copy. Until somebody accepts it every check tells the
lines that are gone; who accepted it, when, and how much was gone is then a line of the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.journal import BASE_CARED_FOR, JournalEntry
from osnp_console.domain.permissions import Act

ACCEPTED = "fin_du_journal_acceptee"


class Mark(Enum):
    """What this desk's note of where the chains end is worth; the value is its name in documents."""

    WHOLE = "entier"
    CUT = "coupe"
    MISSING = "absent"
    CHANGED = "change"


@dataclass(frozen=True, slots=True)
class LostEnd:
    """A desk's chain that lacks the line noted as its last: the number noted, the number it ends with now."""

    desk: str
    noted: int
    found: int


@dataclass(frozen=True, slots=True)
class FoundEnds:
    """What this desk noted of the chains' ends, against the chains."""

    mark: Mark
    lost: tuple[LostEnd, ...] = ()


class ChainEnds(Protocol):
    """The ends of the chains as this desk noted them. Both methods raise StoreFailure."""

    def look(self) -> FoundEnds:
        """What was noted, against the chains as they are; nothing is changed."""

    def accept(self) -> None:
        """Note the chains' ends as they are now, whatever was noted before."""


def accept_ends(units: OpenUnit, ends: ChainEnds, desk: str, now: datetime) -> FoundEnds:
    """Accept that the journal ends where it does; what had been noted of it, nothing done where it is whole.

    The line of the journal comes first: cut short in between, the check still tells what is gone.
    Raises Refusal (`interdit`), StoreFailure.
    """
    with units() as unit:
        unit.session.require(Act.CARE_FOR_BASE)
    found = ends.look()
    if found.mark is Mark.WHOLE:
        return found
    told = {
        "quoi": ACCEPTED,
        "repere": found.mark.value,
        "postes": [[one.desk, one.noted, one.found] for one in found.lost],
    }
    with units() as unit:
        unit.session.require(Act.CARE_FOR_BASE)
        unit.journal.append(JournalEntry(desk, now, BASE_CARED_FOR, None, told))
        unit.commit()
    ends.accept()
    return found
