"""Invented catalogues and invented calls, of which everything that could be known is known.

A full call (`FullCall`) is one consistent patient at one consistent desk. Each fact has its successive
values, every one more precise than the one before: a year of birth, then the day; a declared doctor, then
whether he can see the patient.

Fixed in these calls, because the contract makes them otherwise than knowledge that grows:

- the offer is the operator's choice (none: all of them) and the alarm is no criterion while nobody gives
  it: both are in `at_once`, known before anything else;
- a doctor or practitioner who is `declare` is later available or not, never "none after all";
- the operator's answer on a territory agrees with the list; where a resident and a visitor would get
  different answers to that one question, it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.answers import (
    GENERAL_SLOTS_GONE,
    AnswerIs,
    AnyOf,
    OnlyForReasons,
    OthersExhausted,
)
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import (
    CanTravel,
    NeededWithin,
    NoTechnicalPlatform,
    NoVitalEmergency,
    OfferServed,
    OnsetWithin,
    PrescriptionHeld,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import (
    AVAILABLE,
    DECLARED,
    NONE,
    UNAVAILABLE,
    RegularDoctor,
    UsualPractitionerFirst,
)
from osnp_console.domain.dates import ALWAYS, PartialDate, Validity, completed_years
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.facts import AnsweredBy, Fact
from osnp_console.domain.roles import ROLES
from osnp_console.domain.sources import Source
from osnp_console.domain.states import State
from osnp_console.domain.territory import Territory

INSTANT = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
TODAY = INSTANT.date()
SOURCE = Source("S0", 1)

LANDE = Commune("44901", "Lande-le-Bourg", "44", ("44990",))
GRANDVILLE = Commune("44910", "Grandville", "44", ("44991", "44992"))
GRANDVILLE_2 = Commune("44912", "Grandville 2e Arrondissement", "44", ("44992",), parent="44910")
MARAIS = Commune("44920", "Marais-sur-Mer", "44", ("44993",))
BOCAGE = Commune("49901", "Bocage-les-Bois", "49", ("49990",))
ELSEWHERE = Commune("75901", "Loin-sur-Seine", "75", ("75990",))
COMMUNES = (LANDE, GRANDVILLE, GRANDVILLE_2, MARAIS, BOCAGE, ELSEWHERE)

LISTED = Territory("CPTS de la Lande", frozenset({"44"}), frozenset({"44901", "44910"}))
UNLISTED = Territory("CPTS du Bocage", frozenset({"44", "49"}))
WHOLE = Territory("Protocole de Loire", frozenset({"44"}), whole=True)
TERRITORIES = (LISTED, UNLISTED, WHOLE)

REASONS = ("angine", "cystite", "entorse", "plaie", "autre")
OFFERS = ("medecine_generale", "centre_snp", "infirmier", "protocole_pharmacien")
BY_CALLER, BY_CALLER_TOO, BY_OPERATOR = "chambre_a_domicile", "sortie_hopital", "participe_au_protocole"
DEFINED: Mapping[str, Fact] = {
    BY_CALLER: Fact(BY_CALLER, "A-t-il une chambre à lui ?"),
    BY_CALLER_TOO: Fact(BY_CALLER_TOO, "Sort-il de l’hôpital ?"),
    BY_OPERATOR: Fact(BY_OPERATOR, "Participez-vous au protocole ?", AnsweredBy.OPERATOR),
    GENERAL_SLOTS_GONE: Fact(GENERAL_SLOTS_GONE, "Plus de créneau ?", AnsweredBy.AGENDAS),
}
NOT_FOR_THE_CALLER = frozenset(
    code for code, fact in {**facts.BUILT_IN, **DEFINED}.items() if fact.answered_by is not AnsweredBy.CALLER
)


def day(when: date) -> PartialDate:
    """A whole date."""
    return PartialDate(when, when)


def born_years_ago(years: int) -> PartialDate:
    """A whole date of birth, `years` full years before the day of the calls."""
    return day(TODAY.replace(year=TODAY.year - years))


# Catalogues ---------------------------------------------------------------------------------------------

_some_reasons = st.frozensets(st.sampled_from(REASONS), min_size=1, max_size=3)
_titles = st.frozensets(st.sampled_from(sorted(ROLES)), max_size=3)
_departements = st.frozensets(st.sampled_from(("44", "49", "85")), max_size=2)


def _age_bounds(bounds: tuple[int | None, int | None]) -> AgeWithin:
    low, high = bounds
    return AgeWithin(low, high if low is None or high is None else max(low, high))


@cache
def conditions() -> st.SearchStrategy[Criterion]:
    """One condition that a source states."""
    ages = st.one_of(st.none(), st.sampled_from((0, 3, 16, 18, 65)))
    simple: st.SearchStrategy[Criterion] = st.one_of(
        st.builds(ReasonAmong, _some_reasons, st.booleans()),
        st.tuples(ages, ages).filter(lambda two: two != (None, None)).map(_age_bounds),
        st.builds(SexIs, st.sampled_from(("F", "M"))),
        st.builds(PregnancyIs, st.booleans()),
        st.builds(RegularDoctor, st.booleans(), st.booleans()),
        st.builds(UsualPractitionerFirst, st.booleans()),
        st.builds(NeededWithin, st.sampled_from((24, 48))),
        st.sampled_from((1, 3)).map(lambda months: OnsetWithin(months=months)),
        st.sampled_from((8, 30)).map(lambda days: OnsetWithin(days=days)),
        st.sampled_from((24, 48)).map(lambda hours: OnsetWithin(hours=hours)),
        st.builds(
            AnswerIs, st.sampled_from((BY_CALLER, BY_CALLER_TOO, BY_OPERATOR)), st.booleans(), st.just("?")
        ),
        st.just(OthersExhausted(("autre",))),
        st.sampled_from((PrescriptionHeld(), CanTravel(), NoTechnicalPlatform())),
    )
    several = st.lists(simple, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    for_some = st.builds(OnlyForReasons, _some_reasons, st.one_of(simple, several))
    with_one_for_some = st.lists(st.one_of(simple, for_some), min_size=2, max_size=3).map(
        lambda parts: AnyOf(tuple(parts))
    )
    return st.one_of(simple, simple, several, for_some, with_one_for_some)


@cache
def referrals() -> st.SearchStrategy[Criterion]:
    """Who may refer, as far as a source says."""
    conditional = st.lists(
        st.tuples(st.sampled_from(sorted(ROLES)), st.sampled_from((BY_CALLER_TOO, BY_OPERATOR))), max_size=2
    ).map(tuple)
    named = st.builds(
        MayRefer,
        st.sampled_from([territory.cpts for territory in TERRITORIES]),
        _departements,
        _departements,
        _titles,
        _titles,
        _titles,
        conditional,
    )
    return st.one_of(st.just(ReferralNotSaid()), named)


# Made once: a strategy made for each draw costs four times what the tests do with what it gives.
_natures, _territories = st.sampled_from(OFFERS), st.sampled_from(TERRITORIES)
_kept = st.lists(st.sampled_from(range(4)), unique=True, max_size=4)
_stated = st.lists(conditions(), max_size=4)
_in_force = st.sampled_from((ALWAYS, ALWAYS, ALWAYS, Validity(end=TODAY - timedelta(days=1))))
_statuses = st.sampled_from((Status.IN_SERVICE, Status.IN_SERVICE, Status.TRIAL, Status.PLANNED))


@st.composite
def _dispositifs(draw: st.DrawFn) -> Dispositif:
    nature = draw(_natures)
    standard: list[Criterion] = [
        OfferServed(nature),
        NoVitalEmergency(),
        InTerritory(draw(_territories), draw(st.booleans())),
        draw(referrals()),
    ]
    kept = [standard[rank] for rank in draw(_kept)]
    rules = tuple(
        Rule(f"critere_{rank}", criterion, criterion.label, SOURCE, validity=draw(_in_force))
        for rank, criterion in enumerate((*kept, *draw(_stated)))
    )
    status = draw(_statuses)
    return Dispositif("d", LISTED.cpts, "44", nature, status, "", SOURCE, draw(_in_force), rules)


def alone(*criteria: Criterion) -> tuple[Dispositif, ...]:
    """A catalogue of one dispositif with these conditions only."""
    rules = tuple(Rule(f"c{rank}", one, one.label, SOURCE) for rank, one in enumerate(criteria))
    return (
        Dispositif("d", LISTED.cpts, "44", "medecine_generale", Status.IN_SERVICE, "", SOURCE, rules=rules),
    )


_one_to_four = st.lists(_dispositifs(), min_size=1, max_size=4)


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[Dispositif, ...]:
    """A few dispositifs that share some of their conditions."""
    return tuple(replace(one, id=f"d{number}") for number, one in enumerate(draw(_one_to_four)))


# Calls --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FullCall:
    """A consistent call: what is known at once, and each further fact's successive values."""

    at_once: Mapping[str, object]
    steps: Mapping[str, tuple[object, ...]]
    territories: Mapping[str, bool] = field(default_factory=dict)

    def beginning(self) -> Call:
        """The call while nothing has been said."""
        return Call(self.at_once)

    def answer(self, code: str) -> object:
        """What this caller finally answers, or this operator finally establishes."""
        if code.startswith(facts.TERRITORY_PREFIX):
            return self.territories[code]
        return self.steps[code][-1]

    def complete(self) -> Call:
        """The call once all is said."""
        return Call({**self.at_once, **{code: values[-1] for code, values in self.steps.items()}})


def _month(when: date) -> PartialDate:
    return PartialDate.parse(f"{when:%Y-%m}")


def _year(when: date) -> PartialDate:
    return PartialDate.parse(f"{when:%Y}")


@st.composite
def _less_and_less_vague(draw: st.DrawFn, when: date) -> tuple[object, ...]:
    vague = [_year(when)] * draw(st.booleans()) + [_month(when)] * draw(st.booleans())
    return (*vague, day(when))


@st.composite
def _status(draw: st.DrawFn) -> tuple[object, ...]:
    if draw(st.booleans()):
        return (DECLARED, draw(st.sampled_from((AVAILABLE, UNAVAILABLE))))
    return (draw(st.sampled_from((NONE, AVAILABLE, UNAVAILABLE))),)


@st.composite
def _person(draw: st.DrawFn) -> dict[str, tuple[object, ...]]:
    sex = draw(st.sampled_from("FMI"))
    days_old = st.one_of(
        st.integers(0, 36_500),
        st.sampled_from((3, 16, 17, 18, 19, 65, 66)).map(
            lambda years: (TODAY - TODAY.replace(year=TODAY.year - years)).days
        ),
    )
    born = TODAY - timedelta(days=draw(days_old))
    person: dict[str, tuple[object, ...]] = {
        facts.SEX: (sex,),
        facts.PREGNANT: (sex != "M" and draw(st.booleans()),),
    }
    if draw(st.booleans()):
        person[facts.AGE] = (completed_years(born, TODAY),)
    return {**person, facts.BIRTH: draw(_less_and_less_vague(born))}


def _belongs(territory: Territory, place: Commune, unlisted: bool) -> bool:
    state = territory.holds(place)
    return unlisted if state is State.UNKNOWN else state is State.MET


@st.composite
def _places(
    draw: st.DrawFn,
) -> tuple[dict[str, tuple[object, ...]], dict[str, bool], dict[str, tuple[object, ...]]]:
    home = draw(st.sampled_from(COMMUNES))
    place = draw(st.one_of(st.just(AT_HOME), st.sampled_from(COMMUNES)))
    present = place if isinstance(place, Commune) else home
    answers: dict[str, bool] = {}
    agreed: dict[str, tuple[object, ...]] = {}
    for territory in TERRITORIES:
        unlisted = draw(st.booleans())
        living, staying = (_belongs(territory, one, unlisted) for one in (home, present))
        code = facts.TERRITORY_PREFIX + territory.cpts
        answers[code] = living or staying
        if living is (living or staying):
            agreed[code] = (living,)
    return {facts.RESIDENCE: (home,), facts.PRESENT_PLACE: (place,)}, answers, agreed


@st.composite
def full_calls(draw: st.DrawFn) -> FullCall:
    """A consistent call of which all is known in the end."""
    yes_no = st.booleans().map(lambda value: (value,))
    role = draw(st.sampled_from(sorted(ROLES)))
    at_once: dict[str, object] = {}
    offer = draw(st.one_of(st.none(), st.just("medecine_generale"), st.sampled_from(OFFERS)))
    if offer is not None:
        at_once[facts.OFFER] = offer
    alarm = draw(st.sampled_from((None, None, None, False, True)))
    if alarm is not None:
        at_once[facts.VITAL_EMERGENCY] = alarm
    places, territories, agreed = draw(_places())
    onset = TODAY - timedelta(days=draw(st.sampled_from((0, 1, 2, 3, 8, 9, 23, 24, 30, 31, 92, 93, 400))))
    steps: dict[str, tuple[object, ...]] = {
        facts.ROLE: (role,),
        facts.SAS: (draw(st.sampled_from(("44", "49", "85"))),),
        facts.DESK_CPTS: (
            draw(st.lists(st.sampled_from([one.cpts for one in TERRITORIES]), unique=True).map(tuple)),
        ),
        facts.REASON: (draw(st.sampled_from(REASONS)),),
        facts.DELAY: (draw(st.sampled_from((0, 24, 25, 48, 49, 72))),),
        facts.TECHNICAL_PLATFORM: draw(yes_no),
        facts.PRESCRIPTION: draw(yes_no),
        facts.ONSET: draw(_less_and_less_vague(onset)),
        **draw(_person()),
        **places,
        facts.REGULAR_DOCTOR: draw(_status()),
        facts.USUAL_PRACTITIONER: draw(_status()),
        facts.USUAL_CONTACTED: draw(yes_no),
        facts.CAN_TRAVEL: draw(yes_no),
        **{code: draw(yes_no) for code in DEFINED},
        **agreed,
    }
    return FullCall(at_once, steps, territories)


@st.composite
def tellings(draw: st.DrawFn) -> tuple[FullCall, tuple[tuple[str, object], ...]]:
    """A full call and an order in which its facts come out, each growing more precise."""
    call = draw(full_calls())
    codes = draw(st.permutations([code for code, values in call.steps.items() for _ in values]))
    coming = {code: iter(values) for code, values in call.steps.items()}
    return call, tuple((code, next(coming[code])) for code in codes)


def other_answers(code: str) -> tuple[object, ...]:
    """Every answer worth trying for a fact a caller can give."""
    if code in (facts.RESIDENCE, facts.PRESENT_PLACE):
        return (*COMMUNES, AT_HOME) if code == facts.PRESENT_PLACE else COMMUNES
    if code in (facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER):
        return (NONE, DECLARED, AVAILABLE, UNAVAILABLE)
    if code == facts.REASON:
        return REASONS
    if code == facts.DELAY:
        return (0, 24, 25, 48, 49)
    if code == facts.SEX:
        return ("F", "M", "I")
    if code == facts.AGE:
        return (0, 2, 3, 15, 16, 17, 18, 64, 65, 66, 100)
    if code == facts.BIRTH:
        return tuple(born_years_ago(years) for years in (0, 2, 3, 15, 16, 17, 18, 64, 65, 66, 100))
    if code == facts.ONSET:
        return tuple(day(TODAY - timedelta(days=ago)) for ago in (0, 1, 2, 3, 8, 9, 30, 31, 92, 93, 400))
    return (True, False)


CALLER_FACTS = tuple(code for code in (*facts.BUILT_IN, *DEFINED) if code not in NOT_FOR_THE_CALLER)
