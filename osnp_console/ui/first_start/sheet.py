"""One card in the middle of an empty window: a title, blocks, buttons at the bottom right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card, Hairline
from osnp_console.ui.widgets.titles import SectionTitle

CARD_WIDTH = 560


class StartPage(QWidget):
    """A page of its own; its blocks are added from the top."""

    def __init__(self, theme: Theme, title: str, lead: str, parent: QWidget | None = None) -> None:
        """A page with a title and a sentence under it."""
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(title)
        self.card = Card(theme, parent=self)
        self.card.setMaximumWidth(theme.px(CARD_WIDTH))
        self._column = QVBoxLayout(self.card)
        self._column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        self._column.setSpacing(theme.px(6))
        self.title = PlainLabel(theme, title, points=12, bold=True, wrap=True, parent=self.card)
        self.lead = PlainLabel(theme, lead, role="muted", wrap=True, parent=self.card)
        self._column.addWidget(self.title)
        self._column.addWidget(self.lead)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(8))
        self._foot.addStretch(1)
        self._place()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def _place(self) -> None:
        theme = self.theme
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        row.addStretch(1)
        row.addWidget(self.card, 100, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(middle)
        middle.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_in_view(self, widget: QWidget) -> None:
        """Scroll until a widget of the card is seen."""
        margin = self.theme.px(12)
        self._scroll.ensureWidgetVisible(widget, margin, margin)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        # Tab scrolls by itself; a refusal that takes the keyboard to its field does not.
        if now is not None and self.card.isAncestorOf(now):
            self.show_in_view(now)

    def add(self, *widgets: QWidget) -> None:
        """Add rows, one under the other."""
        for widget in widgets:
            self._column.addWidget(widget)

    def add_block(self, title: str) -> Tick:
        """Begin a block; returns its tick."""
        tick = Tick(self.theme, title, self.card)
        self._column.addSpacing(self.theme.px(8))
        self._column.addWidget(tick)
        return tick

    def end(self, *buttons: QWidget) -> None:
        """Close the card with its buttons, the solid one last."""
        theme = self.theme
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(Hairline(theme, parent=self.card))
        self._column.addSpacing(theme.px(4))
        for button in buttons:
            self._foot.addWidget(button)
        self._column.addLayout(self._foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("window"))
        painter.end()


class Tick(QWidget):
    """The title of a block, and whether the block is done."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        """A block that is not done."""
        super().__init__(parent)
        self._title = title
        self._mark = MarkLabel(theme, "ring", "muted", parent=self)
        self._section = SectionTitle(theme, title, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self._section, 1)
        self.done = False
        self.set_done(False)

    def set_done(self, done: bool) -> None:
        """Show the block as done, or as still to do."""
        self.done = done
        self._mark.set_mark("eligible" if done else "ring", "eligible" if done else "muted")
        self._section.set_note("" if done else "à compléter")
        self.setAccessibleName(f"{self._title}\u202f: {'complet' if done else 'à compléter'}")
