"""A desk with its real window, as a program: an operator at the keyboard until the time is up.

Run: python -m tests.load.window_desk PLAN.json (on a screen with a window manager)

Says `prêt` when calls can be taken, then waits for a line; `fin` when all is saved and the window closed.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.letters import letters_of
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.bootstrap import build
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.desk.server_keys import ServerKeys, ServerSecrets
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain.call_merging import CallMerge
from osnp_console.domain.call_record import OUTCOMES, CallRecord
from osnp_console.domain.desk import Desk
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.call_place import SLOTS
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.transfer.receiving.workspace import TransfersWorkspace
from tests.journeys.killed_console import PATIENCE_MS, Patience
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.test_redon_call import talk
from tests.journeys.workstation import Keyring
from tests.load.ledger import LedgerWriter

NAMES = ("abadie", "legoff", "marchandeau", "kerros", "zephirin", "nunez")
LETTER_MS, PAUSE_MS = 60, 800
SETTLED = frozenset({Stage.BOOKED, Stage.CONFLICT, Stage.UNKNOWN, Stage.RESERVE})
LAST_SAVE_S = 60.0
TRANSFER_S = 90.0
"""How long either side waits for the other before it goes on otherwise."""
WAITS_FOR_LINE = frozenset({TransferState.CALLING, TransferState.PRESENTED, TransferState.SLOT_FOUND})
WAITS_FOR_SENDER = frozenset({TransferState.AGREED})
WITH_LINE = frozenset({TransferState.HANDED_OVER, TransferState.REGISTERED})


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """One window: its desk, its base, how long it works, what its clock says beside the machine's.

    `is_line`: its desk is a tele-secretariat's, which answers the line of the Pays de Redon.
    """

    number: int
    address: str
    key: str
    folder: str
    seconds: float
    ahead: float
    is_line: bool = False

    @property
    def desk(self) -> Desk:
        """The desk."""
        if self.is_line:
            return Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=self.number)
        return Desk(role="osnp", sas="44", number=self.number)

    @property
    def own_folder(self) -> Path:
        """What this desk has on its own disk."""
        return Path(self.folder) / f"poste-{self.number}"

    @property
    def ledger(self) -> Path:
        """Where its ledger is."""
        return Path(self.folder) / f"poste-{self.number}.jsonl"

    def now(self) -> datetime:
        """What the clock on the wall says."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def start(self) -> OpenWindow:
        """The console on this desk, its keyring having the site's key."""
        place = base_place(self.address)
        assert isinstance(place, ServerAddress)
        self.own_folder.mkdir(exist_ok=True)
        settings = self.own_folder / "reglages.json"
        KeptPreferences(settings).save(Preferences(desk=self.desk, theme=LIGHT))
        keyring = Keyring()
        ServerKeys(place, keyring).remember(ServerSecrets(None, bytes.fromhex(self.key), given=True))
        program = build()
        workplace = Workplace(place, settings, keyring, self.now, self.own_folder)
        return make_window(program, program.defaults, workplace)


class Shift:
    """An operator's shift at one window."""

    def __init__(self, plan: WindowPlan, operator: Operator, ledger: LedgerWriter) -> None:
        self._plan = plan
        self._at = operator
        self._desk = SlotsDesk(operator)
        self._ledger = ledger
        self._dice = random.Random(plan.number)
        self._pictures = 0
        window = operator.window
        window.calls.logged.connect(ledger.logged)
        window.calls.closed.connect(self._is_closed)
        window.calls.ended_otherwise.connect(self._had_ended_otherwise)
        window.agendas.deals.changed.connect(self._deal_changed)
        window.transfers.taken.connect(self._has_taken)
        self._ending: str | None = None
        turns = (self._hand_over, self._one_call, self._one_call, self._look_at_the_others)
        self._turns = (self._answer_the_line,) if plan.is_line else turns

    def work(self) -> None:
        """Calls until the time is up, then all of them ended."""
        until = time.monotonic() + self._plan.seconds
        while time.monotonic() < until:
            for turn in self._turns:
                self._try(turn)
        drained = time.monotonic() + LAST_SAVE_S
        while self._plan.is_line and self._queue() and time.monotonic() < drained:
            self._try(self._answer_the_line)
        pressed("Alt+A")
        while self._at.window.calls.current is not None:
            self._end("erreur")
        self._picture("fin")
        deadline = time.monotonic() + LAST_SAVE_S
        while not self._at.window.calls.is_saved and time.monotonic() < deadline:
            QTest.qWait(50)

    def _try(self, turn: Callable[[], None]) -> None:
        """What the shared base keeps from working is done otherwise, as a person would."""
        try:
            turn()
        except (TimeoutError, AssertionError) as error:
            self._ledger.failed(f"{turn.__name__} : {type(error).__name__}")
            self._picture("genee")
            pressed("Escape")
            pressed("Alt+A")

    # --- turns ------------------------------------------------------------------------------------------

    def _take(self) -> OpenCall:
        """A call, and everything that is said of it."""
        talk(self._at)
        call = self._at.call
        self._ledger.took(call.record.id, call.record.number)
        self._at.tab_to("Nom")
        for letter in self._dice.choice(NAMES):
            typed(letter)
            QTest.qWait(LETTER_MS)
        pressed("Tab")
        pressed("Ctrl+M")
        for letter in f"poste {self._plan.number}, appel {call.record.number}":
            typed(letter)
            QTest.qWait(LETTER_MS // 2)
        return call

    def _one_call(self) -> None:
        call = self._take()
        outcome = "rendez_vous" if self._dice.random() < 0.8 and self._book() else "conseil"
        self._rest()
        if self._dice.random() < 0.25:
            pressed("F4")  # on hold: another desk may take it over
            return
        if self._at.window.calls.current is call:
            self._end(outcome)

    def _book(self) -> bool:
        if self._at.window.live.alone_since is not None:
            return False
        self._desk.wait_found(15_000)
        if not any(row.can_be_chosen for row in self._desk.rows):
            return False
        self._at.go_to_pane(SLOTS)
        for _ in range(self._dice.randrange(1, 3)):
            pressed("Down")
        QTest.qWait(PAUSE_MS + 400)  # proposed to the patient, and thereby to the other desks
        self._picture("creneaux")
        pressed("F9")
        self._at.qtbot.waitUntil(lambda: self._desk.deal.stage in SETTLED and not self._desk.deal.busy)
        self._picture(self._desk.deal.stage.name.lower())
        return self._desk.deal.stage is Stage.BOOKED

    def _look_at_the_others(self) -> None:
        """Suivi; a call that another desk has on hold is taken over."""
        pressed("Ctrl+F")
        place = self._at.frame.places.workspace(Place.FOLLOW_UP)
        assert isinstance(place, FollowUpWorkspace)
        QTest.qWait(PAUSE_MS)
        self._picture("suivi")
        mine = {call.record.id for call in self._at.window.calls.calls}
        held = [row.id for row in place.table.rows if row.outcome == "en attente" and row.id not in mine]
        if held:
            place.table.setFocus()
            place.table.choose(held[0])
            QTest.qWait(PAUSE_MS)  # the call before it is on screen until this one is read
            self._at.qtbot.waitUntil(lambda: place.call.message.words.startswith("Cet appel"))
            pressed("Return")
            pressed("Return")
            self._at.qtbot.waitUntil(lambda: self._current_id() == held[0])
            self._picture("pris-ailleurs")
            self._end("conseil")
        pressed("Alt+A")

    def _hand_over(self) -> None:
        """F8, step by step, until the line has the patient or refuses."""
        call = self._take()
        transfers = self._at.window.transfers
        pressed("F8")
        self._at.qtbot.waitUntil(lambda: transfers.of_call(call.record.id) is not None)
        until = time.monotonic() + TRANSFER_S
        while (sent := transfers.of_call(call.record.id)) is not None and not sent.is_settled:
            if sent.state is TransferState.HANDED_OVER or time.monotonic() > until:
                break
            if sent.state in WAITS_FOR_LINE:
                QTest.qWait(PAUSE_MS // 4)
                continue
            pressed("F8")
            QTest.qWait(PAUSE_MS)
            self._picture(f"transfert-{sent.state.value}")
        if self._at.window.calls.current is call:
            is_over = sent is not None and sent.state in WITH_LINE
            self._end("transfere" if is_over else "conseil")

    def _answer_the_line(self) -> None:
        """Take the first transfer of the queue, and go through its steps."""
        pressed("Alt+T")
        place = self._at.frame.places.workspace(Place.TRANSFERS)
        assert isinstance(place, TransfersWorkspace)
        waiting = self._queue()
        if not waiting:
            self._rest()
            return
        transfers, key = self._at.window.transfers, waiting[0].id
        place.queue.list.setFocus()
        place.queue.list.make_current(key)
        self._picture("file")
        pressed("Return")
        self._at.qtbot.waitUntil(lambda: self._is_mine(transfers.get(key)))
        self._at.qtbot.waitUntil(lambda: self._at.window.calls.current is not None)
        call = self._at.call.record
        self._ledger.took(call.id, call.number)
        until = time.monotonic() + TRANSFER_S
        while (now := transfers.get(key)) is not None and not now.is_settled:
            QTest.qWait(PAUSE_MS)
            if now.state in WAITS_FOR_SENDER:
                pass
            elif self._is_unsure():
                pressed("Return")  # the link was cut as it was booked: verify
            elif time.monotonic() > until:
                pressed("Shift+F9")
            else:
                pressed("F9")
            if place.acts.slot_asked.isVisible():  # the agenda has nothing left: the line gives one by hand
                typed("demain 10:40, Dr Essai")
                pressed("Return")
            if time.monotonic() > until + TRANSFER_S:
                raise TimeoutError
        if place.acts.slot_asked.isVisible():
            pressed("Escape")
        if self._at.window.calls.current is not None and self._at.call.record.id == call.id:
            pressed("Alt+A")  # it ended otherwise: the call is this desk's to end
            self._end("conseil")
        self._picture(f"ligne-{now.state.value if now is not None else ''}")

    def _is_unsure(self) -> bool:
        if self._at.window.calls.current is None or self._at.window.live.alone_since is not None:
            return False
        deal = self._desk.deal
        return deal.stage is Stage.UNKNOWN and not deal.busy

    def _queue(self) -> list[Transfer]:
        """What waits for the line or is in hand here, oldest first."""
        going_on = [one for one in self._at.window.transfers.queue if not one.is_settled]
        return [one for one in going_on if one.taken is None or self._is_mine(one)]

    def _is_mine(self, transfer: Transfer | None) -> bool:
        taken = transfer.taken if transfer is not None else None
        return taken is not None and taken.by.desk == self._plan.desk.code

    def _has_taken(self, transfer: Transfer) -> None:
        self._ledger.took_transfer(transfer.id)

    # --- acts -------------------------------------------------------------------------------------------

    def _end(self, outcome: str) -> None:
        """End the call on screen from the list of outcomes."""
        self._ending = outcome
        pressed("Ctrl+G")
        pressed(letters_of(OUTCOMES)[outcome])
        pressed("Return")
        self._at.qtbot.waitUntil(lambda: self._ending is None)

    def _is_closed(self, call: OpenCall) -> None:
        """Also for a call that another desk took over or ended: then nothing was ended here."""
        ending, self._ending = self._ending, None
        if ending is None or call.record.outcome != ending:
            return
        for code in (fields.BIRTH_NAME, fields.NOTE, fields.CALLER_PHONE):
            self._ledger.typed(call.record.id, code, call.record.sheet.text(code))
        self._ledger.ended(call.record.id, ending)

    def _had_ended_otherwise(self, mine: CallRecord, merge: CallMerge) -> None:
        self._ledger.had_ended_otherwise(mine.id, merge.record.outcome or "")

    def _deal_changed(self, deal: Deal) -> None:
        appointment = deal.appointment
        if appointment is not None:
            self._ledger.tried(appointment.id, appointment.call)
            self._ledger.told(appointment.id, appointment.state.value)

    def _current_id(self) -> str:
        current = self._at.window.calls.current
        return current.record.id if current is not None else ""

    def _rest(self) -> None:
        QTest.qWait(round(self._dice.expovariate(1.0) * PAUSE_MS))

    def _picture(self, what: str) -> None:
        self._pictures += 1
        name = f"{self._pictures:03}-{what}.png"
        self._at.window.screen().grabWindow(0).save(str(self._plan.own_folder / name))


class Waits(Patience):
    """Waits as long as it is told, as pytest-qt does."""

    def waitUntil(  # noqa: N802 - pytest-qt's own name
        self, holds: Callable[[], bool], timeout: int = PATIENCE_MS
    ) -> None:
        """Run the event loop until something holds; raises TimeoutError after so many milliseconds."""
        deadline = QDeadlineTimer(timeout)
        while not holds():
            if deadline.hasExpired():
                raise TimeoutError
            QTest.qWait(5)


class Station:
    """What an operator starts."""

    def __init__(self, plan: WindowPlan) -> None:
        self.start = plan.start


def main(file: Path) -> None:
    """One shift."""
    plan = msgspec.json.decode(file.read_bytes(), type=WindowPlan)
    operator = Operator(Waits(), Station(plan))  # type: ignore[arg-type]  # only started here
    operator.start()
    ledger = LedgerWriter(plan.ledger)
    shift = Shift(plan, operator, ledger)
    _say("prêt")
    sys.stdin.readline()
    shift.work()
    operator.stop()
    ledger.write("fin")
    _say("fin")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
