"""A desk that is started on the base its settings name, and notes another one in Réglages.

Run as `python -m tests.journeys.changing_desk FOLDER SECRETS ADDRESS`, it notes the shared base of that
address, takes a call, writes DONE once the base of today has all of it, and waits to be killed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.base.choice import typed_of
from osnp_console.bootstrap import build
from osnp_console.bootstrap.application import make_application
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.desk.settings import named_base
from osnp_console.ui.first_start.keeping_block import SHARED
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.preferences.base_place import PlaceSection
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.killed_console import Patience
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.workstation import Keyring, Workstation

PHONE = "0639984107"


@dataclass
class ChangingDesk(Workstation):
    """A workstation whose settings say where its base is; its own is a file."""

    @property
    def named(self) -> Path | ServerAddress:
        """The base of the next start."""
        return named_base(self.settings, self.file)

    def start(self) -> OpenWindow:
        """Start the console as the program does."""
        place = Workplace(self.named, self.settings, self.keyring, self.clock, self.folder, self.file)
        return make_window(self.program, self.program.defaults, place)


def place_section(window: MainWindow) -> PlaceSection:
    """Réglages, Base."""
    pressed("Alt+R")
    window.frame.places.show_heading("Base")
    settings = window.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(settings, PreferencesWorkspace)
    return settings.base.place


def note(window: MainWindow, address: ServerAddress, wait: Callable[[Callable[[], bool]], None]) -> None:
    """Note a shared base, whose secrets the keyring has, for the next start."""
    section = place_section(window)
    section.where.set_answer(SHARED)
    section.where.answered.emit(SHARED)
    section.form.show_typed(typed_of(address), kept=True)
    section.form.try_it()
    wait(lambda: section.form.found is not None)
    section.change.click()
    wait(lambda: section.outcome.words.startswith("C’est noté."))


def main(folder: str, secrets: str, address: str) -> None:
    """Work until killed."""
    application = make_application()
    desk = ChangingDesk(Path(folder), build(), Keyring(json.loads(secrets)))
    place = base_place(address)
    assert isinstance(place, ServerAddress)
    patience = Patience()
    operator = Operator(patience, desk)
    operator.start()
    note(operator.window, place, patience.waitUntil)
    pressed("F2")
    typed(PHONE)
    pressed("Tab")
    operator.wait_saved()
    sys.stdout.write("DONE\n")
    sys.stdout.flush()
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
