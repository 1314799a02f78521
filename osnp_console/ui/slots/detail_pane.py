"""The chosen slot: its detail where height allows, or on one line what must be done after."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.slots.detail import SlotDetail
from osnp_console.app.slots.proposal_words import MARK as PROPOSED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel

_ROWS = 5
"""Place, booking, closing, what follows; the last one only while another desk proposes the slot."""
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 4, Qt.Key.Key_PageUp: -4}


class SlotDetailPane(QScrollArea):
    """Title, when it was last seen free, then place, booking, closing, what follows, who else proposes it.

    Signals:
        left(): Échap: back to the list.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: SlotDetail | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = _Raised(theme, self)
        self.setWidget(self._inside)
        self.title = ElidedLabel(theme, points=10.5, bold=True, parent=self._inside)
        self.aside = PlainLabel(theme, role="muted", points=9, parent=self._inside)
        self._labels = [
            PlainLabel(theme, role="muted", points=9.5, parent=self._inside) for _ in range(_ROWS)
        ]
        self._texts = [PlainLabel(theme, points=9.5, wrap=True, parent=self._inside) for _ in range(_ROWS)]
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.aside)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        for number, (label, text) in enumerate(zip(self._labels, self._texts, strict=True)):
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, number, 1)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(px(12), px(9), px(12), px(8))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(grid)
        column.addStretch(1)

    def show_detail(self, detail: SlotDetail) -> None:
        """Show a slot's detail; only what changed is laid out anew."""
        if detail == self._shown:
            return
        self._shown = detail
        self.title.setText(detail.title)
        self.aside.setText(detail.aside)
        self.setAccessibleName("Détail du créneau")
        self.setAccessibleDescription(detail.sentence)
        for label, text, row in zip_longest(self._labels, self._texts, detail.rows):
            label.setVisible(row is not None)
            text.setVisible(row is not None)
            if row is not None:
                label.setText(row.label)
                text.setText(row.text)
                text.set_role("verify" if row.amber else "text")

    @property
    def words(self) -> tuple[str, ...]:
        """The lines shown."""
        return tuple(text.text() for text in self._texts if text.text() and not text.isHidden())

    def whole_height(self, width: int) -> int:
        """The height that shows everything at a width."""
        layout = self._inside.layout()
        if layout is None:
            return 0
        # Just shown or filled, the layouts inside still know the heights of before.
        layout.invalidate()
        layout.activate()
        return max(layout.totalHeightForWidth(width), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif step is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step * QFontMetrics(self.theme.font()).height())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.title.set_role("accent")
        self._inside.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.title.set_role("text")
        self._inside.update()


class _Raised(QWidget):
    """The ground of the pane, with its hairline, and the ring while the pane has the keyboard."""

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._theme = theme
        self._pane = pane

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.fillRect(0, 0, self.width(), self._theme.px(1), self._theme.color("line"))
        if self._pane.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = edge_pen(self._theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, QRectF(self.rect()), pen, self._theme.px(3))
        painter.end()


class FollowLine(QWidget):
    """What must be done after booking, on one line under the list.

    While another desk proposes the slot, that is said in its place: the list keeps its height.
    """

    HEIGHT = 28

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = MarkLabel(theme, "phone", "accent", 14, self)
        self._label = PlainLabel(theme, role="muted", points=9, parent=self)
        self.words = ElidedLabel(theme, points=9, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._mark)
        row.addWidget(self._label)
        row.addWidget(self.words, 1)
        self.setFixedHeight(theme.px(self.HEIGHT))

    def show_detail(self, detail: SlotDetail) -> None:
        """Show what follows, or who else proposes the slot."""
        follows, elsewhere = detail.follows, detail.elsewhere
        name = f"{follows.label}\u202f: {follows.text}"
        self._label.setVisible(elsewhere is None)
        self._label.setText(f"{follows.label}\u202f:")
        if elsewhere is not None:
            self.words.setText(elsewhere.text)
            self._mark.set_mark(PROPOSED, "verify")
            name = f"{elsewhere.text} {name}"
        else:
            self.words.setText(follows.text)
            self._mark.set_mark("phone" if follows.amber else "info", "verify" if follows.amber else "muted")
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        px, painter = self._theme.px, QPainter(self)
        painter.fillRect(px(12), 0, self.width() - px(24), px(1), self._theme.color("line"))
        painter.end()
