"""One start of the console, in a process of its own: says on standard output what is reached, then ends.

Run by window_start.py as `started_window.py FOLDER SECRETS`: the folder holds the base and the settings, the
secrets are those of its keyring. Nothing is imported here that the console does not import itself.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.bootstrap import build  # before Qt, as the program does

# isort: split
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.bootstrap.window import make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.desk.vault import VaultState
from osnp_console.domain.clock import PARIS
from osnp_console.ui.frame.shortcuts import Act

PAINTED, USABLE = "PEINTE", "UTILISABLE"


class Kept:
    """A keyring with the secrets given at the start."""

    state = VaultState.WORKS

    def __init__(self, secrets: dict[str, str]) -> None:
        self._secrets = secrets

    def get(self, name: str) -> str | None:
        """What is kept under a name."""
        return self._secrets.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep something under a name."""
        self._secrets[name] = value

    def delete(self, name: str) -> None:
        """Forget what is kept under a name."""
        self._secrets.pop(name, None)


class Watch(QObject):
    """Says when the window is painted the first time, then when a call was taken and painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._painted = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Note the first painting."""
        if event.type() is QEvent.Type.UpdateRequest and not self._painted:
            self._painted = True
            say(PAINTED)
        return False


def say(word: str) -> None:
    """Tell whoever measures."""
    sys.stdout.write(f"{word} {' '.join(sorted(sys.modules)) if '--modules' in sys.argv else ''}\n")
    sys.stdout.flush()


def main(folder: Path, secrets: dict[str, str]) -> None:
    """Start, take a call as soon as one can be taken, end."""
    program = build()
    place = Workplace(
        folder / "appels.base", folder / "reglages.json", Kept(secrets), lambda: datetime.now(PARIS)
    )
    opened = make_window(program, program.defaults, place)
    window = opened.window
    watch = Watch(window)
    window.became_open.connect(opened.app.quit)
    window.appear()
    window.start()
    opened.app.exec()
    window.do(Act.NEW_CALL)
    QApplication.processEvents()
    say(USABLE)
    watch.deleteLater()
    os._exit(0)  # how long the end takes is no part of a start


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
