"""A desk that answers the line of the Pays de Redon, and the desks of SAS that send to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.desk import Desk
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Actor, LineCalled, Transfer, prepared
from osnp_console.storage.store import Store
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.transfer.receiving.workspace import TransfersWorkspace
from tests.journeys.operator import Operator, pressed
from tests.journeys.slots_desk import REDON_CALL
from tests.journeys.town import REDON
from tests.journeys.workstation import NOON, Workstation

LINE_DESK = Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2)
ACCESS = LineCalled(REDON, 0, "AccèsS", "+33230303434")
LEA: Mapping[str, Answer] = {
    **REDON_CALL,
    fields.BIRTH_NAME: "MARTIN",
    fields.FIRST_NAMES: "Léa",
    fields.CALLER_PHONE: "0639982744",
    facts.RESIDENCE: "35219",
    facts.REASON: "cystite",
    facts.PREGNANT: False,
    fields.NOTE: "Brûlures depuis ce matin, pas de fièvre. Peut partir tout de suite.",
}


@dataclass
class LineStation(Workstation):
    """A workstation of the tele-secretariat."""

    desk: Desk = LINE_DESK

    def settle(self, *, text: int = 100, theme: str = LIGHT) -> None:
        """Settle the desk, as the first start does."""
        KeptPreferences(self.settings).save(Preferences(desk=self.desk, theme=theme, text_scale=text))


@dataclass(frozen=True, slots=True)
class Sent:
    """One transfer as a SAS sends it; `moves` are ten seconds apart, from a minute after its preparation."""

    key: str = "t-1"
    answers: Mapping[str, Answer] | None = None
    ago: timedelta = timedelta(minutes=2)
    moves: tuple[TransferMove, ...] = ()
    desk: str = "35-1"
    person: str = ""
    taken_by: Actor | None = None
    reason: str = ""

    def call(self, now: datetime) -> CallRecord:
        """The call of the desk that sends."""
        at = now - self.ago
        record = CallRecord(f"appel-{self.key}", 31, self.desk, at, CallState.HELD, at)
        for code, answer in (self.answers or LEA).items():
            record = record.put(code, answer)
        return record

    def transfer(self, now: datetime) -> Transfer:
        """The transfer, as far as it has come."""
        at = now - self.ago
        by = Actor(self.desk, self.person)
        made = prepared(self.key, f"appel-{self.key}", ACCESS, by, at, sas=self.desk.partition("-")[0])
        for number, move in enumerate(self.moves):
            when = at + timedelta(seconds=30 + 10 * number)
            made = made.moved(move, by, when, reason=self.reason if made.may(move) else "")
        if self.taken_by is not None:
            made = made.taken_by(self.taken_by, at + timedelta(seconds=40))
        return made


def send(store: Store, *sent: Sent, now: datetime = NOON) -> None:
    """Keep calls and transfers as the desks of the SAS would."""
    with store.unit() as unit:
        for one in sent:
            unit.calls.save(one.call(now))
            unit.transfers.save(one.transfer(now))
        unit.commit()


class LineDesk:
    """Sits before the workspace Transferts of an operator's window."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator

    def enter(self) -> None:
        """Alt+T, once the queue is read."""
        pressed("Alt+T")
        self.wait()

    def wait(self) -> None:
        """Wait until everything asked of the store came home."""
        window = self.operator.window
        self.operator.qtbot.waitUntil(
            lambda: window.door.is_idle and not window.transfers.waits and window.calls.is_saved
        )

    @property
    def place(self) -> TransfersWorkspace:
        """The workspace."""
        made = self.operator.frame.places.workspace(Place.TRANSFERS)
        assert isinstance(made, TransfersWorkspace)
        return made

    @property
    def rows(self) -> list[str]:
        """The lines of the queue as they are read aloud."""
        model = self.place.queue.list.lines
        return [model.heard(line) for line in model.lines]

    @property
    def buttons(self) -> list[str]:
        """What the foot offers."""
        return [button.accessibleName() for button in self.place.pane.foot.buttons.values()]

    @property
    def question(self) -> str:
        """The question of the moment."""
        return self.place.pane.foot.question.text()

    def transfer(self, key: str = "t-1") -> Transfer:
        """A transfer as the base holds it."""

        def read(open_unit: object) -> Transfer:
            with open_unit() as unit:  # type: ignore[operator]  # the store's own opener
                found: Transfer = unit.transfers.get(key)
                return found

        return self.operator.read_base(read)

    def advance(self, **by: float) -> None:
        """Let time pass on the clock of the desk."""
        clock = self.operator.workstation.hand_clock
        clock.go(**by)
        self.operator.window.calls.ticked.emit(clock.now)


def other(sent: Sent, **changed: object) -> Sent:
    """The same with something changed."""
    return replace(sent, **changed)  # type: ignore[arg-type]  # the names of its fields
