"""The filters of the slots, in place under the bands: one list each, only those with something to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osnp_console.app.slots.filters import (
    MODALITY_NAMES,
    NO_FILTER,
    WALK_IN_NAMES,
    FilterChoices,
    SlotFilters,
)
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card

DISTANCES_KM = (5.0, 10.0, 20.0, 40.0)
EVERYTHING = "Tout"
TWO_COLUMNS_FROM = 420
_MODALITY, _TYPE, _DISPOSITIF, _WALK_IN, _KM = "modality", "type", "dispositif", "walk_in", "max_km"
_LABELS = {
    _MODALITY: "Modalité",
    _TYPE: "Type",
    _DISPOSITIF: "Dispositif",
    _WALK_IN: "Venue",
    _KM: "Distance",
}


class FiltersPane(Card):
    """Each list narrows at once; `Effacer les filtres` widens again.

    Signals:
        changed(object): the SlotFilters wanted.
        left(): Échap: back to the slots; the filters stay.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, surface="raised", parent=parent)
        self.setAccessibleName("Filtres des créneaux")
        self._filters = NO_FILTER
        self._shown: tuple[str, ...] = ()
        self._labels = {
            name: PlainLabel(theme, text, role="muted", points=9.5) for name, text in _LABELS.items()
        }
        self.lists = {name: Combo(theme, text, (), clearable=True) for name, text in _LABELS.items()}
        self.clear = ActionButton(theme, "Effacer les filtres", "", "link", height=28, parent=self)
        self.clear.clicked.connect(self._clear)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        for name, one in self.lists.items():
            self._labels[name].setParent(self)
            one.setParent(self)
            one.set_placeholder(EVERYTHING)
            one.answered.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(4))
        column.setSpacing(theme.px(4))
        column.addLayout(self._grid)
        column.addWidget(self.clear)

    def show_filters(self, filters: SlotFilters, choices: FilterChoices, names: Mapping[str, str]) -> None:
        """Show what is chosen, and what there is to choose from; `names` are the dispositifs'."""
        self._filters = filters
        offered: dict[str, Sequence[Choice]] = {
            _MODALITY: [
                Choice(code, _modality(code)) for code in _with(choices.modalities, filters.modality)
            ],
            _TYPE: [Choice(code, code) for code in _with(choices.types, filters.type)],
            _DISPOSITIF: [
                Choice(code, names.get(code, code)) for code in _with(choices.dispositifs, filters.dispositif)
            ],
            _WALK_IN: _walk_in(choices, filters),
            _KM: _distances(choices, filters),
        }
        for name, one in self.lists.items():
            if tuple(offered[name]) != one.choices:
                one.set_choices(offered[name])
            answer = getattr(filters, name)
            if one.answer != answer:
                one.set_answer(answer)
        shown = tuple(name for name in _LABELS if offered[name])
        if shown != self._shown:
            self._shown = shown
            self._place()
        narrows = filters.without_band.narrows
        self.clear.set_reason(None if narrows else "Aucun filtre n’est posé.")

    def take_focus(self) -> None:
        """Give the keyboard to the first list."""
        first = self.lists[self._shown[0]] if self._shown else self.clear
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside -----------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Two lists side by side where there is room."""
        while self._grid.count():
            self._grid.takeAt(0)
        columns = 2 if self.width() >= self.theme.px(TWO_COLUMNS_FROM) else 1
        for name in _LABELS:
            there = name in self._shown
            self._labels[name].setVisible(there)
            self.lists[name].setVisible(there)
        for number, name in enumerate(self._shown):
            row, column = divmod(number, columns)
            self._grid.addWidget(self._labels[name], row, 2 * column)
            self._grid.addWidget(self.lists[name], row, 2 * column + 1)
        for column in range(2):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        limit = self.theme.px(TWO_COLUMNS_FROM)
        if (event.oldSize().width() >= limit) != (event.size().width() >= limit):
            self._place()

    def _changed(self, _answer: object) -> None:
        km, walk_in = self.lists[_KM].answer, self.lists[_WALK_IN].answer
        self._filters = replace(
            self._filters,
            modality=self._text(_MODALITY),
            type=self._text(_TYPE),
            dispositif=self._text(_DISPOSITIF),
            walk_in=walk_in if isinstance(walk_in, bool) else None,
            max_km=km if isinstance(km, float) else None,
        )
        self.changed.emit(self._filters)

    def _text(self, name: str) -> str | None:
        answer = self.lists[name].answer
        return answer if isinstance(answer, str) else None

    def _clear(self) -> None:
        self.changed.emit(SlotFilters(band=self._filters.band))
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _with(codes: Sequence[str], chosen: str | None) -> list[str]:
    """The codes there are, and the one chosen even when no slot bears it any more."""
    return [*codes, *([chosen] if chosen is not None and chosen not in codes else [])]


def _modality(code: str) -> str:
    return MODALITY_NAMES.get(code, code)


def _walk_in(choices: FilterChoices, filters: SlotFilters) -> list[Choice]:
    if not choices.has_walk_in and filters.walk_in is None:
        return []
    return [Choice(value, words) for value, words in WALK_IN_NAMES.items()]


def _distances(choices: FilterChoices, filters: SlotFilters) -> list[Choice]:
    if not choices.has_km and filters.max_km is None:
        return []
    return [Choice(km, f"jusqu’à {km:.0f} km") for km in DISTANCES_KM]
