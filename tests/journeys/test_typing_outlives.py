"""`kill -9` while a prescription or a transfer is typed in: the next start has it to the last letter."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.base.drafts import NO_DRAFTS
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.app.prescription.write import CHANGED_ELSEWHERE
from osnp_console.cli.program import Program
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.storage import live_feed
from osnp_console.ui.drafts_kept import WAITS_FOR_CHOICE
from osnp_console.ui.frame.rail import Place
from tests.journeys.killed_typing import STREET, WHY, choose_asked
from tests.journeys.operator import Operator, pressed
from tests.journeys.prescribing_desk import PrescribingDesk, PrescribingStation
from tests.journeys.workstation import Workstation
from tests.load.proxy import CutLink, link
from tests.storage.places import TEMPLATE
from tests.storage.server import RealServer

ROOT = Path(__file__).parents[2]
CHILD_SECONDS = 120


def killed(what: str, station: Workstation, when_cut: Callable[[], None] = lambda: None) -> None:
    """A console types in the same base, and is killed once this desk's disk has it."""
    command = [sys.executable, "-m", "tests.journeys.killed_typing", what, str(station.folder)]
    command.append(json.dumps(station.keyring.secrets))
    if station.address is not None:
        command.append(station.address.text)
    console = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert console.stdin is not None
    assert console.stdout is not None
    words = []
    with console.stdin, console.stdout:
        for line in console.stdout:
            words.append(line.strip())
            if words[-1] == "CUT":
                when_cut()
                console.stdin.write("\n")
                console.stdin.flush()
            elif words[-1] == "KEPT":
                console.send_signal(signal.SIGKILL)
    assert console.wait(CHILD_SECONDS) == -signal.SIGKILL
    assert words[-1] == "KEPT"


@pytest.fixture
def relay(site: RealServer) -> Iterator[CutLink]:
    """The link between the desk and the server."""
    with link(site.port) as made:
        yield made


@pytest.fixture
def behind_a_link(
    tmp_path: Path, program: Program, site: RealServer, relay: CutLink, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PrescribingStation]:
    """A desk of prescriptions whose base is at the other end of a link."""
    monkeypatch.setattr(live_feed, "RETRY_SECONDS", (0.1,))
    base = site.new_base(TEMPLATE)
    made = PrescribingStation(tmp_path, program, address=replace(site.address(base), port=relay.port))
    made.install()
    made.hire()
    yield made
    site.drop_base(base)


def again(desk: PrescribingDesk) -> Prescription:
    """Start again, and open the only draft there is, from the list."""
    desk.start("c.roche")
    desk.operator.frame.rail.buttons[Place.PRESCRIPTIONS].click()
    drafts = desk.operator.window.prescribing.desk
    desk.operator.qtbot.waitUntil(lambda: len(drafts.all) == 1)
    (only,) = drafts.all
    desk.place.open(only.id)
    return desk.one


@pytest.fixture
def desk(qtbot: QtBot, behind_a_link: PrescribingStation, relay: CutLink) -> Iterator[PrescribingDesk]:
    """Somebody whose console is not started."""
    made = PrescribingDesk(Operator(qtbot, behind_a_link))
    yield made
    relay.mend()
    made.operator.stop()
    gc.collect(1)


def test_a_prescription_typed_while_the_server_is_cut_off_outlives_a_kill_and_reaches_the_base(
    desk: PrescribingDesk, relay: CutLink
) -> None:
    killed("ordonnance", desk.operator.workstation, relay.refuse)
    relay.mend()
    assert again(desk).content.patient.address == STREET
    desk.operator.qtbot.waitUntil(lambda: desk.kept().content.patient.address == STREET)
    desk.operator.qtbot.waitUntil(lambda: desk.operator.kept_drafts() == NO_DRAFTS)
    desk.operator.capture("ordonnance-apres-un-arret")


def test_what_another_desk_wrote_in_it_meanwhile_is_not_written_over_and_the_choice_is_asked(
    desk: PrescribingDesk, relay: CutLink
) -> None:
    station = desk.operator.workstation
    killed("ordonnance", station, relay.refuse)
    relay.mend()
    store = station.opened()
    with store.unit() as unit:
        (only,) = unit.prescriptions.find(PrescriptionQuery(), 9)
        theirs = replace(only.content, patient=replace(only.content.patient, address="3 place du Marché"))
        unit.prescriptions.save(only.written(theirs))
        unit.commit()
    store.close()
    assert again(desk).content.patient.address == STREET
    desk.operator.qtbot.waitUntil(lambda: CHANGED_ELSEWHERE in desk.said)
    assert "3 place du Marché" in desk.said
    desk.operator.frame.notice.no.click()  # the call is left; what was asked first gives way to the news
    assert desk.operator.notice == WAITS_FOR_CHOICE.format(CHANGED_ELSEWHERE)
    assert desk.kept().content.patient.address == "3 place du Marché"
    desk.operator.capture("ordonnance-changee-ailleurs")
    desk.page.keep_mine()
    desk.operator.qtbot.waitUntil(lambda: desk.kept().content.patient.address == STREET)


@pytest.fixture
def operator(qtbot: QtBot, workstation: Workstation) -> Iterator[Operator]:
    """An operator whose console is not started."""
    sitting = Operator(qtbot, workstation)
    yield sitting
    sitting.stop()


@pytest.mark.both_bases
def test_why_a_transfer_comes_to_nothing_stands_in_its_panel_again_after_a_kill(operator: Operator) -> None:
    killed("transfert", operator.workstation)
    operator.start()
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    pressed("Return")
    panel = operator.frame.call_desk.transfer.panel
    operator.qtbot.waitUntil(panel.isVisible)
    choose_asked(operator)
    assert panel.others.text.text() == WHY
    operator.capture("motif-apres-un-arret")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: not operator.window.transfers.waits)
    operator.qtbot.waitUntil(lambda: operator.kept_drafts() == NO_DRAFTS)
    transfer = operator.window.sending.transfer(operator.call)
    assert transfer is not None
    assert transfer.history[-1].text == WHY
