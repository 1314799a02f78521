"""Conditions on what is needed: offer, reason, delay, prescription, onset, technical platform, travel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Finding, Moment, not_known
from osnp_console.domain.dates import PartialDate, add_months
from osnp_console.domain.roles import PRESCRIBERS
from osnp_console.domain.states import State, met_if

GENERAL_MEDICINE = "medecine_generale"
# Contract, field `besoin.offre`: general medicine is also served by these natures.
SERVE_GENERAL_MEDICINE = frozenset(
    {
        GENERAL_MEDICINE,
        "centre_snp",
        "teleconsultation",
        "protocole_pluriprofessionnel",
        "protocole_pharmacien",
    }
)


@dataclass(frozen=True, slots=True)
class OfferServed:
    """The offer looked for is served by a dispositif of this nature; no offer means looking at all."""

    nature: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The offer."""
        return (facts.OFFER,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Offre demandée"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Never unknown: the operator chooses the offer, or looks at all of them."""
        offer = call.text(facts.OFFER)
        if offer is None:
            return Finding(State.NOT_APPLICABLE, "Toutes les offres", facts.OFFER)
        served = offer == self.nature or (offer == GENERAL_MEDICINE and self.nature in SERVE_GENERAL_MEDICINE)
        return Finding(met_if(served), None if served else "Autre offre que celle demandée", facts.OFFER)


@dataclass(frozen=True, slots=True)
class ReasonAmong:
    """The reason is (`admitted`) or is not one of a closed list of codes."""

    reasons: frozenset[str]
    admitted: bool = True

    @property
    def facts(self) -> tuple[str, ...]:
        """The reason."""
        return (facts.REASON,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Motif pris en charge" if self.admitted else "Motif non exclu"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while no reason is chosen."""
        reason = call.text(facts.REASON)
        if reason is None:
            return not_known(facts.REASON)
        met = (reason in self.reasons) is self.admitted
        return Finding(met_if(met), None if met else "Ce motif n’est pas pris en charge ici.", facts.REASON)


@dataclass(frozen=True, slots=True)
class NeededWithin:
    """Care is needed within at most `hours`; there is no lower bound (contract, `besoin.delai_heures`)."""

    hours: int

    @property
    def facts(self) -> tuple[str, ...]:
        """The delay."""
        return (facts.DELAY,)

    @property
    def label(self) -> str:
        """The condition."""
        return f"Besoin sous {self.hours} h"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while the delay is not known."""
        hours = call.number(facts.DELAY)
        if hours is None:
            return not_known(facts.DELAY)
        return Finding(met_if(hours <= self.hours), f"À voir sous {hours} h", facts.DELAY)


@dataclass(frozen=True, slots=True)
class PrescriptionHeld:
    """The patient holds a prescription; a desk held by a doctor meets it by itself."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The prescription, and the desk's role."""
        return (facts.PRESCRIPTION, facts.ROLE)

    @property
    def label(self) -> str:
        """The condition."""
        return "Ordonnance pour ce soin"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while it is not known whether there is one."""
        if call.text(facts.ROLE) in PRESCRIBERS:
            return Finding(State.MET, "Le médecin de ce poste prescrit", facts.ROLE)
        held = call.truth(facts.PRESCRIPTION)
        if held is None:
            return not_known(facts.PRESCRIPTION)
        if not held and facts.ROLE not in call.known:
            return Finding(
                State.UNKNOWN, "Pas d’ordonnance ; le rôle de ce poste n’est pas connu", facts.ROLE
            )
        return Finding(met_if(held), "Ordonnance détenue" if held else "Pas d’ordonnance", facts.PRESCRIPTION)


@dataclass(frozen=True, slots=True)
class OnsetWithin:
    """The onset (first symptoms, discharge, emergency visit) is at most so long ago; one unit is given."""

    months: int | None = None
    days: int | None = None
    hours: int | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The onset."""
        return (facts.ONSET,)

    @property
    def label(self) -> str:
        """The limit in words."""
        if self.months is not None:
            return "Dans le mois" if self.months == 1 else f"Dans les {self.months} mois"
        return f"Moins de {self.days} jours" if self.days is not None else f"Moins de {self.hours} h"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while the days the onset may be on fall on both sides of the limit."""
        onset = call.date(facts.ONSET)
        if onset is None:
            return not_known(facts.ONSET)
        surely, perhaps = self._limits(moment)
        text = f"Début le {onset.first:%d/%m/%Y}" if onset.first == onset.last else "Début à préciser"
        if onset.first >= surely:
            return Finding(State.MET, text, facts.ONSET)
        if onset.last < perhaps:
            return Finding(State.UNMET, text, facts.ONSET)
        return self._between(onset, text)

    def _between(self, onset: PartialDate, text: str) -> Finding:
        if onset.first == onset.last:  # only the hour could tell, and no fact holds it
            return Finding(State.UNKNOWN, f"{text} : l’heure déciderait", facts.ONSET)
        return not_known(facts.ONSET, text)

    def _limits(self, moment: Moment) -> tuple[date, date]:
        """First day that is surely recent enough, first day that may be."""
        if self.months is not None:
            limit = add_months(moment.day, -self.months)
            return limit, limit
        if self.days is not None:
            limit = moment.day - timedelta(days=self.days)
            return limit, limit
        oldest = moment.instant - timedelta(hours=self.hours or 0)
        perhaps = oldest.date()
        at_midnight = (oldest.hour, oldest.minute, oldest.second, oldest.microsecond) == (0, 0, 0, 0)
        return (perhaps if at_midnight else perhaps + timedelta(days=1)), perhaps


@dataclass(frozen=True, slots=True)
class NoTechnicalPlatform:
    """The need is not one for the emergency department or a technical platform."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Whether a technical platform is needed."""
        return (facts.TECHNICAL_PLATFORM,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Ne relève ni des urgences ni d’un plateau technique"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while it is not known."""
        needed = call.truth(facts.TECHNICAL_PLATFORM)
        if needed is None:
            return not_known(facts.TECHNICAL_PLATFORM)
        text = "Relève des urgences ou d’un plateau technique" if needed else None
        return Finding(met_if(not needed), text, facts.TECHNICAL_PLATFORM)


@dataclass(frozen=True, slots=True)
class CanTravel:
    """The patient can come to the practice."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Whether the patient can travel."""
        return (facts.CAN_TRAVEL,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Peut se déplacer au cabinet"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while it is not known."""
        able = call.truth(facts.CAN_TRAVEL)
        if able is None:
            return not_known(facts.CAN_TRAVEL)
        return Finding(met_if(able), "Peut venir" if able else "Ne peut pas se déplacer", facts.CAN_TRAVEL)


@dataclass(frozen=True, slots=True)
class NoVitalEmergency:
    """No vital emergency was declared; while nobody declared one it does not count."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The alarm."""
        return (facts.VITAL_EMERGENCY,)

    @property
    def label(self) -> str:
        """The condition."""
        return "Pas d’urgence vitale"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unmet by the alarm only: calls reach this desk after the ARM's screening (contract)."""
        if call.truth(facts.VITAL_EMERGENCY):
            return Finding(State.UNMET, "Urgence vitale déclarée", facts.VITAL_EMERGENCY)
        return Finding(State.NOT_APPLICABLE, None, facts.VITAL_EMERGENCY)
