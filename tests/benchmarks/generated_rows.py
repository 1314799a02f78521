"""Any number of dispositifs, each a variation of a built-in one; the same ones for the same seed.

A copy has its own CPTS, its own list of communes in the départements of the model, and (where the model has
such criteria, and in part where it has not) its own reasons, ages and delay. Referrers, regular doctor,
prescription, further questions stay the model's: they are what many rows share in a real catalogue too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from osnp_console.domain import facts
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.desk import MayRefer
from osnp_console.domain.criteria.need import CanTravel, NeededWithin, ReasonAmong
from osnp_console.domain.criteria.person import AgeWithin
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Dispositif, Rule
from osnp_console.domain.sources import CONVENTION, Source
from osnp_console.domain.territory import Territory
from tests.benchmarks.opened import INSTANT, built_in, communes_of

SEED = 20261124
DELAYS = (12, 24, 36, 48, 72, 96)
FIRST_AGES = (None, 3, 6, 12, 16, 18)
LAST_AGES = (None, 5, 17, 65, 75)


def generated_rows(count: int, seed: int = SEED, never_reading: str | None = None) -> tuple[Dispositif, ...]:
    """`count` dispositifs in service, no two alike; `never_reading` leaves out what reads that fact."""
    chance = random.Random(seed)
    models = [one for one in built_in().dispositifs if one.out_of_service(INSTANT.date()) is None]
    rows: list[Dispositif] = []
    different: set[tuple[Criterion, ...]] = set()
    while len(rows) < count:
        model = models[len(rows) % len(models)]
        row = _varied(model, len(rows), chance, never_reading)
        criteria = tuple(rule.criterion for rule in row.rules)
        if criteria not in different:
            different.add(criteria)
            rows.append(row)
    return tuple(rows)


def _varied(model: Dispositif, number: int, chance: random.Random, never_reading: str | None) -> Dispositif:
    cpts = f"CPTS {number:05d}"
    rules = [replace(rule, criterion=_other(rule.criterion, cpts, chance)) for rule in model.rules]
    rules += _added(model, chance)
    kept = tuple(rule for rule in rules if never_reading not in rule.criterion.facts)
    return replace(model, id=f"{model.departement}-{number:05d}-{model.nature}", cpts=cpts, rules=kept)


def _other(criterion: Criterion, cpts: str, chance: random.Random) -> Criterion:
    match criterion:
        case InTerritory(territory=territory, visitors=visitors):
            return InTerritory(_territory(territory, cpts, chance), visitors)
        case MayRefer():
            return replace(criterion, cpts=cpts)
        case ReasonAmong(reasons=reasons, admitted=admitted):
            return ReasonAmong(_reasons(reasons, chance), admitted)
        case OnlyForReasons(reasons=reasons, condition=condition):
            return OnlyForReasons(reasons, _other(condition, cpts, chance))
        case AnyOf(among=among):
            return AnyOf(tuple(_other(part, cpts, chance) for part in among))
        case AgeWithin():
            return _age(chance)
        case NeededWithin():
            return NeededWithin(chance.choice(DELAYS))
        case _:
            return criterion


def _territory(model: Territory, cpts: str, chance: random.Random) -> Territory:
    """Six to forty neighbours (in the order of codes) of one of the départements."""
    departement = chance.choice(sorted(model.departements))
    codes = sorted(commune.code for commune in communes_of(departement))
    size = min(chance.randint(6, 40), len(codes))
    first = chance.randrange(len(codes) - size + 1)
    return Territory(cpts, frozenset({departement}), frozenset(codes[first : first + size]))


def _reasons(reasons: frozenset[str], chance: random.Random) -> frozenset[str]:
    every = sorted(built_in().reasons)
    fewer = [reason for reason in sorted(reasons) if chance.random() < 0.8]
    return frozenset(fewer) | frozenset(chance.sample(every, chance.randint(1, 4)))


def _age(chance: random.Random) -> AgeWithin:
    first = chance.choice(FIRST_AGES)
    last = chance.choice([age for age in LAST_AGES if age is None or age > (first or 0)])
    return AgeWithin(16, None) if first is None and last is None else AgeWithin(first, last)


def _added(model: Dispositif, chance: random.Random) -> Iterator[Rule]:
    """What the model does not ask: an age for a third, a delay for a third, the journey for a tenth."""
    read = {fact for rule in model.rules for fact in rule.criterion.facts}
    choices: tuple[tuple[str, float, Callable[[], Criterion]], ...] = (
        (facts.BIRTH, 0.33, lambda: _age(chance)),
        (facts.DELAY, 0.33, lambda: NeededWithin(chance.choice(DELAYS))),
        (facts.CAN_TRAVEL, 0.1, CanTravel),
    )
    for fact, share, criterion in choices:
        if fact not in read and chance.random() < share:
            made = criterion()
            yield Rule(fact, made, made.label, Source(CONVENTION))
