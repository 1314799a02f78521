"""Judges a call against the catalogue: verdicts, ways in, next question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.waiting.rules import ListRule, list_rules
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Reception, ways_in
from osnp_console.domain.call import Call
from osnp_console.domain.call_reading import CallRefused, read_call
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Checklist, Judgement
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.hours import Opening
from osnp_console.domain.next_question import Question, next_question
from osnp_console.domain.states import Verdict

VITAL_EMERGENCY = "Urgence vitale : rendre l’appel à l’ARM ou au médecin régulateur, maintenant."


@dataclass(frozen=True, slots=True)
class WayIn:
    """A way in (None where the source gives none for this role) and whether it answers now."""

    access: Access | None
    opening: Opening


@dataclass(frozen=True, slots=True)
class Answer:
    """A dispositif's judgement; ways in and reception are None when nothing is in service.

    `waiting` is what the source says of the dispositif's waiting list, and whether this desk may register.
    """

    judgement: Judgement
    access: WayIn | None
    others: tuple[WayIn, ...]
    reception: tuple[Reception, Opening] | None
    waiting: tuple[ListRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the catalogue answers to a call at an instant; `alert` is a sentence, or None."""

    instant: datetime
    alert: str | None
    answers: tuple[Answer, ...]
    question: Question | None


class CheckEligibility:
    """The use case, over one catalogue and one gazetteer."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        self.catalogue = catalogue
        self.words = catalogue.vocabulary(gazetteer.living)

    def read(self, document: object) -> Call:
        """A call document as facts; raises Refusal with the field that is wrong."""
        try:
            return read_call(document, self.words)
        except CallRefused as error:
            raise Refusal(error.code, error.message, error.field) from error

    def judge(self, call: Call, instant: datetime, only: Iterable[str] = ()) -> Eligibility:
        """Every dispositif's answer (or of the ids `only`).

        Raises Refusal for an unknown id, and for a birth that is still to come at that instant.
        """
        moment = in_paris(instant)
        born = call.date(facts.BIRTH)
        if born is not None and born.first > moment.date():
            raise Refusal("valeur_invalide", "Cette date est dans l’avenir.", facts.BIRTH)
        wanted = tuple(only)
        known = {dispositif.id for dispositif in self.catalogue.dispositifs}
        for name in wanted:
            if name not in known:
                raise Refusal(
                    "dispositif_inconnu", f"Aucun dispositif ne s’appelle « {name} ».", "dispositif"
                )
        chosen = (one for one in self.catalogue.dispositifs if not wanted or one.id in wanted)
        checklist = Checklist(chosen, call, moment)
        answers = tuple(answer_for(judgement, call, moment) for judgement in checklist.judgements())
        emergency = call.truth(facts.VITAL_EMERGENCY) is True
        question = None if emergency else next_question(checklist, self.catalogue.facts)
        return Eligibility(moment, VITAL_EMERGENCY if emergency else None, answers, question)


def answer_for(judgement: Judgement, call: Call, instant: datetime) -> Answer:
    """A judgement with the ways in for this desk's role and the hours at that instant."""
    if judgement.verdict is Verdict.OUT_OF_SERVICE:
        return Answer(judgement, None, (), None)
    dispositif = judgement.dispositif
    ways = [
        WayIn(access, access.opening(instant))
        for access in ways_in(dispositif.accesses, call.text(facts.ROLE))
    ]
    best = ways[0] if ways else WayIn(None, Opening(None))
    reception = dispositif.reception
    rules = dispositif.waiting_list
    waiting = list_rules(rules, rules.may_register(call), call) if rules is not None else ()
    return Answer(judgement, best, tuple(ways[1:]), (reception, reception.opening(instant)), waiting)
