"""The strip of agendas under the slots: one line each where height allows, else one line for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.sources.words import SourceCount, SourceLine, Standing, folded
from osnp_console.ui.checklist.row_style import Ink
from osnp_console.ui.slots.source_lines import LINE, SourceList, SourceModel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.labels import ElidedLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import CARD_RADIUS

TITLE = "Agendas interrogés"
FOLDED_TITLE = "Agendas"
FOLDED_HEIGHT, HEAD, FOOT = 30, 24, 6
LINES_AT_MOST = 8
_MARK_ROOM = 17
_NOT_ASKED_AGAIN = (Standing.ASKING, Standing.BY_HAND)


class FoldedSources(QWidget):
    """`AGENDAS ● 4 répondu  1 muet  1 périmé`; Entrée or a click opens the lines.

    Signals:
        opened(): the lines are wanted.
    """

    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._title = Ink(theme.font(8.5, bold=True))
        self._plain, self._loud = Ink(theme.font(9)), Ink(theme.font(9, bold=True))
        self._counts: tuple[SourceCount, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(FOLDED_HEIGHT))
        self.setAccessibleDescription("Entrée pour ouvrir, un agenda par ligne")

    def show_counts(self, counts: tuple[SourceCount, ...]) -> None:
        """Show how many agendas are in each state."""
        if counts != self._counts:
            self._counts = counts
            said = ", ".join(part.words for part in counts)
            self.setAccessibleName(f"{FOLDED_TITLE}\u202f: {said}")
            self.setToolTip(said)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.height())

    def _ink(self, part: SourceCount) -> Ink:
        return self._loud if part.standing.limits else self._plain

    def _states_width(self) -> int:
        mark = self.theme.px(_MARK_ROOM)
        return sum(mark + self._ink(part).width(part.words) for part in self._counts)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, px = self.theme, QPainter(self), self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, end = self.height() // 2, px(12), self.width() - px(28)
        title = FOLDED_TITLE.upper()
        titled = self._title.width(title) + px(12)
        # The states are never cut: the title gives way, then the gaps.
        room = end - left - self._states_width()
        if room >= titled:
            self._title.draw(painter, left, middle, title, theme.color("accent"), titled)
            left, room = left + titled, room - titled
        gap = min(px(12), max(room // max(len(self._counts) - 1, 1), px(4)))
        for part in self._counts:
            role = "verify" if part.standing.limits else "muted"
            painter.drawPixmap(left, middle - px(6), theme.mark(part.standing.mark, part.standing.role, 12))
            left += px(_MARK_ROOM)
            left += (
                self._ink(part).draw(painter, left, middle, part.words, theme.color(role), end - left) + gap
            )
        chevron = theme.mark("chevron-up", "muted", 12)
        painter.drawPixmap(self.width() - px(24), middle - px(6), chevron)
        if self.hasFocus():
            pen = edge_pen(theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, QRectF(self.rect()), pen, px(4))
        painter.end()


class SourceDetails(QWidget):
    """What is known of one agenda, and how to ask it again.

    Signals:
        retry_wanted(str): ask that source again.
        closed(): back to the lines.
    """

    retry_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.name = ElidedLabel(theme, points=10, bold=True, parent=self)
        self.words = PlainLabel(theme, points=9, wrap=True, parent=self)
        self.retry = ActionButton(theme, "Réessayer", height=28, parent=self)
        self.back = ActionButton(theme, "Fermer", "Échap", "link", height=28, parent=self)
        self.retry.clicked.connect(self._retry)
        self.back.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.retry)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addLayout(buttons)
        self.hide()

    @property
    def source(self) -> str:
        """The id of the source shown; empty without one."""
        return self._source

    def show_line(self, line: SourceLine | None) -> None:
        """Show a source, or nothing."""
        self._source = line.id if line is not None else ""
        if line is not None:
            self.name.setText(line.name)
            state = f"{line.words[:1].upper()}{line.words[1:]}."
            self.words.setText("\n".join((state, *line.details)))
            self.retry.setVisible(line.standing not in _NOT_ASKED_AGAIN)
            self.setAccessibleName(f"{line.name}, {line.words}")
        self.setVisible(line is not None)

    def _retry(self) -> None:
        self.retry_wanted.emit(self._source)

    def take_focus(self) -> None:
        """Give the keyboard to the first button."""
        (self.retry if self.retry.isVisibleTo(self) else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class SourceStrip(QWidget):
    """The strip, folded or not; one line of states is always there.

    Signals:
        retry_wanted(str): ask that source again.
        height_changed(): it was opened or folded by the operator.
        left(): Échap: back to the slots.
    """

    retry_wanted = Signal(str)
    height_changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._has_room = True
        self._is_opened = False
        self.model = SourceModel(self)
        self.folded = FoldedSources(theme, self)
        self._title = PlainLabel(theme, TITLE.upper(), role="accent", points=8.5, bold=True, parent=self)
        self._title.setAccessibleName(TITLE)
        self._span = ElidedLabel(theme, role="muted", points=9, parent=self)
        self._span.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list = SourceList(theme, self.model, self)
        self.details = SourceDetails(theme, self)
        self._lay_out()
        self.folded.opened.connect(self._open)
        self.list.opened.connect(self._show_details)
        self.list.left.connect(self._close)
        self.details.closed.connect(self._close_details)
        self.details.retry_wanted.connect(self._retry)
        self._place()

    def _lay_out(self) -> None:
        px = self.theme.px
        self._head = QWidget(self)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(8))
        row.addWidget(self._title)
        row.addWidget(self._span, 1)
        self._head.setFixedHeight(px(HEAD))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(1), 0, 0)
        column.setSpacing(0)
        column.addWidget(self.folded)
        column.addWidget(self._head)
        column.addWidget(self.list)
        column.addWidget(self.details)
        self._column = column
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # --- what it shows ----------------------------------------------------------------------------------

    def show_sources(self, lines: Sequence[SourceLine], span: str) -> None:
        """Show the agendas, and when and how long they were searched."""
        shown = tuple(lines)
        count = len(self.model.lines)
        self.model.show(shown)
        self.folded.show_counts(folded(shown))
        if span != self._span.text():
            self._span.setText(span)
        if self.details.source:
            self.details.show_line(next((one for one in shown if one.id == self.details.source), None))
        if len(shown) != count:
            self._place()
            self.height_changed.emit()

    def whole_height(self) -> int:
        """The height with one line an agenda."""
        return self.theme.px(1) + self._head.height() + self._lines_height() + self.theme.px(FOOT)

    def set_room(self, room: bool) -> None:
        """Whether there is room for one line an agenda."""
        if room != self._has_room:
            self._has_room = room
            self._place()

    @property
    def is_folded(self) -> bool:
        """True while all agendas stand on one line."""
        return self.folded.isVisibleTo(self)

    def take_focus(self) -> None:
        """Give the keyboard to the lines, or to the one line."""
        (self.folded if self.is_folded else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside -----------------------------------------------------------------------------------------

    def _lines_height(self) -> int:
        return self.theme.px(LINE) * min(len(self.model.lines), LINES_AT_MOST)

    def _place(self) -> None:
        whole = self._has_room or self._is_opened
        had_focus = self.folded.hasFocus() or self.list.hasFocus()
        self.folded.setVisible(not whole)
        self._head.setVisible(whole)
        self.list.setVisible(whole)
        px = self.theme.px
        self._column.setContentsMargins(0, px(1), 0, px(FOOT) if whole else px(1))
        self.list.setFixedHeight(max(self._lines_height(), self.theme.px(1)))
        if had_focus:
            self.take_focus()

    def _open(self) -> None:
        self._is_opened = True
        self._place()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.height_changed.emit()

    def _close(self) -> None:
        """Échap on the lines: fold what the operator opened, else leave."""
        if self._is_opened and not self._has_room:
            self._is_opened = False
            self._place()
            self.take_focus()
            self.height_changed.emit()
        else:
            self.left.emit()

    def _show_details(self, source: str) -> None:
        self.details.show_line(next((one for one in self.model.lines if one.id == source), None))
        self.details.take_focus()
        self.height_changed.emit()

    def _close_details(self) -> None:
        self.details.show_line(None)
        self.take_focus()
        self.height_changed.emit()

    def _retry(self, source: str) -> None:
        self._close_details()
        self.retry_wanted.emit(source)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), self.theme.px(CARD_RADIUS)
        raised = self.theme.color("raised")
        fill_rounded(painter, rect, raised, radius)
        painter.fillRect(rect.adjusted(0, 0, 0, -radius), raised)
        painter.fillRect(QRectF(0, 0, rect.width(), self.theme.px(1)), self.theme.color("line"))
        painter.end()
