"""Conditions on the place: the territory, by residence or by where the patient is."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.base import Finding, Moment, not_known
from osnp_console.domain.states import State, met_if
from osnp_console.domain.territory import Territory


def residence(call: Call) -> Commune | None:
    """The commune of residence, None when not known."""
    place = call.known.get(facts.RESIDENCE)
    return place if isinstance(place, Commune) else None


def present_place(call: Call) -> Commune | None:
    """The commune where the patient is now, at home or elsewhere; None when not known."""
    place = call.known.get(facts.PRESENT_PLACE)
    if place == AT_HOME:
        return residence(call)
    return place if isinstance(place, Commune) else None


def away_from_home(call: Call) -> Finding:
    """Whether the patient is in another commune than the residence."""
    place = call.known.get(facts.PRESENT_PLACE)
    if place is None:
        return not_known(facts.PRESENT_PLACE)
    if place == AT_HOME:
        return Finding(State.UNMET, "À son domicile", facts.PRESENT_PLACE)
    home = residence(call)
    if home is None or not isinstance(place, Commune):
        return not_known(facts.RESIDENCE)
    # A municipal arrondissement and its commune are one commune.
    away = (place.parent or place.code) != (home.parent or home.code)
    text = f"Hors de sa résidence, à {place.nom}" if away else "Dans sa commune de résidence"
    return Finding(met_if(away), text, facts.PRESENT_PLACE)


@dataclass(frozen=True, slots=True)
class InTerritory:
    """Lives in the territory; where `visitors` are taken, being there counts as well.

    Contract, "Territory": the operator's answer `territoire:<cpts>` settles only what no list and no
    département settles.
    """

    territory: Territory
    visitors: bool = False

    @property
    def answer(self) -> str:
        """Code of the fact by which the operator says whether the patient belongs."""
        return facts.TERRITORY_PREFIX + self.territory.cpts

    @property
    def facts(self) -> tuple[str, ...]:
        """Residence, present place where visitors are taken, and the operator's answer."""
        present = (facts.PRESENT_PLACE,) if self.visitors else ()
        return (facts.RESIDENCE, *present, self.answer)

    @property
    def label(self) -> str:
        """The condition."""
        return "Réside ou se trouve sur le territoire" if self.visitors else "Réside sur le territoire"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Met by a place that belongs; unmet when no place can; else the operator's answer."""
        at_home = self._of(facts.RESIDENCE, residence(call))
        if at_home.state is State.MET:
            return at_home
        if not self.visitors or call.known.get(facts.PRESENT_PLACE) == AT_HOME:
            return at_home if at_home.state is State.UNMET else self._by_answer(call, (at_home,))
        there = self._of(facts.PRESENT_PLACE, present_place(call))
        if there.state is State.MET:
            return there
        if at_home.state is State.UNMET and there.state is State.UNMET:
            return at_home
        return self._by_answer(call, (at_home, there))

    def _of(self, fact: str, commune: Commune | None) -> Finding:
        if commune is None:
            return not_known(fact)
        state = self.territory.holds(commune)
        name = f"{commune.nom} ({commune.code})"
        if state is State.UNKNOWN:
            return Finding(state, f"{name} : aucune source ne décrit le territoire de cette CPTS.", fact)
        return Finding(state, self._said(name, commune, state), fact)

    def _said(self, name: str, commune: Commune, state: State) -> str:
        if commune.departement not in self.territory.departements:
            covered = ", ".join(sorted(self.territory.departements))
            return f"{name} est d’un autre département que ceux couverts ({covered})."
        if self.territory.whole:
            return f"{name} est dans le département"
        return (
            f"{name} est dans la liste"
            if state is State.MET
            else f"Hors territoire : {name} n’est pas dans la liste."
        )

    def _by_answer(self, call: Call, found: tuple[Finding, ...]) -> Finding:
        answer = call.truth(self.answer)
        if answer is not None:
            text = "Établi par l’opérateur" if answer else "Hors territoire, établi par l’opérateur"
            return Finding(met_if(answer), text, self.answer)
        undecided = next((finding for finding in found if finding.state is State.UNKNOWN), found[0])
        if any(finding.state is State.UNKNOWN and not finding.missing for finding in found):
            # A place inside the département of a territory nobody lists: only the operator can tell.
            return Finding(State.UNKNOWN, undecided.text, undecided.fact, (self.answer,))
        missing = tuple(fact for finding in found for fact in finding.missing)
        return Finding(State.UNKNOWN, undecided.text, undecided.fact, missing)
