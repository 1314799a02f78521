"""The checklist on screen, over the built-in catalogue, with a call like those of a SAS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.checklist.fold import Line
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import open_catalogue
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.resources import resources
from osnp_console.ui.checklist.panel import ChecklistPanel
from osnp_console.ui.theme.theme import Theme
from tests.ui.doubles import InventedDesk, invented_desk

REDON, TELE = "d:44-pays-de-redon-mg", "d:44-sud-loire-vignoble-teleconsultation"
ANCENIS = "CPTS d'Ancenis"
REDON_CALL: Mapping[str, Answer] = {
    facts.RESIDENCE: "44067",
    facts.REASON: "otite",
    facts.DELAY: 48,
    facts.TECHNICAL_PLATFORM: False,
    facts.REGULAR_DOCTOR: "indisponible",
    facts.CAN_TRAVEL: True,
    facts.PRESENT_PLACE: "domicile",
}


@cache
def real_gazetteer() -> Gazetteer:
    """The communes of the registry."""
    return load_gazetteer(resources() / "communes" / "communes.tsv.gz")


@cache
def real_catalogue() -> Catalogue:
    """The built-in catalogue, without any layer of a site and without a cache."""
    nowhere = Path(__file__).parent / "no-such-site"
    return open_catalogue(resources(), nowhere, None, real_gazetteer().living, date(2026, 11, 23))


class ChecklistOnScreen:
    """A panel in an active window, with a field beside it to which the keyboard can go."""

    def __init__(self, qtbot: QtBot, theme: Theme, answers: Mapping[str, Answer] | None = REDON_CALL) -> None:
        self.qtbot = qtbot
        self.desk: InventedDesk = invented_desk(real_catalogue(), real_gazetteer())
        self.calls = self.desk.calls
        if answers is not None:
            self.calls.take()
            self.say(answers)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.elsewhere = QWidget(self.window)
        self.elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.elsewhere.setGeometry(0, 0, 20, 20)
        self.panel = ChecklistPanel(theme, self.calls, real_catalogue(), self.window)
        self.panel.setGeometry(30, 0, 424, 720)
        self.window.resize(470, 730)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.focus(self.elsewhere)

    @property
    def rows(self) -> QWidget:
        """The list of dispositifs."""
        return self.panel.view.list

    def say(self, answers: Mapping[str, Answer]) -> None:
        """Answer fields, each one completed."""
        for code, answer in answers.items():
            self.calls.answer(code, answer)
            self.calls.settle()

    def focus(self, widget: QWidget) -> None:
        """Give the keyboard to a widget."""
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus)

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            focused = self.window.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)

    def order(self) -> list[str]:
        """The keys of the lines on screen, in order."""
        return [line.key for line in self.lines()]

    def lines(self) -> tuple[Line, ...]:
        """The lines on screen."""
        return self.panel.view.model.lines

    def line(self, key: str) -> Line:
        """The line of a key."""
        return next(line for line in self.lines() if line.key == key)

    def heard(self, key: str) -> str:
        """What a screen reader gets for a line."""
        return self.panel.view.model.heard(self.line(key))

    def middle_of(self, key: str) -> QPoint:
        """A point of a line's row."""
        model, view = self.panel.view.model, self.panel.view.list
        row = model.row_of(key)
        assert row is not None
        return view.visualRect(model.index(row)).center()

    def click(self, key: str, point: QPoint | None = None) -> None:
        """Click a line's row, in its middle or elsewhere."""
        view = self.panel.view.list
        where = point if point is not None else self.middle_of(key)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    def point_at(self, key: str) -> None:
        """Move the pointer over a line's row, by two movements: one may already be where it lay."""
        viewport = self.panel.view.list.viewport()
        for point in (self.middle_of(key) - QPoint(5, 0), self.middle_of(key)):
            QTest.mouseMove(viewport, point)

    def counts(self) -> str:
        """The counts line as a screen reader gets it."""
        line = self.panel.view.counts
        return QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Name)
