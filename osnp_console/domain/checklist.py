"""The checklist of a call: every dispositif's verdict, kept up to date fact by fact.

Equal criteria of several dispositifs are judged once; a fact that changes re-judges only the criteria
that read it, and a row is settled again only when one of its criteria's state changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Criterion, Finding, Moment
from osnp_console.domain.dispositif import Dispositif, Rule
from osnp_console.domain.states import State, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One rule and what it finds."""

    rule: Rule
    finding: Finding

    @property
    def text(self) -> str | None:
        """The sentence to show beside the rule."""
        return self.rule.said(self.finding)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A dispositif's verdict and the lines it rests on; `why_closed` when nothing is in service."""

    dispositif: Dispositif
    verdict: Verdict
    lines: tuple[Line, ...] = ()
    why_closed: str | None = None


@dataclass(slots=True, eq=False)
class Node:
    """One criterion, its finding, and the rows that hang on it."""

    criterion: Criterion
    finding: Finding
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Row:
    """A dispositif in service, its nodes, and how many of them are unmet and unknown."""

    dispositif: Dispositif
    rules: tuple[Rule, ...]
    nodes: list[Node] = field(default_factory=list)
    unmet: int = 0
    unknown: int = 0

    @property
    def verdict(self) -> Verdict:
        """Precedence of the contract: one unmet refuses, else one unknown leaves it to check."""
        if self.unmet:
            return Verdict.NOT_ELIGIBLE
        return Verdict.TO_CHECK if self.unknown else Verdict.ELIGIBLE

    def count(self, state: State, by: int) -> None:
        """Add `by` criteria in `state`."""
        if state is State.UNMET:
            self.unmet += by
        elif state is State.UNKNOWN:
            self.unknown += by

    def judgement(self) -> Judgement:
        """The row as it stands."""
        pairs = zip(self.rules, self.nodes, strict=True)
        lines = tuple(Line(rule, node.finding) for rule, node in pairs)
        return Judgement(self.dispositif, self.verdict, lines)


class Checklist:
    """All dispositifs judged for one call at one instant.

    `rows` are those in service on that day; the others never change with the call.
    """

    def __init__(self, dispositifs: Iterable[Dispositif], call: Call, instant: datetime) -> None:
        self.call = call
        self.moment = Moment.at(instant)
        self.dispositifs: Sequence[Dispositif] = tuple(dispositifs)
        self.rows: list[Row] = []
        self._row_of: dict[str, Row] = {}
        self._nodes: dict[Criterion, Node] = {}
        self._reading: dict[str, list[Node]] = defaultdict(list)
        for dispositif in self.dispositifs:
            if dispositif.out_of_service(self.moment.day) is None:
                self._add(dispositif)

    def _add(self, dispositif: Dispositif) -> None:
        row = Row(dispositif, dispositif.rules_in_force(self.moment.day))
        for rule in row.rules:
            node = self._node(rule.criterion)
            node.rows.append(row)
            row.nodes.append(node)
            row.count(node.finding.state, 1)
        self.rows.append(row)
        self._row_of[dispositif.id] = row

    def _node(self, criterion: Criterion) -> Node:
        node = self._nodes.get(criterion)
        if node is None:
            node = self._nodes[criterion] = Node(criterion, criterion.judge(self.call, self.moment))
            for fact in dict.fromkeys(criterion.facts):
                self._reading[fact].append(node)
        return node

    @property
    def nodes(self) -> Iterable[Node]:
        """Every distinct criterion and what it finds."""
        return self._nodes.values()

    def nodes_reading(self, fact: str) -> Sequence[Node]:
        """The criteria that read a fact."""
        return self._reading.get(fact, ())

    def learn(self, code: str, value: object | None) -> tuple[str, ...]:
        """Take in one fact (None: no longer known); returns the ids whose verdict changed."""
        self.call = self.call.with_fact(code, value)
        touched: dict[str, tuple[Row, Verdict]] = {}
        for node in self._reading.get(code, ()):
            before = node.finding.state
            node.finding = node.criterion.judge(self.call, self.moment)
            after = node.finding.state
            if after is before:
                continue
            for row in node.rows:
                touched.setdefault(row.dispositif.id, (row, row.verdict))
                row.count(before, -1)
                row.count(after, 1)
        return tuple(name for name, (row, verdict) in touched.items() if row.verdict is not verdict)

    def judgement(self, dispositif: Dispositif) -> Judgement:
        """One dispositif's verdict with its lines; out of service beats everything (contract)."""
        row = self._row_of.get(dispositif.id)
        if row is not None:
            return row.judgement()
        why = dispositif.out_of_service(self.moment.day)
        return Judgement(dispositif, Verdict.OUT_OF_SERVICE, (), why)

    def judgements(self) -> tuple[Judgement, ...]:
        """Every dispositif's verdict, in the catalogue's order."""
        return tuple(self.judgement(dispositif) for dispositif in self.dispositifs)
