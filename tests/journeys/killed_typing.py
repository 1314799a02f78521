"""The console as a program of its own, killed while somebody types beside a call.

Run as `python -m tests.journeys.killed_typing WHAT FOLDER SECRETS [ADDRESS]`, with the address of a base on
a server. WHAT is `ordonnance` (a prescription is begun and saved, CUT is written, and once a line comes back
its address is typed) or `transfert` (a transfer is prepared, and the reason why it comes to nothing is
typed). It writes KEPT once this desk's disk has what was typed, and waits to be killed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.base.drafts import Drafts
from osnp_console.bootstrap import build
from osnp_console.bootstrap.application import make_application
from tests.journeys.killed_console import Patience
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.prescribing_desk import PrescribingDesk, PrescribingStation
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.workstation import Keyring, Workstation

STREET, WHY = "12 rue des Lilas", "la ligne ne repond plus"


def say(word: str) -> None:
    """Write a word at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def prescribe(operator: Operator) -> None:
    """A prescription on the base; the street is typed once the parent says so."""
    desk = PrescribingDesk(operator)
    desk.start("c.roche")
    desk.take_call()
    pressed("F7")
    desk.wait()
    operator.wait_saved()
    operator.tab_to("Adresse")
    say("CUT")
    sys.stdin.readline()
    typed(STREET)
    wait_kept(operator, lambda kept: any(one.content.patient.address == STREET for one in kept.prescriptions))


def transfer(operator: Operator) -> None:
    """A transfer is under way; why it comes to nothing is typed and not said."""
    operator.start()
    SlotsDesk(operator).take_redon_call()
    next_step(operator)
    next_step(operator)
    operator.wait_saved()
    choose_asked(operator)
    typed(WHY)
    wait_kept(operator, lambda kept: any(one.text == WHY for one in kept.texts))


def next_step(operator: Operator) -> None:
    """F8, once the step before has been on screen long enough."""
    operator.qtbot.waitUntil(lambda: not operator.window.sending.guard.isActive())
    pressed("F8")
    operator.qtbot.waitUntil(lambda: not operator.window.transfers.waits)


def wait_kept(operator: Operator, holds: Callable[[Drafts], bool]) -> None:
    """Wait until the disk has it."""
    operator.qtbot.waitUntil(lambda: holds(operator.kept_drafts()))


def choose_asked(operator: Operator) -> None:
    """Maj+F8, and the letter of the first line whose reason is to be typed."""
    pressed("Shift+F8")
    others = operator.frame.call_desk.transfer.panel.others
    pressed(next(row.one.letter for row in others.rows if row.one.asks_text))


def main(what: str, folder: str, secrets: str, address: str | None = None) -> None:
    """Work until killed."""
    application = make_application()
    keyring = Keyring(json.loads(secrets))
    kind = PrescribingStation if what == "ordonnance" else Workstation
    desk = kind(Path(folder), build(), keyring)
    if address is not None:
        place = base_place(address)
        assert isinstance(place, ServerAddress)
        desk.address = place
    operator = Operator(Patience(), desk)
    (prescribe if what == "ordonnance" else transfer)(operator)
    say("KEPT")
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
