"""The criteria of the dispositif on show: never re-sorted while shown, met ones folded where height lacks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from osnp_console.app.checklist.criterion_words import DetailLine, MetFold, can_fold, fold_met
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.facts import TERRITORY_PREFIX
from osnp_console.ui.checklist.detail_model import DetailModel
from osnp_console.ui.checklist.detail_painting import DetailPainting
from osnp_console.ui.theme.theme import Theme

_ANSWERS: dict[int, Answer] = {Qt.Key.Key_O: True, Qt.Key.Key_N: False, Qt.Key.Key_Backspace: None}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DetailList(QListView):
    """One tab stop; arrows go from line to line.

    Signals:
        source_wanted(object): Entrée or a double click on a DetailLine.
        left(): Échap: back to the list.
        territory_answered(str, object): O, N or Retour arrière on a criterion of territory nobody lists.
    """

    source_wanted = Signal(object)
    left = Signal()
    territory_answered = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._all: tuple[DetailLine, ...] = ()
        self._opened: bool | None = None
        self._lines = DetailModel(self)
        self._painting = DetailPainting(theme, self._lines, self)
        self.setModel(self._lines)
        self.setItemDelegate(self._painting)
        self.setAccessibleName("Conditions")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("raised"))
        self.setPalette(palette)
        self.verticalScrollBar().setSingleStep(theme.px(19))
        self.doubleClicked.connect(self._double_clicked)

    def show_lines(self, lines: tuple[DetailLine, ...], *, same: bool) -> None:
        """Show lines; `same` when they are those of the dispositif already shown."""
        self._all = lines
        if not same:
            self._opened = None
        self._put()
        if not same:
            self.scrollToTop()
            self.setCurrentIndex(QModelIndex())

    @property
    def lines(self) -> DetailModel:
        """What is shown."""
        return self._lines

    def current_line(self) -> DetailLine | None:
        """The line the operator is on."""
        line = self._lines.line(self.currentIndex().row())
        return line if isinstance(line, DetailLine) else None

    def take_focus(self) -> None:
        """Give the keyboard to the first line, or to the one that had it."""
        if not self.currentIndex().isValid() and self._lines.lines:
            self.setCurrentIndex(self._lines.index(0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _put(self) -> None:
        opened = self._opened
        if not can_fold(self._all) or (opened is None and self._fits()):
            self._lines.show(self._all)
        else:
            self._lines.show(fold_met(self._all, opened=bool(opened)))
        self.doItemsLayout()

    def _fits(self) -> bool:
        width = self.viewport().width()
        needed = sum(self._painting.height(line, width) for line in self._all)
        return needed <= self.viewport().height()

    def _toggle(self, opened: bool) -> None:
        row = self.currentIndex().row()
        self._opened = opened
        self._put()
        self.setCurrentIndex(self._lines.index(row))

    # --- Qt ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._all and self._opened is None:
            self._put()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif isinstance(line, MetFold) and key in (*_ENTER, Qt.Key.Key_Space):
            self._toggle(not line.opened)
        elif isinstance(line, MetFold) and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._toggle(key == Qt.Key.Key_Right)
        elif isinstance(line, DetailLine) and key in _ENTER:
            self.source_wanted.emit(line)
        elif isinstance(line, DetailLine) and key in _ANSWERS and _is_territory(line):
            self.territory_answered.emit(line.fact, _ANSWERS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        line = self._lines.line(self.currentIndex().row())
        pressed = self.indexAt(event.position().toPoint())
        if isinstance(line, MetFold) and pressed.row() == self.currentIndex().row():
            self._toggle(not line.opened)

    def _double_clicked(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if isinstance(line, DetailLine):
            self.source_wanted.emit(line)


def _is_territory(line: DetailLine) -> bool:
    return line.fact is not None and line.fact.startswith(TERRITORY_PREFIX)
