"""Two windows on one PostgreSQL: a SAS hands a patient over, the line agrees, takes and registers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.ports import OpenUnit
from osnp_console.cli.program import Program
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.desk import Desk
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.ui.frame.rail import Place
from tests.journeys.line_desk import LEA, LineDesk, LineStation
from tests.journeys.operator import Operator, pressed
from tests.journeys.town import town_of
from tests.journeys.workstation import NOON
from tests.storage.places import TEMPLATE
from tests.storage.server import RealServer
from tests.ui.doubles import HandClock

S = TransferState
SAS_DESK = Desk(role="osnp", sas="35", number=1)
SECOND_LINE_DESK = Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=3)


class Office:
    """Desks of one site, each with its window; one has the keyboard."""

    def __init__(self, qtbot: QtBot, folder: Path, program: Program, site: RealServer) -> None:
        self.qtbot, self._folder, self._program = qtbot, folder, program
        self.clock = HandClock(NOON)
        self._site, self._base = site, site.new_base(TEMPLATE)
        self._sitting: list[Operator] = []

    def station(self, desk: Desk) -> LineStation:
        """A workstation on the base of the site."""
        folder = self._folder / desk.code
        folder.mkdir()
        made = LineStation(folder, self._program, clock=self.clock, desk=desk)
        made.address = self._site.address(self._base)
        made.install()
        return made

    def sit(self, station: LineStation) -> Operator:
        """Somebody starts the console there."""
        sitting = Operator(self.qtbot, station)
        sitting.start()
        self.qtbot.waitUntil(lambda: sitting.window.live.up_to_date_at is not None)
        self._sitting.append(sitting)
        return sitting

    def turn_to(self, operator: Operator) -> None:
        """That window has the keyboard now, long enough after the last step for a key to count."""
        self.clock.go(seconds=1)
        operator.window.activateWindow()
        self.qtbot.waitUntil(operator.window.isActiveWindow)
        self.qtbot.waitUntil(lambda: not operator.window.sending.guard.isActive())
        self.qtbot.waitUntil(lambda: operator.window.door.is_idle and not operator.window.transfers.waits)

    def close(self) -> None:
        for one in self._sitting:
            one.stop()
        self._site.drop_base(self._base)
        gc.collect(1)


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, program: Program, site: RealServer) -> Iterator[Office]:
    made = Office(qtbot, tmp_path, program, site)
    yield made
    made.close()


def state_at(operator: Operator) -> TransferState | None:
    """How far the transfer of the call on screen has come, as this window shows it."""
    found = operator.window.transfers.of_call(operator.call.record.id)
    return found.state if found is not None else None


def wait_for(office: Office, operator: Operator, state: TransferState) -> None:
    office.qtbot.waitUntil(lambda: state_at(operator) is state)


def wait_for_row(office: Office, desk: LineDesk) -> None:
    """Wait until the queue names the patient."""
    office.qtbot.waitUntil(lambda: any("Léa MARTIN" in row for row in desk.rows))


def hand_over(office: Office, sas: Operator) -> None:
    """The SAS takes the call of Léa MARTIN, prepares its transfer and dials, by keyboard from F8 on."""
    pressed("F2")
    for code, answer in LEA.items():
        sas.window.calls.answer(code, answer)
    sas.window.calls.settle()
    pressed("F8")
    wait_for(office, sas, S.PREPARED)
    office.turn_to(sas)
    pressed("F8")
    wait_for(office, sas, S.CALLING)


def kept(operator: Operator, call: str) -> CallRecord:
    """A call as the base holds it."""

    def read(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            return unit.calls.get(call)

    return operator.read_base(read)


def test_a_patient_goes_from_the_sas_to_inscrit_between_two_windows_by_keyboard(office: Office) -> None:
    station = office.station(Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2))
    with town_of(station) as town:
        town.open_local_agenda()
        town.declare(town.local)
    sas, line = office.sit(office.station(SAS_DESK)), office.sit(station)
    desk = LineDesk(line)
    office.turn_to(sas)
    hand_over(office, sas)
    key = sas.window.transfers.all[0].id
    badge = line.frame.rail.buttons[Place.TRANSFERS]
    office.qtbot.waitUntil(lambda: badge.count == 1)
    office.turn_to(line)
    desk.enter()
    wait_for_row(office, desk)
    pressed("Return")
    office.qtbot.waitUntil(lambda: desk.place.pane.borrowed.is_here)
    wait_for(office, sas, S.ANSWERED)
    office.qtbot.waitUntil(lambda: line.window.agendas.is_idle)
    office.turn_to(sas)
    pressed("F8")  # the situation is presented
    wait_for(office, line, S.PRESENTED)
    office.turn_to(line)
    office.qtbot.waitUntil(lambda: desk.question == "Proposer 15:00 au SAS\u202f?")
    pressed("F9")
    wait_for(office, sas, S.AGREED)
    line.capture("transfert-recu-accord")
    sas.capture("transfert-envoye-accord")
    office.turn_to(sas)
    pressed("F8")  # the patient is handed over
    wait_for(office, line, S.HANDED_OVER)
    office.turn_to(line)
    line_call = line.call.record.id
    pressed("F9")
    wait_for(office, sas, S.REGISTERED)
    office.qtbot.waitUntil(lambda: line.window.calls.current is None and line.window.calls.is_saved)
    sent = sas.window.transfers.get(key)
    assert sent is not None
    assert sent.slot.startswith("aujourd’hui 15:00")
    assert (sent.line_call, kept(line, line_call).outcome) == (line_call, "rendez_vous")
    office.turn_to(sas)
    pressed("F8")  # the call of the SAS is over
    office.qtbot.waitUntil(lambda: sas.window.calls.current is None and sas.window.calls.is_saved)
    assert kept(sas, sent.call).outcome == "transfere"
    assert badge.count == 0


def test_each_window_may_die_in_the_middle_and_the_patient_is_registered_all_the_same(office: Office) -> None:
    station = office.station(Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2))
    with town_of(station) as town:
        town.open_local_agenda()
        town.declare(town.local)
    sas, line = office.sit(office.station(SAS_DESK)), office.sit(station)
    office.turn_to(sas)
    hand_over(office, sas)
    desk = LineDesk(line)
    office.turn_to(line)
    desk.enter()
    wait_for_row(office, desk)
    pressed("Return")
    office.qtbot.waitUntil(lambda: desk.place.pane.borrowed.is_here)
    wait_for(office, sas, S.ANSWERED)
    office.turn_to(sas)
    pressed("F8")  # the situation is presented
    wait_for(office, line, S.PRESENTED)
    sas.wait_saved()
    sas.crash()
    office.turn_to(line)
    office.qtbot.waitUntil(lambda: desk.question == "Proposer 15:00 au SAS\u202f?")
    pressed("F9")
    wait_for(office, line, S.AGREED)
    office.qtbot.waitUntil(lambda: not line.window.transfers.waits)
    line_call = line.call.record.id
    line.wait_saved()
    line.crash()
    sas.start()
    office.qtbot.waitUntil(sas.frame.notice.isVisible)
    pressed("Return")
    wait_for(office, sas, S.AGREED)
    office.turn_to(sas)
    panel = sas.frame.call_desk.transfer.panel
    office.qtbot.waitUntil(panel.isVisible)
    pressed("F8")  # the patient is handed over
    wait_for(office, sas, S.HANDED_OVER)
    line.start()
    office.qtbot.waitUntil(line.frame.notice.isVisible)
    pressed("Return")
    wait_for(office, line, S.HANDED_OVER)
    assert line.call.record.id == line_call, "the same call as before"
    office.turn_to(line)
    LineDesk(line).enter()
    office.qtbot.waitUntil(lambda: bool(LineDesk(line).rows))
    pressed("F9")
    wait_for(office, sas, S.REGISTERED)


def test_of_two_tele_secretaries_one_takes_it_the_other_is_told_and_its_refusal_reaches_the_sas(
    office: Office,
) -> None:
    sas = office.sit(office.station(SAS_DESK))
    first = office.sit(office.station(Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2)))
    second = office.sit(office.station(SECOND_LINE_DESK))
    office.turn_to(sas)
    hand_over(office, sas)
    desks = LineDesk(first), LineDesk(second)
    for operator, desk in zip((first, second), desks, strict=True):
        office.turn_to(operator)
        desk.enter()
        wait_for_row(office, desk)
    pressed("Return")
    office.turn_to(first)
    first.window.receiving.take(first.window.transfers.all[0].id)  # at once, before anything is heard
    office.qtbot.waitUntil(lambda: second.window.calls.current is not None)
    office.qtbot.waitUntil(lambda: desks[0].question.startswith("Le poste 3 l’a pris à"))
    assert first.window.calls.current is None
    assert desks[0].buttons == ["Reprendre à ce poste"]
    office.turn_to(second)
    pressed("Shift+F8")
    pressed("T")
    pressed("Return")
    wait_for(office, sas, S.REFUSED)
    office.qtbot.waitUntil(lambda: any("le médecin traitant peut le voir" in one.lower() for one in (
        sas.words_in(sas.frame.call_desk)
    )))  # fmt: skip
    office.qtbot.waitUntil(lambda: any("1 refusé" in row for row in desks[1].rows))


def taken_at_line(office: Office, first: Operator) -> str:
    """The first desk of the line takes the transfer that is on its screen; the id of its call."""
    desk = LineDesk(first)
    office.turn_to(first)
    desk.enter()
    wait_for_row(office, desk)
    pressed("Return")
    office.qtbot.waitUntil(lambda: desk.place.pane.borrowed.is_here)
    first.wait_saved()
    office.qtbot.waitUntil(lambda: not first.window.transfers.waits)
    return first.call.record.id


def test_a_lines_call_that_another_of_its_desks_takes_over_brings_its_transfer_along(office: Office) -> None:
    sas = office.sit(office.station(SAS_DESK))
    first = office.sit(office.station(Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2)))
    second = office.sit(office.station(SECOND_LINE_DESK))
    office.turn_to(sas)
    hand_over(office, sas)
    line_call = taken_at_line(office, first)
    key = sas.window.transfers.all[0].id
    second.frame.places.take_over_wanted.emit(line_call)
    office.qtbot.waitUntil(lambda: first.window.calls.current is None)

    def has_it(operator: Operator) -> bool:
        found = operator.window.transfers.get(key)
        return found is not None and found.taken is not None and found.taken.by.desk == "ligne-3"

    office.qtbot.waitUntil(lambda: all(has_it(one) for one in (sas, first, second)))
    office.turn_to(second)
    second.window.calls.close("sans_solution")
    wait_for(office, sas, S.NO_SLOT)


def test_a_call_taken_over_while_it_is_being_transferred_goes_on_at_the_desk_that_took_it(
    office: Office,
) -> None:
    sas = office.sit(office.station(SAS_DESK))
    second = office.sit(office.station(Desk(role="osnp", sas="35", number=4)))
    line = office.sit(office.station(Desk(role="telesecretariat", cpts=("CPTS Pays de Redon",), number=2)))
    office.turn_to(sas)
    hand_over(office, sas)
    taken_at_line(office, line)
    wait_for(office, sas, S.ANSWERED)
    sas.wait_saved()
    call = sas.call.record.id
    second.frame.places.take_over_wanted.emit(call)
    office.qtbot.waitUntil(lambda: sas.window.calls.current is None)
    wait_for(office, second, S.ANSWERED)
    office.turn_to(second)
    office.qtbot.waitUntil(second.frame.call_desk.transfer.panel.isVisible)
    pressed("F8")  # the situation is presented, by whoever took the call over
    wait_for(office, line, S.PRESENTED)
