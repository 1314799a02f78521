"""The demonstration's own small world: a base that is thrown away, a clock set to a day of the catalogue."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from osnp_console.app.ports import OpenUnit
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.cli.program import Folders, Program
from osnp_console.desk.settings import KeptPreferences
from osnp_console.desk.vault import VaultState
from osnp_console.domain.agenda.plan import Agenda, Offer, SingleOpening
from osnp_console.domain.clock import PARIS
from osnp_console.domain.desk import Desk
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


def has_screen() -> bool:
    """Whether a window could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demonstrate(program: Program, folders: Folders, pictures: Path) -> Iterator[str]:
    """Play the Redon call through the real window, over the simulator; offscreen where there is no screen."""
    watched = has_screen() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if not watched:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from osnp_console.bootstrap.window import Workplace, make_window
    from osnp_console.connectors.simulator.demonstration import demonstration_world
    from osnp_console.connectors.simulator.server import Simulator
    from osnp_console.ui.demonstration import Demonstration

    began = datetime.now(UTC)

    def clock() -> datetime:
        return STARTS + (datetime.now(UTC) - began)

    editor = Simulator(demonstration_world(STARTS), clock)
    with editor, tempfile.TemporaryDirectory(prefix="osnp-demonstration-base-") as folder:
        settings = Path(folder) / "reglages.json"
        KeptPreferences(settings).save(Preferences(desk=Desk("osnp", "35", (), 1), theme=LIGHT))
        place = Workplace(
            Path(folder) / "console.base",
            settings,
            MemoryVault(),
            clock,
        )
        opened = make_window(program, folders, place)
        opened.create_base()
        opened.base.submit(lambda units: declare_agendas(units, editor.address)).result()
        opened.window.resize(*SIZE)
        opened.window.show()
        opened.window.start()
        yield from Demonstration(opened.window, pictures, editor.take, watched=watched).play()
        opened.window.close()
        opened.finish()


def declare_agendas(open_unit: OpenUnit, editor: str) -> None:
    """The agendas of the story: two of the simulator's, a local one with one place, a portal."""
    from osnp_console.connectors.simulator.demonstration import BREHAULT, COUDRAIS, GAUDIN

    redon, blanc = "44-pays-de-redon-mg", "44-pays-blanc-mg"
    start = STARTS.replace(hour=15)
    place = Place(name="Centre de soins des Essais", address="3 rue du Port", postcode="35600", city="Redon")
    agenda = Agenda("centre", "Carnet du centre", place, (redon,), frozenset({SNP}))
    sources = (
        AgendaSource(
            "sas",
            SourceKind.SAS_FHIR,
            "SAS 35",
            f"{editor}/sas/fhir",
            (BREHAULT, COUDRAIS),
            dispositifs=(redon,),
        ),
        AgendaSource(
            "blanc", SourceKind.SAS_FHIR, "Citana", f"{editor}/blanc/fhir", (GAUDIN,), dispositifs=(blanc,)
        ),
        AgendaSource(
            "carnet",
            SourceKind.LOCAL_AGENDA,
            "Carnet du centre",
            dispositifs=(redon,),
            options={"agenda": agenda.id},
        ),
        AgendaSource(
            "doctolib", SourceKind.PORTAL, "Doctolib Team", "https://pro.doctolib.fr/", dispositifs=(redon,)
        ),
    )
    with open_unit() as unit:
        unit.agendas.put(agenda)
        unit.agendas.put_single(
            agenda.id, SingleOpening("place", start, start + timedelta(minutes=20), Offer(minutes=20))
        )
        for source in sources:
            unit.sources.put(source)
        unit.commit()
