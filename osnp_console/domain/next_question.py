"""Which fact to ask next: the one after which the fewest questions can be expected to remain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Node
from osnp_console.domain.criteria.answers import AnyOf
from osnp_console.domain.criteria.base import Finding
from osnp_console.domain.criteria.usual_care import DECLARED
from osnp_console.domain.expected_questions import Situation, cheapest, missing
from osnp_console.domain.facts import AnsweredBy, Fact, territory_fact
from osnp_console.domain.states import State

FOLLOW_UPS = {
    facts.REGULAR_DOCTOR: "Son médecin traitant peut-il le voir à temps ?",
    facts.USUAL_PRACTITIONER: "Son praticien habituel est-il disponible ?",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask, how to ask it, and for how many dispositifs it can decide."""

    fact: str
    text: str
    decides_for: int


def next_question(checklist: Checklist, defined: Mapping[str, Fact]) -> Question | None:
    """The question to ask next, None once no answer of a caller would change a verdict.

    `defined` are the facts the catalogue defines. A fact already asked without an answer (`call.asked`)
    comes last of all, a territory that nobody lists comes after every other (contract, "Territory").
    """
    situations = open_situations(checklist, defined)
    askable = {fact for situation in situations for fact in missing(situation) if _can_ask(fact, defined)}
    if not askable:
        return None
    first = min(_patience(fact, checklist.call) for fact in askable)
    candidates = {fact for fact in askable if _patience(fact, checklist.call) == first}
    ranks = {code: rank for rank, code in enumerate((*facts.BUILT_IN, *sorted(defined)))}
    ordered = sorted(candidates, key=lambda fact: (ranks.get(fact, len(ranks)), fact))
    # Where the patient lives settles the territory of every dispositif: nothing else is worth weighing.
    best = facts.RESIDENCE if facts.RESIDENCE in candidates else cheapest(ordered, situations, checklist)
    decides = sum(count for situation, count in situations.items() if best in missing(situation))
    return Question(best, phrase_of(best, checklist.call, defined), decides)


def open_situations(checklist: Checklist, defined: Mapping[str, Fact]) -> Counter[Situation]:
    """The rows still to check that a caller's answers can settle, counted by the criteria they hang on."""
    found: Counter[Situation] = Counter(
        tuple([node for node in row.nodes if node.finding.state is State.UNKNOWN])
        for row in checklist.rows
        if row.unknown and not row.unmet
    )
    nodes = {id(node): node for situation in found for node in situation}
    ways = {name: _ways_out(node, checklist, defined) for name, node in nodes.items()}
    # Refused as soon as one can be unmet; eligible only if each of them can be met.
    for situation in list(found):
        if not any(ways[id(node)].refused for node in situation) and not all(
            ways[id(node)].met for node in situation
        ):
            del found[situation]
    return found


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Whether a caller's answers can make a criterion that is not known met, or unmet."""

    met: bool
    refused: bool


_NO_WAY = WaysOut(met=False, refused=False)


def _ways_out(node: Node, checklist: Checklist, defined: Mapping[str, Fact]) -> WaysOut:
    finding = node.finding
    if finding.state is not State.UNKNOWN:
        return _NO_WAY
    parts: tuple[Finding, ...] = (finding,)
    if isinstance(node.criterion, AnyOf):
        alternatives = node.criterion.findings(checklist.call, checklist.moment)
        parts = tuple(part for part in alternatives if part.state is State.UNKNOWN)
    answerable = [any(_can_ask(fact, defined) for fact in part.missing) for part in parts]
    return WaysOut(met=any(answerable), refused=all(answerable))


def _can_ask(code: str, defined: Mapping[str, Fact]) -> bool:
    if code.startswith(facts.TERRITORY_PREFIX):
        return True
    fact = facts.BUILT_IN.get(code) or defined.get(code)
    return fact is not None and fact.answered_by is AnsweredBy.CALLER


def _patience(code: str, call: Call) -> int:
    """0 for an ordinary question, 1 for a territory nobody lists, 2 for what was asked in vain."""
    if code in call.asked:
        return 2
    return 1 if code.startswith(facts.TERRITORY_PREFIX) else 0


def phrase_of(code: str, call: Call, defined: Mapping[str, Fact]) -> str:
    """How a fact is asked for; raises KeyError for one that nobody defines."""
    if code.startswith(facts.TERRITORY_PREFIX):
        return territory_fact(code.removeprefix(facts.TERRITORY_PREFIX)).question
    if code in FOLLOW_UPS and call.text(code) == DECLARED:
        return FOLLOW_UPS[code]
    return (facts.BUILT_IN.get(code) or defined[code]).question
