"""Judges the catalogue's hand-written examples and says which come out wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from osnp_console.app.base.verification import Problem
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.errors import Refusal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Judgement
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.examples import Example
from osnp_console.domain.states import State, Verdict

_STATE_OF = {Verdict.NOT_ELIGIBLE.value: State.UNMET, Verdict.TO_CHECK.value: State.UNKNOWN}


def failures(catalogue: Catalogue, gazetteer: Gazetteer, examples: Iterable[Example]) -> Iterator[Problem]:
    """One problem for each example that comes out otherwise than its author wrote."""
    check = CheckEligibility(catalogue, gazetteer)
    files = {one.id: f"dispositifs/{one.departement}/{one.id}.yaml" for one in catalogue.dispositifs}
    for example in examples:
        fault = fault_of(check, example)
        if fault is not None:
            yield Problem(
                files.get(example.dispositif, example.dispositif), 1, f"exemple « {example.name} » : {fault}"
            )


def fault_of(check: CheckEligibility, example: Example) -> str | None:
    """What is wrong with an example's outcome, in French; None when it comes out as written."""
    try:
        call = check.read(example.call)
        instant = datetime.fromisoformat(example.instant)
        judgement = check.judge(call, instant, (example.dispositif,)).answers[0].judgement
    except (Refusal, ValueError) as error:
        return f"l’appel n’est pas lisible ({error})"
    return _difference(judgement, example)


def _difference(judgement: Judgement, example: Example) -> str | None:
    if judgement.verdict.value != example.expected:
        rests_on = ", ".join(
            f"{line.rule.id} {line.finding.state.value}"
            for line in judgement.lines
            if line.finding.state in (State.UNMET, State.UNKNOWN)
        )
        came_out = f"« {judgement.verdict.value} » au lieu de « {example.expected} »"
        return f"{came_out} ({rests_on or 'rien ne s’y oppose'})"
    state = _STATE_OF.get(example.expected)
    if example.by is None or state is None:
        return None
    resting = [line.rule.id for line in judgement.lines if line.finding.state is state]
    return None if example.by in resting else f"pas par « {example.by} » mais par {', '.join(resting)}"
