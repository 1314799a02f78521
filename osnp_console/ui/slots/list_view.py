"""The list of slots: one tab stop, arrows inside, nothing that moves by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from osnp_console.app.slot_rows import SlotRow
from osnp_console.ui.checklist.list_view import POINTER_RESTS_MS
from osnp_console.ui.slots.list_model import Line, SlotListModel, key_of
from osnp_console.ui.slots.row_painting import SlotRowPainting
from osnp_console.ui.theme.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SlotList(QListView):
    """The rows of a SlotListModel.

    Signals:
        reached(str): the operator went to that slot's row, by an arrow or a click.
        opened(str): Entrée or a double click on it: the detail is wanted.
        held(bool): the list has, or no longer has, the focus or a pointer at work.
    """

    reached = Signal(str)
    opened = Signal(str)
    held = Signal(bool)

    def __init__(self, theme: Theme, model: SlotListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lines = model
        self._pointed = False
        self._since_moved = QElapsedTimer()
        self._quiet = False
        self.painting = SlotRowPainting(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self.painting)
        self.setAccessibleName("Créneaux")
        self.setAccessibleDescription("Flèches pour choisir, Entrée pour le détail")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(26))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("panel"))
        self.setPalette(palette)

    # --- what the panel asks ----------------------------------------------------------------------------

    @property
    def is_held(self) -> bool:
        """True while the list has the focus or the pointer is at work over it."""
        rests = not self._since_moved.isValid() or self._since_moved.elapsed() >= POINTER_RESTS_MS
        return self.hasFocus() or (self._pointed and not rests)

    def rearrange(self, put: Callable[[], None], key: str | None) -> None:
        """Let `put` put other lines in the model: the line `key`, else the scroll, keeps its height."""
        place, scroll = self._height_on_screen(key), self.verticalScrollBar().value()
        current = self._current_key()
        self._quiet = True
        put()
        self._go(current if self._lines.row_of(current) is not None else key)
        self._quiet = False
        self.doItemsLayout()
        row = self._lines.row_of(key)
        if place is not None and row is not None:
            scroll = self.verticalScrollBar().value() + self.visualRect(self._lines.index(row)).top() - place
        self.verticalScrollBar().setValue(scroll)

    def go_to(self, key: str | None) -> None:
        """Make a row current and seen, without choosing it for the operator."""
        row = self._lines.row_of(key)
        if row is None:
            return
        self._quiet = True
        self._go(key)
        self._quiet = False
        self.scrollTo(self._lines.index(row))

    def repaint_clocks(self, changed: Callable[[SlotRow], bool]) -> None:
        """Paint again, of the rows on screen that say something else, the part where clocks stand."""
        viewport = self.viewport()
        shown = viewport.rect()
        first = self.indexAt(shown.topLeft()).row()
        for row in range(max(first, 0), len(self._lines.lines)):
            rect = self.visualRect(self._lines.index(row))
            if rect.top() > shown.bottom():
                break
            line = self._lines.line(row)
            if isinstance(line, SlotRow) and changed(line):
                viewport.update(self.painting.clocks_rect(rect))

    # --- Qt ---------------------------------------------------------------------------------------------

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        line = self._lines.line(current.row())
        if not self._quiet and isinstance(line, SlotRow):
            self.reached.emit(line.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.go_to(self._lines.selected)
        if not self.currentIndex().isValid():
            first = next((line for line in self._lines.lines if isinstance(line, SlotRow)), None)
            self.go_to(first.id if first is not None else None)
        super().focusInEvent(event)
        self.held.emit(True)
        key = self._current_key()
        if self._lines.selected is None and key and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.reached.emit(key)  # to come here by key is to go to that row

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.held.emit(self.is_held)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed = True

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

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = False
        self.held.emit(self.is_held)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._at(event)
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        # A click on the row where one already is chooses it as well.
        if is_left and isinstance(line, SlotRow) and self._lines.row_of(line.id) == before:
            self.reached.emit(line.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        line = self._at(event)
        if isinstance(line, SlotRow):
            self.opened.emit(line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        if event.key() in _ENTER and isinstance(line, SlotRow):
            self.opened.emit(line.id)
        elif event.key() == Qt.Key.Key_Space and isinstance(line, SlotRow):
            self.reached.emit(line.id)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_end(last=event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters search nothing here: rows begin with their hour."""

    # --- inside -----------------------------------------------------------------------------------------

    def _to_end(self, *, last: bool) -> None:
        lines = self._lines.lines
        rows = reversed(lines) if last else iter(lines)
        line = next((one for one in rows if isinstance(one, SlotRow)), None)
        if line is not None:
            self._go(line.id)
        if not last:
            self.scrollToTop()  # the first section's title stands above its first row

    def _at(self, event: QMouseEvent) -> Line | None:
        index = self.indexAt(event.position().toPoint())
        return self._lines.line(index.row()) if index.isValid() else None

    def _height_on_screen(self, key: str | None) -> int | None:
        row = self._lines.row_of(key)
        if row is None:
            return None
        rect = self.visualRect(self._lines.index(row))
        return rect.top() if rect.intersects(self.viewport().rect()) else None

    def _current_key(self) -> str | None:
        line = self._lines.line(self.currentIndex().row())
        return key_of(line) if line is not None else None

    def _go(self, key: str | None) -> None:
        row = self._lines.row_of(key)
        if row is not None:
            self.setCurrentIndex(self._lines.index(row))
