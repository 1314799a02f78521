"""The console on a real screen, as a program of its own: takes a call and tells what is typed in it.

Run as `python -m tests.journeys.shown_console FOLDER SECRETS`. It writes READY once the first field has the
keyboard, then `TYPED <digits>` each time the number to call back changes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from osnp_console.bootstrap import build
from osnp_console.bootstrap.application import make_application
from osnp_console.domain import call_sheet as fields
from osnp_console.ui.frame.main_window import MainWindow
from tests.journeys.killed_console import Patience
from tests.journeys.workstation import Keyring, Workstation


def say(words: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def tell_number(window: MainWindow) -> None:
    """Write the digits of the number to call back."""
    call = window.calls.current
    shown = call.record.sheet.text(fields.CALLER_PHONE) if call is not None else ""
    say(f"TYPED {''.join(letter for letter in shown if letter.isdigit())}")


def main(folder: str, secrets: str) -> None:
    """Run until killed."""
    application = make_application()
    opened = Workstation(Path(folder), build(), Keyring(json.loads(secrets))).start()
    window = opened.window
    window.resize(1280, 720)
    window.show()
    window.start()
    window.calls.edited.connect(lambda _call, _changed: tell_number(window))
    Patience().waitUntil(lambda: window.is_open and window.isActiveWindow())
    say("READY")
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
