"""How many questions can be expected to remain after each that could be asked now.

One step ahead: a fact is tried with answers standing for its classes. After each, the other facts are
imagined asked in the order of how much they refuse, and a fact counts by the chance that some dispositif
that needs it is still open when its turn comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.checklist import Checklist, Node
from osnp_console.domain.criteria.base import Finding
from osnp_console.domain.likely_answers import likely_answers
from osnp_console.domain.states import State

Situation = tuple[Node, ...]

# Looking ahead after the three that refuse most loses nothing measurable, and costs a third.
LOOKED_AHEAD = 3
# An answer to these ("has one, not known whether available") may leave the same fact to be asked again.
ASKED_AGAIN = frozenset({facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a class of answers finds: its weight, and the findings it changes, by node."""

    weight: float
    changed: Mapping[int, Finding]


def missing(situation: Situation) -> frozenset[str]:
    """The facts that could still settle a situation's criteria."""
    return frozenset(fact for node in situation for fact in node.finding.missing)


def cheapest(candidates: Sequence[str], situations: Counter[Situation], checklist: Checklist) -> str:
    """The candidate after which the fewest questions are expected; the earlier one where they are equal."""
    if len(candidates) == 1:
        return candidates[0]
    weighing = _Weighing(candidates, situations, checklist)
    return min(
        weighing.by_power[:LOOKED_AHEAD], key=lambda fact: (*weighing.cost(fact), candidates.index(fact))
    )


class _Weighing:
    """The candidates' outcomes, and the chance that each situation survives each of them."""

    def __init__(
        self, candidates: Sequence[str], situations: Counter[Situation], checklist: Checklist
    ) -> None:
        self._counts = list(situations.items())
        self._candidates = frozenset(candidates)
        readers: dict[str, list[Node]] = defaultdict(list)
        for node in {id(node): node for situation in situations for node in situation}.values():
            for fact in node.criterion.facts:
                readers[fact].append(node)
        self._outcomes = {fact: _outcomes(fact, readers[fact], checklist) for fact in candidates}
        self._survives = {
            fact: [self._survival(fact, situation) for situation, _ in self._counts] for fact in candidates
        }
        self.by_power = sorted(candidates, key=lambda fact: (-self._power(fact), candidates.index(fact)))

    def _survival(self, fact: str, situation: Situation) -> float:
        """The weight of the answers that leave a situation open."""
        reading = [id(node) for node in situation if fact in node.criterion.facts]
        if not reading:
            return 1.0
        return sum(
            outcome.weight
            for outcome in self._outcomes[fact]
            if all(outcome.changed[node].state is not State.UNMET for node in reading)
        )

    def _power(self, fact: str) -> float:
        """How many dispositifs the fact is expected to refuse."""
        pairs = zip(self._counts, self._survives[fact], strict=True)
        return sum(count * (1 - chance) for (_, count), chance in pairs)

    def cost(self, fact: str) -> tuple[float, float]:
        """Questions expected to remain after `fact`, then (negative) the dispositifs it settles."""
        remaining = settled = 0.0
        for outcome in self._outcomes[fact]:
            needs: list[tuple[int, frozenset[str]]] = []
            for place, (situation, count) in enumerate(self._counts):
                needed = self._needed(fact, situation, outcome)
                if needed:
                    needs.append((place, needed))
                else:
                    settled += outcome.weight * count
            remaining += outcome.weight * self._expected(needs)
        return round(remaining, 9), -settled

    def _needed(self, fact: str, situation: Situation, outcome: Outcome) -> frozenset[str]:
        """What would still have to be asked for a situation after an answer; nothing once it is settled."""
        findings = [outcome.changed.get(id(node), node.finding) for node in situation]
        if any(finding.state is State.UNMET for finding in findings):
            return frozenset()
        needed = frozenset(code for finding in findings for code in finding.missing) & self._candidates
        return needed if fact in ASKED_AGAIN else needed - {fact}

    def _expected(self, needs: list[tuple[int, frozenset[str]]]) -> float:
        """Facts expected to be asked: each by the chance that a situation needing it survives till then."""
        unneeded: dict[str, float] = {}
        for place, needed in needs:
            alive = 1.0
            for fact in self.by_power:
                if fact in needed:
                    unneeded[fact] = unneeded.get(fact, 1.0) * (1 - alive)
                    alive *= self._survives[fact][place]
        return sum(1 - chance for chance in unneeded.values())


def _outcomes(fact: str, nodes: Sequence[Node], checklist: Checklist) -> list[Outcome]:
    """What each likely answer finds; answers that find the same are one outcome."""
    merged: dict[tuple[tuple[State, tuple[str, ...]], ...], tuple[float, Mapping[int, Finding]]] = {}
    for value, weight in likely_answers(fact, nodes, checklist):
        call = checklist.call.with_fact(fact, value)
        changed = {id(node): node.criterion.judge(call, checklist.moment) for node in nodes}
        key = tuple((finding.state, finding.missing) for finding in changed.values())
        known, _ = merged.get(key, (0.0, changed))
        merged[key] = (known + weight, changed)
    return [Outcome(weight, changed) for weight, changed in merged.values()]
