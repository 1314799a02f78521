"""Ordonnances: what is settled, at the left; one of it at the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.prescription.finess import finess_of
from osnp_console.app.prescription.signing_place import SigningWay
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.permissions import Act
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.preferences.ordonnances.acts import NotDone, OrdonnanceActs, SiteSettings
from osnp_console.ui.preferences.ordonnances.doctors_page import DoctorsPage
from osnp_console.ui.preferences.ordonnances.finess_page import FinessPage, finess_words, waits_for_prefix
from osnp_console.ui.preferences.ordonnances.header_page import HeaderPage
from osnp_console.ui.preferences.ordonnances.prints_page import PrintsPage
from osnp_console.ui.preferences.ordonnances.signature_page import SignaturePage
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.reading.panes import Panes, under_way_back
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

HEADER, DOCTORS, SIGNATURE, PRINTS = "entete", "medecins", "signature", "impressions"
_WAYS = {
    SigningWay.BY_HAND: "manuscrite",
    SigningWay.FILE: "par un fichier",
    SigningWay.TOKEN: "par une carte",
}


class OrdonnancesPage(QWidget):
    """The heading Ordonnances of Réglages."""

    def __init__(
        self,
        theme: Theme,
        kept: KeptPreferences,
        acts: OrdonnanceActs,
        printing: DeskPrinting,
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """What the site settled is read when the page is shown."""
        super().__init__(parent)
        self.theme = theme
        self._kept, self._acts, self._printing = kept, acts, printing
        self._settings = SiteSettings()
        self._dispositifs = {one.id: one for one in acts.dispositifs}
        self.setAccessibleName("Ordonnances")
        self.message = MessageLine(theme, self)
        self.list = TwoLineList(theme, "Réglages des ordonnances", self)
        self.finess = FinessPage(theme, acts, unfinished, self)
        self.header = HeaderPage(theme, acts, files, unfinished, self)
        self.doctors = DoctorsPage(theme, acts, unfinished, self)
        self.signature = SignaturePage(theme, kept, acts, files.to_read, self)
        self.prints = PrintsPage(theme, printing, self._sees_sheets, self)
        self._pages: dict[str, Page] = {
            HEADER: self.header,
            DOCTORS: self.doctors,
            SIGNATURE: self.signature,
            PRINTS: self.prints,
        }
        self._stack = QStackedWidget(self)
        for page in (self.finess, *self._pages.values()):
            self._stack.addWidget(page)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        detail = under_way_back(self._back, self._stack)
        self._panes = Panes(theme, self._listing(), detail, stretches=(42, 58, 0), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(4), theme.px(4))
        column.addWidget(self._panes)
        self.list.chosen.connect(self.show_part)
        self.list.opened.connect(self._open)
        self.message.action_wanted.connect(self.load)
        self._back.clicked.connect(self.back_to_list)
        self._panes.reflowed.connect(self._reflow)
        for settling in (self.finess, self.header, self.doctors):
            settling.settled.connect(self.load)
        printing.changed.connect(self._say_rows)
        kept.desk_changed.connect(self._say_rows)
        self._say_rows()
        self.list.choose(self.list.rows[0].key)
        self.show_part(self.list.rows[0].key)
        self._reflow()

    def _listing(self) -> QWidget:
        theme = self.theme
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.title = SectionTitle(theme, "Ordonnances", parent=pane)
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addWidget(self.list, 1)
        return pane

    # --- what the workspace calls -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the list."""
        self.back_to_list()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self.list.setFocus()

    def load(self) -> None:
        """Read what the site settled, and what waits to be printed."""
        self.prints.refresh()
        self._acts.load(self._loaded, self._not_loaded)
        self._printing.refresh()

    def _loaded(self, settings: SiteSettings) -> None:
        self.message.set_message(None)
        self._settings = settings
        self.header.show_papers(settings.papers)
        self.doctors.show_papers(settings.papers)
        self._say_rows()
        current = self.list.current_key
        if current in self._dispositifs:
            self.show_part(current)

    def _not_loaded(self, trouble: NotDone) -> None:
        self.message.set_message(trouble.sentence, Message.ERROR, "Réessayer")

    # --- the list ---------------------------------------------------------------------------------------

    def _say_rows(self, *_: object) -> None:
        rows = tuple(self._rows())
        if rows != tuple(self.list.rows):
            self.list.set_rows(rows)

    def _rows(self) -> Iterator[TwoLines]:
        papers, settled = self._settings.papers, self._settings.settled
        lines, logos = papers.header.lines, len(papers.header.logos)
        told = (
            lines[0] if lines else "aucune ligne",
            f"{logos} logo{'s' * (logos > 1)}" if logos else "sans logo",
            papers.size.value,
        )
        yield TwoLines(HEADER, "En-tête et papier", second=" · ".join(told))
        for one in self._dispositifs.values():
            own = settled.get(one.id)
            right = bool(finess_of(one, own).finess) and not waits_for_prefix(one, own)
            yield TwoLines(
                one.id,
                f"FINESS · {cpts_name(one.cpts)}",
                kind=one.id if self._shares_name(one.id) else "",
                second=finess_words(one, own),
                mark=("eligible", "eligible") if right else ("verify", "verify"),
            )
        doctors = len(papers.doctors)
        yield TwoLines(
            DOCTORS,
            "Médecins",
            second=f"{doctors} médecin{'s' * (doctors > 1)}" if doctors else "aucun médecin",
        )
        yield TwoLines(SIGNATURE, "Signature", second=_WAYS[self._kept.now.signing.way], aside="ce poste")
        sheets = len(self._printing.waiting)
        yield TwoLines(
            PRINTS,
            "Impressions en attente",
            second=self._sheets_words(sheets),
            aside="ce poste",
            mark=("verify", "verify") if sheets else ("", ""),
        )

    def _sees_sheets(self) -> bool:
        return self._acts.session.may(Act.SEND_PRESCRIPTION)

    def _sheets_words(self, sheets: int) -> str:
        if sheets:
            return f"{sheets} feuille{'s' * (sheets > 1)}"
        return "aucune feuille" if self._sees_sheets() else "non montrées avec ce rôle"

    def _shares_name(self, key: str) -> bool:
        name = self._dispositifs[key].cpts
        return sum(one.cpts == name for one in self._dispositifs.values()) > 1

    def show_part(self, key: str) -> None:
        """Show what is settled of one row; an unknown one changes nothing."""
        if key in self._dispositifs:
            self.finess.show_dispositif(self._dispositifs[key], self._settings.settled.get(key))
            self._stack.setCurrentWidget(self.finess)
        elif key in self._pages:
            self._stack.setCurrentWidget(self._pages[key])

    def _open(self, key: str) -> None:
        self.show_part(key)
        self._panes.show_detail(True)
        cast("Page", self._stack.currentWidget()).focus_first()

    def _reflow(self) -> None:
        self._back.setVisible(self._panes.is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes from a form to the list."""
        focused = cast("QWidget | None", self.window().focusWidget())
        inside = focused is not None and self._stack.isAncestorOf(focused)
        if event.key() == Qt.Key.Key_Escape and inside:
            self.back_to_list()
        else:
            super().keyPressEvent(event)
