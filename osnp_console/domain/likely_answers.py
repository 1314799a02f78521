"""Answers that stand for the classes a fact's answers fall into, with their weights.

They guide the order of questions only; no verdict rests on them. The weights are ours: they say how
often a desk hears each answer, roughly, and are checked by `tests/benchmarks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.checklist import Checklist, Node
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
_UNLISTED_REASONS = 3
_COMMUNES_A_DEPARTEMENT = 300
_AT_HOME = 0.88
# How often a yes is heard; one in two where nothing is said.
_YES = {
    facts.TECHNICAL_PLATFORM: 0.05,
    facts.CAN_TRAVEL: 0.85,
    facts.PREGNANT: 0.1,
    facts.USUAL_CONTACTED: 0.7,
}


def likely_answers(fact: str, nodes: Sequence[Node], checklist: Checklist) -> Answers:
    """Values a caller may give for `fact`, with weights that add up to one.

    `nodes` are the open criteria that read it: only their lists and territories tell answers apart.
    """
    call = checklist.call
    if fact == facts.RESIDENCE:
        return _weighted(_communes(nodes, call))
    if fact == facts.PRESENT_PLACE:
        away = _weighted(_communes(nodes, call))
        elsewhere = [(place, weight * (1 - _AT_HOME)) for place, weight in away]
        return [(AT_HOME, _AT_HOME), *elsewhere]
    if fact == facts.REASON:
        return _weighted(_reasons(nodes))
    if fact in (facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER):
        return list(_STATUSES) if call.text(fact) is None else [("indisponible", 0.7), ("disponible", 0.3)]
    if fact in (facts.BIRTH, facts.ONSET):
        return list(_dates(fact, checklist))
    return _listed(fact)


def _listed(fact: str) -> Answers:
    if fact == facts.DELAY:
        return [(24, 0.4), (48, 0.5), (72, 0.1)]
    if fact == facts.SEX:
        return [("F", 0.5), ("M", 0.5)]
    if fact == facts.AGE:
        return list(_AGES)
    yes = _YES.get(fact, 0.5)
    return [(True, yes), (False, 1 - yes)]


def _weighted(found: Mapping[Hashable, float]) -> Answers:
    total = sum(found.values())
    return [(value, weight / total) for value, weight in found.items()]


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


def _parts(nodes: Iterable[Node]) -> Iterator[Criterion]:
    for node in nodes:
        yield from _simple(node.criterion)


def _reasons(nodes: Sequence[Node]) -> dict[Hashable, float]:
    """One reason for each way the lists tell reasons apart, weighing as many as it stands for."""
    lists = {part.reasons for part in _parts(nodes) if isinstance(part, ReasonAmong)}
    ordered = sorted(lists, key=sorted)
    classes: dict[tuple[bool, ...], tuple[str, float]] = {}
    for reason in (*sorted(frozenset().union(*lists)), _OTHER_REASON):
        member_of = tuple(reason in reasons for reasons in ordered)
        stands_for, weight = classes.get(member_of, (reason, 0.0))
        classes[member_of] = (stands_for, weight + (_UNLISTED_REASONS if reason == _OTHER_REASON else 1))
    return dict(classes.values())


def _communes(nodes: Sequence[Node], call: Call) -> dict[Hashable, float]:
    """One commune inside each listed territory, one outside the lists in each département covered.

    Each weighs as many communes as it stands for; the desk's own département is heard ten times as often.
    """
    territories = {
        part.territory.cpts: part.territory for part in _parts(nodes) if isinstance(part, InTerritory)
    }
    found: dict[Hashable, float] = {}
    listed: dict[str, int] = defaultdict(int)
    for territory in territories.values():
        if territory.communes:
            code = min(territory.communes)
            inside = Commune(code, "", code[:3] if code.startswith("97") else code[:2], ())
            found[inside] = len(territory.communes) * _nearness(inside.departement, call)
            listed[inside.departement] += len(territory.communes)
    for departement in sorted(
        {code for territory in territories.values() for code in territory.departements}
    ):
        outside = max(_COMMUNES_A_DEPARTEMENT - listed[departement], _COMMUNES_A_DEPARTEMENT * 0.3)
        found[Commune(f"{departement}~~~", "", departement, ())] = outside * _nearness(departement, call)
    return found or {Commune("99~~~", "", "99", ()): 1.0}


def _nearness(departement: str, call: Call) -> float:
    return 10.0 if departement == call.text(facts.SAS) else 1.0
