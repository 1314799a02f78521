"""The strip at the top of the checklist: the one question to ask now, or that nothing is left to ask."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.calls.question_answers import Offered
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, edge_pen, stroke_inside
from osnp_console.ui.widgets.key_cap import KeyCap
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import CARD_RADIUS, Card

NEXT_KEY = "Ctrl+Espace"


class StripTone(Enum):
    """What the strip says: mark, colour of mark and title, surface, edge."""

    QUESTION = ("play", "accent", "text", "accent_tint", "accent")
    NOTHING = ("tick", "accent", "text", "accent_tint", "line")
    ALARM = ("alarm", "alarm", "alarm", "panel", "alarm")


class QuestionStrip(Card):
    """A question, its answers as buttons with their letters, and what it settles.

    Signals:
        answered(object): an Offered was chosen, by click or by its letter.
        question_wanted(): the strip itself was activated: the field that answers is wanted.
    """

    answered = Signal(object)
    question_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, surface="accent_tint", edge="accent", parent=parent)
        self._buttons: list[ActionButton] = []
        self._offered: tuple[Offered, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._key = False
        self._mark = MarkLabel(theme, "play", "accent", 14, self)
        self._title = PlainLabel(theme, points=11.5, bold=True, wrap=True, parent=self)
        self._cap = KeyCap(theme, NEXT_KEY, "accent", self)
        self._settles = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self._beside = PlainLabel(theme, role="muted", points=9, parent=self)
        self._compact = False
        self._answers = WrappingRow(theme, self)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName("Question suivante")
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(8))
        self._mark.setFixedHeight(px(20))
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        top.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._cap, 0, Qt.AlignmentFlag.AlignTop)
        under = QVBoxLayout()
        under.setContentsMargins(px(22), 0, 0, 0)
        under.setSpacing(px(5))
        under.addWidget(self._answers)
        under.addWidget(self._settles)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(8), px(8))
        column.setSpacing(px(4))
        column.addLayout(top)
        column.addLayout(under)

    # --- what it says -----------------------------------------------------------------------------------

    def ask(self, question: str, settles: str, offered: tuple[Offered, ...]) -> None:
        """Show a question and its answers."""
        self._show(StripTone.QUESTION, question, settles, offered, key=True)

    def say(self, title: str, second: str, *, key: bool) -> None:
        """Nothing is left to ask; `key` when Ctrl+Espace still leads somewhere."""
        self._show(StripTone.NOTHING, title, second, (), key=key)

    def alarm(self, sentence: str) -> None:
        """A vital emergency: nothing is asked any more."""
        self._show(StripTone.ALARM, sentence, "", (), key=False)

    def set_compact(self, compact: bool) -> None:
        """Keep a question on two lines where height lacks: what it settles goes beside it."""
        self._compact = compact
        self._spread()

    def _spread(self) -> None:
        beside = self._compact and bool(self._offered)
        self._beside.setVisible(beside and bool(self._beside.text()))
        self._settles.setVisible(not beside and bool(self._settles.text()))
        self._cap.setVisible(self._key and not beside)

    @property
    def texts(self) -> tuple[str, str]:
        """The title and the second line, as shown."""
        return self._title.text(), self._settles.text()

    @property
    def buttons(self) -> tuple[ActionButton, ...]:
        """The answers, in order."""
        return tuple(self._buttons)

    def take_focus(self) -> None:
        """Give the keyboard to the first answer, else to the strip."""
        (self._buttons[0] if self._buttons else self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(
        self, tone: StripTone, title: str, second: str, offered: tuple[Offered, ...], *, key: bool
    ) -> None:
        shown = (tone, title, second, offered, key)
        if shown == self._shown:
            return
        self._shown = shown
        self._offered = offered
        mark, mark_role, role, surface, edge = tone.value
        self._mark.set_mark(mark, mark_role)
        self._title.setText(title)
        self._title.set_role(role)
        self._settles.setText(second)
        self._beside.setText(second)
        self._key = key
        self._spread()
        self.set_surface(surface, edge)
        self.setAccessibleDescription(f"{title} {second}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if offered else Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
        self._offer(offered, title)

    def _offer(self, offered: tuple[Offered, ...], question: str) -> None:
        held = self.hasFocus() or any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            button.removeEventFilter(self)
            button.hide()
            button.deleteLater()
        self._buttons = [
            ActionButton(self.theme, one.words, one.letter, height=28, parent=self._answers)
            for one in offered
        ]
        for button in self._buttons:
            button.set_tip(question)
            button.installEventFilter(self)
            button.clicked.connect(self._clicked)
        self._answers.set_widgets(self._buttons)
        for before, after in pairwise((self, *self._buttons)):
            QWidget.setTabOrder(before, after)
        self._answers.setVisible(bool(offered))
        if held:  # the focus never falls to the window
            self.take_focus()

    # --- Qt ---------------------------------------------------------------------------------------------

    def _clicked(self) -> None:
        button = self.sender()
        for offered, one in zip(self._offered, self._buttons, strict=True):
            if one is button:
                self.answered.emit(offered)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter on any of the answers gives its answer; arrows go from one to the next."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text().upper()
            offered = next((one for one in self._offered if letter and one.letter == letter), None)
            if offered is not None and not event.isAutoRepeat():
                self.answered.emit(offered)
                return True
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                at = next((n for n, one in enumerate(self._buttons) if one is watched), 0) + step
                self._buttons[min(len(self._buttons) - 1, max(0, at))].setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._want()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._want()

    def _want(self) -> None:
        if self._key:
            self.question_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = edge_pen(self.theme, "focus", FOCUS_WIDTH)
            stroke_inside(painter, QRectF(self.rect()), pen, self.theme.px(CARD_RADIUS))
            painter.end()
