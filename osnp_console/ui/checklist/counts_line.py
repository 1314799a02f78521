"""The counts of the checklist on one line; each jumps to its group."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.app.checklist.in_hand import Counts
from osnp_console.domain.states import Verdict
from osnp_console.ui.checklist.row_painting import MARKS
from osnp_console.ui.checklist.row_style import Ink
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside

_ORDER = (Verdict.ELIGIBLE, Verdict.TO_CHECK, Verdict.NOT_ELIGIBLE, Verdict.OUT_OF_SERVICE)


class CountsLine(QWidget):
    """`1 éligible  13 à vérifier  14 refusés  1 hors service`.

    Signals:
        group_wanted(object): a click or Entrée on a count, its Verdict.
    """

    group_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._number = Ink(theme.font(10, bold=True))
        self._words = (Ink(theme.font(9.5)), Ink(theme.font(8.5)))
        self._counts = Counts()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(28))
        self._say()

    def set_counts(self, counts: Counts) -> None:
        """Show other counts; the words keep their place as far as they can."""
        if counts != self._counts:
            self._counts = counts
            self._say()
            self.update()

    def parts(self) -> tuple[tuple[Verdict, int, str], ...]:
        """Each verdict with its count and the word beside it."""
        counts = self._counts
        eligible = "éligible" if counts.eligible < 2 else "éligibles"
        refused = "refusé" if counts.refused < 2 else "refusés"
        said = (
            (counts.eligible, eligible),
            (counts.to_check, "à vérifier"),
            (counts.refused, refused),
            (counts.out_of_service, "hors service"),
        )
        return tuple((verdict, *part) for verdict, part in zip(_ORDER, said, strict=True))

    def _say(self) -> None:
        said = ", ".join(f"{count} {word}" for _, count, word in self.parts())
        self.setAccessibleName(said)
        self.setToolTip(said)
        _, count, word = self.parts()[self._at]
        self.setAccessibleDescription(f"Entrée{chr(0x202F)}: aller à {count} {word}")

    # --- Qt ---------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        places = self._places()
        return QSize(places[-1].right() + self.theme.px(12), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(len(_ORDER) - 1, max(0, self._at + step))
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.group_wanted.emit(_ORDER[self._at])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for number, place in enumerate(self._places()):
            if place.contains(event.position().toPoint()):
                self._at = number
                self._say()
                self.update()
                self.group_wanted.emit(_ORDER[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, side = self.height() // 2, theme.px(14)
        gap = theme.px(5)
        for number, ((verdict, count, word), place) in enumerate(
            zip(self.parts(), self._places(), strict=True)
        ):
            name, role = MARKS[verdict]
            left = place.left() + theme.px(4)
            painter.drawPixmap(left, middle - side // 2, theme.mark(name, role, 14))
            left += side + gap
            text, muted = theme.color("text"), theme.color("muted")
            left += self._number.draw(painter, left, middle, str(count), text, self.width()) + gap
            self._word_ink().draw(painter, left, middle, word, muted, self.width() - left)
            if self.hasFocus() and number == self._at:
                stroke_inside(painter, QRectF(place), edge_pen(theme, "focus", FOCUS_WIDTH), theme.px(4))
        painter.end()

    def _word_ink(self) -> Ink:
        """Smaller words where the column is narrow."""
        return next((ink for ink in self._words if self._room(ink) >= 0), self._words[-1])

    def _widths(self, ink: Ink) -> list[int]:
        px = self.theme.px
        around = px(4) + px(14) + px(5) + px(5) + px(4)
        return [around + self._number.width(str(count)) + ink.width(word) for _, count, word in self.parts()]

    def _room(self, ink: Ink) -> int:
        return self.width() - 2 * self.theme.px(7) - sum(self._widths(ink))

    def _places(self) -> list[QRect]:
        px, ink = self.theme.px, self._word_ink()
        left = px(7)
        gap = min(px(8), max(0, self._room(ink)) // 3)
        places = []
        for width in self._widths(ink):
            places.append(QRect(left, px(1), width, self.height() - px(2)))
            left += width + gap
        return places
