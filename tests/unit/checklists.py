"""A small checklist in order, for the tests of what an operator reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from osnp_console.app.checklist.arrange import Arranger
from osnp_console.app.checklist.arrangement import Arrangement
from osnp_console.app.checklist.check_eligibility import answer_for
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.hours import Hours
from tests.unit.strategies import DEFINED, INSTANT, LANDE, SOURCE

HOME = {facts.OFFER: "medecine_generale", facts.RESIDENCE: LANDE, facts.SAS: "44", facts.ROLE: "osnp"}


def dispositif(
    name: str,
    *criteria: Criterion,
    cpts: str = "CPTS de la Lande",
    departement: str = "44",
    nature: str = "medecine_generale",
    status: Status = Status.IN_SERVICE,
    accesses: tuple[Access, ...] = (),
) -> Dispositif:
    """A dispositif of these criteria, in service."""
    rules = tuple(Rule(f"r{n}", one, one.label, SOURCE) for n, one in enumerate(criteria))
    return Dispositif(
        name, cpts, departement, nature, status, "Créneaux", SOURCE, rules=rules, accesses=accesses
    )


def line_open(osm: str) -> tuple[Access, ...]:
    """One line with these hours."""
    return (Access(Mode.TRANSFER, SOURCE, name="AccèsS", hours=Hours(osm, osm)),)


def checklist(
    dispositifs: Iterable[Dispositif], known: Mapping[str, object] = HOME, asked: Iterable[str] = ()
) -> Checklist:
    """Dispositifs judged for a call."""
    return Checklist(dispositifs, Call(known, frozenset(asked)), INSTANT)


def arranged(
    dispositifs: Iterable[Dispositif], known: Mapping[str, object] = HOME, now: datetime = INSTANT
) -> Arrangement:
    """Dispositifs judged for a call and put in order."""
    judged = checklist(dispositifs, known)
    out = [
        (one, why) for one in judged.dispositifs if (why := one.out_of_service(judged.moment.day)) is not None
    ]
    return Arranger(judged, out, DEFINED).arrange(
        lambda one: answer_for(judged.judgement(one), judged.call, now)
    )


def names(arrangement: Arrangement) -> dict[str, list[str]]:
    """The ids (or CPTS) under each group's title, in order."""
    return {
        section.group.value: [entry.key.partition(":")[2] for entry in section.entries]
        for section in arrangement.sections
    }
