"""Asks over the form what both desks changed, without moving the place where one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.ui.differences import Differences
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.both_changed import MOST_LINES, BothChangedStrip
from osnp_console.ui.intake.view import IntakeView
from osnp_console.ui.widgets.control import Control

_ROUNDS = 4
# From that height of the column (at 100 % text) so many lines of each answer are seen at once.
_LINES = ((480, MOST_LINES), (0, 2))


class BothChangedPart(QObject):
    """Between what differs and the strip that asks it.

    Signals:
        asked(str): another question is on screen: its sentence.
    """

    asked = Signal(str)

    def __init__(
        self,
        strip: BothChangedStrip,
        view: IntakeView,
        answers: Answers,
        differences: Differences,
        controls: Callable[[], Mapping[str, Control]],
        go_to: Callable[[str | None], object],
        take_in: Callable[[frozenset[str]], None],
    ) -> None:
        """`go_to` gives the keyboard to a field, or to the first one; `take_in` shows fields again."""
        super().__init__(strip)
        self._strip = strip
        self._view = view
        self._answers = answers
        self._differences = differences
        self._controls = controls
        self._go_to = go_to
        self._take_in = take_in
        self._came_from: str | None = None
        self._said = ""
        differences.changed.connect(self._changed)
        strip.keep_wanted.connect(self.keep)
        strip.take_wanted.connect(self.take)
        strip.later_wanted.connect(self._leave)

    def show(self) -> None:
        """Ask the first question of the call on screen, as it stands now."""
        call = self._answers.calls.current
        asked = self._differences.first(call) if call is not None else None
        had, before = self._strip.has_keyboard, self._strip.asked
        if asked != before:
            self._without_moving(lambda: self._strip.ask(asked))
        if had and asked is None:
            self._came_from = self._came_from or (before.code if before is not None else None)
            self._leave()
        sentence = asked.sentence if asked is not None else ""
        if sentence != self._said:
            self._said = sentence
            if sentence:
                self.asked.emit(sentence)

    def fit(self, height: int) -> None:
        """The column is so high now: the form keeps the greater part of it."""
        scaled = height / self._strip.theme.scale
        most = next(lines for least, lines in _LINES if scaled >= least)
        self._strip.set_most_lines(most)

    def focus_moved(self, before: QWidget | None) -> None:
        """The focus left a widget: come to the strip, it knows the way back and shows what was typed."""
        if not self._strip.has_keyboard or (before is not None and self._strip.isAncestorOf(before)):
            return
        self._came_from = next(
            (code for code, one in self._controls().items() if before is not None and _holds(one, before)),
            None,
        )
        self.show()

    @Slot()
    def keep(self) -> bool:
        """What stands here stays; False, and nothing done, while there is a question that is not seen."""
        asked = self._strip.asked
        if asked is not None and self._strip.isVisible():
            self._differences.keep_mine()
        return asked is None or self._strip.asked is not asked

    @Slot()
    def take(self) -> bool:
        """What stands at the other desk takes its place; False as for `keep`."""
        asked = self._strip.asked
        if asked is not None and self._strip.isVisible():
            self._differences.take_theirs()
            self._answers.follow()
            self._take_in(frozenset({asked.code}))
        return asked is None or self._strip.asked is not asked

    @Slot(object)
    def _changed(self, call: OpenCall) -> None:
        if call is self._answers.calls.current:
            self.show()

    @Slot()
    def _leave(self) -> None:
        code, self._came_from = self._came_from, None
        self._go_to(code)

    def _without_moving(self, change: Callable[[], None]) -> None:
        """Rows stay where they are on screen as far as the scroll can give way."""
        bar, before = self._view.verticalScrollBar(), self._view.y()
        scrolled = bar.value()
        change()
        if self._view.isVisible():
            self._settle_height()
            # From where it was: on its way to its height the strip may have moved the scroll.
            bar.setValue(scrolled + self._view.y() - before)
            self._view.keep_focus_in_sight()

    def _settle_height(self) -> None:
        """The strip takes its height now: its texts wrap once they have a width, and it then shrinks."""
        panel, height = self._strip.parentWidget(), -1
        for _ in range(_ROUNDS):
            if panel is None or height == self._strip.height():
                return
            height = self._strip.height()
            self._strip.take_height()
            layout = panel.layout()
            if layout is not None:
                layout.activate()


def _holds(control: Control, widget: QWidget) -> bool:
    return control is widget or control.isAncestorOf(widget)
