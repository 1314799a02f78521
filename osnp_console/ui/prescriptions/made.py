"""What the window keeps of prescriptions while its panels are made anew in another theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.prescription.signing_place import SigningPlace
from osnp_console.app.prescription.validate import IdentifyAgain
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune
from osnp_console.domain.prescription.checks import NURSES
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.live import Live
from osnp_console.ui.lock.seat import Seat
from osnp_console.ui.prescriptions.around import Surroundings, distances_by, nurse_dispositifs
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.form import FormSources
from osnp_console.ui.prescriptions.page_images import PageImages
from osnp_console.ui.prescriptions.ports import PrescriptionOffice
from osnp_console.ui.prescriptions.signing import Signing
from osnp_console.ui.prescriptions.told_readings import ToldReadings
from osnp_console.ui.prescriptions.validating import Validating
from osnp_console.ui.unfinished import Unfinished

Living = Callable[[str], Commune | None]


@dataclass(frozen=True, slots=True)
class Prescribing:
    """Everything of the workspace that is not a widget."""

    desk: DeskPrescriptions
    images: PageImages
    validating: Validating
    signing: Signing
    around: Surroundings
    communes: CommuneSearch
    unfinished: Unfinished
    new_id: Callable[[], str]

    def sources(self) -> FormSources:
        """What the form looks things up in, as it is today."""
        from osnp_console.ui.intake.place_fields import commune_rows, resolved

        around = self.around
        return FormSources(
            nurse_dispositifs(around.dispositifs, around.clock()),
            lambda text: commune_rows(self.communes, text),
            lambda text: resolved(self.communes, text),
            around.living,
            self.unfinished,
        )

    def start(self) -> None:
        """The base is open: what is under way is read, and who can be called."""
        self.desk.refresh()
        self.desk.read_nurses()
        self.desk.read_site()

    def close(self, reached: Callable[[str], None]) -> None:
        """The window is going: what is typed goes to the store now; `reached` is told what it has."""
        self.desk.leave(reached)
        self.images.close()


def make_prescribing(
    door: StoreDoor,
    live: Live,
    seat: Seat,
    sign_in: IdentifyAgain,
    office: PrescriptionOffice,
    catalogue: Catalogue,
    communes: CommuneSearch,
    living: Living,
    desk: Callable[[], str],
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    unfinished: Unfinished,
    positions: Positions,
    signing_place: Callable[[], SigningPlace],
    parent: QObject,
) -> Prescribing:
    """Made once for the window. `desk` gives the code of this desk, `signing_place` what signs there."""
    made = DeskPrescriptions(
        door, live, desk, clock, lambda: seat.session, unfinished, parent, seat.on_behalf
    )
    seat.changed.connect(made.somebody_came)
    dispositifs = {one.id: one for one in catalogue.dispositifs if one.nature == NURSES}
    validating = Validating(
        seat, sign_in, office, lambda: made.site.header, dispositifs.values(), living, desk, clock, parent
    )
    readings = ToldReadings(seat.note, desk, clock, parent)
    seat.changed.connect(readings.somebody_came)
    around = Surroundings(made, office, dispositifs, living, clock, distances_by(positions), readings)
    images = PageImages(office.pdf, parent)
    signing = Signing(office.signs, signing_place, parent)
    return Prescribing(made, images, validating, signing, around, communes, unfinished, new_id)
