"""The question of the moment and its buttons, under the transfer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from osnp_console.app.transfer.line_moves import Foot, LineAct
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card

LEAST_QUESTION = 150


class TransferFoot(Card):
    """Shows a Foot; a button exists exactly when it is in it.

    Signals:
        wanted(object): the LineAct whose button was pressed.
        left(): the button that had the keyboard is gone, or cannot be used.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A foot without buttons."""
        super().__init__(theme, parent=parent)
        self._foot, self._gives_way = Foot(""), False
        self.question = PlainLabel(theme, "", bold=True, wrap=True, parent=self)
        self.buttons: dict[LineAct, ActionButton] = {}
        self._holder = QWidget(self)
        self._flow = Flow(self._holder, theme.px(8))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        self._box.setSpacing(theme.px(8))
        self._box.addWidget(self.question, 1)
        self._box.addWidget(self._holder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_foot(self, foot: Foot, *, gives_way: bool = False) -> None:
        """Show a question and its buttons; those that stay keep the keyboard.

        `gives_way` says that a card elsewhere holds the solid button.
        """
        if (foot, gives_way) == (self._foot, self._gives_way):
            return
        self._foot, self._gives_way = foot, gives_way
        self.question.setText(foot.question)
        self.question.setAccessibleName(foot.question)
        wanted = [one.act for one in foot.acts]
        focused = next((act for act, button in self.buttons.items() if button.hasFocus()), None)
        if list(self.buttons) != wanted:
            if focused is not None and focused not in wanted:
                self.left.emit()
            self._make(foot)
        for one in foot.acts:
            button = self.buttons[one.act]
            button.set_text(one.words)
            button.set_key(one.key)
            button.set_kind("primary" if one.is_next and not gives_way else "secondary")
            if one.act is focused and one.reason:
                self.left.emit()  # before it is disabled: the focus never falls to the window
            button.set_reason(one.reason or None)
        self._fit()

    @property
    def foot(self) -> Foot:
        """What is shown."""
        return self._foot

    def _make(self, foot: Foot) -> None:
        kept = {one.act: self.buttons.get(one.act) for one in foot.acts}
        while self._flow.count():
            self._flow.takeAt(0)
        for act, button in self.buttons.items():
            if act not in kept:
                button.hide()
                button.deleteLater()
        self.buttons = {}
        before: QWidget = self
        for one in foot.acts:
            button = kept[one.act] or self._button(one.act)
            self.buttons[one.act] = button
            self._flow.addWidget(button)
            button.show()
            QWidget.setTabOrder(before, button)
            before = button

    def _button(self, act: LineAct) -> ActionButton:
        button = ActionButton(self.theme, "", parent=self._holder)
        button.setProperty("act", act.value)
        button.clicked.connect(self._pressed)
        return button

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.wanted.emit(LineAct(str(button.property("act"))))

    def _fit(self) -> None:
        """Question and buttons side by side, or one over the other where room lacks."""
        theme = self.theme
        widths = [button.sizeHint().width() for button in self.buttons.values()]
        needed = sum(widths) + theme.px(8) * max(len(widths) - 1, 0)
        room = self.width() - 2 * theme.px(14)
        beside = needed + theme.px(8 + LEAST_QUESTION) <= room
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._holder.setVisible(bool(widths))
        self._holder.setMinimumWidth(needed if beside else 0)
        high = self._flow.heightForWidth(needed if beside else room) if widths else 0
        self._holder.setFixedHeight(max(high, 0))
        words = self.question.heightForWidth(room - needed - theme.px(8) if beside else room)
        inner = max(words, high, theme.px(32)) if beside or not widths else words + theme.px(8) + high
        self.setFixedHeight(inner + 2 * theme.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
