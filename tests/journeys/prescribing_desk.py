"""Desks that prepare and validate prescriptions for a nurse of the Sarthe; the people are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.people.permissions import signed
from osnp_console.app.ports import OpenUnit
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.desk import Desk
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.lock.sign_in_page import SignInPage
from osnp_console.ui.prescriptions.document_page import DocumentPage
from osnp_console.ui.prescriptions.workspace import PrescriptionsWorkspace
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.workstation import Workstation
from tests.ui.test_office import Tray

SARTHE_DESK = Desk(role="sas", sas="72", number=2)
WORD = "quatre marees basses"
WAIT_MS = 20_000
BOUVET: Mapping[str, Answer] = {
    fields.CALLER_LINK: "patient",
    fields.CALLER_PHONE: "0639987320",
    fields.BIRTH_NAME: "BOUVET",
    fields.FIRST_NAMES: "Odette",
    facts.BIRTH: "02/05/1950",
    facts.SEX: "F",
    facts.RESIDENCE: "72181",
    facts.OFFER: "infirmier",
    facts.REASON: "pansement",
    fields.USUAL_PRACTICE: "Mme Hubert",
}
HUBERT = Nurse("n-1", "Mme Hubert", phone="0243000001", commune="72054")
SANE = Nurse("n-2", "M. Sané", phone="0243000002", communes=frozenset({"72181"}), mail="sane@exemple.fr")
FAR = Nurse("n-3", "M. Loin", commune="44109")


@dataclass
class PrescribingStation(Workstation):
    """A workstation of the regulation in Le Mans."""

    desk: Desk = SARTHE_DESK
    tray: Tray = field(default_factory=Tray)

    def start(self) -> OpenWindow:
        """Start the console, its sheets into the tray."""
        place = Workplace(self.place, self.settings, self.keyring, self.clock, self.folder)
        tray = self.tray
        return make_window(self.program, self.program.defaults, place, printers=tray, send=tray.send)

    def settle(self, *, text: int = 100, theme: str = LIGHT) -> None:
        """Settle the desk, as the first start does."""
        KeptPreferences(self.settings).save(Preferences(desk=self.desk, theme=theme, text_scale=text))

    def hire(self) -> None:
        """The accounts of an operator and of a doctor, and the nurses who can be called."""
        names = iter(("compte-1", "compte-2", "compte-3"))
        accounts = Accounts(ArgonPasswords(32, 1, 1), lambda: next(names))
        now, store = self.clock(), self.opened()
        boss = accounts.create_first(
            store.unit, AccountForm("a.blin", "Anne Blin", ("administrateur",)), WORD, self.desk.code, now
        )
        for identifier, name, role in (
            ("c.roche", "Chloé Roche", "osnp"),
            ("p.durand", "Dr Paul DURAND", "medecin_regulateur"),
        ):
            form = AccountForm(identifier, name, (role,))
            made = accounts.create(signed(store.unit, boss), form, f"{WORD} x", now)
            accounts.choose_password(store.unit, made, f"{WORD} x", WORD, self.desk.code, now)
        with store.unit() as unit:
            for nurse in (HUBERT, SANE, FAR):
                unit.nurses.put(nurse)
            unit.commit()
        store.close()


class PrescribingDesk:
    """Sits before the workspace Ordonnances of an operator's window."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator

    def start(self, identifier: str) -> None:
        """Start the console and sign in, by the keyboard alone."""
        self.operator.begin()
        window, wait = self.operator.window, self.operator.qtbot.waitUntil
        wait(lambda: any(one.isVisible() for one in window.findChildren(SignInPage)), timeout=WAIT_MS)
        typed(identifier)
        pressed("Return")
        typed(WORD)
        pressed("Return")
        wait(lambda: window.frame.isVisible() and window.is_open, timeout=WAIT_MS)
        self.wait()

    def wait(self) -> None:
        """Wait until everything asked of the store came home."""
        window = self.operator.window
        self.operator.qtbot.waitUntil(
            lambda: window.door.is_idle and not window.prescribing.desk.queue.waits, timeout=WAIT_MS
        )

    def take_call(self) -> None:
        """A call about Odette BOUVET, in Le Mans, who needs a dressing."""
        pressed("F2")
        calls = self.operator.window.calls
        for code, answer in BOUVET.items():
            calls.answer(code, answer)
        calls.settle()

    @property
    def place(self) -> PrescriptionsWorkspace:
        """The workspace."""
        made = self.operator.frame.places.workspace(Place.PRESCRIPTIONS)
        assert isinstance(made, PrescriptionsWorkspace)
        return made

    @property
    def page(self) -> DocumentPage:
        """The prescription that is opened."""
        return self.place.page

    @property
    def one(self) -> Prescription:
        """The prescription on screen."""
        found = self.page.prescription
        assert found is not None, "no prescription is on screen"
        return found

    @property
    def count(self) -> int:
        """What the badge of the rail says."""
        return self.operator.frame.rail.buttons[Place.PRESCRIPTIONS].count

    @property
    def rows(self) -> list[str]:
        """The lines of the list as they are read aloud."""
        model = self.place.listing.list.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    @property
    def said(self) -> str:
        """What stands over the foot of the form."""
        return self.page.view.said.message.words

    def kept(self) -> Prescription:
        """The prescription on screen as the base holds it."""
        key = self.one.id
        return self.operator.read_base(lambda units: _read(units, key))


def _read(open_unit: OpenUnit, key: str) -> Prescription:
    with open_unit() as unit:
        return unit.prescriptions.get(key)
