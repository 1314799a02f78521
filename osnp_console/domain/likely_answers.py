"""Answers that stand for the classes a fact's answers fall into, with their weights.

They guide the order of questions only; no verdict rests on them. The weights are ours: they say how
often a desk hears each answer, roughly, and are checked by `tests/benchmarks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from osnp_console.domain import facts
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import ReasonAmong
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dates import PartialDate

Answers = list[tuple[object, float]]

_AGES = ((0, 0.04), (3, 0.1), (10, 0.1), (17, 0.06), (30, 0.25), (50, 0.25), (75, 0.2))
_STATUSES = (("aucun", 0.25), ("indisponible", 0.5), ("disponible", 0.15), ("declare", 0.1))
_OTHER_REASON = "autre"
# How often a yes is heard; one in two where nothing is said.
_YES = {
    facts.TECHNICAL_PLATFORM: 0.05,
    facts.CAN_TRAVEL: 0.85,
    facts.PREGNANT: 0.1,
    facts.USUAL_CONTACTED: 0.7,
}


def likely_answers(fact: str, checklist: Checklist) -> Answers:
    """Values a caller may give for `fact`, with weights that add up to one."""
    if fact in (facts.RESIDENCE, facts.PRESENT_PLACE):
        return _equal(_communes(checklist))
    if fact == facts.REASON:
        return _equal(_reasons(checklist))
    if fact in (facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER):
        known = checklist.call.text(fact)
        return list(_STATUSES) if known is None else [("indisponible", 0.7), ("disponible", 0.3)]
    if fact == facts.DELAY:
        return [(24, 0.4), (48, 0.5), (72, 0.1)]
    if fact == facts.SEX:
        return [("F", 0.5), ("M", 0.5)]
    if fact in (facts.BIRTH, facts.ONSET):
        return list(_dates(fact, checklist))
    if fact == facts.AGE:
        return list(_AGES)
    yes = _YES.get(fact, 0.5)
    return [(True, yes), (False, 1 - yes)]


def _equal(values: Iterable[object]) -> Answers:
    kept = list(dict.fromkeys(values))
    return [(value, 1 / len(kept)) for value in kept]


def _dates(fact: str, checklist: Checklist) -> Iterator[tuple[object, float]]:
    today = checklist.moment.day
    if fact == facts.BIRTH:
        for age, weight in _AGES:
            day = today - timedelta(days=round(age * 365.25 + 180))
            yield PartialDate(day, day), weight
    else:
        for days, weight in ((0, 0.3), (1, 0.3), (4, 0.2), (20, 0.1), (90, 0.1)):
            day = today - timedelta(days=days)
            yield PartialDate(day, day), weight


def _simple(criterion: Criterion) -> Iterator[Criterion]:
    if isinstance(criterion, AnyOf):
        for part in criterion.among:
            yield from _simple(part)
    elif isinstance(criterion, OnlyForReasons):
        yield ReasonAmong(criterion.reasons)
        yield from _simple(criterion.condition)
    else:
        yield criterion


def _reasons(checklist: Checklist) -> Iterator[str]:
    """One reason for each way the lists of reasons tell them apart."""
    lists = {
        part.reasons
        for node in checklist.nodes_reading(facts.REASON)
        for part in _simple(node.criterion)
        if isinstance(part, ReasonAmong)
    }
    seen: set[tuple[bool, ...]] = set()
    ordered = sorted(lists, key=sorted)
    for reason in (*sorted(frozenset().union(*lists)), _OTHER_REASON):
        member_of = tuple(reason in reasons for reasons in ordered)
        if member_of not in seen:
            seen.add(member_of)
            yield reason


def _communes(checklist: Checklist) -> Iterator[Commune]:
    """One commune inside each listed territory, one outside the lists in each département covered."""
    for node in checklist.nodes_reading(facts.RESIDENCE):
        for part in _simple(node.criterion):
            if not isinstance(part, InTerritory):
                continue
            for departement in sorted(part.territory.departements):
                yield Commune(f"{departement}~~~", "", departement, ())
            if part.territory.communes:
                code = min(part.territory.communes)
                yield Commune(code, "", code[:3] if code.startswith("97") else code[:2], ())
