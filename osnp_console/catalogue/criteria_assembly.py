"""Criteria of the files turned into the domain's criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.catalogue import schema
from osnp_console.domain.criteria.answers import AnswerIs, AnyOf, OnlyForReasons, OthersExhausted
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import (
    CanTravel,
    NeededWithin,
    NoTechnicalPlatform,
    OnsetWithin,
    PrescriptionHeld,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class Words:
    """What criteria refer to by code: groups of reasons, further facts."""

    groups: Mapping[str, frozenset[str]]
    facts: Mapping[str, Fact]


def criterion_from(form: schema.AnyCriterion, words: Words) -> Criterion:
    """The domain's criterion for a checked form."""
    bare = _bare(form, words)
    return OnlyForReasons(frozenset(form.si.motifs), bare) if form.si is not None else bare


def _bare(form: schema.AnyCriterion, words: Words) -> Criterion:
    match form:
        case schema.MotifAdmis(motifs=reasons, groupes=groups):
            listed = frozenset(reasons).union(*(words.groups[group] for group in groups))
            return ReasonAmong(listed)
        case schema.MotifRefuse(motifs=reasons):
            return ReasonAmong(frozenset(reasons), admitted=False)
        case schema.Age(minimum=low, maximum=high, moins_de=under):
            return AgeWithin(low, under - 1 if under is not None else high)
        case schema.Debut(mois=months, jours=days, heures=hours):
            return OnsetWithin(months, days, hours)
        case schema.Reponse(fait=code, attendu=expected):
            return AnswerIs(code, expected, words.facts[code].question)
        case schema.UnDe(parmi=parts):
            return AnyOf(tuple(criterion_from(part, words) for part in parts))
        case _:
            return _fixed(form)


def _fixed(form: schema.AnyCriterion) -> Criterion:
    match form:
        case schema.Sexe(valeur=sex):
            return SexIs(sex)
        case schema.Enceinte(valeur=pregnant):
            return PregnancyIs(pregnant)
        case schema.MedecinTraitant(public=public, hors_residence=away):
            return RegularDoctor(public == "sans_ou_indisponible", away)
        case schema.PraticienHabituel(contacte=contacted):
            return UsualPractitionerFirst(contacted)
        case schema.Delai(heures=hours):
            return NeededWithin(hours)
        case schema.AutreDispositifEpuise(dispositifs=others):
            return OthersExhausted(tuple(others))
        case schema.Ordonnance():
            return PrescriptionHeld()
        case schema.Deplacement():
            return CanTravel()
        case schema.PlateauTechnique():
            return NoTechnicalPlatform()
    raise TypeError(type(form).__name__)
