"""The foot of the form: what is said, what else can be done, the next deliberate act last."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.prescription.next_acts import Deed, Offered, PrescriptionFoot
from osnp_console.ui.frame.more_actions import MoreActions
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import edge_pen, fill_rounded
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel

_LEAST_WORDS = 24
_LINKS = frozenset({Deed.CANCEL, Deed.CORRECT, Deed.REPORT})


class FootBar(QWidget):
    """Buttons by deed; one is solid.

    Signals:
        wanted(object): a Deed is asked for.
        save_wanted(): the draft is to be saved now.
    """

    wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: dict[Deed, ActionButton] = {}
        self._mark = MarkLabel(theme, "padlock", "muted", 14, self)
        self.words = ElidedLabel(theme, "", role="muted", parent=self)
        self.save = ActionButton(theme, "Enregistrer", "Ctrl+S", parent=self)
        self.save.clicked.connect(self.save_wanted)
        for deed in Deed:
            button = ActionButton(theme, "", kind="link" if deed in _LINKS else "secondary", parent=self)
            button.setProperty("deed", deed.value)
            button.clicked.connect(self._clicked)
            button.hide()
            self.buttons[deed] = button
        self.more = MoreActions(theme, self)
        self._others: list[ActionButton] = []
        self._next: Offered | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self._mark)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.more)
        self.setFixedHeight(theme.px(50))

    def show_foot(self, foot: PrescriptionFoot, *, writes: bool) -> None:
        """Show what can be done; `writes` says whether a draft is being written here."""
        self.words.setText(foot.words)
        had = next((one for one in self.buttons.values() if one.hasFocus()), None)
        for button in (*self.buttons.values(), self.save):
            self._row.removeWidget(button)
            if button is not self.save or not writes:
                button.setVisible(button in self._wanted(foot))
        self._others = [self._put(one, "link" if one.deed in _LINKS else "secondary") for one in foot.others]
        if writes:
            self._others.append(self.save)
            self._row.addWidget(self.save)
        self._next = foot.next
        if foot.next is not None:
            following = self._put(foot.next, "primary")
            if had is not None and had not in self._wanted(foot):
                # The step that it was for is made: the keyboard goes to the next one.
                following.setFocus()
        self._fit()

    def give_way(self, other: bool) -> None:
        """Whether another button is the next deliberate act: there is one solid button on screen."""
        if self._next is not None:
            self.buttons[self._next.deed].set_kind("secondary" if other else "primary")

    def _wanted(self, foot: PrescriptionFoot) -> list[ActionButton]:
        shown = (*foot.others, *((foot.next,) if foot.next is not None else ()))
        return [self.buttons[one.deed] for one in shown]

    def _put(self, one: Offered, kind: str) -> ActionButton:
        button = self.buttons[one.deed]
        if button.accessibleName() != one.words:
            button.set_text(one.words)
        button.set_kind(kind)
        button.set_key(one.key)
        button.set_reason(one.reason or None)
        self._row.addWidget(button)
        return button

    def _fit(self) -> None:
        """The solid button stays; what has no room goes behind `Plus…`, the first ones first."""
        px, gap = self.theme.px, self._row.spacing()
        room = self.width() - px(2 * 14 + 14) - 2 * gap - px(_LEAST_WORDS)
        following = self.buttons[self._next.deed] if self._next is not None else None
        if following is not None and self._next is not None:
            following.set_text(self._next.words)
            if following.sizeHint().width() > room - self.more.sizeHint().width() - gap:
                following.set_text(self._next.short)
            room -= following.sizeHint().width() + gap
        others = list(self._others)
        while others and sum(one.sizeHint().width() + gap for one in others) > room - (
            0 if len(others) == len(self._others) else self.more.sizeHint().width() + gap
        ):
            others.pop(0)
        held = tuple(self._others[: len(self._others) - len(others)])
        for button in self._others:
            button.setVisible(button not in held)
        self.more.hold(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ActionButton):
            self.wanted.emit(Deed(sender.property("deed")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 0, -1, -1)
        fill_rounded(painter, rect, self.theme.color("raised"), self.theme.px(5))
        painter.setPen(edge_pen(self.theme, "line", 1))
        painter.drawLine(1, 0, self.width() - 1, 0)
        painter.end()
