"""Agendas: what is this desk's own and the agendas declared at the left, the form of one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.domain.slots.source import SourceKind
from osnp_console.ui.preferences.agendas.acts import AgendaActs
from osnp_console.ui.preferences.agendas.form import FOR_ALL
from osnp_console.ui.preferences.agendas.forms import AgendaForms, Entry
from osnp_console.ui.preferences.agendas.kinds import KindChoice
from osnp_console.ui.preferences.agendas.own import TITLE, OwnPage
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.reading.panes import Panes, under_way_back
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

NONE_DECLARED = "Aucun agenda n’est relié à ce poste."
OWN = "/poste"
"""The key of the first row: no id of a source begins so."""
NOT_READ = "type que cette version ne lit pas"


class AgendasPage(QWidget):
    """The heading Agendas of Réglages: the desk's own choices first, then every desk's agendas."""

    def __init__(
        self,
        theme: Theme,
        kept: KeptPreferences,
        acts: AgendaActs,
        names: Mapping[str, str],
        choose: Callable[[str], str],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The agendas are read when the page is shown; `names` are the dispositifs' by id."""
        super().__init__(parent)
        self.theme = theme
        self._acts = acts
        self.setAccessibleName("Agendas")
        self.own = OwnPage(theme, kept, self)
        self.rights, self.distances = self.own.rights, self.own.distances
        self.list = TwoLineList(theme, "Agendas déclarés", self)
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, "Ajouter un agenda", mark="plus", height=28, parent=self)
        self.kinds = KindChoice(theme, self)
        self.forms = AgendaForms(theme, acts, names, choose, unfinished, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.own)
        self._stack.addWidget(self.forms)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        self._panes = Panes(
            theme,
            self._listing(),
            under_way_back(self._back, self._stack),
            stretches=(38, 62, 0),
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(4), theme.px(4))
        column.setSpacing(theme.px(8))
        column.addWidget(self._panes, 1)
        self._connect()
        self._reflow()

    def _listing(self) -> QWidget:
        theme = self.theme
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(SectionTitle(theme, "Agendas", FOR_ALL, pane))
        column.addWidget(self.message)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addWidget(self.kinds)
        column.addLayout(foot)
        return pane

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._open)
        self.add.clicked.connect(self._ask_kind)
        self.kinds.chosen.connect(self._begin)
        self.kinds.given_up.connect(self._back_to_add)
        self.forms.changed.connect(self._say_rows)
        self.rights.changed.connect(self._say_rows)
        self.forms.gone.connect(self._is_gone)
        self.forms.renamed.connect(self._is_renamed)
        self.message.action_wanted.connect(self.load)
        self._back.clicked.connect(self.back_to_list)
        self._panes.reflowed.connect(self._reflow)

    # --- what the workspace calls -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the list."""
        # Before the focus, which would make the first row current without choosing it.
        if self.list.current_key is None:
            self.list.choose(OWN)
        self.list.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self.focus_first()

    def load(self) -> None:
        """Read what is declared."""
        self._acts.load(self.forms.take, self._not_loaded)

    def _not_loaded(self, sentence: str) -> None:
        self.message.set_message(sentence, Message.ERROR, "Réessayer")

    # --- the list ---------------------------------------------------------------------------------------

    def _say_rows(self) -> None:
        entries = self.forms.ordered()
        own = TwoLines(OWN, TITLE, second=self.rights.words, mark=("gear", "accent"))
        self.list.set_rows([own, *(self._row(one) for one in entries)])
        self.message.set_message(None if entries else NONE_DECLARED, Message.NOTE)
        if self.list.current_key is None:
            self.list.choose(OWN)

    def _row(self, entry: Entry) -> TwoLines:
        standing, words, time = self.forms.stands(entry)
        connector = self.forms.connector(entry)
        said = " · ".join(part for part in (words, self.forms.had_slots(entry)) if part)
        return TwoLines(
            entry.key,
            self.forms.name(entry),
            kind=connector.title if connector is not None else NOT_READ,
            second=said,
            aside=time,
            mark=(standing.mark, standing.role),
        )

    def _show(self, key: str) -> Page | None:
        """Put what a row stands for on screen, None for a kind that this version does not read."""
        page = self.own if key == OWN else self.forms.show_entry(key)
        self._stack.setCurrentWidget(self.own if key == OWN else self.forms)
        return page

    def _chosen(self, key: str) -> None:
        self._show(key)

    def _open(self, key: str) -> None:
        page = self._show(key)
        if page is not None:
            self._panes.show_detail(True)
            page.focus_first()

    def _is_gone(self, key: str) -> None:
        self.list.set_rows([row for row in self.list.rows if row.key != key])
        self.list.choose(OWN)
        self.back_to_list()

    def _is_renamed(self, before: str, now: str) -> None:
        was_current = self.list.current_key == before
        self._say_rows()
        if was_current:
            self.list.choose(now)

    # --- adding -----------------------------------------------------------------------------------------

    def _ask_kind(self) -> None:
        self.add.hide()
        self.kinds.open([one for kind in self._acts.connectors if (one := self._acts.connectors.get(kind))])

    def _begin(self, kind: object) -> None:
        assert isinstance(kind, SourceKind)
        self.add.show()
        key = self.forms.draft(kind)
        self.list.choose(key)
        self._open(key)

    def _back_to_add(self) -> None:
        self.add.show()
        self.add.setFocus()

    # --- panes ------------------------------------------------------------------------------------------

    def _reflow(self) -> None:
        self._back.setVisible(self._panes.is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes from the form to the list; from the list, on to the headings."""
        focused = cast("QWidget | None", self.window().focusWidget())
        if event.key() == Qt.Key.Key_Escape and focused is not None and self._stack.isAncestorOf(focused):
            self.back_to_list()
        else:
            super().keyPressEvent(event)
