"""The criteria of a dispositif as one CEL expression over a map `f` of facts, all of them known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.answers import AnswerIs, AnyOf, OnlyForReasons, OthersExhausted
from osnp_console.domain.criteria.base import Criterion, Moment
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import (
    GENERAL_MEDICINE,
    SERVE_GENERAL_MEDICINE,
    CanTravel,
    NeededWithin,
    NoTechnicalPlatform,
    NoVitalEmergency,
    OfferServed,
    OnsetWithin,
    PrescriptionHeld,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs, possible_ages
from osnp_console.domain.criteria.place import InTerritory, present_place, residence
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.dates import add_months
from osnp_console.domain.dispositif import Rule
from osnp_console.domain.roles import PRESCRIBERS, SAS_ROLES, also_counts_as
from osnp_console.domain.territory import Territory

TRUE, FALSE = "true", "false"


def expression(rules: Iterable[Rule], moment: Moment) -> str:
    return all_of(_criterion(rule.criterion, moment) for rule in rules)


def facts_map(call: Call, moment: Moment) -> dict[str, object]:
    """A complete call as the expressions read it; age, present place and titles are worked out beforehand."""
    home, place, ages = residence(call), present_place(call), possible_ages(call, moment)
    onset, role = call.date(facts.ONSET), call.text(facts.ROLE) or ""
    answers = {
        code: value for code, value in call.known.items() if "." not in code or code.startswith("terr")
    }
    return {
        "roles": sorted(also_counts_as(role)),
        "sas": call.text(facts.SAS) or "",
        "cpts": list(call.texts(facts.DESK_CPTS) or ()),
        "offre": call.text(facts.OFFER) or "",
        "motif": call.text(facts.REASON) or "",
        "delai": call.number(facts.DELAY) or 0,
        "urgence": call.truth(facts.VITAL_EMERGENCY) is True,
        "plateau": call.truth(facts.TECHNICAL_PLATFORM) is True,
        "ordonnance": call.truth(facts.PRESCRIPTION) is True,
        "debut": onset.first.isoformat() if onset is not None else "",
        "age": ages[0] if ages is not None else 0,
        "sexe": call.text(facts.SEX) or "",
        "enceinte": call.truth(facts.PREGNANT) is True and call.text(facts.SEX) != "M",
        "commune": home.code if home is not None else "",
        "departement": home.departement if home is not None else "",
        "ici": place.code if place is not None else "",
        "departement_ici": place.departement if place is not None else "",
        "mt": call.text(facts.REGULAR_DOCTOR) or "",
        "habituel": call.text(facts.USUAL_PRACTITIONER) or "",
        "contacte": call.truth(facts.USUAL_CONTACTED) is True,
        "vient": call.truth(facts.CAN_TRAVEL) is True,
        "reponses": {code: value for code, value in answers.items() if isinstance(value, bool)},
    }


def all_of(parts: Iterable[str]) -> str:
    kept = [part for part in parts if part != TRUE]
    return " && ".join(f"({part})" for part in kept) if kept else TRUE


def any_of(parts: Iterable[str]) -> str:
    kept = [part for part in parts if part != FALSE]
    return " || ".join(f"({part})" for part in kept) if kept else FALSE


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(_text(value) for value in sorted(values)) + "]"


def _answer(code: str) -> str:
    return f"f.reponses[{_text(code)}]"


def _criterion(criterion: Criterion, moment: Moment) -> str:
    match criterion:
        case NoVitalEmergency():
            return "!f.urgence"
        case ReferralNotSaid():
            return TRUE
        case OfferServed(nature=nature):
            serving = {"", nature} | ({GENERAL_MEDICINE} if nature in SERVE_GENERAL_MEDICINE else set())
            return f"f.offre in {_list(serving)}"
        case InTerritory(territory=territory, visitors=visitors):
            return _territory(territory, visitors, criterion.answer)
        case MayRefer():
            return _referral(criterion)
        case ReasonAmong(reasons=reasons, admitted=admitted):
            return f"{'' if admitted else '!'}(f.motif in {_list(reasons)})"
        case OnlyForReasons(reasons=reasons, condition=condition):
            return any_of((f"!(f.motif in {_list(reasons)})", _criterion(condition, moment)))
        case AnyOf(among=among):
            return any_of(_criterion(part, moment) for part in among)
        case AnswerIs(code=code, expected=expected):
            return _answer(code) if expected else f"!{_answer(code)}"
        case OthersExhausted():
            return _answer(criterion.facts[0])
        case _:
            return _person_or_need(criterion, moment)


def _person_or_need(criterion: Criterion, moment: Moment) -> str:
    match criterion:
        case NeededWithin(hours=hours):
            return f"f.delai <= {hours}"
        case PrescriptionHeld():
            return f"f.ordonnance || f.roles.exists(r, r in {_list(PRESCRIBERS)})"
        case OnsetWithin():
            return f"f.debut >= {_text(_oldest_onset(criterion, moment))}"
        case NoTechnicalPlatform():
            return "!f.plateau"
        case CanTravel():
            return "f.vient"
        case AgeWithin(minimum=low, maximum=high):
            return all_of(
                (
                    f"f.age >= {low}" if low is not None else TRUE,
                    f"f.age <= {high}" if high is not None else TRUE,
                )
            )
        case SexIs(value=sex):
            return f"f.sexe == {_text(sex)}"
        case PregnancyIs(value=pregnant):
            return "f.enceinte" if pregnant else "!f.enceinte"
        case RegularDoctor(or_unavailable=or_unavailable, or_away=or_away):
            statuses = ["aucun", "indisponible"] if or_unavailable else ["aucun"]
            return any_of((f"f.mt in {_list(statuses)}", "f.ici != f.commune" if or_away else FALSE))
        case UsualPractitionerFirst(contacted=contacted):
            away = "f.habituel == 'indisponible'" + (" && f.contacte" if contacted else "")
            return any_of(("f.habituel == 'aucun'", away))
    raise TypeError(type(criterion).__name__)


def _oldest_onset(criterion: OnsetWithin, moment: Moment) -> str:
    if criterion.months is not None:
        return add_months(moment.day, -criterion.months).isoformat()
    if criterion.days is not None:
        return (moment.day - timedelta(days=criterion.days)).isoformat()
    oldest = moment.instant - timedelta(hours=criterion.hours or 0)
    return (oldest.date() + timedelta(days=1)).isoformat()


def _territory(territory: Territory, visitors: bool, answer: str) -> str:
    inside = f"f.departement in {_list(territory.departements)}"
    here = f"f.departement_ici in {_list(territory.departements)}" if visitors else FALSE
    if territory.whole:
        return any_of((inside, here))
    if territory.communes is None:
        return all_of((any_of((inside, here)), _answer(answer)))
    listed = _list(territory.communes)
    return any_of(
        (
            all_of((inside, f"f.commune in {listed}")),
            all_of((here, f"f.ici in {listed}")) if visitors else FALSE,
        )
    )


def _referral(criterion: MayRefer) -> str:
    parts = [f"f.roles.exists(r, r in {_list(criterion.roles)})"] if criterion.roles else []
    if criterion.sas:
        by_sas = f"f.roles.exists(r, r in {_list(SAS_ROLES)})"
        parts.append(f"{by_sas} && f.sas in {_list(criterion.sas)}")
    if criterion.members:
        member = f"f.roles.exists(r, r in {_list(criterion.members)})"
        parts.append(f"{member} && {_text(criterion.cpts)} in f.cpts")
    parts += [f"{_text(role)} in f.roles && {_answer(fact)}" for role, fact in criterion.conditional]
    return any_of(parts)
