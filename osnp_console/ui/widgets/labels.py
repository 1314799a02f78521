"""Labels: text that is never read as markup, text cut with its tool tip, marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme


class PlainLabel(QLabel):
    """A label that shows what it is given, letter for letter: received text is never markup."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: str = "text",
        points: float = 10.0,
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A text in the colour of a role, at a size given at 100 % text."""
        super().__init__(parent)
        self.theme = theme
        self._given_font = self.font()
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(points, bold))
        self.setWordWrap(wrap)
        self.set_role(role)
        self.setText(text)

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        super().setFont(font)
        self._given_font = self.font()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Moved to another parent or shown, a widget gets back the font and the colours it had when it was
        # first styled.
        if event.type() == QEvent.Type.StyleChange:
            if self.font() != self._given_font:
                super().setFont(self._given_font)
            self._colour()

    def set_role(self, role: str) -> None:
        """Changes the colour of the text to that of another role."""
        self._role = role
        self._colour()

    def _colour(self) -> None:
        colour, palette = self.theme.color(self._role), self.palette()
        if palette.color(self.foregroundRole()) != colour:
            palette.setColor(self.foregroundRole(), colour)
            self.setPalette(palette)


class ElidedLabel(PlainLabel):
    """One line cut with an ellipsis when it lacks room; the whole text is then its tool tip.

    `left=True` cuts the beginning, for lines whose end matters most.
    """

    # The first text is set before the constructor below has run its course.
    _mode = Qt.TextElideMode.ElideRight
    _tip = ""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: str = "text",
        points: float = 10.0,
        bold: bool = False,
        left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A text in the colour of a role, at a size given at 100 % text."""
        super().__init__(theme, "", role=role, points=points, bold=bold, parent=parent)
        if left:
            self._mode = Qt.TextElideMode.ElideLeft
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Changes the text, on one line."""
        super().setText(" ".join(text.splitlines()))
        self._say_when_cut()

    def set_tip(self, text: str) -> None:
        """A tool tip for when the text is whole."""
        self._tip = text
        self._say_when_cut()

    def shown_text(self) -> str:
        """The text as it is seen, with its ellipsis if it is cut."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        return QSize(
            min(self.theme.px(24), super().minimumSizeHint().width()), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_when_cut()

    def _say_when_cut(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else self._tip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(QRect(self.contentsRect()), int(flags), self.shown_text())
        painter.end()


class MarkLabel(QLabel):
    """A mark alone; it has no accessible name, the word beside it says what it means."""

    def __init__(
        self, theme: Theme, name: str, role: str, size: float = 16, parent: QWidget | None = None
    ) -> None:
        """The mark `name` of resources/icons, in the colour of a role; no mark when the name is empty."""
        super().__init__(parent)
        self.theme = theme
        self._size = size
        self._mark = ("", "")
        self.setFixedSize(theme.px(size), theme.px(size))
        self.set_mark(name, role)

    def set_mark(self, name: str, role: str) -> None:
        """Shows another mark, or none when the name is empty."""
        self._mark = (name, role)
        if name:
            self.setPixmap(self.theme.mark(name, role, self._size))
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Takes the disabled colour by itself: Qt's own greying would be another colour."""
        super().changeEvent(event)
        name, role = self._mark
        if event.type() == QEvent.Type.EnabledChange and name:
            shown = role if self.isEnabled() else "disabled"
            self.setPixmap(self.theme.mark(name, shown, self._size))
