"""What a criterion finds, judged for a test in the words of the job."""

from __future__ import annotations

from datetime import datetime

from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Criterion, Finding, Moment
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.states import State
from tests.unit.strategies import INSTANT

MET, UNMET, UNKNOWN, NOT_APPLICABLE = State.MET, State.UNMET, State.UNKNOWN, State.NOT_APPLICABLE
Known = dict[str, object]


def found(criterion: Criterion, known: Known, instant: datetime = INSTANT) -> Finding:
    """What the criterion finds, having read no more than the facts it names."""
    finding = criterion.judge(Call(known), Moment.at(instant))
    assert criterion.label
    assert finding.fact is None or finding.fact in criterion.facts
    assert set(finding.missing) <= set(criterion.facts)
    if finding.state is not UNKNOWN:
        assert not finding.missing
    return finding


def state(criterion: Criterion, known: Known, instant: datetime = INSTANT) -> State:
    """Its state alone."""
    return found(criterion, known, instant).state


def on(text: str) -> PartialDate:
    """A date known as far as it is written."""
    return PartialDate.parse(text)
