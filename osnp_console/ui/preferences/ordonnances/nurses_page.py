"""Infirmiers: a search line, the directory at the left, one entry's form at the right; tables in and out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.prescription.import_nurses import NurseImport
from osnp_console.app.prescription.nurse_directory import search_nurses
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.effecteurs.page import NOT_KEPT_YET, READING, TABLES
from osnp_console.ui.preferences.effecteurs.report import ImportReport
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.preferences.ordonnances.acts import NotDone, NurseActs
from osnp_console.ui.preferences.ordonnances.nurse_book import DRAFT as DRAFT_KEY
from osnp_console.ui.preferences.ordonnances.nurse_book import NEW_NURSE, NurseBook
from osnp_console.ui.preferences.ordonnances.nurse_form import NurseForm
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
EMPTY = "L’annuaire des infirmiers est vide\u202f: en ajouter un, ou importer un tableau."


class NursesPage(QWidget):
    """The heading Infirmiers of Réglages."""

    def __init__(
        self,
        theme: Theme,
        acts: NurseActs,
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The directory is read when the page is shown."""
        super().__init__(parent)
        self.theme = theme
        self._acts, self._files = acts, files
        self._import: NurseImport | None = None
        self.setAccessibleName("Infirmiers")
        self.search = LineField(theme, "Chercher un infirmier", optional=True, parent=self)
        self.search.set_placeholder("nom, cabinet, numéro, téléphone")
        self.list = TwoLineList(theme, "Infirmiers", self)
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, "Ajouter", mark="plus", height=28, parent=self)
        self.load_table = ActionButton(theme, "Importer…", height=28, parent=self)
        self.save_table = ActionButton(theme, "Exporter…", height=28, parent=self)
        self.form = NurseForm(theme, self)
        self.report = ImportReport(theme, self)
        self.book = NurseBook(acts, self.form, unfinished, self)
        self._nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._nothing, self.form, self.report):
            self._stack.addWidget(page)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        detail = under_way_back(self._back, self._stack)
        self._panes = Panes(theme, self._listing(), detail, stretches=(38, 62, 0), parent=self)
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
        self.title = SectionTitle(theme, "Infirmiers", FOR_ALL, pane)
        for widget in (self.title, self.search, self.message):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._buttons = QWidget(pane)
        self._flow = Flow(self._buttons, theme.px(6), (self.add, self.load_table, self.save_table))
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
        self.report.take_wanted.connect(self._take)
        self.report.given_up.connect(self._leave_report)
        self.book.changed.connect(self._say_rows)
        self.book.gone.connect(self._is_gone)
        self.book.kept.connect(self._is_kept)
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
        """Read the directory; only whoever may changes it."""
        may = self._acts.session.may(Act.EDIT_NURSES)
        self.add.setVisible(may)
        self.load_table.setVisible(may)
        self.save_table.setVisible(self._acts.session.may(Act.EXPORT))
        self._acts.load(self._loaded, self._not_loaded)

    def _loaded(self, found: Sequence[Nurse]) -> None:
        may = self._acts.session.may(Act.EDIT_NURSES)
        self.message.set_message(None if may else who_may(Act.EDIT_NURSES), Message.NOTE)
        self.book.take(found)

    def _not_loaded(self, trouble: NotDone) -> None:
        self._say(Message.ERROR, trouble.sentence, "Réessayer")

    def _say(self, kind: Message, sentence: str, action: str = "") -> None:
        self.message.set_message(sentence, kind, action)

    # --- the list ---------------------------------------------------------------------------------------

    def _say_rows(self) -> None:
        entries = self.book.entries
        found = search_nurses(entries.values(), self.search.text())
        rows = [TwoLines(DRAFT_KEY, NEW_NURSE, second=NOT_KEPT_YET)] if self.book.has_draft else []
        rows += [_row(one) for one in found[:MOST_ROWS]]
        if tuple(rows) != tuple(self.list.rows):
            self.list.set_rows(rows)
        cut = f" · {MOST_ROWS} premiers" if len(found) > MOST_ROWS else ""
        told = f"{len(found)} sur {len(entries)}{cut}" if self.search.text() or cut else ""
        self.search.set_annotation(told)
        if not rows and not self.search.text() and self.message.kind is None:
            self._say(Message.NOTE, EMPTY)
        elif self.message.words == EMPTY and rows:
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

    def _is_gone(self) -> None:
        self._stack.setCurrentWidget(self._nothing)
        self._say_rows()
        if self.isVisible():
            self.back_to_list()

    def _is_kept(self, key: str) -> None:
        self._say_rows()
        self.list.choose(key)

    # --- tables -----------------------------------------------------------------------------------------

    def _choose_table(self) -> None:
        path = self._files.to_read("Tableau d’infirmiers", TABLES)
        if path:
            self._say(Message.NOTE, READING)
            self._acts.read_table(path, partial(self._show_report, path), self._not_read)

    def _not_read(self, trouble: NotDone) -> None:
        self._say(Message.ERROR, trouble.sentence)

    def _show_report(self, path: str, found: NurseImport) -> None:
        self.message.set_message(None)
        self._import = found
        self.report.show_import(path, found, len(found.entries), "infirmier")
        self._stack.setCurrentWidget(self.report)
        self._panes.show_detail(True)
        self.report.focus_first()

    def _take(self) -> None:
        if self._import is not None:
            self._acts.take(self._import.entries, self._taken)

    def _taken(self, trouble: NotDone | None) -> None:
        if trouble is not None:
            self.report.say_trouble(trouble.sentence)
            return
        self._leave_report()
        self.load()

    def _leave_report(self) -> None:
        self._import = None
        self._stack.setCurrentWidget(self._nothing)
        self.back_to_list()

    def _choose_target(self) -> None:
        path = self._files.to_write("Exporter les infirmiers", "infirmiers.csv", TABLES)
        if path:
            self._acts.write_table(path, self._written)

    def _written(self, trouble: NotDone | None) -> None:
        if trouble is not None:
            self._say(Message.ERROR, trouble.sentence)
        else:
            self._say(Message.NOTE, f"{len(self.book.entries)} infirmiers écrits dans le tableau.")

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


def _row(one: Nurse) -> TwoLines:
    phone = read_phone(one.phone).shown if one.phone else "sans téléphone"
    mail = "" if one.mail else "sans adresse MSSanté"
    return TwoLines(
        one.id,
        one.name,
        kind=one.practice,
        second=" · ".join(part for part in (phone, mail) if part),
    )
