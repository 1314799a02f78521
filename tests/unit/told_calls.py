"""Calls that are told to a line: the sheet as typed, as read, and judged for one dispositif."""

from __future__ import annotations

from osnp_console.app.transfer.spoken import Situation
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_reading import Vocabulary
from osnp_console.domain.call_sheet import CallSheet, Value
from osnp_console.domain.catalogue import OFFERS, Catalogue
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.desk import Desk
from osnp_console.domain.facts import Fact
from osnp_console.domain.sheet_reading import read_sheet
from tests.unit.checklists import dispositif
from tests.unit.strategies import COMMUNES, INSTANT, LISTED, TODAY, UNLISTED

HOSPITAL = "sortie_hospitalisation"
CATALOGUE = Catalogue(
    "2026.11",
    "sha256:0",
    (),
    facts={HOSPITAL: Fact(HOSPITAL, "Sort-il d’une hospitalisation ?")},
    reasons={"cystite": "Cystite", "angine": "Angine"},
)
WORDS = Vocabulary(
    OFFERS,
    frozenset(CATALOGUE.reasons),
    frozenset({HOSPITAL, GENERAL_SLOTS_GONE}),
    frozenset({LISTED.cpts, UNLISTED.cpts}),
    Gazetteer.of(COMMUNES).living,
)
DESK = Desk(sas="44")
MARTIN: dict[str, Value] = {
    fields.CALLER_LINK: "patient",
    fields.CALLER_PHONE: "06 39 98 27 44",
    fields.BIRTH_NAME: "MARTIN",
    fields.FIRST_NAMES: "Léa",
    facts.SEX: "F",
    facts.BIRTH: "02/05/1994",
    facts.RESIDENCE: "44901",
    facts.PRESENT_PLACE: "domicile",
    facts.REASON: "cystite",
    facts.DELAY: 24,
    facts.REGULAR_DOCTOR: "indisponible",
    fields.DOCTOR_CALLED: True,
    facts.CAN_TRAVEL: True,
}
"""A call of which everything that a line is usually told is known."""


def told_call(
    sheet: CallSheet,
    *criteria: Criterion,
    cpts: str = LISTED.cpts,
    nature: str = "medecine_generale",
) -> Situation:
    """The situation of a sheet, judged on these criteria (none: the listed territory)."""
    call = read_sheet(sheet, DESK, WORDS, TODAY).call
    judged = Checklist(
        (dispositif("44-lande-mg", *(criteria or (InTerritory(LISTED),)), cpts=cpts, nature=nature),),
        call,
        INSTANT,
    )
    return Situation(sheet, call, judged.judgements()[0], TODAY)
