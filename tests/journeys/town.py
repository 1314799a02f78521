"""The agendas around a desk: an editor's simulator on loopback, a local agenda, a portal, all declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from osnp_console.connectors.simulator.demonstration import (
    BREHAULT,
    COUDRAIS,
    GAUDIN,
    MENORET,
    demonstration_world,
)
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.domain.agenda.plan import Agenda, Offer, SingleOpening
from osnp_console.domain.slots.slot import SNP, Place
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.storage.store import StoredUnit
from tests.journeys.workstation import NOON, Workstation

REDON, ERDRE, BLANC = "44-pays-de-redon-mg", "44-erdre-cens-mg", "44-pays-blanc-mg"
SAS, PAYS_BLANC, CPTS_RDV, DIRECT, LOCAL, PORTAL = (
    "sas-44",
    "blanc",
    "cpts-rdv",
    "direct",
    "carnet",
    "portail",
)
FREE_AT = "10:40"
"""When the first slot of the SAS is, on the morning of `NOON`."""


@dataclass(frozen=True)
class Town:
    """What a test does to the agendas."""

    simulator: Simulator
    workstation: Workstation

    def declare(self, *sources: AgendaSource) -> None:
        """Declare sources in the base, the console being stopped."""
        with self._unit() as unit:
            for source in sources:
                unit.sources.put(source)
            unit.commit()

    def open_local_agenda(self) -> None:
        """A local agenda with one place this afternoon at 15:00."""
        start = NOON.replace(hour=15, minute=0)
        single = SingleOpening("seule", start, start + timedelta(minutes=20), Offer(minutes=20))
        place = Place(name="Centre de soins des Essais", postcode="35600", city="Redon", phone="0299000000")
        agenda = Agenda("centre", "Carnet du centre", place, (REDON,), frozenset({SNP}))
        with self._unit() as unit:
            unit.agendas.put(agenda)
            unit.agendas.put_single(agenda.id, single)
            unit.commit()

    def source(
        self,
        name: str,
        kind: SourceKind = SourceKind.SAS_FHIR,
        practitioners: Sequence[str] = (),
        dispositifs: Sequence[str] = (),
    ) -> AgendaSource:
        """A source served by the simulator."""
        return AgendaSource(
            name,
            kind,
            NAMES[name],
            f"{self.simulator.address}/{name}/fhir",
            tuple(practitioners),
            dispositifs=tuple(dispositifs),
        )

    @property
    def sas(self) -> AgendaSource:
        """The SAS: three slots for the Pays de Redon."""
        return self.source(SAS, practitioners=(BREHAULT, COUDRAIS), dispositifs=(REDON,))

    @property
    def pays_blanc(self) -> AgendaSource:
        """One slot for a dispositif whose territory nobody lists."""
        return self.source(PAYS_BLANC, practitioners=(GAUDIN,), dispositifs=(BLANC,))

    @property
    def cpts_rdv(self) -> AgendaSource:
        """An agenda with nothing free."""
        return self.source(CPTS_RDV, practitioners=(MENORET,), dispositifs=(ERDRE,))

    @property
    def direct(self) -> AgendaSource:
        """An agenda that books by itself."""
        return self.source(DIRECT, SourceKind.FHIR_AGENDA, (BREHAULT, COUDRAIS), (REDON,))

    @property
    def local(self) -> AgendaSource:
        """The local agenda."""
        options = {"agenda": "centre"}
        return AgendaSource(
            LOCAL, SourceKind.LOCAL_AGENDA, NAMES[LOCAL], dispositifs=(REDON,), options=options
        )

    @property
    def portal(self) -> AgendaSource:
        """An agenda that only a person reads."""
        return AgendaSource(
            PORTAL, SourceKind.PORTAL, NAMES[PORTAL], "https://rdv.example/agenda", dispositifs=(REDON,)
        )

    @contextmanager
    def _unit(self) -> Iterator[StoredUnit]:
        store = self.workstation.opened()
        try:
            with store.unit() as unit:
                yield unit
        finally:
            store.close()


NAMES = {
    SAS: "SAS 44",
    PAYS_BLANC: "Agenda Pays Blanc",
    CPTS_RDV: "CPTS RDV",
    DIRECT: "Agenda direct",
    LOCAL: "Carnet du centre",
    PORTAL: "Doctolib Team",
}


@contextmanager
def town_of(workstation: Workstation) -> Iterator[Town]:
    """The simulator answering as long as the context lasts."""
    with Simulator(demonstration_world(NOON), workstation.clock) as simulator:
        yield Town(simulator, workstation)
