"""One answer in a list that drops down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStyledItemDelegate, QWidget

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice, index_of, spoken_state
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.edges import Edge, paint_box
from osnp_console.ui.widgets.wording import named

HEIGHT = 28


def _is_command(event: QKeyEvent) -> bool:
    """A letter held with Ctrl, Alt or Méta is no search in the list, which is what Qt would make of it."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    return bool(held) and event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Box(QComboBox):
    """The bare combo: F4 is the window's, the wheel scrolls the form."""

    def __init__(self, owner: Combo) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setProperty("bare", True)
        self.setFont(owner.theme.font())
        self.setFixedHeight(owner.theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        # Only this delegate follows the style sheet of the rows.
        self.setItemDelegate(QStyledItemDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4 or _is_command(event):
            event.ignore()
        elif not self._owner.takes_key(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._owner.theme.px(64), self._owner.theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._owner.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = Edge.NOT_ASKED if self.currentIndex() < 0 else Edge.SOLID
        paint_box(painter, theme, self, edge, focused=self.hasFocus())
        arrow = theme.px(14)
        left, right = theme.px(9), self.width() - theme.px(8) - arrow
        ink = "text" if self.isEnabled() else "disabled"
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        painter.setFont(self.font())
        painter.setPen(theme.color(ink if self.currentIndex() >= 0 else "muted"))
        shown = QFontMetrics(self.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, right - left - theme.px(6)
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.drawText(QRectF(left, 0, right - left, self.height()), flags, shown)
        painter.drawPixmap(right, (self.height() - arrow) // 2, theme.mark("chevron-down", ink, 14))
        painter.end()


class Combo(Control):
    """One answer among many. Alt+↓ or Espace opens the list, letters and arrows choose; F4 is the window's.

    Signals:
        answered(object): the person changed the answer; None, ASKED or a value.
    """

    answered = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        choices: Sequence[Choice],
        *,
        clearable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """A list for `label`; Retour arrière goes back to "not asked" unless it is not `clearable`."""
        super().__init__(theme, label, parent)
        self._clearable = clearable
        self._tip = ""
        self._index = -1
        self.choices: tuple[Choice, ...] = ()
        self._box = _Box(self)
        self._box.activated.connect(self._is_activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        self.setFocusProxy(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    @property
    def combo_box(self) -> QComboBox:
        """The combo inside."""
        return self._box

    @property
    def answer(self) -> object:
        """None (not asked), ASKED (asked, not known) or the chosen value."""
        return None if self._index < 0 else self.choices[self._index].value

    def set_answer(self, answer: object) -> None:
        """Shows an answer without emitting anything.

        Raises:
            ValueError: no choice has this value.
        """
        self._show_index(index_of(self.choices, answer))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Changes the list; an answer that is no longer in it is forgotten. Emits nothing."""
        answer = self.answer
        self.choices = tuple(choices)
        self._box.clear()
        self._box.addItems([choice.text for choice in self.choices])
        try:
            index = index_of(self.choices, answer)
        except ValueError:
            index = -1
        self._show_index(index)

    def set_placeholder(self, text: str) -> None:
        """What is written while nothing is chosen."""
        self._box.setPlaceholderText(text)

    def _show_index(self, index: int) -> None:
        self._index = index
        self._box.setCurrentIndex(index)
        self._box.setAccessibleName(named(self.label, spoken_state(self.choices, index)))
        self._describe()
        self._box.update()

    def set_tip(self, text: str) -> None:
        """A tool tip, said as well by screen readers; without one it is the chosen text in full."""
        self._tip = text
        self._box.setAccessibleDescription(text)
        self._describe()

    def _describe(self) -> None:
        self.setToolTip(self._tip or ("" if self._index < 0 else self.choices[self._index].text))

    def _is_activated(self, index: int) -> None:
        if index != self._index:
            self._show_index(index)
            self.answered.emit(self.answer)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether the control keeps this key from Qt's combo."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
            return True
        if event.key() == Qt.Key.Key_Backspace:
            if self._clearable:
                self._is_activated(-1)
            return True
        return self._takes_letter(event)

    def _takes_letter(self, event: QKeyEvent) -> bool:
        """The letters that the question's own buttons show; `?` is "not known", as in every field."""
        typed = event.text().upper()
        if not typed:
            return False
        for index, choice in enumerate(self.choices):
            if choice.letter.upper() == typed or (typed == "?" and choice.value is ASKED):
                self._is_activated(index)
                return True
        return False
