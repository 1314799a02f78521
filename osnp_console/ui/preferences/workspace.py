"""The workspace: headings at the left, one page at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.preferences import PreferenceKeeper, Preferences
from osnp_console.domain.clock import in_paris
from osnp_console.ui.preferences.accounts.page import AccountsPage
from osnp_console.ui.preferences.acts import SettingsActs
from osnp_console.ui.preferences.agendas.page import AgendasPage
from osnp_console.ui.preferences.base_page import BasePage, JournalPage
from osnp_console.ui.preferences.desk_page import DeskPage
from osnp_console.ui.preferences.effecteurs.page import EffecteursPage
from osnp_console.ui.preferences.files import SystemFiles
from osnp_console.ui.preferences.look_page import EmergencyPage, LookPage
from osnp_console.ui.preferences.ordonnances.nurses_page import NursesPage
from osnp_console.ui.preferences.ordonnances.page import OrdonnancesPage
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.preferences.read_pages import About, Keys, about_parts, shortcut_parts
from osnp_console.ui.preferences.telephony.page import TelephonyPage
from osnp_console.ui.reading.headings import HeadingList
from osnp_console.ui.reading.pane import ReadingPane
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

HEADINGS_WIDTH = 184
# Effective px of the workspace under which a page beside the headings would be too narrow to type in.
NARROW = 560
_OWN_FOCUS = (Page, AgendasPage, EffecteursPage, OrdonnancesPage, NursesPage, AccountsPage)
_NO_LIMIT = 16_777_215


class PreferencesWorkspace(QWidget):
    """The settings of this desk.

    Signals:
        appearance_changed(object): the theme or the text size; the new Preferences.
        desk_changed(object): the desk, the person shown or who to call; the new Preferences.
    """

    appearance_changed = Signal(object)
    desk_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        keeper: PreferenceKeeper,
        preferences: Preferences,
        acts: SettingsActs,
        about: About,
        shortcuts: Iterable[Keys],
        departements: Mapping[str, str],
        cpts: Sequence[str],
        clock: Callable[[], datetime],
        dispositifs: Mapping[str, str],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The preferences as the program has them; `departements` are names by code, `cpts` names.

        `dispositifs` are names by id; `unfinished` holds what is typed and cannot be kept yet.
        """
        super().__init__(parent)
        self.theme = theme
        self._kept = KeptPreferences(keeper, preferences, self)
        self._kept.appearance_changed.connect(self.appearance_changed)
        self._kept.desk_changed.connect(self.desk_changed)
        self.headings = HeadingList(theme, "Rubriques des réglages", self)
        self._stack = QStackedWidget(self)
        self.back = ActionButton(theme, "Rubriques", kind="link", height=28, parent=self)
        self._is_narrow, self._is_inside = False, False
        self.desk = DeskPage(theme, self._kept, departements, cpts, self)
        self._make_pages(acts, dispositifs, unfinished, clock)
        self.shortcuts.set_parts(shortcut_parts(shortcuts))
        self.about.set_parts(about_parts(about, in_paris(clock()).date()))
        self._lay_out()
        self.headings.chosen.connect(self._show_page)
        self.headings.opened.connect(self._enter_page)
        self.headings.clicked.connect(self._heading_clicked)
        self.back.clicked.connect(self.focus_first)
        self.base.checked.connect(self.journal.refresh)
        self.journal.checked.connect(self.base.refresh)
        self.headings.set_headings(list(self._pages))
        self.show_heading("Ce poste")

    def _make_pages(
        self,
        acts: SettingsActs,
        dispositifs: Mapping[str, str],
        unfinished: Unfinished,
        clock: Callable[[], datetime],
    ) -> None:
        theme, files = self.theme, SystemFiles()
        self.look = LookPage(theme, self._kept, self)
        self.emergency = EmergencyPage(theme, self._kept, self)
        self.telephony = TelephonyPage(theme, self._kept, acts.telephony, files.to_read, unfinished, self)
        self.agendas = AgendasPage(
            theme, self._kept, acts.agendas, dispositifs, files.to_read, unfinished, self
        )
        self.effecteurs = EffecteursPage(theme, acts.directory, dispositifs, files, unfinished, self)
        prescribing = acts.prescriptions
        self.prescriptions = OrdonnancesPage(
            theme, self._kept, prescribing.settings, prescribing.printing, files, unfinished, self
        )
        self.nurses = NursesPage(theme, prescribing.nurses, files, unfinished, self)
        self.accounts = AccountsPage(theme, acts.accounts, unfinished, self)
        self.base = BasePage(theme, acts.base, clock, self)
        self.journal = JournalPage(theme, acts.base, clock, self)
        self.shortcuts = ReadingPane(theme, "Raccourcis", self)
        self.about = ReadingPane(theme, "À propos", self)
        self._pages: dict[str, QWidget] = {
            "Ce poste": self.desk,
            "Apparence": self.look,
            "Téléphonie": self.telephony,
            "Urgence vitale": self.emergency,
            "Agendas": self.agendas,
            "Effecteurs": self.effecteurs,
            "Ordonnances": self.prescriptions,
            "Infirmiers": self.nurses,
            "Comptes": self.accounts,
            "Base": self.base,
            "Journal": self.journal,
            "Raccourcis": self.shortcuts,
            "À propos": self.about,
        }

    def _lay_out(self) -> None:
        theme = self.theme
        left, right = Card(theme, parent=self), Card(theme, parent=self)
        self._left, self._right = left, right
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.px(4), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(6))
        title = QHBoxLayout()
        title.setContentsMargins(theme.px(8), 0, 0, 0)
        self._title = PaneTitle(theme, "Réglages", left)
        title.addWidget(self._title)
        column.addLayout(title)
        column.addWidget(self.headings, 1)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(theme.px(4), theme.px(6), theme.px(4), theme.px(6))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(8), 0, 0, 0)
        head.addWidget(self.back)
        head.addStretch(1)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        for page in self._pages.values():
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(left)
        row.addWidget(right, 1)
        self._show_cards()

    @property
    def preferences(self) -> Preferences:
        """The preferences as they are now."""
        return self._kept.now

    @property
    def heading(self) -> str:
        """The heading shown."""
        return self.headings.current or "Ce poste"

    def show_heading(self, name: str) -> None:
        """Show the page of a heading; an unknown one changes nothing."""
        if name in self._pages:
            self.headings.choose(name)
            self._show_page(name)

    def focus_first(self) -> None:
        """Put the keyboard in the headings, shown again where only one of the two fits."""
        self._is_inside = False
        self._show_cards()
        self.headings.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() / self.theme.scale < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            focused = cast("QWidget | None", self.window().focusWidget())
            self._is_inside = focused is not None and self._right.isAncestorOf(focused)
            self._show_cards()

    def _show_cards(self) -> None:
        """Headings and page side by side, or one of them where both would be cut."""
        inside = self._is_inside
        self._left.setVisible(not self._is_narrow or not inside)
        width = self.theme.px(HEADINGS_WIDTH)
        self._left.setMinimumWidth(width)
        self._left.setMaximumWidth(_NO_LIMIT if self._is_narrow else width)
        self._right.setVisible(not self._is_narrow or inside)
        self.back.setVisible(self._is_narrow)

    def _heading_clicked(self) -> None:
        if self._is_narrow and self.headings.current is not None:
            self._enter_page(self.headings.current)

    def _show_page(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages[name])

    def _enter_page(self, name: str) -> None:
        page = self._pages[name]
        self._is_inside = True
        self._show_cards()
        if isinstance(page, _OWN_FOCUS):
            page.focus_first()
        else:
            page.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes back to the headings; what was typed is kept on leaving the field."""
        if event.key() == Qt.Key.Key_Escape and not self.headings.hasFocus():
            self.focus_first()
        else:
            super().keyPressEvent(event)
