"""An operator at the window: sees what is on it, and has a keyboard and a mouse, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.app.base.drafts import Drafts
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import OpenUnit
from osnp_console.bootstrap.window import OpenWindow
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.ui.frame.desk_frame import DeskFrame
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.widgets.labels import PlainLabel
from tests.journeys.workstation import Workstation

T = TypeVar("T")
CAPTURES = Path(__file__).parents[2] / ".build" / "captures"
NARROW = "\u202f"


def pressed(keys: str) -> None:
    """Press a key or a combination, spelt as Qt does (`F2`, `Ctrl+G`), where the keyboard is."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide's types forget the operator
    QTest.keyClick(_target(), combination.key(), combination.keyboardModifiers())


def typed(text: str) -> None:
    """Type letters, accents included, where the keyboard is."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(_target(), letter)
        else:  # QTest knows no accent
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(_target(), event)


def _target() -> QWidget:
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "no window has the keyboard"
    return target


def focused() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus fell to the window"
    return widget


def label_of(widget: QWidget) -> str:
    """The label of a control, its value left out."""
    return widget.accessibleName().partition(f"{NARROW}:")[0]


class Waiting(Protocol):
    """The part of pytest-qt's `qtbot` that an operator needs."""

    @property
    def waitUntil(self) -> Callable[..., None]: ...  # noqa: N802 - pytest-qt's own name


class Operator:
    """Sits at one workstation, whose console may be stopped and started again."""

    def __init__(self, qtbot: Waiting, workstation: Workstation) -> None:
        self.qtbot = qtbot
        self.workstation = workstation
        self._opened: OpenWindow | None = None

    # --- starting and stopping --------------------------------------------------------------------------

    def start(self, width: int = 1366, height: int = 768) -> None:
        """Start the console and wait until a call can be taken, or taken back."""
        self.begin(width, height)
        self.qtbot.waitUntil(lambda: self.window.is_open)

    def begin(self, width: int = 1366, height: int = 768) -> None:
        """Start the console; where the base has accounts, it waits for somebody to sign in."""
        self._opened = self.workstation.start()
        window = self.window
        window.resize(width, height)
        window.show()
        window.start()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)

    def stop(self) -> None:
        """Close the window and the base, if they are open."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.window.close()
            assert opened.finish(), "something typed was not written"

    def lose_power(self) -> None:
        """Stop with what was typed in memory only: nothing more of it reaches the base."""
        opened, self._opened = self._opened, None
        assert opened is not None, "the console is not started"
        opened.window.close()
        assert not opened.finish(), "nothing waited"

    def crash(self) -> None:
        """Stop as a killed program does: the base is gone before the window, and hears of no end."""
        opened, self._opened = self._opened, None
        assert opened is not None, "the console is not started"
        opened.base.close()
        opened.window.close()
        opened.finish()

    @property
    def window(self) -> MainWindow:
        """The window."""
        assert self._opened is not None, "the console is not started"
        return self._opened.window

    @property
    def frame(self) -> DeskFrame:
        """What the window holds; another object after a change of theme or text size."""
        return self.window.frame

    # --- what is seen -----------------------------------------------------------------------------------

    @property
    def call(self) -> OpenCall:
        """The call on screen."""
        call = self.window.calls.current
        assert call is not None, "no call is open"
        return call

    @property
    def sheet(self) -> CallSheet:
        """What the call on screen holds."""
        return self.call.record.sheet

    @property
    def here(self) -> str:
        """The label of what has the keyboard."""
        return label_of(focused())

    @property
    def question(self) -> str:
        """The title of the question strip."""
        return self.frame.call_desk.checklist.view.strip.texts[0]

    @property
    def notice(self) -> str:
        """The amber line under the top bar, empty when it is hidden."""
        line = self.frame.notice
        return line.words.text() if line.isVisible() else ""

    def words_in(self, widget: QWidget) -> list[str]:
        """The texts of the labels that are seen in a part of the window."""
        return [
            label.text() for label in widget.findChildren(PlainLabel) if label.isVisible() and label.text()
        ]

    @property
    def row(self) -> str:
        """The row of the checklist under the bar, as it is read aloud."""
        index = self.frame.call_desk.checklist.view.list.currentIndex()
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    def eligible(self) -> set[str]:
        """What the rows of the checklist that say « éligible » are named."""
        model = self.frame.call_desk.checklist.view.model
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        said = (str(model.data(row, Qt.ItemDataRole.AccessibleTextRole)) for row in rows)
        return {words.split(",")[0] for words in said if ", éligible" in words}

    def capture(self, name: str) -> QImage:
        """Keep a picture of the window as build output."""
        for _round in range(3):  # what waits for its layout takes its place, and then what is in it
            QTest.qWait(1)
        picture = self.window.grab()
        CAPTURES.mkdir(parents=True, exist_ok=True)
        assert picture.save(str(CAPTURES / f"{name}.png"))
        return picture.toImage()

    # --- what is done -----------------------------------------------------------------------------------

    def answer(self, field: str, text: str, *, then: str = "Return") -> None:
        """Type into the field that has the keyboard, which must be this one, and press a key."""
        assert self.here == field, f"the keyboard is in {self.here}, not in {field}"
        typed(text)
        if then:
            pressed(then)

    def tab_to(self, field: str) -> None:
        """Tab until a field has the keyboard."""
        for _ in range(80):
            if self.here == field:
                return
            pressed("Tab")
        raise AssertionError(f"Tab does not lead to {field}")

    def tab_into(self, widget: QWidget) -> None:
        """Tab until a part of the window has the keyboard."""
        for _ in range(120):
            if widget is focused() or widget.isAncestorOf(focused()):
                return
            pressed("Tab")
        raise AssertionError(f"Tab does not lead to {widget.accessibleName()}")

    def go_to_pane(self, pane: int) -> None:
        """F6 until a pane of the call has the keyboard."""
        place = self.frame.call_desk.place
        for _ in place.panes:
            if place.pane_of(focused()) == pane:
                return
            pressed("F6")
        raise AssertionError("F6 does not lead there")

    def read_base(self, work: Callable[[OpenUnit], T]) -> T:
        """What the base holds, read as the console would."""
        assert self._opened is not None, "the console is not started"
        return self._opened.base.submit(work).result()

    def kept_drafts(self) -> Drafts:
        """What this desk's own disk holds of what is typed in forms."""
        assert self._opened is not None, "the console is not started"
        shelf = self._opened.base.drafts()
        assert shelf is not None, "the base is not open"
        return shelf.read_drafts()

    def journal_of(self, call: str) -> list[str]:
        """The kinds of what happened to a call, as the base holds them."""

        def kinds(open_unit: OpenUnit) -> list[str]:
            with open_unit() as unit:
                return [entry.line.kind for entry in unit.journal.of_call(call)]

        return self.read_base(kinds)

    def wait_saved(self) -> None:
        """Wait until all that was typed is in the base."""
        self.qtbot.waitUntil(lambda: self.window.calls.is_saved)
