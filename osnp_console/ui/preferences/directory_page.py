"""A directory among the settings: a search line and a list at the left, one entry's form at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.directory_table import TableImport
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.effecteurs.report import ImportReport
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.reading.panes import Panes, under_way_back
from osnp_console.ui.reading.two_lines import TwoLineList
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

MOST_ROWS = 500
NOT_KEPT_YET = "pas encore enregistré"
READING = "Lecture du fichier…"
TABLES = "Tableaux (*.csv *.txt *.tsv)"


class EntryBook(Protocol):
    """The entries of a directory, one of which its form shows."""

    key: str | None

    def show_entry(self, key: str) -> bool:
        """Show an entry or a draft in the form; False for one that is not there."""

    def draft(self) -> str:
        """Begin an entry; its key."""


class DirectoryPage(QWidget):
    """What both directories of Réglages do; a table is imported after its report was looked at.

    Who inherits makes `form`, `report` and `book`, then calls `lay_out` once.
    """

    form: Page
    report: ImportReport
    book: EntryBook

    def __init__(
        self, theme: Theme, title: str, files: Files, search: tuple[str, str], parent: QWidget | None
    ) -> None:
        """`search` is the name of the search line and what it finds."""
        super().__init__(parent)
        self.theme = theme
        self._files = files
        self._import: TableImport[Any] | None = None
        self.setAccessibleName(title)
        self.search = LineField(theme, search[0], optional=True, parent=self)
        self.search.set_placeholder(search[1])
        self.list = TwoLineList(theme, title, self)
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, "Ajouter", mark="plus", height=28, parent=self)
        self.load_table = ActionButton(theme, "Importer…", height=28, parent=self)
        self.save_table = ActionButton(theme, "Exporter…", height=28, parent=self)

    def lay_out(self, further: Sequence[QWidget] = (), buttons: Sequence[QWidget] = ()) -> None:
        """Put everything in its place; `further` pages share the form's, `buttons` stand after `Ajouter`."""
        theme = self.theme
        self._nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._nothing, self.form, self.report, *further):
            self._stack.addWidget(page)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        detail = under_way_back(self._back, self._stack)
        self._panes = Panes(theme, self._listing(buttons), detail, stretches=(38, 62, 0), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(4), theme.px(4))
        column.addWidget(self._panes)
        self._connect()
        self._reflow()

    def _listing(self, buttons: Sequence[QWidget]) -> QWidget:
        theme = self.theme
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.title = SectionTitle(theme, self.accessibleName(), FOR_ALL, pane)
        for widget in (self.title, self.search, self.message):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._buttons = QWidget(pane)
        shown = (self.add, *buttons, self.load_table, self.save_table)
        self._flow = Flow(self._buttons, theme.px(6), shown)
        column.addWidget(self._buttons)
        return pane

    def _connect(self) -> None:
        self.search.typed.connect(self.say_rows)
        self.search.next_wanted.connect(self._go_to_list)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self.open_entry)
        self.add.clicked.connect(self._begin)
        self.load_table.clicked.connect(self.choose_table)
        self.save_table.clicked.connect(self.choose_target)
        self.report.take_wanted.connect(self.take)
        self.report.given_up.connect(self.leave_report)
        self.message.action_wanted.connect(self.load)
        self._back.clicked.connect(self.back_to_list)
        self._panes.reflowed.connect(self._reflow)

    # --- what each directory does its own way -----------------------------------------------------------

    def load(self) -> None:
        """Read the directory."""
        raise NotImplementedError

    def say_rows(self) -> None:
        """Say the rows anew: the drafts, and what the search line finds."""
        raise NotImplementedError

    def choose_table(self) -> None:
        """Have a table chosen and read."""
        raise NotImplementedError

    def choose_target(self) -> None:
        """Have a file chosen, and write the directory to it."""
        raise NotImplementedError

    def take(self) -> None:
        """Keep what the report says can be taken."""
        raise NotImplementedError

    # --- what the workspace calls -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the search line."""
        self.search.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self._go_to_list()

    # --- the list ---------------------------------------------------------------------------------------

    def say(self, kind: Message, sentence: str, action: str = "") -> None:
        """A sentence over the list, with what can be done about it."""
        self.message.set_message(sentence, kind, action)

    def say_count(self, found: int, entries: int) -> None:
        """How many are found, beside the search line, where not all are shown."""
        cut = f" · {MOST_ROWS} premiers" if found > MOST_ROWS else ""
        told = f"{found} sur {entries}{cut}" if self.search.text() or cut else ""
        self.search.set_annotation(told)

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

    def open_entry(self, key: str) -> None:
        """Show an entry, the keyboard in its form."""
        self._show(key)
        self._panes.show_detail(True)
        if self._stack.currentWidget() is self.form:
            self.form.focus_first()

    def _begin(self) -> None:
        self._import = None
        key = self.book.draft()
        self.list.choose(key)
        self.open_entry(key)

    def show_nothing(self) -> None:
        """The entry that was shown is no more."""
        self._stack.setCurrentWidget(self._nothing)
        self.say_rows()

    # --- tables -----------------------------------------------------------------------------------------

    def show_report(self, path: str, found: TableImport[Any], noun: str) -> None:
        """What a file would change, before anything is kept; each entry is a `noun`."""
        self.message.set_message(None)
        self._import = found
        self.report.show_import(path, found, len(found.entries), noun)
        self.show_page(self.report)
        self.report.focus_first()

    def show_page(self, page: QWidget) -> None:
        """Show one of the pages in the form's place."""
        self._stack.setCurrentWidget(page)
        self._panes.show_detail(True)

    def leave_report(self) -> None:
        """Back to the list, whatever stood in the form's place."""
        self._import = None
        self._stack.setCurrentWidget(self._nothing)
        self.back_to_list()

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
