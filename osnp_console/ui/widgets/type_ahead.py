"""A field that proposes rows for what is typed; only a chosen row is a fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.line_field import ENTER, LineField
from osnp_console.ui.widgets.suggestion_rows import Row
from osnp_console.ui.widgets.suggestions import Suggestions
from osnp_console.ui.widgets.wording import NARROW_SPACE

NOTHING_FOUND = f"Rien ne ressemble à «{NARROW_SPACE}{{}}{NARROW_SPACE}»."
_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TypeAhead(LineField):
    """A line field whose rows are chosen with Entrée, Tab or a click; Échap gives the former value back.

    A text that was typed and not chosen is no fact. The first row is lit, so that Entrée takes it, except
    when another row bears the same name: the person tells two communes of one name apart, not their order.
    Left with a text that is not a row, the field asks `resolve` for an exact match; without one the former
    value no longer stands (`cleared`) and the text stays, pending. Entrée then goes on, unless there are rows
    to choose from.

    Signals:
        chosen(object): the key of the chosen row, or ASKED for `?` alone.
        cleared(): the former value no longer stands.
        restored(): Échap gave the former value back; what was typed since is dropped.
        typed, committed, next_wanted: as a LineField.
    """

    chosen = Signal(object)
    cleared = Signal()
    restored = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        search: Callable[[str], Sequence[Row]],
        *,
        resolve: Callable[[str], object | None] | None = None,
        nothing_found: str = NOTHING_FOUND,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A field for `label`.

        `search` gives the rows for a text, best first; `resolve` the key of an exact, unique match, or None;
        `nothing_found` is said when there is no row, `{}` standing for the text.
        """
        super().__init__(theme, label, optional=optional, parent=parent)
        self._search = search
        self._resolve = resolve
        self._nothing_found = nothing_found
        self._value = ("", "")
        self._pending = False
        self._list = Suggestions(theme, self._box)
        self._list.picked.connect(self._is_picked)
        self.destroyed.connect(self._list.deleteLater)

    @property
    def pending(self) -> bool:
        """Whether the text was typed and not chosen."""
        return self._pending

    @property
    def suggestions(self) -> Suggestions:
        """The list under the field."""
        return self._list

    def set_value(self, text: str, annotation: str = "") -> None:
        """Shows a settled value, in bold; emits nothing. Empty texts show that there is none."""
        self._value = (text, annotation)
        self._pending = False
        self._close_list()
        self.set_strong(bool(text))
        self.set_annotation(annotation)
        self.set_text(text)

    def set_pending(self, text: str) -> None:
        """Shows a text that was typed earlier and never chosen; emits nothing."""
        self._value = ("", "")
        self._pending = bool(text)
        self._close_list()
        self.set_strong(False)
        self.set_annotation("")
        self.set_text(text)

    def set_answer(self, answer: object) -> None:
        """Shows None as an empty field, ASKED as `?`, anything else as the text of a settled value."""
        self.set_value("" if answer is None else "?" if answer is ASKED else str(answer))

    # What the person does

    def _is_typed(self, text: str) -> None:
        self._pending = text != self._value[0]
        self.set_strong(not self._pending)
        self.set_annotation("" if self._pending else self._value[1])
        super()._is_typed(text)
        self._propose(text.strip())

    def _propose(self, text: str) -> None:
        if not text or text == "?":
            self._close_list()
            return
        rows = self._search(text)
        if rows:
            names = Counter(row.name.casefold() for row in rows)
            self._list.show_rows(rows, 0 if names[rows[0].name.casefold()] == 1 else -1)
        else:
            self._list.show_sentence(self._nothing_found.format(text))
        self._tell_lit_row()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Arrows move in the list, Entrée chooses, Échap gives the former value back."""
        key = Qt.Key(event.key())
        if key in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(_ARROWS[key])
            return True
        if key == Qt.Key.Key_Escape:
            return self._give_back()
        if key in ENTER:
            self._settle(by_row=True)
            if self._pending:
                self._propose(self.text().strip())
            if not self._list.isVisible() or not self._list.rows:
                self._close_list()
                self.next_wanted.emit()
            return True
        return super().takes_key(event)

    def leaves_by_tab(self) -> None:
        self._settle(by_row=True)

    def is_left(self) -> None:
        self._settle(by_row=False)

    def _move(self, step: int) -> None:
        if not self._list.isVisible():
            self._propose(self.text().strip())
        elif self._list.rows:
            last = len(self._list.rows) - 1
            index = self._list.index
            self._list.light(min(last, max(0, index + step)) if index >= 0 else (0 if step > 0 else last))
            self._tell_lit_row()

    def _give_back(self) -> bool:
        """Closes the list; a former value comes back. Without one the typed text stays."""
        was_open = self._list.isVisible()
        self._close_list()
        if not (self._pending and self._value[0]):
            return was_open
        self.set_value(*self._value)
        self.restored.emit()
        return True

    def _is_picked(self, index: int) -> None:
        self._choose(self._list.rows[index])
        self._edit.setFocus()

    def _settle(self, *, by_row: bool) -> None:
        """Turns what was typed into a fact if it can be: the lit row, `?`, or an exact match."""
        lit = self._list.index
        rows = self._list.rows
        open_list = self._list.isVisible()
        self._close_list()
        if not self._pending:
            self.commit()
            return
        text = self.text().strip()
        if by_row and open_list and lit >= 0:
            self._choose(rows[lit])
        elif text == "?":
            self._take(ASKED, "?")
        else:
            key = self._resolve(text) if text and self._resolve else None
            if key is not None:
                self._take(key, self.text())
            elif self._changed:
                self._drop_value()
                self.commit()

    def _choose(self, row: Row) -> None:
        self._take(row.key, row.name)

    def _take(self, key: object, text: str) -> None:
        self.set_value(text)
        self.chosen.emit(key)
        self.committed.emit()

    def _drop_value(self) -> None:
        had_value = bool(self._value[0])
        self._value = ("", "")
        self._pending = bool(self.text())
        if had_value:
            self.cleared.emit()

    # The list

    def _close_list(self) -> None:
        if not self._list.isHidden():
            self._list.close_list()
            self._refresh()

    def _tell_lit_row(self) -> None:
        rows, index = self._list.rows, self._list.index
        said = f"{index + 1} sur {len(rows)}, {rows[index].spoken}" if index >= 0 else ""
        self._edit.setAccessibleDescription(said or f"{len(rows)} propositions")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close_list()
