"""A field that another desk changed too: both answers over the form, and which of them stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from osnp_console.ui.differences import Asked
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.line_field import see_through
from osnp_console.ui.widgets.surfaces import Card

KEEP_KEY, TAKE_KEY = "Alt+G", "Alt+P"
MOST_LINES = 4
"""Of an answer; a longer one scrolls."""
_LONGEST_TIP = 160
_MOST_OF_IT = 0.6


class _Words(QPlainTextEdit):
    """An answer, whole: it scrolls past a few lines, and has the keyboard only then."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = MOST_LINES
        see_through(self)
        self.setFont(theme.font())
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def whole_width(self) -> int:
        """How wide it must be to need one line."""
        metrics, lines = QFontMetrics(self.font()), self.toPlainText().splitlines()
        return max((metrics.horizontalAdvance(line) for line in lines), default=0) + 4

    @property
    def is_one_line(self) -> bool:
        """Whether it holds a single line."""
        return "\n" not in self.toPlainText()

    def set_most_lines(self, most: int) -> None:
        """How many lines are seen at once."""
        self._most = most
        self.fit()

    def fit(self) -> None:
        """Take the height of the text at this width, up to the most lines there may be."""
        # A plain text document counts its height in lines, wrapped ones included.
        needed = max(1, round(self.document().size().height()))
        height = min(needed, self._most) * QFontMetrics(self.font()).lineSpacing() + 2
        scrolls = needed > self._most
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        if (self.minimumHeight(), self.maximumHeight()) != (height, height):
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Side(QWidget):
    """One desk's answer and the button that chooses it: beside it, or under it where it is long."""

    def __init__(self, theme: Theme, whose: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._whose = whose
        self.words = _Words(theme, self)
        self.button = ActionButton(theme, "", key, height=28, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(4))
        self._row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_answer(self, answer: str, button: str) -> None:
        """Show an answer, and what its button says."""
        if answer != self.words.toPlainText():
            self.words.setPlainText(answer)
        said = f"{self._whose}\u202f: {answer}"
        self.words.setAccessibleName(said)
        self.button.set_text(button)
        self.button.set_tip(said if len(said) <= _LONGEST_TIP else f"{said[:_LONGEST_TIP]}…")
        self.arrange()

    def arrange(self) -> None:
        """Side by side where the answer then takes one line, or has most of the width all the same."""
        beside = self.width() - self.button.sizeHint().width() - self._row.spacing()
        fits = self.words.is_one_line and self.words.whole_width <= beside
        fits = fits or beside >= self.width() * _MOST_OF_IT
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
        self.words.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


class BothChangedStrip(QWidget):
    """One question at a time, hidden when there is none.

    Signals:
        keep_wanted(), take_wanted(): one's own answer, or the other desk's, is chosen.
        later_wanted(): Échap: the question stays, the keyboard goes back.
    """

    keep_wanted = Signal()
    take_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.asked: Asked | None = None
        self._card = Card(theme, surface="verify_tint", edge="verify", parent=self)
        self._mark = MarkLabel(theme, "doubt", "verify", 16, self._card)
        self.title = PlainLabel(theme, bold=True, wrap=True, parent=self._card)
        self.place = PlainLabel(theme, role="muted", points=9, parent=self._card)
        self.mine = _Side(theme, "Ici", KEEP_KEY, self._card)
        self.theirs = _Side(theme, "À l’autre poste", TAKE_KEY, self._card)
        self.mine.button.clicked.connect(self.keep_wanted)
        self.theirs.button.clicked.connect(self.take_wanted)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        px = self.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(8))
        self._mark.setFixedHeight(px(20))
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.title, 1)
        top.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        # Around the card and not in the panel: hidden, it leaves no gap over the form.
        around = QVBoxLayout(self)
        around.setContentsMargins(px(7), px(7), px(7), 0)
        around.addWidget(self._card)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(px(10), px(6), px(8), px(8))
        column.setSpacing(px(6))
        column.addLayout(top)
        column.addWidget(self.mine)
        column.addWidget(self.theirs)

    @property
    def has_keyboard(self) -> bool:
        """Whether the focus is in the strip."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def ask(self, asked: Asked | None) -> None:
        """Ask a question; None hides the strip."""
        self.asked = asked
        if asked is not None:
            self.title.setText(asked.sentence)
            self.title.setAccessibleName(asked.sentence)
            self.setAccessibleName(asked.sentence)
            self.place.setText(asked.place)
            self.place.setVisible(bool(asked.place))
            self.mine.show_answer(asked.mine, asked.keep)
            self.theirs.show_answer(asked.theirs, asked.take)
        self.setVisible(asked is not None)

    def take_height(self) -> None:
        """Work out the height that its texts need at this width."""
        for widget in (self._card, self):
            layout = widget.layout()
            if layout is not None:
                layout.activate()

    def set_most_lines(self, most: int) -> None:
        """How many lines of an answer are seen at once."""
        for side in (self.mine, self.theirs):
            side.words.set_most_lines(most)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap leaves the question for later."""
        if event.key() == Qt.Key.Key_Escape:
            self.later_wanted.emit()
        else:
            super().keyPressEvent(event)
