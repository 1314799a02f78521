"""The bands of hours, each with its count: buttons side by side, or a list where room lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QToolTip, QWidget

from osnp_console.app.slots.filters import BandCount
from osnp_console.domain.slots.bands import Band
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, RADIUS, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.wording import named

HEIGHT, COMBO_HEIGHT = 36, 28
LABEL = "Délai"
_GAP = 4
_PADDING = 4
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class BandButtons(QWidget):
    """One focus stop; ← → choose a band at once.

    Signals:
        chosen(object): the Band, or None for all.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._counts: tuple[BandCount, ...] = ()
        self._at = 0
        self._fonts = theme.font(9.5), theme.font(9.5, bold=True), theme.font(8.5), theme.font(8.5, bold=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HEIGHT))

    def show_counts(self, counts: Sequence[BandCount], band: Band | None) -> None:
        """Show the counts, and which band is chosen."""
        shown = tuple(counts)
        at = next((place for place, one in enumerate(shown) if one.band == band), 0)
        if (shown, at) != (self._counts, self._at):
            self._counts, self._at = shown, at
            said = shown[at].sentence if shown else ""
            self.setAccessibleName(named(LABEL, said))
            self.setAccessibleDescription(", ".join(one.sentence for one in shown))
            self.update()

    @property
    def least_width(self) -> int:
        """The width under which a label would be cut."""
        metrics = QFontMetrics(self._fonts[1])
        labels = [one.label for one in self._counts]
        widest = [metrics.horizontalAdvance(label) for label in labels]
        px = self.theme.px
        return sum(widest) + len(labels) * 2 * px(_PADDING) + max(len(labels) - 1, 0) * px(_GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(HEIGHT))

    def _places(self) -> list[QRectF]:
        """Equal shares, but no label cut: the narrow ones give."""
        count = len(self._counts)
        if not count:
            return []
        px, metrics = self.theme.px, QFontMetrics(self._fonts[1])
        room = self.width() - (count - 1) * px(_GAP)
        least = [metrics.horizontalAdvance(one.label) + 2 * px(_PADDING) for one in self._counts]
        share = room / count
        over = sum(max(0.0, width - share) for width in least)
        slack = sum(max(0.0, share - width) for width in least)
        give = over / slack if slack else 0.0
        places, left = [], 0.0
        for width in least:
            wide = float(width) if width > share else share - (share - width) * min(give, 1.0)
            places.append(QRectF(left, 0, wide, self.height()))
            left += wide + px(_GAP)
        return places

    def _index_at(self, x: float) -> int | None:
        return next((n for n, place in enumerate(self._places()) if place.left() <= x < place.right()), None)

    def _choose(self, at: int) -> None:
        if at != self._at and 0 <= at < len(self._counts):
            self.chosen.emit(self._counts[at].band)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _HELD:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._choose(self._at + _STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_Backspace):
            self._choose(0)
        elif key == Qt.Key.Key_End:
            self._choose(len(self._counts) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._index_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._choose(at)

    def event(self, event: QEvent) -> bool:
        """Says a band in full under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._counts[at].sentence if at is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (one, place) in enumerate(zip(self._counts, self._places(), strict=True)):
            self._paint_band(painter, one, place, chosen=at == self._at)
        painter.end()

    def _paint_band(self, painter: QPainter, one: BandCount, place: QRectF, *, chosen: bool) -> None:
        theme, radius = self.theme, self.theme.px(RADIUS)
        fill_rounded(painter, place, theme.color("accent_tint" if chosen else "field"), radius)
        edge = edge_pen(theme, "accent" if chosen else "border", 2 if chosen else 1)
        if chosen and self.hasFocus():
            edge = edge_pen(theme, "focus", FOCUS_WIDTH + 1)
        stroke_inside(painter, place, edge, radius)
        ink = "accent" if chosen else "muted" if not one.count else "text"
        painter.setPen(theme.color(ink))
        middle, font, small = place.height() / 2 - theme.px(1), self._fonts[0], self._fonts[2]
        if chosen:
            font, small = self._fonts[1], self._fonts[3]
        painter.setFont(font)
        top = QRectF(place.left(), theme.px(2), place.width(), middle)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, one.label)
        painter.setFont(small)
        if not chosen:
            painter.setPen(theme.color("muted"))
        low = QRectF(place.left(), middle, place.width(), place.height() - middle - theme.px(1))
        painter.drawText(low, Qt.AlignmentFlag.AlignCenter, one.words)


class BandPicker(QWidget):
    """The buttons where they fit, else a list that drops down with the same counts.

    Signals:
        chosen(object): the Band, or None for all.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons = BandButtons(theme, self)
        self.combo = Combo(theme, LABEL, (), clearable=False, parent=self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.buttons)
        self._stack.addWidget(self.combo)
        self._counts: tuple[BandCount, ...] = ()
        self._is_low = False
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.buttons.chosen.connect(self.chosen)
        self.combo.answered.connect(self._answered)
        self._fold()

    def show_counts(self, counts: Sequence[BandCount], band: Band | None) -> None:
        """Show the counts, and which band is chosen."""
        shown = tuple(counts)
        self.buttons.show_counts(shown, band)
        label = next((one.label for one in shown if one.band == band), None)
        if shown != self._counts:
            self._counts = shown
            self.combo.set_choices(
                [Choice(one.label, f"{one.label} · {one.words}", spoken=one.sentence) for one in shown]
            )
            self._fold()
        if label is not None and self.combo.answer != label:
            self.combo.set_answer(label)

    def set_fold(self, *, low: bool, room: int) -> None:
        """Where height lacks, or the buttons do not fit in `room` px, the list is used."""
        if (low, room) != (self._is_low, self._room):
            self._is_low, self._room = low, room
            self._fold()

    @property
    def is_folded(self) -> bool:
        """True while the bands are a list that drops down."""
        return self._stack.currentWidget() is self.combo

    def _fold(self) -> None:
        folded = self._is_low or self.buttons.least_width > self._room
        wanted = self.combo if folded else self.buttons
        if self._stack.currentWidget() is not wanted:
            had_focus = self.buttons.hasFocus() or self.combo.combo_box.hasFocus()
            self._stack.setCurrentWidget(wanted)
            if had_focus:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFixedHeight(self.theme.px(COMBO_HEIGHT if folded else HEIGHT))
        self.setFocusProxy(wanted)

    def _answered(self, label: object) -> None:
        band = next((one.band for one in self._counts if one.label == label), None)
        self.chosen.emit(band)
