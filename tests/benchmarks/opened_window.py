"""The real window over a temporary encrypted base, its keys in memory, as the measurements open it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of Qt's windows

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.bootstrap import build
from osnp_console.bootstrap.window import OpenWindow
from osnp_console.domain.clock import PARIS
from osnp_console.domain.dispositif import Dispositif
from osnp_console.ui.calls import Clock
from tests.benchmarks.opened import built_in, communes
from tests.journeys.workstation import Workstation

WINDOW_SIZE = (1366, 768)
PATIENCE_SECONDS = 60
_NAMED = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, " ": Qt.Key.Key_Space}


def clock() -> datetime:
    """The time now, in Paris."""
    return datetime.now(PARIS)


@contextmanager
def desk_window(dispositifs: Sequence[Dispositif] | None = None, now: Clock = clock) -> Iterator[OpenWindow]:
    """The window with its base open; over other dispositifs than the built-in ones where some are given."""
    catalogue = built_in() if dispositifs is None else replace(built_in(), dispositifs=tuple(dispositifs))
    program = replace(build(), catalogue=lambda folders: catalogue, gazetteer=communes)
    with tempfile.TemporaryDirectory() as folder:
        workstation = Workstation(Path(folder), program, clock=now)
        workstation.install()
        opened = workstation.start()
        opened.window.resize(*WINDOW_SIZE)
        opened.window.show()
        opened.window.activateWindow()
        opened.window.start()
        until(lambda: opened.window.is_open)
        try:
            yield opened
        finally:
            opened.window.close()
            opened.finish()


def until(done: Callable[[], bool]) -> None:
    """Let the window live until something holds; raises TimeoutError when it does not within a minute."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.0005)


def painted() -> None:
    """Let the window live until nothing waits to be done, painted, or taken apart.

    Outside of `exec`, Qt keeps what is to be deleted until it is told: the program itself never piles it up.
    """
    dispatcher = QAbstractEventDispatcher.instance()
    while dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(widget: QWidget, key: str) -> None:
    """Send a key as the keyboard does: shortcuts first, then down and up."""
    code = _NAMED.get(key) or Qt.Key(ord(key.upper()))
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QKeyEvent.Type.ShortcutOverride, QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, none, key))
