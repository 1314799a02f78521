"""Invented slots, agendas and dispositifs, for the tests of the column of slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.search_events import Asking, Finished, Landed, Settled
from osnp_console.domain.dispositif import Dispositif, SlotClocks, Status
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.ruling import Admission, Rights
from osnp_console.domain.slots.slot import (
    SNP,
    Capacity,
    Origin,
    Place,
    Practitioner,
    Slot,
    slot_id,
)
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.domain.states import Verdict
from tests.unit.strategies import INSTANT, SOURCE

NOW = INSTANT + timedelta(minutes=2)
"""Two minutes past ten, a Tuesday."""
REDON, ESTUAIRE, VENDEE, NOBODYS = "44-redon-mg", "44-estuaire-mg", "85-vendee-csnp", "44-loin-mg"
SAS, CITANA, LATE, LOCAL = "sas-44", "citana", "cpts-rdv", "carnet"


def dispositif(name: str, cpts: str, clocks: SlotClocks | None = None) -> Dispositif:
    """A dispositif in service."""
    return Dispositif(
        name, cpts, name[:2], "medecine_generale", Status.IN_SERVICE, "Créneaux", SOURCE, clocks=clocks
    )


ADMISSIONS: Mapping[str, Admission] = {
    REDON: Admission(dispositif(REDON, "CPTS du Pays de Redon"), Verdict.ELIGIBLE, may_refer=True),
    ESTUAIRE: Admission(
        dispositif(ESTUAIRE, "CPTS Nord Estuaire", SlotClocks(SOURCE, 60, 120)),
        Verdict.TO_CHECK,
        ("territoire:CPTS Nord Estuaire",),
        True,
    ),
    VENDEE: Admission(
        dispositif(VENDEE, "CPTS Nord Vendée"), Verdict.TO_CHECK, ("medecin_traitant.statut",), True
    ),
    NOBODYS: Admission(dispositif(NOBODYS, "CPTS du Loin"), Verdict.NOT_ELIGIBLE, may_refer=True),
}
CLOSING: Mapping[str, Admission] = {
    **ADMISSIONS,
    REDON: Admission(
        dispositif(REDON, "CPTS du Pays de Redon", SlotClocks(SOURCE, 60)), Verdict.ELIGIBLE, may_refer=True
    ),
}
"""The same, but Redon's slots close an hour before."""

AGENDAS = (
    AgendaSource(SAS, SourceKind.SAS_FHIR, "SAS 44", dispositifs=(REDON,)),
    AgendaSource(CITANA, SourceKind.SAS_FHIR, "Citana Nord Estuaire", dispositifs=(ESTUAIRE,)),
    AgendaSource(LATE, SourceKind.FHIR_AGENDA, "CPTS RDV Vignoble"),
    AgendaSource(LOCAL, SourceKind.LOCAL_AGENDA, "Carnet local"),
)
ASKED = tuple(source.id for source in AGENDAS)


def slot(
    hour: str,
    name: str = "Dr Anne Bréhault",
    city: str = "Redon",
    *,
    source: str = SAS,
    dispositifs: Iterable[str] = (REDON,),
    days: int = 0,
    types: Iterable[str] = (SNP,),
    modalities: Iterable[str] = (),
    capacity: Capacity | None = None,
    over_booking: bool = False,
    walk_in: bool = False,
    seen_at: datetime = NOW,
) -> Slot:
    """A slot at an hour (`10:40`) of the day, or so many `days` later."""
    hours, minutes = hour.split(":")
    start = NOW.replace(hour=int(hours), minute=int(minutes), second=0) + timedelta(days=days)
    practitioner, place = Practitioner(name), Place(name=f"Cabinet {city}", city=city)
    name_of_it = slot_id(practitioner, place, start)
    return Slot(
        name_of_it,
        start,
        start + timedelta(minutes=20),
        practitioner,
        place,
        (Origin(source, f"Slot/{name_of_it}", seen_at),),
        frozenset(types),
        frozenset(modalities),
        walk_in,
        dispositifs=frozenset(dispositifs),
        capacity=capacity,
        over_booking=over_booking,
    )


def answered(source: str, *slots: Slot, at: datetime = NOW) -> Settled:
    """A source said all it had."""
    state = SourceState.ANSWERED if slots else SourceState.EMPTY
    return Settled(SourceAnswer(source, state, at, 300, len(slots), slots=slots))


def failed(
    source: str,
    state: SourceState = SourceState.LATE,
    *slots: Slot,
    at: datetime = NOW,
    data_at: datetime | None = None,
    message: str | None = None,
) -> Settled:
    """A source did not; `slots` and `data_at` go with old data."""
    return Settled(
        SourceAnswer(source, state, at, 7000, len(slots), message=message, slots=slots, data_at=data_at)
    )


def board(
    admissions: Mapping[str, Admission] = ADMISSIONS, rights: Rights | None = None, own_doctor: str = ""
) -> SlotBoard:
    """A board whose four agendas are being asked."""
    made = SlotBoard(NOW, rights) if rights is not None else SlotBoard(NOW)
    made.link(AGENDAS, NOW)
    made.judge(admissions, NOW, own_doctor=own_doctor)
    made.take([Asking(ASKED)], NOW)
    return made


def landed(source: str, *slots: Slot) -> Landed:
    """A source at work found these."""
    return Landed(source, slots)


def hours(made: SlotBoard) -> list[str]:
    """The hours on screen, in order."""
    return [f"{row.one.slot.start:%H:%M}" for row in made.column().rows]


FINISHED = Finished(())
