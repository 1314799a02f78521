"""Where a rule comes from: over the slots column, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.checklist.criterion_words import OUR_CONVENTION, TO_REVIEW, SourceSheet
from osnp_console.domain.sources import Doubt
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle, SectionTitle

SUMMARY = "Résumé fait par la console. Le document seul fait foi."


class SourcePanel(Card):
    """The source of one line of a detail.

    Signals:
        closed(): Échap or the cross; the owner hides the panel and gives the focus back.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, surface="panel", edge="border", parent=parent)
        self._sheet: SourceSheet | None = None
        self._title = PaneTitle(theme, "Source", self)
        self._close = ActionButton(theme, "Fermer", "Échap", "link", height=28, parent=self)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        palette = self._area.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.color("panel"))
        self._area.setPalette(palette)
        self._area.viewport().setAutoFillBackground(False)
        self._close.clicked.connect(self.closed)
        self.setAccessibleName("Source")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(6), theme.px(4), theme.px(8))
        column.addLayout(head)
        column.addWidget(self._area, 1)

    @property
    def sheet(self) -> SourceSheet | None:
        """What is shown."""
        return self._sheet

    def fill(self, sheet: SourceSheet) -> None:
        """Show the source of another line."""
        self._sheet = sheet
        page = _Page(self.theme, sheet, self)
        self._area.setWidget(page)  # the area deletes the page before
        page.setAutoFillBackground(False)
        self._area.setAccessibleName(page.text)
        self._area.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Give the keyboard to the panel: arrows scroll, Échap closes."""
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(400))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Page(QWidget):
    """The words of a sheet, one under the other."""

    def __init__(self, theme: Theme, sheet: SourceSheet, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._said: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.px(10), 0)
        self._column.setSpacing(theme.px(4))
        self._words(sheet.title, points=9.5, role="muted")
        self._section("Document")
        self._words(sheet.document, bold=True)
        if sheet.place:
            self._words(sheet.place, role="muted", points=9)
        if sheet.old:
            self._marked("clock", f"{TO_REVIEW}\u202f: ce document a plus d’un an, ou n’est pas daté")
        if sheet.address:
            self._words(sheet.address, role="muted", points=9, selectable=True)
        self._section("Règle")
        self._words(sheet.rule, bold=True)
        if sheet.finding:
            self._words(sheet.finding)
        if sheet.document != OUR_CONVENTION:
            self._words(SUMMARY, role="muted", points=9)
        if sheet.doubts:
            self._section("Doutes" if len(sheet.doubts) > 1 else "Doute")
        for doubt in sheet.doubts:
            self._doubt(doubt)
        self._column.addStretch()

    @property
    def text(self) -> str:
        """All its words, for a screen reader."""
        return " ".join(self._said)

    def _doubt(self, doubt: Doubt) -> None:
        self._marked("doubt", doubt.text, role="text")
        self._words(doubt.reading or "Aucune lecture retenue.", role="muted", indent=22)

    def _section(self, title: str) -> None:
        self._column.addSpacing(self.theme.px(6))
        self._column.addWidget(SectionTitle(self.theme, title, parent=self))
        self._said.append(f"{title}.")

    def _words(
        self,
        text: str,
        *,
        role: str = "text",
        points: float = 10.0,
        bold: bool = False,
        indent: int = 0,
        selectable: bool = False,
    ) -> None:
        label = PlainLabel(self.theme, text, role=role, points=points, bold=bold, wrap=True, parent=self)
        label.setContentsMargins(self.theme.px(indent), 0, 0, 0)
        if selectable:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        self._said.append(text)

    def _marked(self, mark: str, text: str, role: str = "verify") -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(6))
        picture = MarkLabel(self.theme, mark, "verify", 16, self)
        picture.setFixedHeight(self.theme.px(20))
        label = PlainLabel(self.theme, text, role=role, wrap=True, parent=self)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self._column.addLayout(row)
        self._said.append(text)
