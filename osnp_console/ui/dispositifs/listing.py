"""The left pane: the dispositifs of the catalogue, and what to look for among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.checklist.dispositif_words import STATUS_NAMES
from osnp_console.domain.commune import fold
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import NATURE_NAMES, cpts_name, nature_name
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

ALL = ""


class DispositifListing(Card):
    """Filters and rows.

    Signals:
        chosen(str): another dispositif is the current one; its id.
        opened(str): Entrée on a dispositif.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        theme: Theme,
        dispositifs: Iterable[Dispositif],
        departements: Mapping[str, str],
        day: date,
        parent: QWidget | None = None,
    ) -> None:
        """The dispositifs in the catalogue's order; `departements` are names by code."""
        super().__init__(theme, parent=parent)
        self._dispositifs = tuple(dispositifs)
        self._day = day
        self._folded = {one.id: fold(_searched(one)) for one in self._dispositifs}
        self._title = PaneTitle(theme, "Dispositifs", self)
        self.search = LineField(theme, "Chercher un dispositif", optional=True, parent=self)
        self.search.set_placeholder("nom, nature, mot du résumé")
        self.departement = self._combo("Département", _departements(self._dispositifs, departements))
        self.nature = self._combo("Nature", _natures(self._dispositifs))
        self.status = self._combo("État", _statuses(self._dispositifs))
        self.message = MessageLine(theme, self)
        self.list = TwoLineList(theme, "Dispositifs", self)
        self.search.typed.connect(self._filter)
        self.search.next_wanted.connect(self.list.setFocus)
        self.message.action_wanted.connect(self.clear_filters)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self._lay_out()
        self._filter()

    def _combo(self, label: str, choices: list[Choice]) -> Combo:
        combo = Combo(self.theme, label, choices, clearable=False, parent=self)
        combo.set_answer(ALL)
        combo.answered.connect(self._filter)
        return combo

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(6))
        filters = QVBoxLayout()
        filters.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        filters.setSpacing(theme.px(6))
        filters.addWidget(self._title)
        filters.addWidget(self.search)
        filters.addWidget(self.nature)
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(6))
        pair.addWidget(self.departement, 1)
        pair.addWidget(self.status, 1)
        filters.addLayout(pair)
        filters.addWidget(self.message)
        column.addLayout(filters)
        column.addWidget(self.list, 1)

    def clear_filters(self) -> None:
        """Show every dispositif again."""
        self.search.set_text("")
        for combo in (self.departement, self.nature, self.status):
            combo.set_answer(ALL)
        self._filter()

    def show_dispositif(self, name: str) -> None:
        """Make the dispositif of that id the current one, whatever the filters."""
        if all(row.key != name for row in self.list.rows):
            self.clear_filters()
        self.list.choose(name)

    def _filter(self, *_: object) -> None:
        found = [one for one in self._dispositifs if self._is_wanted(one)]
        self.list.set_rows([_row(one, self._day) for one in found])
        self._tell(len(found))
        if found and self.list.current_key is None:
            self.list.choose(found[0].id)

    def _is_wanted(self, one: Dispositif) -> bool:
        wanted = (
            (self.departement.answer, one.departement),
            (self.nature.answer, one.nature),
            (self.status.answer, one.status.value),
        )
        if any(choice not in (ALL, value) for choice, value in wanted):
            return False
        return all(word in self._folded[one.id] for word in fold(self.search.text()).split())

    def _tell(self, found: int) -> None:
        total = len(self._dispositifs)
        if found == total:
            self.message.set_message(f"{total} dispositifs", Message.NOTE)
        elif found:
            self.message.set_message(f"{found} sur {total}", Message.NOTE, "Effacer les filtres")
        else:
            said = "Aucun dispositif ne répond à ces filtres."
            self.message.set_message(said, Message.NOTE, "Effacer les filtres")


def _searched(one: Dispositif) -> str:
    return f"{one.cpts} {NATURE_NAMES.get(one.nature, one.nature)} {one.departement} {one.summary}"


def _row(one: Dispositif, day: date) -> TwoLines:
    closed = one.out_of_service(day)
    mark = ("off", "off") if closed else ("disc", "eligible")
    second = closed or one.summary
    return TwoLines(one.id, cpts_name(one.cpts), nature_name(one.nature), second, one.departement, mark)


def _departements(dispositifs: Iterable[Dispositif], names: Mapping[str, str]) -> list[Choice]:
    codes = sorted({one.departement for one in dispositifs})
    found = [Choice(code, f"{code} · {names.get(code, code)}") for code in codes]
    return [Choice(ALL, "Tous départements"), *found]


def _natures(dispositifs: Iterable[Dispositif]) -> list[Choice]:
    there = {one.nature for one in dispositifs}
    found = [Choice(code, name) for code, name in NATURE_NAMES.items() if code in there]
    return [Choice(ALL, "Toutes les natures"), *found]


def _statuses(dispositifs: Iterable[Dispositif]) -> list[Choice]:
    there = {one.status for one in dispositifs}
    found = [Choice(status.value, name) for status, name in STATUS_NAMES.items() if status in there]
    return [Choice(ALL, "Tous états"), *found]
