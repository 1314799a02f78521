"""Plays a complete call against an order of questions, and finds the best order there can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Node, Row
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.facts import AnsweredBy, Fact
from osnp_console.domain.next_question import next_question, open_situations
from osnp_console.domain.states import State, Verdict
from tests.benchmarks.generated_calls import CompleteCall
from tests.benchmarks.opened import INSTANT, built_in

Defined = Mapping[str, Fact]
Order = Callable[[Checklist, Defined], str | None]

_NEED = (
    facts.RESIDENCE, facts.PRESENT_PLACE, facts.REASON, facts.DELAY, facts.TECHNICAL_PLATFORM,
    facts.PRESCRIPTION, facts.ONSET, facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER, facts.USUAL_CONTACTED,
    facts.CAN_TRAVEL,
)  # fmt: skip
_PERSON = (facts.BIRTH, facts.SEX, facts.PREGNANT)
# interface.md §3: birth, sex and pregnancy stand before the commune; the second order is kinder to the form.
FORM = (*_PERSON, *_NEED)
FORM_PERSON_LAST = (*_NEED, *_PERSON)


_DESK = (facts.ROLE, facts.SAS, facts.OFFER)


def is_territory(fact: str) -> bool:
    return fact.startswith(facts.TERRITORY_PREFIX)


def askable(fact: str, defined: Defined) -> bool:
    """Whether it is for the caller to say (contract: also whether he belongs to a territory)."""
    known = facts.BUILT_IN.get(fact) or defined.get(fact)
    return is_territory(fact) or (known is not None and known.answered_by is AnsweredBy.CALLER)


def open_nodes(row: Row) -> list[Node]:
    return [node for node in row.nodes if node.finding.state is State.UNKNOWN]


def open_rows(checklist: Checklist) -> list[Row]:
    """Those still to check that a caller's answers can settle: next_question's own notion, not ours."""
    settleable = open_situations(checklist, built_in().facts)
    rows = (row for row in checklist.rows if row.verdict is Verdict.TO_CHECK)
    return [row for row in rows if tuple(open_nodes(row)) in settleable]


def missing(checklist: Checklist, defined: Defined) -> set[str]:
    """What a row still to check lacks and a caller can tell."""
    lacking = {f for row in open_rows(checklist) for node in open_nodes(row) for f in node.finding.missing}
    return {fact for fact in lacking if askable(fact, defined)}


def by_next_question(checklist: Checklist, defined: Defined) -> str | None:
    question = next_question(checklist, defined)
    return question.fact if question is not None else None


def in_order(order: Sequence[str]) -> Order:
    """The first missing field of the form, further answers after, territories nobody lists last."""
    rank = {fact: place for place, fact in enumerate(order)}

    def choose(checklist: Checklist, defined: Defined) -> str | None:
        found = missing(checklist, defined)
        return min(found, key=lambda f: (is_territory(f), rank.get(f, len(rank)), f), default=None)

    return choose


@dataclass(slots=True)
class Remembered:
    """An order of questions that is worked out once for each situation it can tell apart."""

    order: Order
    places: tuple[InTerritory, ...]
    chosen: dict[object, str | None] = field(default_factory=dict)
    asked: int = 0

    @classmethod
    def of(cls, order: Order, rows: Iterable[Dispositif]) -> Remembered:
        criteria = (rule.criterion for row in rows for rule in row.rules)
        return cls(order, tuple(dict.fromkeys(one for one in criteria if isinstance(one, InTerritory))))

    def __call__(self, checklist: Checklist, defined: Defined) -> str | None:
        start = frozenset(item for item in checklist.call.known.items() if item[0] in _DESK)
        key = (start, situation(checklist, self.places))
        self.asked += 1
        if key not in self.chosen:
            self.chosen[key] = self.order(checklist, defined)
        return self.chosen[key]


def situation(checklist: Checklist, places: tuple[InTerritory, ...]) -> object:
    """All that a choice can depend on: the open criteria of each open row, and the known facts they read."""
    number = {id(node): place for place, node in enumerate(checklist.nodes)}
    still = [open_nodes(row) for row in open_rows(checklist)]
    rows = Counter(tuple(number[id(node)] for node in nodes) for nodes in still)
    read = {fact for nodes in still for node in nodes for fact in node.criterion.facts}
    known = checklist.call.known
    values = frozenset(
        (fact, _class_of(known[fact], places) if isinstance(known[fact], Commune) else known[fact])
        for fact in read & known.keys()
    )
    return frozenset(rows.items()), values, known.get(facts.RESIDENCE) == known.get(facts.PRESENT_PLACE)


@cache
def _class_of(commune: Commune, places: tuple[InTerritory, ...]) -> tuple[State, ...]:
    return tuple(place.territory.holds(commune) for place in places)


def played(
    rows: Sequence[Dispositif], complete: CompleteCall, order: Order, defined: Defined
) -> tuple[int, int]:
    """Questions until nothing is open: ordinary ones, and territories that nobody lists."""
    checklist = Checklist(rows, complete.start, INSTANT)
    ordinary = territories = 0
    while (fact := order(checklist, defined)) is not None:
        ordinary += not is_territory(fact)
        territories += is_territory(fact)
        checklist.learn(fact, complete.answers[fact])
    return ordinary, territories


Atom = tuple[Mapping[str, object], float]


@dataclass(slots=True)
class Expectation:
    """Expected number of questions over a finite distribution of answers, by dynamic programming.

    A state is what is known; `atoms` are the complete sets of answers, with their probabilities.
    """

    rows: Sequence[Dispositif]
    start: Call
    defined: Defined
    territories_last: bool = True
    territories_count: bool = True
    _best: dict[frozenset[tuple[str, object]], float] = field(default_factory=dict)

    def of_best(self, atoms: Sequence[Atom], known: Mapping[str, object] | None = None) -> float:
        """With the best question at every step."""
        known = known or {}
        key = frozenset(known.items())
        if key not in self._best:
            choices = [fact for fact in self._choices(self._checklist(known)) if fact in atoms[0][0]]
            self._best[key] = min(
                (self._after(fact, atoms, known, self.of_best) for fact in choices), default=0.0
            )
        return self._best[key]

    def of_order(self, order: Order, atoms: Sequence[Atom]) -> float:
        """With the question that `order` chooses."""

        def expected(atoms: Sequence[Atom], known: Mapping[str, object]) -> float:
            fact = order(self._checklist(known), self.defined)
            return 0.0 if fact is None else self._after(fact, atoms, known, expected)

        return expected(atoms, {})

    def _checklist(self, known: Mapping[str, object]) -> Checklist:
        return Checklist(self.rows, Call({**self.start.known, **known}), INSTANT)

    def _choices(self, checklist: Checklist) -> Iterable[str]:
        """Anything an open criterion reads; territories nobody lists only when nothing else is missing."""
        lacking = missing(checklist, self.defined)
        if not lacking:
            return ()
        if self.territories_last and all(is_territory(fact) for fact in lacking):
            return lacking
        read = {f for row in open_rows(checklist) for node in open_nodes(row) for f in node.criterion.facts}
        found = {f for f in read if askable(f, self.defined) and f not in checklist.call.known}
        found.discard(facts.AGE)  # the birth date says more
        # A territory that a list settles is read too, but its answer would change nothing: no atom holds it.
        return [fact for fact in found if not (self.territories_last and is_territory(fact))]

    def _after(
        self,
        fact: str,
        atoms: Sequence[Atom],
        known: Mapping[str, object],
        then: Callable[[Sequence[Atom], Mapping[str, object]], float],
    ) -> float:
        parts: dict[object, list[Atom]] = {}
        for atom in atoms:
            parts.setdefault(atom[0][fact], []).append(atom)
        total = sum(weight for _, weight in atoms)
        cost = 1 if self.territories_count or not is_territory(fact) else 0
        return cost + sum(
            sum(weight for _, weight in part) / total * then(part, {**known, fact: value})
            for value, part in parts.items()
        )
