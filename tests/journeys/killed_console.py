"""The console as a program of its own, to be killed: takes two calls, types, and tells what it did.

Run as `python -m tests.journeys.killed_console FOLDER SECRETS now|later [ADDRESS]`, with the address of a
base on a server. Each line it writes is a word and
the sheets of the open calls as they are then: TYPED after a key, SAVED when the base has all of it. With
`later` it kills itself 50 ms after the last key, whatever was saved by then.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.bootstrap import build
from osnp_console.bootstrap.application import make_application
from osnp_console.domain.call_record import CallRecord
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.workstation import Keyring, Workstation

KILLED_AFTER_MS = 50
PATIENCE_MS = 20_000


class Patience:
    """Waits as pytest-qt does, without pytest."""

    def waitUntil(  # noqa: N802 - pytest-qt's own name
        self, holds: Callable[[], bool], timeout: int = PATIENCE_MS
    ) -> None:
        """Run the event loop until something holds; raises TimeoutError after as many milliseconds."""
        deadline = QDeadlineTimer(timeout)
        while not holds():
            if deadline.hasExpired():
                raise TimeoutError
            QTest.qWait(5)


def sheets(records: list[CallRecord]) -> str:
    """The sheets of calls, by number, as one line."""
    by_number = {
        record.number: [dict(record.sheet.values), sorted(record.sheet.asked), dict(record.sheet.pending)]
        for record in records
    }
    return json.dumps(by_number, sort_keys=True)


def tell(operator: Operator, word: str) -> None:
    """Write what the calls hold now."""
    calls = operator.window.calls.calls
    sys.stdout.write(f"{word} {sheets([call.record for call in calls])}\n")
    sys.stdout.flush()


def work(operator: Operator) -> None:
    """Two calls, the first one's commune half typed, the second one's birth date impossible."""

    def keys(text: str, then: str = "") -> None:
        for letter in text:
            typed(letter)
            tell(operator, "TYPED")
            QApplication.processEvents()
        if then:
            pressed(then)
            tell(operator, "TYPED")

    pressed("F2")
    keys("0639984107", "Tab")
    keys("martin", "Tab")
    operator.tab_to("Commune")
    keys("guémen", "F2")
    operator.wait_saved()
    keys("0612345678", "Tab")
    operator.tab_to("Né(e) le")
    keys("31022020", "Tab")
    keys("F", "Ctrl+M")
    keys("Chute dans l’escalier")


def main(folder: str, secrets: str, moment: str, address: str | None = None) -> None:
    """Work until killed."""
    application = make_application()
    desk = Workstation(Path(folder), build(), Keyring(json.loads(secrets)))
    if address is not None:
        place = base_place(address)
        assert isinstance(place, ServerAddress)
        desk.address = place
    operator = Operator(Patience(), desk)
    operator.start()
    operator.window.calls.stored.connect(
        lambda failure: tell(operator, "SAVED" if failure is None else "LOST")
    )
    work(operator)
    if moment == "later":
        QTimer.singleShot(KILLED_AFTER_MS, lambda: os.kill(os.getpid(), signal.SIGKILL))
    else:
        operator.wait_saved()
        sys.stdout.write("DONE\n")
        sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
