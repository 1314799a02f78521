"""The demonstration's own small world: a keyring that forgets, the day it is there, its agendas."""

from __future__ import annotations

from datetime import datetime, timedelta

from osnp_console.app.ports import OpenUnit
from osnp_console.desk.vault import VaultState
from osnp_console.domain.agenda.plan import Agenda, Offer, SingleOpening
from osnp_console.domain.clock import PARIS
from osnp_console.domain.slots.slot import SNP, Place
from osnp_console.domain.slots.source import AgendaSource, SourceKind

STARTS = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
SIZE = (1366, 768)


class MemoryVault:
    """A keyring that forgets with the program: the demonstration leaves no key behind."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    @property
    def state(self) -> VaultState:
        """Always there."""
        return VaultState.WORKS

    def get(self, name: str) -> str | None:
        """The secret of that name."""
        return self._kept.get(name)

    def set(self, name: str, secret: str) -> None:
        """Keep a secret until the program ends."""
        self._kept[name] = secret

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._kept.pop(name, None)


REDON, PAYS_BLANC = "44-pays-de-redon-mg", "44-pays-blanc-mg"
CENTRE = Agenda(
    "centre",
    "Carnet du centre",
    Place(name="Centre de soins des Essais", address="3 rue du Port", postcode="35600", city="Redon"),
    (REDON,),
    frozenset({SNP}),
)
LOCAL_SOURCE = AgendaSource(
    "carnet",
    SourceKind.LOCAL_AGENDA,
    "Carnet du centre",
    dispositifs=(REDON,),
    options={"agenda": CENTRE.id},
)


def declare_agendas(open_unit: OpenUnit, editor: str) -> None:
    """Work for the store: the agendas of the call: two of the simulator's, a local one, a portal."""
    from osnp_console.connectors.simulator.demonstration import BREHAULT, COUDRAIS, GAUDIN

    sas, of_others = SourceKind.SAS_FHIR, (GAUDIN,)
    sources = (
        AgendaSource("sas", sas, "SAS 35", f"{editor}/sas/fhir", (BREHAULT, COUDRAIS), dispositifs=(REDON,)),
        AgendaSource("blanc", sas, "Citana", f"{editor}/blanc/fhir", of_others, dispositifs=(PAYS_BLANC,)),
        AgendaSource(
            "doctolib", SourceKind.PORTAL, "Doctolib Team", "https://pro.doctolib.fr/", dispositifs=(REDON,)
        ),
    )
    declare_local_agenda(open_unit)
    with open_unit() as unit:
        for source in sources:
            unit.sources.put(source)
        unit.commit()


def declare_local_agenda(open_unit: OpenUnit) -> None:
    """Work for the store: the local agenda of Redon, with a place at 15:00 and one at 16:40."""
    with open_unit() as unit:
        unit.agendas.put(CENTRE)
        for name, start in (
            ("place", STARTS.replace(hour=15)),
            ("autre", STARTS.replace(hour=16, minute=40)),
        ):
            opening = SingleOpening(name, start, start + timedelta(minutes=20), Offer(minutes=20))
            unit.agendas.put_single(CENTRE.id, opening)
        unit.sources.put(LOCAL_SOURCE)
        unit.commit()
