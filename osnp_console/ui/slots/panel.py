"""The place of the slots while no agenda is linked: why it is empty, and the ways on under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.open_call import OpenCall
from osnp_console.app.slots_place import Emptiness, WayOn, emptiness
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle, SectionTitle

WAYS_SHOWN = 6


class WayRow(QWidget):
    """One way on: whose, what one does, the number in large figures, and how it stands now."""

    def __init__(self, theme: Theme, way: WayOn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        column.setSpacing(theme.px(2))
        title = QHBoxLayout()
        title.setSpacing(theme.px(8))
        title.addWidget(MarkLabel(theme, "eligible", "eligible", parent=self))
        title.addWidget(PlainLabel(theme, way.name, bold=True))
        title.addWidget(PlainLabel(theme, way.nature, role="muted"), 1)
        column.addLayout(title)
        column.addWidget(PlainLabel(theme, way.does, role="muted", points=9, wrap=True))
        if way.phone is not None:
            line = QHBoxLayout()
            number = PlainLabel(theme, way.phone, points=13, bold=True)
            number.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.addWidget(number)
            line.addStretch(1)
            line.addWidget(PlainLabel(theme, _state_words(way), role="muted", points=9))
            column.addLayout(line)
        self.setAccessibleName(
            ", ".join(part for part in (way.name, way.nature, way.does, way.phone) if part)
        )


def _state_words(way: WayOn) -> str:
    words = {True: "ouvert", False: "fermé", None: "heures non précisées"}[way.open]
    return f"{words} · à ne pas donner au patient" if way.for_patients is False else words


class SlotsPanel(Card):
    """The third column of a call."""

    copied = Signal(str)
    """A number was copied: the words for the journal strip."""

    def __init__(self, theme: Theme, calls: DeskCalls, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Créneaux")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._theme = theme
        self._calls = calls
        self._shown: Emptiness | None = None
        self.title = PaneTitle(theme, "Créneaux")
        self.sentence = PlainLabel(theme, "", points=10.5, wrap=True)
        self._now_what = SectionTitle(theme, "Et maintenant")
        self.copy = ActionButton(theme, "Copier le numéro", "Ctrl+Maj+C", mark="copy", height=28)
        self.copy.clicked.connect(self.copy_number)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(0)
        self._lay_out()
        calls.shown.connect(self._follow)
        calls.settled.connect(self._follow)
        calls.edited.connect(self._typed)
        calls.ticked.connect(self._minute)
        self._minute_shown = -1
        self._follow(calls.current)

    def _lay_out(self) -> None:
        """The title stays; what is under it is scrolled where height lacks."""
        theme = self._theme
        margin, edge = theme.px(12), theme.px(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(margin, 0, margin, margin)
        column.setSpacing(theme.px(8))
        column.addSpacing(theme.px(8))
        column.addWidget(self.sentence)
        column.addSpacing(theme.px(4))
        column.addWidget(self._now_what)
        column.addLayout(self._ways)
        column.addWidget(self.copy)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self._scroll.viewport(), inside):
            ground.setAutoFillBackground(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(edge, margin, edge, edge)
        around.setSpacing(theme.px(8))
        head = QVBoxLayout()
        head.setContentsMargins(margin, 0, margin, 0)
        head.addWidget(self.title)
        around.addLayout(head)
        around.addWidget(self._scroll, 1)

    def _typed(self, call: OpenCall, changed: frozenset[str]) -> None:
        if changed:
            self._follow(call)

    def _follow(self, call: OpenCall | None) -> None:
        current = self._calls.current
        if call is current:
            self._say(emptiness(current, self._calls.clock()) if current is not None else None)

    def _minute(self, now: object) -> None:
        minute = getattr(now, "minute", -1)
        if minute != self._minute_shown:
            self._minute_shown = minute
            self._follow(self._calls.current)

    def _say(self, what: Emptiness | None) -> None:
        if what == self._shown and self._shown is not None:
            return
        self._shown = what
        self.sentence.setText(what.sentence if what is not None else "Aucun appel n’est ouvert.")
        while self._ways.count():
            item = self._ways.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        ways = what.ways[:WAYS_SHOWN] if what is not None else ()
        for way in ways:
            self._ways.addWidget(WayRow(self._theme, way))
        self._now_what.setVisible(bool(ways))
        self.copy.setVisible(self._number() is not None)

    def _number(self) -> str | None:
        ways = self._shown.ways if self._shown is not None else ()
        return next((way.phone for way in ways if way.phone is not None), None)

    def take_focus(self) -> None:
        """Give the keyboard to what can be done here, else to the column itself."""
        target = self.copy if self.copy.isVisibleTo(self) else self
        target.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll what does not fit."""
        bar = self._scroll.verticalScrollBar()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step * self._theme.px(40))

    def copy_number(self) -> None:
        """Put the first line's number on the clipboard."""
        number = self._number()
        if number is not None:
            QGuiApplication.clipboard().setText(number)
            self.copied.emit(f"numéro copié : {number}")
