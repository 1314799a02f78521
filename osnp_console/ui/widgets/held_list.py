"""A list that stays still while someone is at it: one tab stop, lines by key, nothing moving by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractListModel, QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from osnp_console.ui.theme.theme import Theme

POINTER_RESTS_MS = 5_000
"""How long after its last movement a pointer over the list is taken to lie there forgotten."""


class KeyedListModel(QAbstractListModel):
    """A model whose lines are told apart by a key, whatever they say and wherever they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self._rows: dict[str, int] = {}

    def row_of(self, key: str | None) -> int | None:
        """Where a line stands; None where it is not there."""
        return self._rows.get(key) if key is not None else None

    def key_at(self, row: int) -> str | None:
        """The key of the line at a row; None where there is none."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def take_keys(self, keys: Iterable[str]) -> None:
        """Note the keys of the lines, in their order; the model says itself to its views what it puts."""
        self._keys = tuple(keys)
        self._rows = {key: row for row, key in enumerate(self._keys)}


class HeldList(QListView):
    """The lines of a KeyedListModel, on one tab stop; a list made of it sets the model once it is ready.

    `row_height` is what one step of the wheel goes, in pixels at 100 %.

    Signals:
        held(bool): the list has, or no longer has, the focus or a pointer at work.
    """

    held = Signal(bool)

    def __init__(
        self, theme: Theme, model: KeyedListModel, row_height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._keyed = model
        self._pointed = False
        self._since_moved = QElapsedTimer()
        self._quiet = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(row_height))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("panel"))
        self.setPalette(palette)

    # --- what the panel asks ----------------------------------------------------------------------------

    @property
    def is_held(self) -> bool:
        """True while the list has the focus or the pointer is at work over it.

        A pointer that was left lying there while one types holds nothing: the order would never follow.
        """
        rests = not self._since_moved.isValid() or self._since_moved.elapsed() >= POINTER_RESTS_MS
        return self.hasFocus() or (self._pointed and not rests)

    @property
    def current_key(self) -> str | None:
        """The key of the line where the operator is."""
        return self._keyed.key_at(self.currentIndex().row())

    def height_on_screen(self, key: str | None) -> int | None:
        """How far below the top of the list a line is seen, in pixels; None when it is out of sight."""
        row = self._keyed.row_of(key)
        if row is None:
            return None
        rect = self.visualRect(self._keyed.index(row))
        return rect.top() if rect.intersects(self.viewport().rect()) else None

    def rearrange(self, put: Callable[[], None], key: str | None) -> None:
        """Let `put` put other lines in the model: the line `key`, else the scroll, keeps its height."""
        place, scroll = self.height_on_screen(key), self.verticalScrollBar().value()
        current = self.current_key
        self._quiet = True
        put()
        self.make_current(current if self._keyed.row_of(current) is not None else key)
        self._quiet = False
        self.doItemsLayout()
        row = self._keyed.row_of(key)
        if place is not None and row is not None:
            scroll = self.verticalScrollBar().value() + self.visualRect(self._keyed.index(row)).top() - place
        self.verticalScrollBar().setValue(scroll)

    def go_to(self, key: str | None, *, at_top: bool = False) -> None:
        """Make a line current and seen, without choosing it for the operator."""
        row = self._keyed.row_of(key)
        if row is None:
            return
        self._quiet = True
        self.make_current(key)
        self._quiet = False
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(self._keyed.index(row), hint.PositionAtTop if at_top else hint.EnsureVisible)

    # --- what the lists made of it ask ------------------------------------------------------------------

    @property
    def is_quiet(self) -> bool:
        """True while the program, not the operator, makes another line current."""
        return self._quiet

    def make_current(self, key: str | None) -> None:
        """Make a line current, where it is there."""
        row = self._keyed.row_of(key)
        if row is not None:
            self.setCurrentIndex(self._keyed.index(row))

    # --- Qt ---------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.held.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.held.emit(self.is_held)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed = True

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = False
        self.held.emit(self.is_held)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._at_work()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._at_work()

    def _at_work(self) -> None:
        was_held, self._pointed = self.is_held, True
        self._since_moved.restart()
        if not was_held:
            self.held.emit(True)
