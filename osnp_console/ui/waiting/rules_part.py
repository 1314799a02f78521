"""What the source says of the list: who registers, where, for how long, who comes first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.waiting.panel import Condition
from osnp_console.app.waiting.rules import ListRule
from osnp_console.domain.states import State
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import MarkLabel, PlainLabel
from osnp_console.ui.widgets.segments import Segments, three_state
from osnp_console.ui.widgets.titles import SectionTitle

LABEL_WIDTH = 88
_MARKS = {
    State.MET: ("tick", "eligible"),
    State.UNMET: ("refused", "text"),
    State.UNKNOWN: ("verify", "verify"),
}
Shown = tuple[tuple[ListRule, ...], Condition | None]


class RulesPart(QWidget):
    """The rules, each with its source; the fact on which this desk's right hangs is asked in its place.

    Signals:
        answered(str, object): that fact, and the answer given.
    """

    answered = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shown: Shown | None = None
        self._inside: QWidget | None = None
        self.condition: Segments | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._title = SectionTitle(theme, "La liste", parent=self)
        self._column.addWidget(self._title)

    def show_rules(self, rules: tuple[ListRule, ...], condition: Condition | None) -> None:
        """Show rules; `condition` is the further fact, as it is known."""
        if (rules, condition) == self._shown:
            return
        self._shown = (rules, condition)
        had = self.condition is not None and self.condition.hasFocus()
        self.condition = None
        old, self._inside = self._inside, QWidget(self)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(8))
        grid.setVerticalSpacing(self.theme.px(5))
        grid.setColumnMinimumWidth(0, self.theme.px(LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        row = 0
        for rule in rules:
            self._rule(grid, row, rule)
            row += 1
            if rule.note:
                grid.addLayout(self._note(rule, condition), row, 1, 1, 2)
                row += 1
        self._column.addWidget(self._inside)
        if had:
            self.take_condition()

    def take_condition(self) -> None:
        """Give the keyboard to the question on which this desk's right hangs, where there is one."""
        if self.condition is not None:
            self.condition.setFocus()

    def _rule(self, grid: QGridLayout, row: int, rule: ListRule) -> None:
        theme, inside = self.theme, self._inside
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(PlainLabel(theme, rule.label, role="muted", points=9.5, parent=inside), row, 0, top)
        words = PlainLabel(theme, rule.text, points=9.5, wrap=True, parent=inside)
        words.setAccessibleName(f"{rule.label}\u202f: {rule.text}, {refers(rule.source)}")
        grid.addWidget(words, row, 1)
        source = PlainLabel(theme, refers(rule.source), role="muted", points=9, parent=inside)
        grid.addWidget(source, row, 2, top)

    def _note(self, rule: ListRule, condition: Condition | None) -> QVBoxLayout:
        """Whether this desk registers, with its mark; what it hangs on, while that is to be asked."""
        theme, inside = self.theme, self._inside
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        said = QHBoxLayout()
        said.setSpacing(theme.px(6))
        name, role = _MARKS.get(rule.state or State.UNKNOWN, ("info", "muted"))
        mark = MarkLabel(theme, name, role, 14, inside)
        mark.setFixedHeight(theme.px(18))
        said.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(PlainLabel(theme, rule.note, points=9.5, bold=True, wrap=True, parent=inside), 1)
        column.addLayout(said)
        if condition is not None:
            column.addLayout(self._condition(condition))
        return column

    def _condition(self, condition: Condition) -> QVBoxLayout:
        theme, inside = self.theme, self._inside
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(20), 0, 0, theme.px(4))
        column.setSpacing(theme.px(2))
        words = PlainLabel(theme, condition.question, role="muted", points=9.5, wrap=True, parent=inside)
        column.addWidget(words)
        self.condition = three_state(theme, condition.question, inside)
        self.condition.set_answer(condition.answer)
        self.condition.setProperty("fact", condition.fact)
        self.condition.answered.connect(self._answered)
        column.addWidget(self.condition)
        return column

    def _answered(self, answer: object) -> None:
        if self.condition is not None:
            self.answered.emit(str(self.condition.property("fact")), answer)
