"""What every card of a booking is made of: its ground, its head, its keys, its solid button."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import CARD_RADIUS, Card

COPY_KEY = "Ctrl+Maj+C"
CALL_KEY = "Ctrl+T"
PRINT_KEY = "Ctrl+P"
COPY = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C)
CALL = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_T)
PRINT = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P)
NARROW = "\u202f"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Tone(Enum):
    """What a card says at a glance: mark, its colour, ground, edge."""

    DOUBT = ("warning", "verify", "verify_tint", "verify")
    TO_CHECK = ("verify", "verify", "verify_tint", "verify")
    OVER = ("refused", "muted", "raised", "border")
    DONE = ("eligible", "eligible", "eligible_tint", "eligible")
    TO_DO = ("calendar", "accent", "raised", "border")
    TO_CALL = ("phone", "accent", "raised", "border")


class CardHead(QWidget):
    """A mark, the title, and at the right the source and the time; under the title where room lacks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._mark = MarkLabel(theme, "", "", 18, self)
        self._title = PlainLabel(theme, points=11.5, bold=True, wrap=True, parent=self)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._aside = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self._aside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.px(8))
        self._line.addWidget(self._title, 1)
        self._line.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._mark.setFixedHeight(theme.px(22))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._line, 1)

    def say(self, tone: Tone, title: str, aside: str) -> None:
        """Show a mark, a title and what stands beside it."""
        self._mark.set_mark(tone.value[0], tone.value[1])
        self._title.setText(title)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._fit()

    @property
    def texts(self) -> tuple[str, str]:
        """The title and what stands beside it."""
        return self._title.text(), self._aside.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        aside = self._aside.fontMetrics().horizontalAdvance(self._aside.text())
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        room = self.width() - self.theme.px(18 + 8 + 8 + 8)
        beside = aside + title <= room
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._line.setSpacing(self.theme.px(8 if beside else 0))
        self._aside.setMinimumWidth(aside + 2 if beside else 0)
        self._aside.setMinimumHeight(self.theme.px(22) if beside else 0)


class BookingCard(Card):
    """A card: Entrée does its solid action, Échap the other one, its own keys the rest.

    Signals:
        dismissed(): Échap, or what stands for it: back to the list. Nothing typed is lost.
        copied(str): something was put on the clipboard: the words for the journal strip.
    """

    dismissed = Signal()
    copied = Signal(str)

    def __init__(self, theme: Theme, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(theme, surface=tone.value[2], edge=tone.value[3], parent=parent)
        self._keys: dict[QKeyCombination, Callable[[], object]] = {}
        self.head = CardHead(theme, self)
        self.column = QVBoxLayout(self)
        margin = theme.px(12)
        self.column.setContentsMargins(margin, theme.px(10), margin, margin)
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(self.head)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    # --- what it says -----------------------------------------------------------------------------------

    def say_head(self, tone: Tone, title: str, aside: str, description: str) -> None:
        """Change the ground, the head and what a screen reader says of the card."""
        self.set_surface(tone.value[2], tone.value[3])
        self.head.say(tone, title, aside)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)

    def words(
        self, text: str = "", *, role: str = "text", points: float = 10.0, bold: bool = False
    ) -> PlainLabel:
        """A paragraph of this card, not yet placed."""
        return PlainLabel(self.theme, text, role=role, points=points, bold=bold, wrap=True, parent=self)

    # --- what it does -----------------------------------------------------------------------------------

    @property
    def solid(self) -> ActionButton | None:
        """The button that Entrée presses."""
        return None

    def escape(self) -> None:
        """What Échap does."""
        self.dismissed.emit()

    def on_key(self, keys: QKeyCombination, act: Callable[[], object]) -> None:
        """Do `act` when these keys are pressed anywhere in the card, whatever the window uses them for."""
        self._keys[keys] = act

    def dial_shown(self) -> bool:
        """Call the number that the card shows, wherever the keyboard is; False when it shows none."""
        call = self._keys.get(CALL)
        if call is not None:
            call()
        return call is not None

    def take_focus(self) -> None:
        """Give the keyboard to the solid button, else to the card itself: Entrée must never do the other."""
        solid = self.solid
        usable = solid is not None and solid.isEnabled() and solid.isVisibleTo(self)
        (solid if solid is not None and usable else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_text(self, text: str, words: str) -> None:
        """Put a text on the clipboard and say so in `words`, which never hold the text of a patient."""
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(words)

    def hold_focus(self, *going: QWidget) -> None:
        """Take the keyboard from controls about to be hidden or disabled: it never falls to the window."""
        if any(widget.hasFocus() or widget.isAncestorOf(self.focusWidget()) for widget in going):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- Qt ---------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keeps the card's keys from the window's shortcuts."""
        key = event if event.type() == QEvent.Type.ShortcutOverride else None
        if isinstance(key, QKeyEvent) and key.keyCombination() in self._keys:
            key.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # A layout's own hint does not know how wide its wrapped texts are: it would leave a gap under them.
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée, Échap and the card's own keys; anything else goes on."""
        act = self._keys.get(event.keyCombination())
        if act is not None:
            if not event.isAutoRepeat():
                act()
        elif event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            solid = self.solid
            if solid is not None and solid.isEnabled() and not event.isAutoRepeat():
                solid.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = edge_pen(self.theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, QRectF(self.rect()), pen, self.theme.px(CARD_RADIUS))
            painter.end()


def set_words(label: QLabel, text: str) -> None:
    """Show a paragraph, or nothing at all when it is empty."""
    label.setText(text)
    label.setVisible(bool(text))
