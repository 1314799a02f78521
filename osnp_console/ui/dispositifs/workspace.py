"""The workspace: list at the left, sheet in the middle, source at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.checklist.dispositif_sheet import DispositifSheet, source_lines, source_name
from osnp_console.app.checklist.sheet_lines import Look, Section, SheetLine, french_spaces
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import NATURE_NAMES, cpts_name
from osnp_console.domain.sources import Doubt, Source
from osnp_console.ui.dispositifs.listing import DispositifListing
from osnp_console.ui.reading.line_row import Reading
from osnp_console.ui.reading.pane import Part, ReadingPane
from osnp_console.ui.reading.panes import Panes
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.chips import Chip
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

_MARKS: Mapping[Look, tuple[str, str]] = {
    Look.DOUBT: ("doubt", "verify"),
    Look.WARNING: ("warning", "verify"),
}


class DispositifsWorkspace(QWidget):
    """Reading the catalogue; nothing is changed here."""

    def __init__(
        self,
        theme: Theme,
        catalogue: Catalogue,
        gazetteer: Gazetteer,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        """The dispositifs of a catalogue, each sheet as of the instant it is opened."""
        super().__init__(parent)
        self.theme = theme
        self._catalogue = catalogue
        self._clock = clock
        self._sheets = DispositifSheet(catalogue.reasons, gazetteer.living)
        self.listing = DispositifListing(
            theme, catalogue.dispositifs, gazetteer.departements, self._day(), self
        )
        self.sheet = ReadingPane(theme, "Fiche du dispositif", self)
        self.source = ReadingPane(theme, "Source", self)
        self._title = PlainLabel(theme, points=12, bold=True, wrap=True, parent=self)
        self._kind = PlainLabel(theme, role="muted", points=9.5, wrap=True, parent=self)
        self._state = Chip(theme, "", "outline", self)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        self._back.clicked.connect(self.back_to_list)
        self._panes = Panes(theme, self.listing, self._sheet_card(), self._source_card(), parent=self)
        self._panes.reflowed.connect(self._show_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panes)
        self.listing.chosen.connect(self._show)
        self.listing.opened.connect(self._open)
        self.sheet.chosen.connect(self._line_chosen)
        self._show_back()
        if self.listing.list.current_key is not None:
            self._show(self.listing.list.current_key)

    def show_dispositif(self, name: str) -> None:
        """Open the sheet of the dispositif of that id; an unknown id changes nothing."""
        if self._catalogue.find(name) is not None:
            self.listing.show_dispositif(name)
            self._panes.show_detail(True)

    def focus_first(self) -> None:
        """Put the keyboard in the list."""
        self.listing.list.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        self.listing.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.listing.list.hasFocus():
            self.back_to_list()
        else:
            super().keyPressEvent(event)

    def _day(self) -> date:
        return in_paris(self._clock()).date()

    def _sheet_card(self) -> Card:
        theme = self.theme
        card = Card(theme, parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(2), 0, theme.px(8), 0)
        head.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._kind)
        head.addLayout(words, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.sheet, 1)
        return card

    def _source_card(self) -> Card:
        theme = self.theme
        card = Card(theme, surface="raised", parent=self)
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(4), theme.px(6))
        column.setSpacing(theme.px(4))
        self._source_title = PaneTitle(theme, "Source", card)
        column.addWidget(self._source_title)
        column.addWidget(self.source, 1)
        return card

    def _show_back(self) -> None:
        self._back.setVisible(self._panes.is_narrow)

    def _show(self, name: str) -> None:
        dispositif = self._catalogue.find(name)
        if dispositif is None:
            return
        self._title.setText(cpts_name(dispositif.cpts))
        nature = NATURE_NAMES.get(dispositif.nature, dispositif.nature)
        self._kind.setText(f"{nature} · {dispositif.departement} · {dispositif.id}")
        serves = dispositif.out_of_service(self._day()) is None
        self._state.set_chip("En service" if serves else "Hors service", "tint" if serves else "outline")
        sections = self._sheets.sections(dispositif, self._clock())
        self.sheet.set_parts([_part(section) for section in sections])
        self._show_source(dispositif.source, dispositif)

    def _open(self, name: str) -> None:
        self._panes.show_detail(True)
        self.sheet.setFocus()

    def _line_chosen(self, reading: object) -> None:
        dispositif = self._catalogue.find(self.listing.list.current_key or "")
        if isinstance(reading, Reading) and isinstance(reading.data, SheetLine) and dispositif is not None:
            self._show_source(reading.data.source or dispositif.source, dispositif, reading.data)

    def _show_source(self, source: Source, dispositif: Dispositif, line: SheetLine | None = None) -> None:
        parts = []
        if line is not None and not self._panes.is_narrow:
            parts.append(Part("Ligne", (_reading(replace(line, label="", source=None)),)))
        lines = source_lines(source, self._catalogue.documents, self._day())
        parts.append(Part("Document", tuple(_reading(one) for one in lines)))
        doubts = [one for one in dispositif.doubts if one.source == source]
        if doubts and (line is None or line.look is not Look.DOUBT):
            parts.append(Part("Doutes de cette page", tuple(_doubt(one) for one in doubts)))
        self.source.set_parts(parts)


def _part(section: Section) -> Part:
    return Part(section.title, tuple(_reading(line) for line in section.lines))


def _reading(line: SheetLine) -> Reading:
    role = "verify" if line.look is Look.WARNING else "text"
    bold = line.look is Look.CRITERION or line.label == "Téléphone"
    mark = _MARKS.get(line.look, ("", ""))
    continues = line.look is Look.STEP and not line.label
    text, note = french_spaces(line.text), french_spaces(line.note)
    return Reading(text, line.label, note, source_name(line.source), mark, role, bold, continues, line)


def _doubt(doubt: Doubt) -> Reading:
    return _reading(SheetLine(doubt.text, note=doubt.reading or "", look=Look.DOUBT))
