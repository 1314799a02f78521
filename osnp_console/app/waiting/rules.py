"""What a waiting list’s source says of it, a rule a line: who registers, where, how long, who first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osnp_console.app.checklist.dispositif_words import role_names
from osnp_console.app.checklist.sheet_lines import NOT_SAID, french_spaces
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.roles import also_counts_as
from osnp_console.domain.sources import Source
from osnp_console.domain.states import State
from osnp_console.domain.waiting_list import WaitingList

WHO = "qui"
MAY = "Ce poste peut inscrire."
MAY_NOT = "Ce poste n’inscrit pas."
BY_THEMSELVES = "Ce poste n’inscrit pas\u202f: le patient s’inscrit lui-même."
NOBODY_SAYS = "Aucune source ne dit si ce poste inscrit."
NO_ROLE = "Le rôle de ce poste n’est pas réglé\u202f: on ne sait pas s’il inscrit."
UNDER_CONDITION = "Ce poste inscrit sous une condition, pas encore établie."
KEPT_HERE = "Liste tenue dans la console."
_PATIENT = frozenset({"patient"})
_CONFIRMED = {"mail": "par courriel", "sms": "par SMS", "telephone": "par téléphone"}


@dataclass(frozen=True, slots=True)
class ListRule:
    """One rule: `key` tells it from the others of the list, `note` is what it means for this desk.

    `state` is whether this desk may register, on the rule that says who does; `fact` what decides of it.
    """

    key: str
    label: str
    text: str
    source: Source
    note: str = ""
    state: State | None = None
    fact: str = ""


def list_rules(
    rules: WaitingList, may: State | None = None, call: Call | None = None
) -> tuple[ListRule, ...]:
    """All that the source says; `may` is whether the desk of a call may register, None away from a call.

    What the source does not say of who registers, where and for how long is written as not said.
    """
    return tuple(_rules(rules, may, call))


def may_words(rules: WaitingList, may: State, call: Call | None = None) -> str:
    """Whether this desk may register, as a sentence."""
    if may is State.MET:
        return MAY
    if may is State.UNMET:
        return BY_THEMSELVES if rules.registered_by == _PATIENT else MAY_NOT
    if not rules.registered_by:
        return NOBODY_SAYS
    if condition_of(rules, call):
        return UNDER_CONDITION
    return NO_ROLE


def condition_of(rules: WaitingList, call: Call | None) -> str:
    """The further fact on which it hangs whether the desk registers; empty without one."""
    role = call.text(facts.ROLE) if call is not None else None
    titles = also_counts_as(role) if role is not None else ()
    return next((fact for title, fact in rules.conditional if title in titles), "")


def _rules(rules: WaitingList, may: State | None, call: Call | None) -> Iterator[ListRule]:
    source = rules.source
    note = may_words(rules, may, call) if may is not None else ""
    yield ListRule(WHO, "Qui inscrit", _who(rules), source, note, may, condition_of(rules, call))
    if rules.where is not None:
        yield ListRule("ou", "Où", french_spaces(rules.where.text), rules.where.source)
    else:
        yield ListRule("ou", "Où", KEPT_HERE if rules.kept_here else NOT_SAID, source)
    for number, one in enumerate(rules.criteria):
        yield ListRule(f"critere:{number}", "Critère", french_spaces(one.text), one.source)
    yield ListRule("duree", "Durée", f"{rules.months} mois au plus" if rules.months else NOT_SAID, source)
    sessions = _sessions(rules)
    if sessions:
        yield ListRule("seances", "Séances", sessions, source)
    if rules.priorities:
        yield ListRule("priorites", "Priorités", " · ".join(rules.priorities), source)
    if rules.confirmation:
        confirmed = _CONFIRMED.get(rules.confirmation, french_spaces(rules.confirmation))
        yield ListRule("confirmation", "Confirmation", confirmed, source)


def _who(rules: WaitingList) -> str:
    """`médecin, télésecrétariat (sous condition)`."""
    if not rules.registered_by:
        return NOT_SAID
    held = {title for title, _ in rules.conditional}
    names = (
        f"{role_names((role,))} (sous condition)" if role in held else role_names((role,))
        for role in sorted(rules.registered_by)
    )
    return ", ".join(names)


def _sessions(rules: WaitingList) -> str:
    """`3 au plus, 2 par semaine au plus`; empty where the source says nothing."""
    parts = (
        f"{rules.sessions_at_most} au plus" if rules.sessions_at_most else "",
        f"{rules.sessions_a_week_at_most} par semaine au plus" if rules.sessions_a_week_at_most else "",
    )
    return ", ".join(part for part in parts if part)
