"""The slots column on screen, over the built-in catalogue, with a call like those of a SAS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.search_events import Asking, Finished, SearchEvent, Settled
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.ruling import admissions_of
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.slots.view import SlotsView
from osnp_console.ui.theme.theme import Theme
from tests.ui.checklist_desk import REDON_CALL, real_catalogue, real_gazetteer
from tests.ui.doubles import InventedDesk, invented_desk
from tests.unit.slot_world import NOW, slot

SAS, CITANA, LATE, PORTAL = "sas-44", "citana", "cpts-rdv", "doctolib"
REDON, PAYS_BLANC = "44-pays-de-redon-mg", "44-pays-blanc-mg"
AGENDAS = (
    AgendaSource(SAS, SourceKind.SAS_FHIR, "SAS 44"),
    AgendaSource(CITANA, SourceKind.SAS_FHIR, "Citana Nord Estuaire"),
    AgendaSource(LATE, SourceKind.FHIR_AGENDA, "CPTS RDV Vignoble"),
    AgendaSource(PORTAL, SourceKind.PORTAL, "Doctolib Pays Blanc"),
)
AT_1040 = slot("10:40", source=SAS, dispositifs=(REDON,))
AT_1120 = slot("11:20", "Dr Yann Coudrais", "Plessé", source=SAS, dispositifs=(REDON,))
AT_1400 = slot("14:00", source=SAS, dispositifs=(REDON,))
UNSURE = slot("14:30", "Dr Inès Gaudin", "Guérande", source=CITANA, dispositifs=(PAYS_BLANC,))


def settled(source: str, *slots: Slot, state: SourceState | None = None) -> Settled:
    """How a source ended: with slots, empty, or in another state."""
    found = state or (SourceState.ANSWERED if slots else SourceState.EMPTY)
    return Settled(SourceAnswer(source, found, NOW, 7012, len(slots), slots=slots))


FOUND: tuple[SearchEvent, ...] = (
    settled(SAS, AT_1040, AT_1120, AT_1400),
    settled(CITANA, UNSURE),
    settled(LATE, state=SourceState.LATE),
    Finished(()),
)


class SlotsOnScreen:
    """A panel in an active window, with a field beside it to which the keyboard can go."""

    def __init__(
        self,
        qtbot: QtBot,
        theme: Theme,
        events: Sequence[SearchEvent] | None = FOUND,
        *,
        answers: Mapping[str, Answer] = REDON_CALL,
        width: int = 452,
        height: int = 660,
    ) -> None:
        self.qtbot = qtbot
        self.desk: InventedDesk = invented_desk(real_catalogue(), real_gazetteer())
        self.calls = self.desk.calls
        self.calls.take()
        for code, answer in answers.items():
            self.calls.answer(code, answer)
            self.calls.settle()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.elsewhere = QWidget(self.window)
        self.elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.elsewhere.setGeometry(0, 0, 20, 20)
        self.panel = SlotsPanel(theme, self.calls, self.window)
        self.panel.setGeometry(30, 0, width, height)
        self.window.resize(width + 40, height + 10)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.focus(self.elsewhere)
        self.board = SlotBoard(NOW)
        if events is not None:
            self.search(events)

    @property
    def view(self) -> SlotsView:
        """The panel's widgets."""
        return self.panel.view

    def search(self, events: Sequence[SearchEvent]) -> None:
        """Link the agendas, and take in what a search over them says."""
        call = self.calls.current
        assert call is not None
        self.board.link(AGENDAS, NOW)
        self.board.judge(admissions_of(call.checklist), NOW)
        self.board.take([Asking((SAS, CITANA, LATE)), *events], NOW)
        self.panel.show_board(self.board)

    def land(self, *events: SearchEvent) -> None:
        """More of the same search."""
        self.board.take(list(events), self.desk.clock())
        self.panel.refresh()

    def go(self, **length: float) -> None:
        """Let time pass, and tell it."""
        self.desk.clock.go(**length)
        self.panel.tick(self.desk.clock())

    def focus(self, widget: QWidget) -> None:
        """Give the keyboard to a widget."""
        widget.setFocus()
        target = widget.focusProxy() or widget
        self.qtbot.waitUntil(target.hasFocus)

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            focused = self.window.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)

    def hours(self) -> list[str]:
        """The hours on screen, in order."""
        return [f"{row.one.slot.start:%H:%M}" for row in self.board.column().rows]

    def place_of(self, wanted: Slot) -> QRect:
        """Where a slot's row is seen."""
        row = self.view.model.row_of(wanted.id)
        assert row is not None
        return self.view.list.visualRect(self.view.model.index(row))

    def click(self, wanted: Slot) -> None:
        """Click a slot's row."""
        point = self.place_of(wanted).center()
        QTest.mouseClick(self.view.list.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def point_at(self, wanted: Slot) -> None:
        """Move the pointer over a row, by two movements: one may already be where it lay."""
        viewport, middle = self.view.list.viewport(), self.place_of(wanted).center()
        for point in (middle - QPoint(5, 0), middle):
            QTest.mouseMove(viewport, point)


LATER = NOW + timedelta(seconds=31)
