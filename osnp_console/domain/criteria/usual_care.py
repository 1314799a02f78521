"""Conditions on those who usually care for the patient: regular doctor, usual practitioner."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Finding, Moment, not_known
from osnp_console.domain.criteria.place import away_from_home
from osnp_console.domain.states import State, met_if

NONE, DECLARED, AVAILABLE, UNAVAILABLE = "aucun", "declare", "disponible", "indisponible"
STATUSES = frozenset({NONE, DECLARED, AVAILABLE, UNAVAILABLE})

_DOCTOR_SAID = {
    NONE: "Pas de médecin traitant",
    DECLARED: "A un médecin traitant ; on ne sait pas s’il peut le voir",
    AVAILABLE: "Le médecin traitant peut le voir à temps",
    UNAVAILABLE: "Médecin traitant indisponible",
}
_USUAL_SAID = {
    NONE: "Pas de praticien habituel",
    DECLARED: "A un praticien habituel ; on ne sait pas s’il est disponible",
    AVAILABLE: "Le praticien habituel est disponible : lui d’abord",
    UNAVAILABLE: "Praticien habituel indisponible",
}


@dataclass(frozen=True, slots=True)
class RegularDoctor:
    """For patients without a regular doctor, or also those whose doctor cannot see them in time.

    `or_unavailable` adds the second public; `or_away` adds people away from their residence (contract,
    field `medecin_traitant.statut`).
    """

    or_unavailable: bool = False
    or_away: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The doctor's status, and where the patient is when people away from home are taken."""
        away = (facts.RESIDENCE, facts.PRESENT_PLACE) if self.or_away else ()
        return (facts.REGULAR_DOCTOR, *away)

    @property
    def label(self) -> str:
        """The publics."""
        public = "Sans médecin traitant ou indisponible" if self.or_unavailable else "Sans médecin traitant"
        return f"{public}, ou hors résidence" if self.or_away else public

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Met by either public; unknown while one of them is still possible."""
        status = call.text(facts.REGULAR_DOCTOR)
        by_status = self._by_status(status)
        if by_status is State.MET or not self.or_away:
            return self._finding(status, by_status)
        away = away_from_home(call)
        if away.state is State.MET:
            return Finding(State.MET, away.text, away.fact)
        if State.UNKNOWN in (by_status, away.state):
            found = self._finding(status, State.UNKNOWN)
            open_facts = found.missing if by_status is State.UNKNOWN else ()
            return Finding(State.UNKNOWN, found.text, found.fact, (*open_facts, *away.missing))
        return self._finding(status, State.UNMET)

    def _by_status(self, status: str | None) -> State:
        if status is None or (status == DECLARED and self.or_unavailable):
            return State.UNKNOWN
        return met_if(status == NONE or (self.or_unavailable and status == UNAVAILABLE))

    def _finding(self, status: str | None, state: State) -> Finding:
        if status is None:
            return not_known(facts.REGULAR_DOCTOR)
        missing = (facts.REGULAR_DOCTOR,) if state is State.UNKNOWN else ()
        return Finding(state, _DOCTOR_SAID[status], facts.REGULAR_DOCTOR, missing)


@dataclass(frozen=True, slots=True)
class UsualPractitionerFirst:
    """The usual practitioner comes first: only when there is none, or he is not available.

    `contacted` where the source also demands that he was contacted (when there is one).
    """

    contacted: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The practitioner's status, and whether he was contacted when that counts."""
        return (
            (facts.USUAL_PRACTITIONER, facts.USUAL_CONTACTED)
            if self.contacted
            else (facts.USUAL_PRACTITIONER,)
        )

    @property
    def label(self) -> str:
        """The condition."""
        return "Praticien habituel absent ou indisponible"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while his availability (or the contact, where demanded) is not known."""
        status = call.text(facts.USUAL_PRACTITIONER)
        if status is None:
            return not_known(facts.USUAL_PRACTITIONER)
        contact = call.truth(facts.USUAL_CONTACTED) if self.contacted and status != NONE else True
        if status == AVAILABLE:
            return Finding(State.UNMET, _USUAL_SAID[status], facts.USUAL_PRACTITIONER)
        if contact is False:
            return Finding(State.UNMET, "Praticien habituel pas encore contacté", facts.USUAL_CONTACTED)
        if status == DECLARED:
            missing = (facts.USUAL_PRACTITIONER, *((facts.USUAL_CONTACTED,) if contact is None else ()))
            return Finding(State.UNKNOWN, _USUAL_SAID[status], facts.USUAL_PRACTITIONER, missing)
        if contact is None:
            return not_known(facts.USUAL_CONTACTED)
        return Finding(State.MET, _USUAL_SAID[status], facts.USUAL_PRACTITIONER)
