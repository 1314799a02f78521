"""What the sending desk typed, read-only, and how the conditions stood."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.calls.sheet_words import FieldLine, Knowledge
from osnp_console.app.transfer.queue_rows import UNREAD
from osnp_console.app.transfer.received_words import Received
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.scrolled import Scrolled
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import Card, Hairline

LABEL_WIDTH = 122
PROVISIONAL = "identité provisoire"
TWO_COLUMNS_FROM = 620


class PatientCard(Card):
    """A patient as they were announced.

    Signals:
        correct_wanted(): the line's own call sheet is to be opened, for what the line adds.
        call_wanted(str): the patient's number is to be dialled.
        source_wanted(): where the conditions are read.
    """

    correct_wanted = Signal()
    call_wanted = Signal(str)
    source_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A card that shows nobody yet."""
        super().__init__(theme, parent=parent)
        self._shown: Received | None = None
        self._columns = 0
        self.name = ElidedLabel(theme, "", points=13, bold=True, parent=self)
        self.birth = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.correct = ActionButton(theme, "Corriger", "", "link", height=28, parent=self)
        self.correct.clicked.connect(self.correct_wanted)
        self._identity = PlainLabel(theme, PROVISIONAL, role="muted", points=9, parent=self)
        font = self._identity.font()
        font.setItalic(True)
        self._identity.setFont(font)
        self._inside = QWidget(self)
        self._scroll = Scrolled(theme, "Ce que le SAS a noté", self)
        self.mark = MarkLabel(theme, "", "muted", parent=self)
        self.conditions = ElidedLabel(theme, "", points=9.5, parent=self)
        self.source = ActionButton(theme, "Voir", "Ctrl+I", "link", height=24, parent=self)
        self.source.clicked.connect(self.source_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(14), 0, theme.px(8), theme.px(2))
        head.setSpacing(theme.px(10))
        head.addWidget(self.name)
        head.addWidget(self.birth, 1)
        head.addWidget(self._identity)
        head.addWidget(self.correct)
        column.addLayout(head)
        column.addWidget(Hairline(theme, parent=self))
        column.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(2))
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.mark)
        foot.addWidget(self.conditions, 1)
        foot.addWidget(self.source)
        column.addLayout(foot)

    def show_received(self, shown: Received | None, *, may_correct: bool) -> None:
        """Show a patient; None while their call is read. `may_correct` says whether the line has a call."""
        self.correct.setVisible(may_correct)
        self.source.setVisible(may_correct)
        if shown == self._shown and self._columns:
            return
        self._shown = shown
        self.name.setText(shown.name if shown is not None else UNREAD)
        self.birth.setText(shown.birth if shown is not None else "")
        met = shown.are_met if shown is not None else None
        self.mark.setVisible(met is not None)
        self.mark.set_mark("tick" if met else "warning", "text" if met else "verify")
        self.conditions.setVisible(met is not None)
        self.conditions.setText(shown.conditions if shown is not None else "")
        self.conditions.set_role("text" if met else "verify")
        self.setAccessibleName(shown.sentence if shown is not None else UNREAD)
        self._fill()

    def _fill(self) -> None:
        """Put the facts in two columns where there is room, else in one."""
        theme, shown = self.theme, self._shown
        wide = self.width() / theme.scale >= TWO_COLUMNS_FROM
        self._columns = 2 if wide else 1
        inside = QWidget(self._scroll)
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(4))
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        lines = shown.lines if shown is not None else ()
        self.birth.setVisible(wide)
        self._identity.setVisible(wide)
        if shown is not None and shown.birth and not wide:
            # Beside a long name there is no room for it.
            lines = (FieldLine("Naissance", shown.birth, Knowledge.KNOWN), *lines)
        half = (len(lines) + self._columns - 1) // self._columns
        for place, line in enumerate(lines):
            column, row = divmod(place, half) if half else (0, 0)
            self._put(grid, line, row, 2 * column, inside)
        for column in range(self._columns):
            grid.setColumnStretch(2 * column + 1, 1)
        if shown is not None and shown.note:
            note = QHBoxLayout()
            note.setSpacing(theme.px(10))
            label = PlainLabel(theme, "Note du SAS", role="muted", points=9.5, parent=inside)
            note.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            note.addWidget(PlainLabel(theme, shown.note, wrap=True, parent=inside), 1)
            grid.addLayout(note, half, 0, 1, 2 * self._columns)
        grid.setRowStretch(half + 1, 1)
        self._scroll.hold(inside)
        self._inside = inside
        self.updateGeometry()

    def _put(self, grid: QGridLayout, line: FieldLine, row: int, column: int, inside: QWidget) -> None:
        theme = self.theme
        label = ElidedLabel(theme, line.label, role="muted", points=9.5, parent=inside)
        label.setFixedWidth(theme.px(LABEL_WIDTH))
        known = line.knowledge is Knowledge.KNOWN
        words = ElidedLabel(theme, line.text, role="text" if known else "muted", bold=known, parent=inside)
        words.setAccessibleName(f"{line.label}\u202f: {line.text}")
        grid.addWidget(label, row, column)
        grid.addWidget(words, row, column + 1)

    @property
    def wanted_height(self) -> int:
        """As high as the whole needs, in pixels."""
        theme = self.theme
        lows = (one for one in (self.conditions, self.source) if one.isVisibleTo(self))
        low = max((one.sizeHint().height() for one in lows), default=0)
        around = theme.px(4 + 28 + 2 + 1 + 2 + 4 + 4) + low
        layout = self._inside.layout()
        if layout is None:
            return around
        width = max(self._scroll.viewport().width(), theme.px(200))
        inside = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return around + inside

    def dial_shown(self) -> bool:
        """Ask to dial the patient's number; False when none is noted."""
        phone = self._shown.phone if self._shown is not None else ""
        if phone:
            self.call_wanted.emit(phone)
        return bool(phone)

    def refold(self) -> None:
        """The width is another one: the facts take the columns it allows."""
        if self._columns != (2 if self.width() / self.theme.scale >= TWO_COLUMNS_FROM else 1):
            self._fill()
