"""Conditions on a further question, on another dispositif, and combinations of conditions."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Criterion, Finding, Moment, not_known
from osnp_console.domain.states import State, met_if

GENERAL_SLOTS_GONE = "creneaux_mg_epuises"


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """A further question that the catalogue defines got the answer `expected`."""

    code: str
    expected: bool
    question: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The further fact."""
        return (self.code,)

    @property
    def label(self) -> str:
        """The question itself."""
        return self.question

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while the question has no answer."""
        answer = call.truth(self.code)
        if answer is None:
            return not_known(self.code)
        return Finding(met_if(answer is self.expected), "Oui" if answer else "Non", self.code)


@dataclass(frozen=True, slots=True)
class OthersExhausted:
    """Comes in only when `others` have no slot left, as their agendas say (never asked of the caller)."""

    others: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Whether general medicine's slots are gone (contract, `reponses`)."""
        return (GENERAL_SLOTS_GONE,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Plus de créneau de médecine générale"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Known only once every agenda of the others has answered."""
        gone = call.truth(GENERAL_SLOTS_GONE)
        if gone is None:
            return not_known(GENERAL_SLOTS_GONE, "Les agendas de médecine générale n’ont pas tous répondu")
        text = "Tous les agendas ont répondu : rien" if gone else "Il reste des créneaux de médecine générale"
        return Finding(met_if(gone), text, GENERAL_SLOTS_GONE)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions holds."""

    among: tuple[Criterion, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts of the conditions, each once."""
        return tuple(dict.fromkeys(fact for criterion in self.among for fact in criterion.facts))

    @property
    def label(self) -> str:
        """The conditions, joined."""
        return " ou ".join(criterion.label for criterion in self.among)

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Met by one; unmet when all are; else unknown, and what any of them lacks could settle it."""
        found = self.findings(call, moment)
        for finding in found:
            if finding.state is State.MET:
                return finding
        unknown = [finding for finding in found if finding.state is State.UNKNOWN]
        if not unknown:
            return Finding(State.UNMET, found[0].text, found[0].fact)
        missing = tuple(dict.fromkeys(fact for finding in unknown for fact in finding.missing))
        return Finding(State.UNKNOWN, unknown[0].text, unknown[0].fact, missing)

    def findings(self, call: Call, moment: Moment) -> list[Finding]:
        """What each condition finds as an alternative.

        One that is for some reasons only is no alternative before the reason is known: for another
        reason it would not count.
        """
        found = []
        for criterion in self.among:
            finding = criterion.judge(call, moment)
            if isinstance(criterion, OnlyForReasons) and call.text(facts.REASON) is None:
                finding = not_known(facts.REASON, "Dépend du motif")
            found.append(finding)
        return found


@dataclass(frozen=True, slots=True)
class OnlyForReasons:
    """A condition that applies to some reasons only; for the others it does not count."""

    reasons: frozenset[str]
    condition: Criterion

    @property
    def facts(self) -> tuple[str, ...]:
        """The reason, and the condition's facts."""
        return tuple(dict.fromkeys((facts.REASON, *self.condition.facts)))

    @property
    def label(self) -> str:
        """The condition's own."""
        return self.condition.label

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Without a reason: met only if the condition holds anyway, else unknown."""
        reason = call.text(facts.REASON)
        if reason is not None and reason not in self.reasons:
            return Finding(State.NOT_APPLICABLE, "Sans objet pour ce motif", facts.REASON)
        found = self.condition.judge(call, moment)
        if reason is not None or found.state in (State.MET, State.NOT_APPLICABLE):
            return found
        return Finding(State.UNKNOWN, "Dépend du motif", facts.REASON, (facts.REASON, *found.missing))
