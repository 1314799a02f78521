"""Where stories are played: windows, a keyboard, and a folder for the pictures of each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import DARK
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.widgets.wording import NARROW_SPACE

WATCHED_MS = 700
OPENING_MS = 20_000
PATIENCE_MS = 20_000
GLANCE_MS = 3
STEPS_TO_A_FIELD = 60
QUICK = 80
"""How Qt writes a PNG: at 80 of 100 it takes a third of the time for a little more room."""


class Stage:
    """One window at a time has the keyboard."""

    def __init__(self, folder: Path, story: str, *, watched: bool) -> None:
        """Pictures are named after the story. Windows that somebody watches are played slowly enough."""
        self.folder = folder
        self._story = story
        self.pictures: list[Path] = []
        self._pause = WATCHED_MS if watched else 0
        self._window: MainWindow | None = None
        self.after_step: Callable[[], None] = lambda: None
        """Called once a step is written: the other windows of the base hear of it."""

    # --- windows ----------------------------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        """The one that has the keyboard."""
        assert self._window is not None, "nobody sits down yet"
        return self._window

    def turn_to(self, window: MainWindow) -> None:
        """Give a window the keyboard."""
        self._window = window
        if self._pause:
            window.raise_()
        window.activateWindow()
        self.wait(window.isActiveWindow, 2_000)
        self.settle()

    def open(self, window: MainWindow) -> None:
        """Turn to a window that was started; raises StoreFailure when its base does not open."""
        self.wait(lambda: window.is_open or window.guard.is_covering, OPENING_MS)
        if not window.is_open and not window.guard.is_covering:
            raise StoreFailure("base_verrouillee", "La base de la démonstration ne s’est pas ouverte.")
        self.turn_to(window)

    @property
    def call(self) -> OpenCall:
        """The call on screen."""
        call = self.window.calls.current
        assert call is not None, "no call is on screen"
        return call

    # --- the keyboard -----------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after the other, spelt as `F2`, `Ctrl+G`."""
        for one in keys:
            combination = QKeySequence(one)[0]  # type: ignore[index]  # PySide's types forget the operator
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            self.settle()
            self._let_see()

    def type(self, text: str) -> None:
        """Type letters, accents included; a line's end is Entrée."""
        for letter in text:
            if letter == "\n":
                self.press("Return")
            elif letter.isascii():
                QTest.keyClicks(self._target(), letter)
            else:
                self._type_accented(letter)
        self.settle()
        self._let_see()

    def _let_see(self) -> None:
        if self._pause:
            QTest.qWait(self._pause)

    def _type_accented(self, letter: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._target(), event)

    def fill(self, field: str, text: str) -> None:
        """Tab to a field of the form, and type; LookupError where Tab does not lead to it."""
        for _ in range(STEPS_TO_A_FIELD):
            if self.here == field:
                self.type(text)
                return
            QTest.keyClick(self._target(), Qt.Key.Key_Tab)
        raise LookupError(field)

    @property
    def here(self) -> str:
        """The label of what has the keyboard."""
        return self._target().accessibleName().partition(f"{NARROW_SPACE}:")[0]

    def _target(self) -> QWidget:
        popup, focused = QApplication.activePopupWidget(), self.window.focusWidget()
        return next((one for one in (popup, focused) if one is not None), self.window)

    # --- waiting ----------------------------------------------------------------------------------------

    def wait(self, condition: Callable[[], bool], milliseconds: int = PATIENCE_MS) -> None:
        """Wait until something is so, no longer than that."""
        until = monotonic() + milliseconds / 1000
        while not condition() and monotonic() < until:
            QTest.qWait(GLANCE_MS)

    def reach(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait until the story has come so far; raises Refusal when it does not."""
        self.wait(condition)
        if not condition():
            raise Refusal("conflit", f"La démonstration s’arrête\u202f: {what}, cela n’est pas arrivé.")

    def settle(self) -> None:
        """Let the window and its store do what they have to."""
        QApplication.processEvents()
        self.wait(self._is_settled, 2_000)
        self.after_step()
        QApplication.processEvents()

    def _is_settled(self) -> bool:
        QApplication.processEvents()
        window = self.window
        return window.calls.is_saved and window.door.is_idle and not window.transfers.waits

    def wait_for_agendas(self) -> None:
        """Until every agenda has answered for the call on screen."""
        self.settle()
        window = self.window

        def done() -> bool:
            call = window.calls.current
            if call is None or not window.agendas.is_idle:
                return False
            return window.agendas.searches.slots_of(call).is_complete

        self.wait(done)
        self.settle()

    # --- pictures ---------------------------------------------------------------------------------------

    def picture(self, name: str) -> None:
        """Keep what the window shows."""
        file = self.folder / f"{self._story}-{len(self.pictures) + 1:02}-{name}.png"
        if self.window.grab().save(str(file), "PNG", QUICK):
            self.pictures.append(file)

    def dark_picture(self, name: str) -> None:
        """The same in the dark theme, chosen as in Réglages; the light one is back afterwards."""
        window, theme = self.window, self.window.preferences.theme
        window.change_preferences(replace(window.preferences, theme=DARK))
        self.settle()
        self.picture(f"{name}-sombre")
        window.change_preferences(replace(window.preferences, theme=theme))
        self.settle()
