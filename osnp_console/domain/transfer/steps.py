"""The steps of a call to an assistance line, in their only legal order (S5, page 14: AccèsS, the model)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import pairwise


class Step(Enum):
    """One step; the value is the catalogue's (`etapes`)."""

    PREPARED = "prepare"
    CALL = "appel"
    ANSWERED = "repondu"
    PRESENTED = "presente"
    SLOT = "creneau"
    AGREED = "accord"
    HANDED_OVER = "remis"
    REGISTERED = "inscrit"


ALL_STEPS = tuple(Step)
"""Every step, in order."""
STEP_NAMES: Mapping[Step, str] = {
    Step.PREPARED: "Préparé",
    Step.CALL: "Appel",
    Step.ANSWERED: "Répondu",
    Step.PRESENTED: "Présenté",
    Step.SLOT: "Créneau",
    Step.AGREED: "Accord",
    Step.HANDED_OVER: "Patient remis",
    Step.REGISTERED: "Inscrit",
}
"""The steps as the window names them (interface, §6)."""
CALLING_STEPS = (Step.PREPARED, Step.CALL, Step.ANSWERED, Step.PRESENTED)
"""What any call to a line is made of (a convention of ours): prepared, dialled, answered, told why.

A line has the further steps only where a source says so.
"""


def in_order(steps: Sequence[Step]) -> bool:
    """Whether the steps follow one another in the legal order, none twice."""
    places = [ALL_STEPS.index(step) for step in steps]
    return all(before < after for before, after in pairwise(places))


def missing_calling_step(steps: Sequence[Step]) -> Step | None:
    """The first step of any call that the line lacks; None when it has all four."""
    return next((step for step in CALLING_STEPS if step not in steps), None)
