"""A row of a form: the label at the left, the control at the right, the sentence under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine

LABEL_WIDTH = 92
ROW_HEIGHT = 28
ROW_GAP = 6
"""Space between two rows, for a pitch of 34."""
_MARK = 10


class FormRow(QWidget):
    """A label and its control or controls; a ► stands before the control the next question is about.

    A sentence under the control pushes what is below, never what is above.
    """

    def __init__(
        self,
        theme: Theme,
        label_text: str,
        control: QWidget,
        *more: QWidget,
        stretches: Sequence[int] = (),
        above: bool = False,
        label_width: int = LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        """A row for one control, or several side by side.

        `stretches` share the width between the controls, as in a box layout; `above` writes the label, a
        whole question, on its own lines over the control. `label_width` is in px at 100 % text.
        """
        super().__init__(parent)
        self.theme = theme
        self._label_width = label_width
        self._controls = (control, *more)
        self._arrow = MarkLabel(theme, "", "accent", _MARK, self)
        self._label: PlainLabel
        if above:
            self._label = PlainLabel(theme, label_text, role="muted", points=9.5, wrap=True, parent=self)
        else:
            self._label = ElidedLabel(theme, label_text, role="muted", points=9.5, parent=self)
            self._label.setFixedHeight(theme.px(ROW_HEIGHT))
        # Without a parent until it is laid out under the controls: Tab comes to its link after them.
        self._message = MessageLine(theme)
        target = control.focus_target() if isinstance(control, Control) else control
        self._label.setBuddy(target)
        for widget in self._controls:
            if isinstance(widget, Control):
                widget.wanted_changed.connect(self._show_arrow)
        side = self._side_by_side(stretches)
        if above:
            self._lay_out_above(side)
        else:
            self._lay_out_beside(side)
        # Minimum: a sentence under the control may need more lines than its hint counted on.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._show_arrow()

    def _side_by_side(self, stretches: Sequence[int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(ROW_GAP))
        for index, widget in enumerate(self._controls):
            stretch = stretches[index] if index < len(stretches) else 1
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        return row

    def _lay_out_beside(self, side: QHBoxLayout) -> None:
        theme = self.theme
        head = QWidget(self)
        head.setFixedSize(theme.px(self._label_width) + theme.px(8), theme.px(ROW_HEIGHT))
        inside = QHBoxLayout(head)
        inside.setContentsMargins(0, 0, theme.px(2), 0)
        inside.setSpacing(0)
        inside.addWidget(self._label, 1)
        inside.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(side)
        column.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def _lay_out_above(self, side: QHBoxLayout) -> None:
        theme = self.theme
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        self._arrow.setFixedHeight(theme.px(18))
        line.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(line)
        column.addLayout(side)
        column.addWidget(self._message)

    @property
    def label(self) -> PlainLabel:
        """The label at the left."""
        return self._label

    @property
    def message(self) -> MessageLine:
        """The line under the control."""
        return self._message

    def set_label(self, text: str) -> None:
        """Changes the visible label; the controls keep their own accessible names."""
        self._label.setText(text)

    def set_message(self, text: str | None, kind: Message = Message.ERROR, action: str = "") -> None:
        """Shows a sentence under the control; None takes it away."""
        self._message.set_message(text, kind, action)

    def _show_arrow(self) -> None:
        wanted = any(isinstance(widget, Control) and widget.wanted for widget in self._controls)
        self._arrow.set_mark("play" if wanted else "", "accent")
