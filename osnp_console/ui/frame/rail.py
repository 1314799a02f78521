"""The rail of workspaces, at the left of the window."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.ui.frame.reflow import NARROW_RAIL, RAIL
from osnp_console.ui.frame.shortcuts import Act, shortcut
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import fill_rounded


class Place(Enum):
    """A workspace."""

    CALL = "appel"
    FOLLOW_UP = "suivi"
    TRANSFERS = "transferts"
    PRESCRIPTIONS = "ordonnances"
    DISPOSITIFS = "dispositifs"
    LOCAL_AGENDA = "carnet"
    PREFERENCES = "reglages"


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A workspace's mark, short and full names, and its act; no place for what is no workspace."""

    place: Place | None
    mark: str
    short: str
    full: str
    act: Act


TOP = (
    RailEntry(Place.CALL, "phone", "Appel", "Appel", Act.CALL_PLACE),
    RailEntry(Place.FOLLOW_UP, "list", "Suivi", "Suivi des appels", Act.FOLLOW_UP_PLACE),
    RailEntry(Place.TRANSFERS, "transfer", "Transferts", "Transferts", Act.TRANSFERS_PLACE),
    RailEntry(Place.PRESCRIPTIONS, "document", "Ordonn.", "Ordonnances", Act.PRESCRIPTIONS_PLACE),
    RailEntry(Place.DISPOSITIFS, "book", "Dispositifs", "Dispositifs", Act.DISPOSITIFS_PLACE),
    RailEntry(Place.LOCAL_AGENDA, "calendar", "Carnet", "Carnet local", Act.AGENDA_PLACE),
)
BOTTOM = (RailEntry(Place.PREFERENCES, "gear", "Réglages", "Réglages", Act.PREFERENCES_PLACE),)
LOCK = RailEntry(None, "padlock", "Verrouiller", "Verrouiller l’écran", Act.LOCK)


class RailButton(QAbstractButton):
    """One workspace: mark, and its short name under it where there is room."""

    def __init__(self, theme: Theme, entry: RailEntry, *, narrow: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = entry
        self._narrow = narrow
        self._count = 0
        self.setCheckable(True)
        self.setAccessibleName(entry.full)
        keys = shortcut(entry.act).shown
        self.setToolTip(f"{entry.full} ({keys})")
        self.setAccessibleDescription(keys)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """How many items wait for this desk there: the badge, none for 0."""
        if count == self._count:
            return
        self._count = count
        waits = "1 attend" if count == 1 else f"{count} attendent"
        self.setAccessibleName(f"{self._entry.full}, {waits}" if count else self._entry.full)
        self.update()

    @property
    def count(self) -> int:
        """What the badge says."""
        return self._count

    def sizeHint(self) -> QSize:
        """The height of a rail entry."""
        width, height = (NARROW_RAIL, 44) if self._narrow else (RAIL, 56)
        return QSize(self._theme.px(width), self._theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark and word; the workspace on screen has the panel's colour and a bar at its left."""
        theme, here = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here or self.underMouse():
            painter.fillRect(self.rect(), theme.color("panel" if here else "raised"))
        if here:
            painter.fillRect(QRect(0, 0, theme.px(4), self.height()), theme.color("accent"))
        role = "accent" if here else "muted"
        side = 20
        picture = theme.mark(self._entry.mark, role, side)
        word_height = 0 if self._narrow else theme.px(18)
        top = (self.height() - theme.px(side) - word_height) // 2
        painter.drawPixmap((self.width() - theme.px(side)) // 2, top, picture)
        if not self._narrow:
            painter.setFont(theme.font(8.5, bold=here))
            painter.setPen(theme.color(role))
            words = QRect(0, top + theme.px(side), self.width(), word_height + theme.px(4))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._entry.short)
        if self._count:
            self._paint_badge(painter, top)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), theme.px(2)))
            inside = theme.px(3)
            painter.drawRect(self.rect().adjusted(inside, inside, -inside, -inside))

    def _paint_badge(self, painter: QPainter, top: int) -> None:
        """A count in a solid pill over the right shoulder of the mark."""
        theme = self._theme
        font = theme.font(8.5, bold=True)
        words = str(self._count) if self._count < 100 else "99+"
        height = theme.px(16)
        width = max(height, QFontMetrics(font).horizontalAdvance(words) + theme.px(10))
        left = min(self.width() // 2 + theme.px(8), self.width() - width - theme.px(4))
        pill = QRectF(left, max(top - theme.px(3), 0), width, height)
        fill_rounded(painter, pill, theme.color("accent"), height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QWidget):
    """The workspaces; emits the one asked for. Under them the lock, where somebody is signed in."""

    chosen = Signal(object)
    """A Place."""
    lock_wanted = Signal()

    def __init__(self, theme: Theme, *, narrow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Espaces de travail")
        self.setFixedWidth(theme.px(NARROW_RAIL if narrow else RAIL))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.color("chrome"))
        self.setPalette(palette)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        column.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons: dict[Place, RailButton] = {}
        for entry in (*TOP, *BOTTOM):
            if entry is BOTTOM[0]:
                column.addStretch(1)
            button = RailButton(theme, entry, narrow=narrow, parent=self)
            self._group.addButton(button, len(self.buttons))
            assert entry.place is not None
            self.buttons[entry.place] = button
            column.addWidget(button)
        self.lock = RailButton(theme, LOCK, narrow=narrow, parent=self)
        self.lock.setCheckable(False)
        self.lock.hide()
        self.lock.clicked.connect(self.lock_wanted)
        column.addWidget(self.lock)
        self._places = tuple(self.buttons)
        self._group.idClicked.connect(self._clicked)

    def show_place(self, place: Place) -> None:
        """Mark the workspace on screen."""
        self.buttons[place].setChecked(True)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._places[number])
