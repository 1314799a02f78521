"""The column without slots: why it is empty, and the ways on under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.slots.shown_place import Emptiness, Remedy, Step, WayOn
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.key_cap import KeyCap
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle

WAYS_SHOWN = 6
_MARKS = {
    Step.DISPOSITIF: ("eligible", "eligible"),
    Step.LINE: ("eligible", "eligible"),
    Step.PORTAL: ("external", "accent"),
    Step.DOCTOR: ("person", "accent"),
}


class WayRow(QWidget):
    """One way on: whose, what one does, the number in large figures, how it stands now, and its key.

    Signals:
        portal_wanted(str): the id of the portal or phone to open.
    """

    portal_wanted = Signal(str)

    def __init__(self, theme: Theme, way: WayOn, *, with_key: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = way
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        column.setSpacing(theme.px(2))
        title = QHBoxLayout()
        title.setSpacing(theme.px(8))
        title.addWidget(MarkLabel(theme, *_MARKS[way.step], parent=self))
        title.addWidget(PlainLabel(theme, way.name, bold=True))
        title.addWidget(PlainLabel(theme, way.nature, role="muted"), 1)
        if way.source:
            self.open = ActionButton(theme, "Ouvrir", height=28, parent=self)
            self.open.setAccessibleName(f"Ouvrir {way.name}")
            self.open.clicked.connect(self._open)
            title.addWidget(self.open)
        elif with_key and way.step.key:
            title.addWidget(KeyCap(theme, way.step.key, parent=self))
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
        said = (way.name, way.nature, way.does, way.phone)
        self.setAccessibleName(", ".join(part for part in said if part))
        if way.step.key and with_key:
            self.setAccessibleDescription(f"touche {way.step.key}")

    def _open(self) -> None:
        self.portal_wanted.emit(self._way.source)


def _state_words(way: WayOn) -> str:
    words = {True: "ouvert", False: "fermé", None: "heures non précisées"}[way.open]
    return f"{words} · à ne pas donner au patient" if way.for_patients is False else words


class EmptyColumn(QScrollArea):
    """The sentences and the ways on, scrolled where height lacks.

    Signals:
        remedy_wanted(object): the Remedy that the sentence offers.
        portal_wanted(str): the id of a portal or phone to open.
        copy_wanted(): the first number is to be copied.
    """

    remedy_wanted = Signal(object)
    portal_wanted = Signal(str)
    copy_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Emptiness | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.setWidget(inside)
        for ground in (self.viewport(), inside):
            ground.setAutoFillBackground(False)
        self.sentence = PlainLabel(theme, "", points=10.5, wrap=True)
        self._more = PlainLabel(theme, "", role="verify", points=9.5, wrap=True)
        self.remedy = ActionButton(theme, "", height=28)
        self.remedy.clicked.connect(self._mend)
        self._now_what = SectionTitle(theme, "Et maintenant")
        self._ways = QVBoxLayout()
        self._ways.setSpacing(0)
        self.copy = ActionButton(theme, "Copier le numéro", Step.LINE.key, mark="copy", height=28)
        self.copy.clicked.connect(self.copy_wanted)
        column = QVBoxLayout(inside)
        margin = theme.px(12)
        column.setContentsMargins(margin, 0, margin, margin)
        column.setSpacing(theme.px(8))
        column.addSpacing(theme.px(8))
        column.addWidget(self.sentence)
        column.addWidget(self._more)
        column.addWidget(self.remedy)
        column.addSpacing(theme.px(4))
        column.addWidget(self._now_what)
        column.addLayout(self._ways)
        column.addWidget(self.copy)
        column.addStretch(1)

    @property
    def shown(self) -> Emptiness | None:
        """What it says; None without a call."""
        return self._shown

    def say(self, what: Emptiness | None, without: str) -> None:
        """Show why there is nothing; `without` is said where there is no call."""
        if what == self._shown and self.sentence.text():
            return
        self._shown = what
        self.sentence.setText(what.sentence if what is not None else without)
        more = "\n".join(what.more) if what is not None else ""
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._show_remedy(what.remedy if what is not None else None)
        self._show_ways(what.ways[:WAYS_SHOWN] if what is not None else ())

    def number(self) -> str | None:
        """The first number among the ways on."""
        ways = self._shown.ways if self._shown is not None else ()
        return next((way.phone for way in ways if way.phone is not None), None)

    def first_control(self) -> QWidget | None:
        """The first thing that the keyboard can do here."""
        found = (self.remedy, *self.findChildren(ActionButton))
        return next((one for one in found if one.isVisibleTo(self) and one.isEnabled()), None)

    def scroll_by(self, steps: int) -> None:
        """Scroll by so many steps of 40 px."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + steps * self._theme.px(40))

    def _show_remedy(self, remedy: Remedy | None) -> None:
        if remedy is not None:
            self.remedy.set_text(remedy.words)
            self.remedy.set_key(remedy.key)
        self.remedy.setVisible(remedy is not None)

    def _show_ways(self, ways: tuple[WayOn, ...]) -> None:
        while self._ways.count():
            item = self._ways.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        first_line = next((way for way in ways if way.phone is not None), None)
        keyed: set[Step] = {Step.LINE}  # its key stands on the button under them
        for way in ways:
            row = WayRow(self._theme, way, with_key=way.step not in keyed)
            keyed.add(way.step)
            row.portal_wanted.connect(self.portal_wanted)
            self._ways.addWidget(row)
        self._now_what.setVisible(bool(ways))
        self.copy.setVisible(first_line is not None)

    def _mend(self) -> None:
        if self._shown is not None and self._shown.remedy is not None:
            self.remedy_wanted.emit(self._shown.remedy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the column's."""
        event.ignore()
