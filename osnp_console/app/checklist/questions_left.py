"""What a row still waits for: the questions a caller can answer, and what nobody on the line can tell."""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.domain import facts
from osnp_console.domain.checklist import Node, Row
from osnp_console.domain.facts import TERRITORY_PREFIX, AnsweredBy, Fact
from osnp_console.domain.states import State

_SHORT = {
    facts.RESIDENCE: "Commune",
    facts.PRESENT_PLACE: "Lieu actuel",
    facts.REASON: "Motif",
    facts.REGULAR_DOCTOR: "Médecin traitant",
    facts.DELAY: "Délai",
    facts.BIRTH: "Âge",
    facts.AGE: "Âge",
    facts.SEX: "Sexe",
    facts.PREGNANT: "Enceinte",
    facts.TECHNICAL_PLATFORM: "Plateau technique",
    facts.PRESCRIPTION: "Ordonnance",
    facts.ONSET: "Début",
    facts.USUAL_PRACTITIONER: "Praticien habituel",
    facts.USUAL_CONTACTED: "Praticien appelé",
    facts.CAN_TRAVEL: "Déplacement",
}


def question_of(node: Node, defined: Mapping[str, Fact]) -> str | None:
    """The first fact to ask for a criterion that is not known; None when nobody on the line can tell."""
    if node.finding.state is not State.UNKNOWN:
        return None
    return next((fact for fact in node.finding.missing if _can_be_asked(fact, defined)), None)


def questions_of(row: Row, defined: Mapping[str, Fact]) -> tuple[str, ...]:
    """The facts still to ask for a row, each once."""
    asked = (question_of(node, defined) for node in row.nodes if node.finding.state is State.UNKNOWN)
    return tuple(dict.fromkeys(fact for fact in asked if fact is not None))


def only_territory(row: Row) -> str | None:
    """The CPTS whose territory nobody lists, when that alone keeps the row from a verdict; else None."""
    if row.unmet or not row.unknown:
        return None
    found: str | None = None
    for node in row.nodes:
        if node.finding.state is State.UNKNOWN:
            missing = node.finding.missing
            if len(missing) != 1 or not missing[0].startswith(TERRITORY_PREFIX):
                return None
            if found is not None and found != missing[0]:
                return None
            found = missing[0]
    return found.removeprefix(TERRITORY_PREFIX) if found is not None else None


def short_question(fact: str, row: Row) -> str:
    """`Médecin traitant ?`: a fact in a row's second line, else the criterion's own label."""
    if fact.startswith(TERRITORY_PREFIX):
        words = "Territoire"
    elif fact in _SHORT:
        words = _SHORT[fact]
    else:
        pairs = zip(row.rules, row.nodes, strict=True)
        words = next((rule.label for rule, node in pairs if fact in node.finding.missing), fact)
    return f"{words}\u202f?"


def _can_be_asked(code: str, defined: Mapping[str, Fact]) -> bool:
    if code.startswith(TERRITORY_PREFIX):
        return True
    fact = facts.BUILT_IN.get(code) or defined.get(code)
    return fact is not None and fact.answered_by is AnsweredBy.CALLER
