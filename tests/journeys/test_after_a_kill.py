"""`kill -9` while somebody types: the next start offers the calls back, complete."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from tests.journeys.killed_console import sheets
from tests.journeys.operator import NARROW, Operator, pressed
from tests.journeys.workstation import Workstation

ROOT = Path(__file__).parents[2]


def killed(workstation: Workstation, moment: str) -> list[str]:
    """The lines a console wrote until it was killed."""
    secrets = json.dumps(workstation.keyring.secrets)
    command = [
        sys.executable,
        "-m",
        "tests.journeys.killed_console",
        str(workstation.folder),
        secrets,
        moment,
    ]
    if workstation.address is not None:
        command.append(workstation.address.text)
    console = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert console.stdout is not None
    lines = []
    with console.stdout:
        for line in console.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("DONE"):
                console.send_signal(signal.SIGKILL)
    assert console.wait() == -signal.SIGKILL
    return lines


@pytest.fixture
def operator(qtbot: QtBot, workstation: Workstation) -> Iterator[Operator]:
    """An operator whose console is not started."""
    sitting = Operator(qtbot, workstation)
    yield sitting
    sitting.stop()


def take_back(operator: Operator) -> None:
    """Start again, and accept what is offered."""
    operator.start()
    assert operator.notice == f"2 appels étaient ouverts. Les reprendre{NARROW}?"
    assert operator.here == "Reprendre"
    operator.capture("appels-a-reprendre")
    pressed("Return")
    assert operator.notice == ""


@pytest.mark.both_bases
def test_two_calls_come_back_complete_after_kill_9(operator: Operator) -> None:
    lines = killed(operator.workstation, "now")
    typed = [line.removeprefix("TYPED ") for line in lines if line.startswith("TYPED")]
    assert sheets(operator.workstation.kept_calls()) == typed[-1]
    assert operator.workstation.faults() == ()
    take_back(operator)
    first, second = operator.window.calls.calls
    assert sheets([first.record, second.record]) == typed[-1]
    assert operator.call is second
    intake = operator.frame.call_desk.intake.controls
    assert operator.sheet.text(fields.NOTE) == "Chute dans l’escalier"
    assert intake.note.text() == "Chute dans l’escalier"
    assert intake.birth.text() == "31022020"
    assert intake.birth.message.words == "Cette date n’existe pas."
    pressed("Ctrl+Tab")
    assert operator.sheet.pending == {facts.RESIDENCE: "guémen"}
    assert intake.residence.text() == "guémen"
    assert intake.name.text() == "MARTIN"


def test_killed_50_ms_after_the_last_letter_nothing_that_was_saved_is_missing(operator: Operator) -> None:
    lines = killed(operator.workstation, "later")
    words = [line.partition(" ") for line in lines]
    states = [state for word, _, state in words if word == "TYPED"]
    saved = [state for word, _, state in words if word == "SAVED"]
    kept = sheets(operator.workstation.kept_calls())
    assert kept in states
    assert states.index(kept) >= states.index(saved[-1]), "what the base had acknowledged is gone"
    assert operator.workstation.faults() == ()
    take_back(operator)
    again = sheets([call.record for call in operator.window.calls.calls])
    assert again in states
    # Beside a shared base the desk's own disk may have had a letter more.
    assert states.index(again) >= states.index(kept), "what was kept is not shown again"


def test_calls_that_are_left_are_found_in_the_follow_up(operator: Operator) -> None:
    operator.start()
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="")
    operator.stop()
    operator.start()
    assert operator.notice == f"1 appel était ouvert. Le reprendre{NARROW}?"
    pressed("Tab")
    assert operator.here == "Laisser dans le suivi"
    pressed("Return")
    assert operator.notice == ""
    assert operator.here != ""
    assert operator.window.calls.calls == []
    pressed("F2")
    assert operator.call.record.number == 2
    assert operator.frame.call_desk.intake.controls.phone.text() == ""
