"""What the settings let somebody do of prescriptions, made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from osnp_console.app.people.session import Session
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.preferences.acts import PrescriptionActs
from osnp_console.ui.preferences.ordonnances.deeds import NurseDeeds, OrdonnanceDeeds


def prescription_acts(
    pieces: Pieces,
    store: StoreDoor,
    threads: AgendaDoor,
    session: Callable[[], Session],
    desk: Callable[[], str],
    printing: DeskPrinting,
    parent: QObject,
) -> PrescriptionActs:
    """The acts of the pages Ordonnances and Infirmiers; `desk` gives the code of this desk."""
    dispositifs = tuple(pieces.check.catalogue.dispositifs)
    sample = pieces.office.sign_sample
    clock = pieces.clock
    return PrescriptionActs(
        OrdonnanceDeeds(dispositifs, sample, store, threads, session, desk, clock, parent),
        NurseDeeds(pieces.gazetteer, store, threads, session, desk, clock, parent),
        printing,
    )
