"""Which line a call is transferred to: that of the row the operator is on, else the first that may serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.arrangement import Arrangement, DispositifEntry, Group
from osnp_console.app.checklist.check_eligibility import Answer, WayIn
from osnp_console.app.transfer.prepare import conditions_of, line_called, ways_to_lines
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.transfer.transfer import Conditions, LineCalled

NO_LINE = "Aucun dispositif éligible ne se joint par transfert."
_TAKING = frozenset({Group.ELIGIBLE, Group.ONE_QUESTION, Group.MORE_QUESTIONS, Group.NOTHING_TO_ASK})


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A way in on which somebody answers, of the dispositif that `answer` judges."""

    answer: Answer
    way: WayIn

    @property
    def dispositif(self) -> Dispositif:
        """Whose line it is."""
        return self.answer.judgement.dispositif

    @property
    def line(self) -> LineCalled:
        """The line, as the transfer keeps it."""
        return line_called(self.dispositif, self.way)

    def conditions(self, now: datetime, reason: str = "") -> Conditions:
        """How its conditions and hours stand at that instant."""
        return conditions_of(self.answer, self.way, now, reason)


def has_line(call: OpenCall, now: datetime) -> bool:
    """Whether a dispositif that takes the patient, or may, is reached by a line from this desk."""
    return any(
        any(access.line is not None for access in row.dispositif.accesses)
        and bool(ways_to_lines(call.answer(row.dispositif, now)))
        for row in call.checklist.rows
        if not row.unmet
    )


def choose_line(
    call: OpenCall, selected: Dispositif | None, arrangement: Arrangement, now: datetime
) -> LineChoice | None:
    """The line of the selected row, even of a refused one; else of the first that takes or may; else None."""
    wanted = (selected,) if selected is not None else ()
    for dispositif in (*wanted, *_taking(arrangement)):
        found = line_of(call, dispositif, now)
        if found is not None:
            return found
    return None


def line_of(call: OpenCall, dispositif: Dispositif, now: datetime) -> LineChoice | None:
    """The best line of a dispositif, None where it has none for this desk."""
    answer = call.answer(dispositif, now)
    ways = ways_to_lines(answer)
    return LineChoice(answer, ways[0]) if ways else None


def _taking(arrangement: Arrangement) -> Iterator[Dispositif]:
    for section in arrangement.sections:
        if section.group in _TAKING:
            yield from _dispositifs(section.entries)


def _dispositifs(entries: Iterable[object]) -> Iterator[Dispositif]:
    return (entry.dispositif for entry in entries if isinstance(entry, DispositifEntry))
