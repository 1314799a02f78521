"""A free note: one line that grows to four."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.edges import Edge
from osnp_console.ui.widgets.line_field import FieldBox, see_through

_MOST_LINES = 4
_PADDING = 6


class _Edit(QPlainTextEdit):
    """The bare editor: Tab leaves it, Entrée writes a new line."""

    def __init__(self, owner: NoteField, box: QWidget) -> None:
        super().__init__(box)
        self._owner = owner
        see_through(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._owner.shows_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.shows_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._owner.fits_its_text()


class NoteField(Control):
    """Plain text; Entrée is a new line, Tab leaves. Past four lines it scrolls.

    Signals:
        typed(str): the whole text after each edit of the person, never after set_text.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        """A note read aloud as `label`."""
        super().__init__(theme, label, parent)
        self._told = True
        self._box = FieldBox(theme, self)
        self._edit = _Edit(self, self._box)
        self._edit.setFont(theme.font())
        self._edit.setAccessibleName(label)
        self._edit.textChanged.connect(self._is_changed)
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(theme.px(8), theme.px(_PADDING), theme.px(8), theme.px(_PADDING))
        inside.addWidget(self._edit)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._box)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fits_its_text()
        self.shows_focus()

    @property
    def text_edit(self) -> QPlainTextEdit:
        """The editor inside."""
        return self._edit

    def text(self) -> str:
        """What the note says."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Changes the note without emitting anything; the same text leaves the cursor where it is."""
        if text != self.text():
            self._told = False
            self._edit.setPlainText(text)
            self._told = True

    def set_placeholder(self, text: str) -> None:
        """A hint while the note is empty."""
        self._edit.setPlaceholderText(text)

    def _is_changed(self) -> None:
        self.fits_its_text()
        if self._told:
            self.typed.emit(self.text())

    def shows_focus(self) -> None:
        """The focus came or went."""
        self._box.show_edge(Edge.SOLID, focused=self._edit.hasFocus())

    def fits_its_text(self) -> None:
        """Takes the height of its text, one to four lines."""
        # A plain text document counts its height in lines, wrapped ones included.
        lines = min(_MOST_LINES, max(1, round(self._edit.document().size().height())))
        spacing = QFontMetrics(self._edit.font()).lineSpacing()
        height = lines * spacing + 2 * self.theme.px(_PADDING) + 2
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
