"""The ways on if the line has nothing or refuses: one letter each, nothing to type again."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.transfer.next_ways import NextWay, WayKind
from osnp_console.app.transfer.panel_words import capitals
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.key_cap import key_cap_size, paint_key_cap
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card

_MARKS = {WayKind.DISPOSITIF: ("eligible", "eligible"), WayKind.REGULATOR: ("phone", "accent")}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ROW = 46


class WayButton(QAbstractButton):
    """One way on: its hour or its mark, two lines of words, its letter."""

    def __init__(self, theme: Theme, way: NextWay, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.way = way
        said = ", ".join(part for part in (way.hour, way.title, way.subtitle) if part)
        self.setText(said)
        self.setAccessibleName(said)
        self.setAccessibleDescription(f"touche {way.letter}")
        self.setToolTip(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée takes it, as Espace does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, way, painter = self._theme, self.way, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, rect = theme.px, QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(rect, theme.color("raised"))
        left = px(4)
        hour = theme.font(10, bold=True)
        if way.hour:
            painter.setFont(hour)
            painter.setPen(theme.color("text"))
            width = QFontMetrics(hour).horizontalAdvance(way.hour)
            painter.drawText(QRectF(left, 0, width + 1, self.height()), _MIDDLE, way.hour)
            left += width + px(8)
        else:
            mark, role = _MARKS.get(way.kind, ("calendar", "accent"))
            painter.drawPixmap(left, (self.height() - px(16)) // 2, theme.mark(mark, role))
            left += px(16 + 8)
        cap = key_cap_size(theme, way.letter)
        right = self.width() - px(4) - cap.width()
        top = (self.height() - cap.height()) / 2
        paint_key_cap(painter, theme, QRectF(right, top, cap.width(), cap.height()), way.letter, "muted")
        room = right - px(8) - left
        for text, points, role, bold, line in (
            (way.title, 9.5, "text", True, QRectF(left, px(5), room, px(18))),
            (way.subtitle, 9, "muted", False, QRectF(left, px(23), room, px(17))),
        ):
            font = theme.font(points, bold)
            painter.setFont(font)
            painter.setPen(theme.color(role))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, _MIDDLE, cut)
        if self.hasFocus():
            stroke_inside(painter, rect, edge_pen(theme, "focus", FOCUS_WIDTH), px(3))
        painter.end()


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class WaysCard(Card):
    """The list; its letters act while it has the keyboard.

    Signals:
        taken(object): the NextWay that was chosen.
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, after: QWidget, parent: QWidget | None = None) -> None:
        """Tab comes here after that control."""
        super().__init__(theme, parent=parent)
        self._after = after
        self.buttons: list[WayButton] = []
        self._ways: tuple[NextWay, ...] | None = None
        self.title = PlainLabel(theme, "", role="accent", points=8.5, bold=True, wrap=True, parent=self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(6))
        column.setSpacing(theme.px(2))
        column.addWidget(self.title)
        column.addLayout(self._rows)

    def show_ways(self, title: str, name: str, ways: tuple[NextWay, ...]) -> None:
        """Show ways on; the keyboard stays at the same place of the list.

        The title stands in capitals, but for the line's `name` in it.
        """
        self.title.setText(capitals(title, name))
        self.title.setAccessibleName(title)
        self.setAccessibleName(title)
        self.setVisible(bool(ways))
        if ways == self._ways:
            return
        self._ways = ways
        at = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), None)
        for old in self.buttons:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [WayButton(self.theme, way, self) for way in ways]
        for button in self.buttons:
            button.clicked.connect(self._clicked)
            self._rows.addWidget(button)
        for before, after in pairwise((self._after, *self.buttons)):
            QWidget.setTabOrder(before, after)
        if at is not None and self.buttons:
            self.buttons[min(at, len(self.buttons) - 1)].setFocus()

    def take_focus(self) -> bool:
        """Give the keyboard to the best way on; False when there is none."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(self.buttons)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, WayButton):
            self.taken.emit(button.way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter takes its way on; arrows go from one to the other."""
        step = _STEPS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        letter = event.text().upper()
        found = next((one for one in self.buttons if letter and one.way.letter == letter), None)
        if step is not None:
            at = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), 0)
            self.buttons[min(max(at + step, 0), len(self.buttons) - 1)].setFocus()
        elif found is not None and not held:
            self.taken.emit(found.way)
        else:
            super().keyPressEvent(event)
