"""A field of one line, with what was understood written at its right and what is wrong written under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.edges import Edge, paint_box
from osnp_console.ui.widgets.labels import ElidedLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.wording import NOT_KNOWN

HEIGHT = 28
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASKED_TEXT = "?"


class FieldBox(QWidget):
    """The box drawn around what is typed in."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """An empty box, its edge dashed."""
        super().__init__(parent)
        self.theme = theme
        self._edge = Edge.NOT_ASKED
        self._focused = False

    def show_edge(self, edge: Edge, *, focused: bool) -> None:
        """Changes the edge and the ring."""
        self._edge, self._focused = edge, focused
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, self.theme, self, self._edge, focused=self._focused)
        painter.end()


def see_through(editor: QWidget) -> None:
    """Lets the box show behind an editor: it paints no ground of its own."""
    palette = editor.palette()
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    editor.setPalette(palette)


class _Edit(QLineEdit):
    """The bare line edit: its owner sees each key and each move of the focus first."""

    def __init__(self, owner: LineField, box: QWidget) -> None:
        super().__init__(box)
        self._owner = owner
        self._given_font = self.font()
        self.setFrame(False)
        see_through(self)

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        super().setFont(font)
        self._given_font = self.font()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Moved to another parent, a widget gets back the font it had when it was first styled.
        if event.type() == QEvent.Type.StyleChange and self.font() != self._given_font:
            super().setFont(self._given_font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._owner.takes_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward:
            self._owner.leaves_by_tab()
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Brought here by the next question, the person goes on after what stands there.
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.end(False)
        self._owner.shows_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Its own context menu does not count as leaving.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._owner.is_left()
        self._owner.shows_focus()


class LineField(Control):
    """One line of text; empty is "not asked", `?` alone is "asked, not known", the rest is the text.

    Signals:
        typed(str): the text after each edit of the person, never after set_text.
        committed(): Entrée, Tab or leaving, if something was typed since the last commit.
        next_wanted(): Entrée.
        message_action_wanted(): the link of the sentence under the field.
    """

    typed = Signal(str)
    committed = Signal()
    message_action_wanted = Signal()

    def __init__(
        self, theme: Theme, label: str, *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        """A field for `label`; an `optional` one keeps a solid edge when it is empty."""
        super().__init__(theme, label, parent)
        self._optional = optional
        self._changed = False
        self._annotation = ""
        self._tip = ""
        self._box = FieldBox(theme, self)
        self._box.setFixedHeight(theme.px(HEIGHT))
        self._edit = _Edit(self, self._box)
        self._edit.setFont(theme.font())
        self._edit.setAccessibleName(label)
        self._edit.textEdited.connect(self._is_typed)
        self._aside = ElidedLabel(theme, role="muted", points=9.5, parent=self._box)
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._aside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._message = MessageLine(theme, self)
        self._message.action_wanted.connect(self.message_action_wanted)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._refresh()

    def _lay_out(self) -> None:
        self._inside = QHBoxLayout(self._box)
        self._inside.setContentsMargins(self.theme.px(7), 0, self.theme.px(8), 0)
        self._inside.setSpacing(self.theme.px(8))
        self._inside.addWidget(self._edit, 1)
        self._inside.addWidget(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._box)
        column.addWidget(self._message)

    @property
    def line_edit(self) -> QLineEdit:
        """The line edit inside, for what needs Qt's own widget: a buddy, an input method, a test."""
        return self._edit

    @property
    def message(self) -> MessageLine:
        """The line under the field."""
        return self._message

    @property
    def answer(self) -> object:
        """None when empty, ASKED for `?` alone, else the text."""
        text = self.text().strip()
        if not text:
            return None
        return ASKED if text == _ASKED_TEXT else self.text()

    def set_answer(self, answer: object) -> None:
        """Shows None as an empty field, ASKED as `?`, anything else as its text; emits nothing."""
        self.set_text("" if answer is None else _ASKED_TEXT if answer is ASKED else str(answer))

    def text(self) -> str:
        """What the field holds."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Changes the text without emitting anything; the same text leaves the cursor where it is."""
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.setCursorPosition(0 if not self._edit.hasFocus() else len(text))
        self._changed = False
        self._refresh()

    def set_annotation(self, text: str) -> None:
        """What stands at the right, in the field: how the text was understood. Empty hides it."""
        self._annotation = text
        self._refresh()

    @property
    def annotation(self) -> str:
        """What stands at the right at this moment."""
        return self._aside.text()

    def set_placeholder(self, text: str) -> None:
        """A hint while the field is empty; never the only label."""
        self._edit.setPlaceholderText(text)

    def set_strong(self, strong: bool) -> None:
        """Writes the text in bold: a settled fact, or one that is read at a glance."""
        self._edit.setFont(self.theme.font(bold=strong))

    def set_tip(self, text: str) -> None:
        """A tool tip, said as well by screen readers."""
        self._tip = text
        self.setToolTip(text)
        self._refresh()

    def set_warning(self, text: str | None, action: str = "") -> None:
        """An amber edge and a sentence under the field, with a link after it; None takes them away."""
        self._show_message(text, Message.WARNING, action)

    def set_error(self, text: str | None, action: str = "") -> None:
        """A thick amber edge and a sentence in bold under the field; None takes them away."""
        self._show_message(text, Message.ERROR, action)

    def set_note(self, text: str | None, action: str = "") -> None:
        """A sentence under the field that calls nothing in question; None takes it away."""
        self._show_message(text, Message.NOTE, action)

    def _show_message(self, text: str | None, kind: Message, action: str) -> None:
        # Taking a warning away must not take an error away.
        if text or self._message.kind in (kind, None):
            self._message.set_message(text, kind, action)
        self._refresh()

    # What the person does; called by the line edit.

    def _is_typed(self, text: str) -> None:
        self._changed = True
        self._refresh()
        self.typed.emit(text)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether the field keeps this key from the line edit."""
        if event.key() in ENTER:
            self.commit()
            self.next_wanted.emit()
            return True
        return False

    def leaves_by_tab(self) -> None:
        """Tab was pressed; the focus has not moved yet."""

    def is_left(self) -> None:
        """The focus has gone."""
        self.commit()

    def commit(self) -> None:
        """Emits `committed` if something was typed since the last time."""
        if self._changed:
            self._changed = False
            self.committed.emit()

    def shows_focus(self) -> None:
        """The focus came or went."""
        self._refresh()

    def _edge(self) -> Edge:
        if self._message.kind is Message.ERROR:
            return Edge.ERROR
        if self._message.kind is Message.WARNING:
            return Edge.WARNING
        return Edge.NOT_ASKED if self.answer is None and not self._optional else Edge.SOLID

    def _refresh(self) -> None:
        aside = NOT_KNOWN if self.answer is ASKED else self._annotation
        if aside != self._aside.text():
            self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._fit_annotation()
        self._box.show_edge(self._edge(), focused=self._edit.hasFocus())
        said = (self._tip, aside, self._message.accessibleName())
        self._edit.setAccessibleDescription(" · ".join(part for part in said if part))

    def _fit_annotation(self) -> None:
        """The annotation gives way to the text: it is cut (and said in full by its tool tip) past half."""
        needed = QFontMetrics(self._aside.font()).horizontalAdvance(self._aside.text()) + self.theme.px(2)
        typed = QFontMetrics(self._edit.font()).horizontalAdvance(self._edit.text()) + self.theme.px(8)
        room = self._box.width() - self.theme.px(7 + 8 + 8)
        width = max(0, min(needed, max(room - typed, room // 2)))
        if width != self._aside.width():
            self._aside.setFixedWidth(width)
            self._inside.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_annotation()
