"""Sets of few dispositifs whose every complete call can be enumerated, with the generator's own weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.base import Criterion, Moment
from osnp_console.domain.criteria.need import ReasonAmong
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.states import State
from tests.benchmarks import generated_calls as calls
from tests.benchmarks.asking import Atom, askable, is_territory, open_nodes, open_rows
from tests.benchmarks.generated_rows import generated_rows
from tests.benchmarks.opened import INSTANT, built_in, communes_of

SEED = 8
MOST_ATOMS = 30_000


@dataclass(frozen=True, slots=True)
class SmallSet:
    """Dispositifs, the call as it comes in, the facts they hang on, and every complete call."""

    name: str
    rows: tuple[Dispositif, ...]
    start: Call
    facts: tuple[str, ...]
    atoms: tuple[Atom, ...]


def small_sets(number: int) -> Iterator[SmallSet]:
    """Half of built-in dispositifs, half of generated ones (whose territories are all listed)."""
    chance = random.Random(SEED)
    for name, rows in (("livrés", built_in().dispositifs), ("engendrés", generated_rows(600))):
        drawn: set[object] = set()
        while len(drawn) < number // 2:
            found = _one(f"{name} {len(drawn) + 1}", rows, chance)
            key = found and frozenset(row.id for row in found.rows)
            if found is not None and key not in drawn:
                drawn.add(key)
                yield found


def _one(name: str, rows: Sequence[Dispositif], chance: random.Random) -> SmallSet | None:
    sas, offer = str(calls.pick(calls.SAS, chance)), calls.pick(calls.OFFERS, chance)
    start = calls.start_of_call(sas, offer)
    near = [row for row in rows if row.departement == sas]
    still = [row.dispositif for row in open_rows(Checklist(near, start, INSTANT))]
    if len(still) < 4:
        return None
    chosen = tuple(chance.sample(still, min(len(still), chance.randint(4, 8))))
    hang_on = sorted(_facts(chosen, start))
    ordinary = [fact for fact in hang_on if not is_territory(fact)]
    if not 4 <= len(ordinary) <= 6 or len(hang_on) - len(ordinary) > 3:
        return None
    atoms = tuple(_Enumeration(chosen, sas, offer, hang_on).atoms())
    return SmallSet(name, chosen, start, tuple(hang_on), atoms) if len(atoms) <= MOST_ATOMS else None


def _facts(rows: Sequence[Dispositif], start: Call) -> set[str]:
    """What the caller may have to say; a territory only where no list settles it."""
    checklist = Checklist(rows, start, INSTANT)
    unlisted = calls.unlisted_territories(built_in())
    read = {f for row in open_rows(checklist) for node in open_nodes(row) for f in node.criterion.facts}
    return {
        fact
        for fact in read - {facts.AGE}
        if askable(fact, built_in().facts) and (not is_territory(fact) or fact in unlisted)
    }


class _Enumeration:
    """Every complete call of a set: answers that no criterion tells apart are one answer."""

    def __init__(self, rows: Sequence[Dispositif], sas: str, offer: object, hang_on: Sequence[str]) -> None:
        self._sas, self._offer, self._hang_on = sas, offer, hang_on
        self._parts = [part for row in rows for rule in row.rules for part in _simple(rule.criterion)]
        self._moment = Moment.at(INSTANT)
        self._homes = self._communes(skip=0)
        self._places = self._communes(skip=1)

    def atoms(self) -> Iterator[Atom]:
        """Facts in an order in which each depends on those before it only."""
        order = sorted(self._hang_on, key=lambda fact: (is_territory(fact), fact == facts.PREGNANT, fact))
        pending: list[tuple[dict[str, object], float]] = [({}, 1.0)]
        for fact in order:
            pending = [
                ({**known, fact: value}, weight * share)
                for known, weight in pending
                for value, share in self._weighted(fact, known)
                if share
            ]
        yield from pending

    def _weighted(self, fact: str, known: Mapping[str, object]) -> Iterable[tuple[object, float]]:
        fixed: dict[str, Callable[[], Iterable[tuple[object, float]]]] = {
            facts.RESIDENCE: lambda: self._homes,
            facts.PRESENT_PLACE: self._present_places,
            facts.REASON: self._reasons,
            facts.DELAY: lambda: self._merged(fact, calls.DELAYS),
            facts.BIRTH: lambda: self._merged(fact, [(calls.born_ago(age), w) for age, w in calls.AGES]),
            facts.ONSET: lambda: self._merged(fact, [(calls.days_ago(days), w) for days, w in calls.ONSETS]),
            facts.REGULAR_DOCTOR: lambda: self._merged(fact, calls.STATUSES),
            facts.USUAL_PRACTITIONER: lambda: calls.STATUSES,
            facts.SEX: lambda: calls.SEXES,
            facts.PREGNANT: lambda: _truth(0.0 if known.get(facts.SEX) == "M" else calls.PREGNANT / 2),
            facts.TECHNICAL_PLATFORM: lambda: _truth(calls.TECHNICAL_PLATFORM),
            facts.PRESCRIPTION: lambda: _truth(calls.PRESCRIPTION),
            facts.USUAL_CONTACTED: lambda: _truth(calls.CONTACTED),
            facts.CAN_TRAVEL: lambda: _truth(calls.CAN_TRAVEL),
        }
        if fact in fixed:
            return fixed[fact]()
        if is_territory(fact):
            return _truth(calls.OWN_TERRITORY if self._near(fact, known[facts.RESIDENCE]) else 0.0)
        return _truth(calls.FURTHER_ANSWER)

    def _near(self, fact: str, home: object) -> bool:
        territories = [p.territory for p in self._parts if isinstance(p, InTerritory) and p.answer == fact]
        return isinstance(home, Commune) and any(t.holds(home) is not State.UNMET for t in territories)

    def _merged(self, fact: str, weighted: calls.Weighted) -> list[tuple[object, float]]:
        readers = [part for part in self._parts if fact in part.facts]

        def told_apart(value: object) -> object:
            return tuple(part.judge(Call({fact: value}), self._moment).state for part in readers)

        return _classes(weighted, told_apart)

    def _reasons(self) -> list[tuple[object, float]]:
        every = calls.reasons_of(self._offer)
        lists = [part.reasons for part in self._parts if isinstance(part, ReasonAmong)]
        return _classes(
            [(reason, 1 / len(every)) for reason in every],
            lambda reason: tuple(reason in listed for listed in lists),
        )

    def _communes(self, skip: int) -> list[tuple[object, float]]:
        """One commune of each kind, the second of its kind for present places so as to differ from home."""
        near, far = communes_of(self._sas), [c for d in ("75", "59", "33") for c in communes_of(d)[:2]]
        people = sum(commune.population + 1 for commune in near)
        weighted = [(place, 29 / 30 * (place.population + 1) / people) for place in near]
        weighted += [(place, 1 / 30 / len(far)) for place in far]
        lists = [part.territory for part in self._parts if isinstance(part, InTerritory)]

        def told_apart(place: object) -> object:
            return tuple(listed.holds(place) for listed in lists) if isinstance(place, Commune) else ()

        return _classes(weighted, told_apart, skip)

    def _present_places(self) -> list[tuple[object, float]]:
        away = [(place, calls.ELSEWHERE * weight) for place, weight in self._places]
        return [(AT_HOME, 1 - calls.ELSEWHERE), *away]


def _truth(share: float) -> list[tuple[object, float]]:
    return [(True, share), (False, 1 - share)]


def _classes(
    weighted: Iterable[tuple[object, float]], told_apart: Callable[[object], object], skip: int = 0
) -> list[tuple[object, float]]:
    """One value of each class (the one after `skip` others, if there is one), with the class's weight."""
    members: dict[object, list[tuple[object, float]]] = {}
    for value, weight in weighted:
        members.setdefault(told_apart(value), []).append((value, weight))
    return [
        (alike[min(skip, len(alike) - 1)][0], sum(weight for _, weight in alike))
        for alike in members.values()
    ]


def _simple(criterion: Criterion) -> Iterator[Criterion]:
    if isinstance(criterion, AnyOf):
        for part in criterion.among:
            yield from _simple(part)
    elif isinstance(criterion, OnlyForReasons):
        yield ReasonAmong(criterion.reasons)
        yield from _simple(criterion.condition)
    else:
        yield criterion
