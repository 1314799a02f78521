"""The whole identity in one line; opened, it is edited field by field."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.edges import Edge, paint_box

HEIGHT = 28


class IdentityLine(Control):
    """One stop; Entrée, Espace or a click opens the fields under it, and closes them.

    Signals:
        toggled(): the fields are to be opened, or closed.
    """

    toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Identité", parent)
        self._name = self._about = ""
        self._is_open = self._is_wrong = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_identity(self, name: str, about: str, *, is_open: bool, is_wrong: bool) -> None:
        """Show whom it is for; `is_wrong` gives the edge of an error."""
        self._name, self._about, self._is_open, self._is_wrong = name, about, is_open, is_wrong
        said = ", ".join(part for part in (name or "pas demandé", about) if part)
        self.setAccessibleName(f"Identité\u202f: {said}")
        self.setAccessibleDescription("Entrée referme la fiche" if is_open else "Entrée ouvre la fiche")
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée and Espace open it, or close it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.isEnabled() and not event.isAutoRepeat():
                self.toggled.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self.theme, self.theme.px
        painter = QPainter(self)
        edge = Edge.ERROR if self._is_wrong else Edge.SOLID if self._name else Edge.NOT_ASKED
        paint_box(painter, theme, self, edge, focused=self.hasFocus())
        arrow = px(14)
        right = self.width() - px(8) - arrow
        mark = "chevron-up" if self._is_open else "chevron-down"
        painter.drawPixmap(right, (self.height() - arrow) // 2, theme.mark(mark, "muted", 14))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        small, bold = theme.font(9.5), theme.font(bold=True)
        about = QFontMetrics(small).horizontalAdvance(self._about)
        room = right - px(9 + 8)
        about = min(about, room // 2)
        left = QRectF(px(9), 0, room - about - px(8), self.height())
        painter.setFont(bold)
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(left, flags, QFontMetrics(bold).elidedText(self._name, elide, int(left.width())))
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        beside = QRectF(right - px(8) - about, 0, about + 1, self.height())
        painter.drawText(beside, flags, QFontMetrics(small).elidedText(self._about, elide, about + 1))
        painter.end()
