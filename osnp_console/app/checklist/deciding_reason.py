"""Why a dispositif is refused, in a few words: of several obstacles, the hardest to lift."""

from __future__ import annotations

from typing import NamedTuple

from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Node, Row
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.desk import MayRefer
from osnp_console.domain.criteria.need import NoVitalEmergency, OfferServed
from osnp_console.domain.criteria.place import InTerritory, residence
from osnp_console.domain.dispositif import Rule
from osnp_console.domain.facts import TERRITORY_PREFIX
from osnp_console.domain.states import State

# The hardest obstacle first. A row that is refused for something softer only is nearer to being taken.
_EMERGENCY, _DEPARTEMENT, _TERRITORY, _OFFER, _DESK, _STATED = range(6)


class Reason(NamedTuple):
    """The deciding reason: how hard it is (0 the hardest) and its short words."""

    hardness: int
    words: str


class Reasons:
    """The deciding reasons of a call's rows: what several rows share is worked out once."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._home = residence(call)
        self._hardness: dict[int, int] = {}
        self._said: dict[tuple[int, str], Reason] = {}

    def of(self, row: Row) -> Reason:
        """The hardest of the row's unmet criteria; the first written of equally hard ones."""
        hardest, decides = _STATED + 1, -1
        for place, node in enumerate(row.nodes):
            if node.finding.state is State.UNMET:
                hardness = self._hardness.get(id(node))
                if hardness is None:
                    hardness = self._hardness[id(node)] = self._hard(node.criterion)
                if hardness < hardest:
                    hardest, decides = hardness, place
        if decides < 0:
            return Reason(_STATED, "")
        rule, node = row.rules[decides], row.nodes[decides]
        key = (id(node), rule.refusal or rule.label)
        reason = self._said.get(key)
        if reason is None:
            reason = self._said[key] = Reason(hardest, _words(hardest, rule, node, self._call))
        return reason

    def _hard(self, criterion: Criterion) -> int:
        if isinstance(criterion, InTerritory):
            home = self._home
            elsewhere = home is not None and home.departement not in criterion.territory.departements
            return _DEPARTEMENT if elsewhere else _TERRITORY
        if isinstance(criterion, OfferServed):
            return _OFFER
        if isinstance(criterion, MayRefer):
            return _DESK
        return _EMERGENCY if isinstance(criterion, NoVitalEmergency) else _STATED


def _words(hardness: int, rule: Rule, node: Node, call: Call) -> str:
    if hardness == _EMERGENCY:
        return "Urgence vitale"
    if hardness == _DEPARTEMENT:
        return "Autre département"
    if hardness == _OFFER:
        return "Autre offre"
    if hardness == _DESK:
        return "Pas ouvert à ce poste"
    said = rule.said(node.finding)
    if hardness == _TERRITORY and rule.refusal is None:
        home = residence(call)
        by_operator = (node.finding.fact or "").startswith(TERRITORY_PREFIX)
        if by_operator or home is None:
            return "Hors territoire, dit à ce poste"
        return f"Hors territoire\u202f: {home.nom}"
    return (said or rule.label).rstrip(".")
