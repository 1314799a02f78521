"""Complete calls in any number: every fact a caller can tell is known, weighted as a desk may hear it.

The weights are ours (there is no published count of what callers answer); the seed is fixed. The operator's
own facts (role, SAS, offer) are known from the start; what only agendas or referrers tell stays unknown.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.facts import AnsweredBy
from osnp_console.domain.states import State
from osnp_console.domain.territory import Territory
from osnp_console.resources import resources
from tests.benchmarks.opened import INSTANT, communes, communes_of

SEED = 44

SAS = (("44", 0.3), ("49", 0.15), ("85", 0.15), ("72", 0.15), ("53", 0.1), ("45", 0.05), ("28", 0.05),
       ("16", 0.025), ("42", 0.025))  # fmt: skip
OFFERS = (("medecine_generale", 0.7), (None, 0.08), ("kinesitherapie", 0.06), ("infirmier", 0.06),
          ("dentaire", 0.04), ("sage_femme", 0.02), ("liste_attente_medecin_traitant", 0.02),
          ("imagerie", 0.01), ("orthophonie", 0.01))  # fmt: skip
STATUSES = (("indisponible", 0.55), ("aucun", 0.27), ("disponible", 0.18))
DELAYS = ((24, 0.4), (48, 0.45), (72, 0.1), (96, 0.05))
SEXES = (("F", 0.55), ("M", 0.45))
AGES = ((0, 0.04), (3, 0.1), (10, 0.1), (17, 0.06), (30, 0.25), (50, 0.22), (75, 0.23))
ONSETS = ((0, 0.3), (1, 0.3), (5, 0.25), (20, 0.1), (90, 0.05))
ELSEWHERE = 0.12
PREGNANT = 0.06  # of women of 15 to 50
TECHNICAL_PLATFORM = 0.08
PRESCRIPTION = 0.6
CONTACTED = 0.7
CAN_TRAVEL = 0.85
FURTHER_ANSWER = 0.4
OWN_TERRITORY = 0.35  # of those that nobody lists and whose département is the patient's

Weighted = Sequence[tuple[object, float]]


def pick(weighted: Weighted, chance: random.Random) -> object:
    values, weights = zip(*weighted, strict=True)
    return chance.choices(values, weights)[0]


@dataclass(frozen=True, slots=True)
class CompleteCall:
    """What the desk knows as the call comes in, and everything the caller could answer."""

    start: Call
    answers: Mapping[str, object]

    def complete(self) -> Call:
        return Call({**self.start.known, **self.answers})


def start_of_call(sas: object, offer: object) -> Call:
    known = {facts.ROLE: "osnp", facts.SAS: sas, facts.VITAL_EMERGENCY: False}
    return Call(known if offer is None else {**known, facts.OFFER: offer})


def generated_calls(catalogue: Catalogue, count: int, seed: int = SEED) -> tuple[CompleteCall, ...]:
    chance = random.Random(seed)
    places = unlisted_territories(catalogue)
    return tuple(_call(catalogue, places, chance) for _ in range(count))


def _call(
    catalogue: Catalogue, places: Mapping[str, Sequence[Territory]], chance: random.Random
) -> CompleteCall:
    sas, offer = str(pick(SAS, chance)), pick(OFFERS, chance)
    home = _commune(sas, chance)
    answers: dict[str, object] = {
        facts.RESIDENCE: home,
        facts.PRESENT_PLACE: _commune(sas, chance) if chance.random() < ELSEWHERE else AT_HOME,
        facts.REASON: chance.choice(reasons_of(offer)),
        facts.DELAY: pick(DELAYS, chance),
        facts.TECHNICAL_PLATFORM: chance.random() < TECHNICAL_PLATFORM,
        facts.PRESCRIPTION: chance.random() < PRESCRIPTION,
        facts.ONSET: days_ago(int(str(pick(ONSETS, chance)))),
        facts.REGULAR_DOCTOR: pick(STATUSES, chance),
        facts.USUAL_PRACTITIONER: pick(STATUSES, chance),
        facts.USUAL_CONTACTED: chance.random() < CONTACTED,
        facts.CAN_TRAVEL: chance.random() < CAN_TRAVEL,
    }
    age = int(str(pick(AGES, chance)))
    answers[facts.BIRTH] = born_ago(age)
    answers[facts.SEX] = pick(SEXES, chance)
    fertile = answers[facts.SEX] == "F" and 15 <= age <= 50
    answers[facts.PREGNANT] = fertile and chance.random() < PREGNANT
    for fact in catalogue.facts.values():
        if fact.answered_by is AnsweredBy.CALLER:
            answers[fact.code] = chance.random() < FURTHER_ANSWER
    for code, territories in places.items():
        near = any(territory.holds(home) is not State.UNMET for territory in territories)
        answers[code] = near and chance.random() < OWN_TERRITORY
    return CompleteCall(start_of_call(sas, offer), answers)


def _commune(sas: str, chance: random.Random) -> Commune:
    """By population, in the SAS's département; one in thirty is of anywhere in France."""
    if chance.random() < 1 / 30:
        return chance.choice(_everywhere())
    places = communes_of(sas)
    return chance.choices(places, [commune.population + 1 for commune in places])[0]


@cache
def _everywhere() -> tuple[Commune, ...]:
    return tuple(commune for commune in communes().communes() if commune.parent is None)


@cache
def reasons_of(offer: object) -> tuple[str, ...]:
    with (resources() / "motifs" / "motifs.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    own = tuple(row["code"] for row in rows if offer is None or offer in row["offres"].split(","))
    return own or tuple(row["code"] for row in rows)


def unlisted_territories(catalogue: Catalogue) -> dict[str, list[Territory]]:
    """The facts `territoire:…` a caller may have to settle, with the territories they are about."""
    found: dict[str, list[Territory]] = {}
    for dispositif in catalogue.dispositifs:
        for rule in dispositif.rules:
            criterion = rule.criterion
            if isinstance(criterion, InTerritory) and criterion.territory.communes is None:
                found.setdefault(criterion.answer, []).append(criterion.territory)
    return found


def days_ago(days: int) -> PartialDate:
    day = INSTANT.date() - timedelta(days=days)
    return PartialDate(day, day)


def born_ago(age: int) -> PartialDate:
    """A birth date half a year before the age in completed years changes."""
    today = INSTANT.date()
    day = date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=180)
    return PartialDate(day, day)
