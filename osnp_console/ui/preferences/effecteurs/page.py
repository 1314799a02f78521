"""Effecteurs: a search line, the directory at the left, one entry's form at the right; tables in and out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.effecteurs.directory import search_effecteurs
from osnp_console.app.effecteurs.import_csv import EffecteurImport
from osnp_console.domain.effecteur import Effecteur
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs, DirectoryList
from osnp_console.ui.preferences.effecteurs.book import DirectoryBook
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL, EffecteurForm
from osnp_console.ui.preferences.effecteurs.look_up import LookUpPanel
from osnp_console.ui.preferences.effecteurs.report import ImportReport
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.reading.panes import Panes, under_way_back
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

MOST_ROWS = 500
EMPTY = "L’annuaire du site est vide\u202f: ajouter un effecteur, ou importer un tableau."
NOT_KEPT_YET = "pas encore enregistré"
READING = "Lecture du fichier…"
TABLES = "Tableaux (*.csv *.txt *.tsv)"


class EffecteursPage(QWidget):
    """The heading Effecteurs of Réglages."""

    def __init__(
        self,
        theme: Theme,
        acts: DirectoryActs,
        names: Mapping[str, str],
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The directory is read when the page is shown; `names` are the dispositifs' by id."""
        super().__init__(parent)
        self.theme = theme
        self._acts = acts
        self._files = files
        self._import: EffecteurImport | None = None
        self.setAccessibleName("Effecteurs")
        self.search = LineField(theme, "Chercher un effecteur", optional=True, parent=self)
        self.search.set_placeholder("nom, commune, numéro, téléphone, CPTS")
        self.list = TwoLineList(theme, "Effecteurs", self)
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, "Ajouter", mark="plus", height=28, parent=self)
        self.load_table = ActionButton(theme, "Importer…", height=28, parent=self)
        self.save_table = ActionButton(theme, "Exporter…", height=28, parent=self)
        self.look_up = ActionButton(theme, "Annuaire Santé…", height=28, parent=self)
        self.form = EffecteurForm(theme, names, self)
        self.report = ImportReport(theme, self)
        self.national = LookUpPanel(theme, acts, self)
        self.book = DirectoryBook(acts, self.form, unfinished, self)
        self._nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._nothing, self.form, self.report, self.national):
            self._stack.addWidget(page)
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
        column.addWidget(self._panes)
        self._connect()
        self._reflow()

    def _listing(self) -> QWidget:
        theme = self.theme
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.title = SectionTitle(theme, "Effecteurs", FOR_ALL, pane)
        for widget in (self.title, self.search, self.message):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._buttons = QWidget(pane)
        self._flow = Flow(
            self._buttons, theme.px(6), (self.add, self.look_up, self.load_table, self.save_table)
        )
        column.addWidget(self._buttons)
        return pane

    def _connect(self) -> None:
        self.search.typed.connect(self._say_rows)
        self.search.next_wanted.connect(self._go_to_list)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        self.add.clicked.connect(self._begin)
        self.load_table.clicked.connect(self._choose_table)
        self.save_table.clicked.connect(self._choose_target)
        self.look_up.clicked.connect(self._open_look_up)
        self.national.chosen.connect(self._add_found)
        self.national.given_up.connect(self._leave_report)
        self.report.take_wanted.connect(self._take)
        self.report.given_up.connect(self._leave_report)
        self.book.changed.connect(self._say_rows)
        self.book.gone.connect(self._is_gone)
        self.book.renamed.connect(self._is_renamed)
        self.message.action_wanted.connect(self.load)
        self._back.clicked.connect(self.back_to_list)
        self._panes.reflowed.connect(self._reflow)

    # --- what the workspace calls -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the search line."""
        self.search.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self._go_to_list()

    def load(self) -> None:
        """Read the directory."""
        self._acts.load(self._loaded, partial(self._say, Message.ERROR, action="Réessayer"))

    def _loaded(self, found: DirectoryList) -> None:
        self.message.set_message(None)
        self.book.take(found)

    def _say(self, kind: Message, sentence: str, action: str = "") -> None:
        self.message.set_message(sentence, kind, action)

    # --- the list ---------------------------------------------------------------------------------------

    def _say_rows(self) -> None:
        found = search_effecteurs(self.book.entries.values(), self.search.text())
        drafts = [
            TwoLines(key, name, second="pas encore enregistré") for key, name in self.book.drafts.items()
        ]
        self.list.set_rows([*drafts, *(_row(one) for one in found[:MOST_ROWS])])
        count = len(self.book.entries)
        cut = f" · {MOST_ROWS} premiers" if len(found) > MOST_ROWS else ""
        self.search.set_annotation(f"{len(found)} sur {count}{cut}" if self.search.text() or cut else "")
        if not count and not drafts:
            self.message.set_message(EMPTY, Message.NOTE)
        elif self.message.kind is Message.NOTE and self.message.words == EMPTY:
            self.message.set_message(None)

    def _go_to_list(self) -> None:
        if self.list.rows:
            # Before the focus, which would make the first row current without choosing it.
            if self.list.current_key is None:
                self.list.choose(self.list.rows[0].key)
            self.list.setFocus()
        else:
            self.search.setFocus()

    def _show(self, key: str) -> None:
        # A report that was not decided upon stays until it is; what is typed in the form shown stays too.
        here = key == self.book.key and self._stack.currentWidget() is self.form
        if self._import is None and not here and self.book.show_entry(key):
            self._stack.setCurrentWidget(self.form)

    def _open(self, key: str) -> None:
        self._show(key)
        self._panes.show_detail(True)
        if self._stack.currentWidget() is self.form:
            self.form.focus_first()

    def _begin(self) -> None:
        self._import = None
        key = self.book.draft()
        self.list.choose(key)
        self._open(key)

    def _is_gone(self, key: str) -> None:
        self._stack.setCurrentWidget(self._nothing)
        self._say_rows()
        self.back_to_list()

    def _is_renamed(self, before: str, now: str) -> None:
        self._say_rows()
        if self.list.current_key is None and self.book.key == now:
            self.list.choose(now)

    # --- the Annuaire Santé -----------------------------------------------------------------------------

    def _open_look_up(self) -> None:
        self._stack.setCurrentWidget(self.national)
        self._panes.show_detail(True)
        self.national.open(tuple(self.book.entries))

    def _add_found(self, found: object) -> None:
        """Somebody found: shown where the directory has them, else added and their form opened."""
        assert isinstance(found, Effecteur)
        if found.id not in self.book.entries:
            self._acts.keep(found, None, partial(self._found_kept, found))
        else:
            self._show_found(found.id)

    def _found_kept(self, found: Effecteur, trouble: str | None) -> None:
        if trouble is not None:
            self.national.outcome.set_message(trouble, Message.ERROR)
            return
        self.book.entries[found.id] = found
        self.search.set_text("")
        self._show_found(found.id)

    def _show_found(self, number: str) -> None:
        self._say_rows()
        self.list.choose(number)
        self._open(number)

    # --- tables -----------------------------------------------------------------------------------------

    def _choose_table(self) -> None:
        path = self._files.to_read("Tableau d’effecteurs", TABLES)
        if path:
            self._say(Message.NOTE, READING)
            self._acts.read_table(path, partial(self._show_report, path), partial(self._say, Message.ERROR))

    def _show_report(self, path: str, found: EffecteurImport) -> None:
        self.message.set_message(None)
        self._import = found
        self.report.show_import(path, found, len(found.entries))
        self._stack.setCurrentWidget(self.report)
        self._panes.show_detail(True)
        self.report.focus_first()

    def _take(self) -> None:
        if self._import is not None:
            self._acts.take(self._import.entries, self._taken)

    def _taken(self, trouble: str | None) -> None:
        if trouble is not None:
            self.report.say_trouble(trouble)
            return
        count = len(self._import.entries) if self._import is not None else 0
        self._leave_report()
        self.load()
        self._say(
            Message.NOTE, f"{count} effecteurs enregistrés." if count > 1 else "1 effecteur enregistré."
        )

    def _leave_report(self) -> None:
        self._import = None
        self._stack.setCurrentWidget(self._nothing)
        self.back_to_list()

    def _choose_target(self) -> None:
        path = self._files.to_write("Exporter l’annuaire", "effecteurs.csv", TABLES)
        if path:
            self._acts.write_table(path, self._written)

    def _written(self, trouble: str | None) -> None:
        if trouble is not None:
            self._say(Message.ERROR, trouble)
        else:
            self._say(Message.NOTE, f"{len(self.book.entries)} effecteurs écrits dans le tableau.")

    # --- panes ------------------------------------------------------------------------------------------

    def _reflow(self) -> None:
        self._back.setVisible(self._panes.is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes from the form to the list, ↓ from the search line to the list."""
        focused = cast("QWidget | None", self.window().focusWidget())
        inside = focused is not None and self._stack.isAncestorOf(focused)
        if event.key() == Qt.Key.Key_Escape and inside:
            self.back_to_list()
        elif event.key() == Qt.Key.Key_Down and focused is self.search.line_edit:
            self._go_to_list()
        else:
            super().keyPressEvent(event)


def _row(one: Effecteur) -> TwoLines:
    said = [one.place.city or one.place.name or "", *_counts(one)]
    return TwoLines(
        one.id,
        one.name,
        kind=one.profession or "",
        second=" · ".join(part for part in said if part),
        aside=one.id,
    )


def _counts(one: Effecteur) -> list[str]:
    dispositifs, sources = len(one.dispositifs), len(one.sources)
    return [
        f"{dispositifs} dispositif{'s' if dispositifs > 1 else ''}" if dispositifs else "aucun dispositif",
        f"{sources} agenda{'s' if sources > 1 else ''}" if sources else "aucun agenda",
    ]
